"""Mercado Libre's columns and states, and what they are with us."""

from __future__ import annotations

import re

from supercargo.connectors.raw.header import plain

CURRENCIES = ("MXN", "ARS", "CLP", "BRL", "COP", "UYU", "PEN", "USD")
"""The currencies that stand in the names of the columns."""
CURRENCY_OF_HEADING = re.compile(rf"\(\s*({'|'.join(CURRENCIES)})\s*\)$")


def _money(*names: str) -> tuple[str, ...]:
    return (*names, *(f"{name} ({currency})" for name in names for currency in CURRENCIES))


COLUMNS: dict[str, tuple[str, ...]] = {
    "sale": ("# de venta", "N.º de venda", "Nº de venda", "N° de venda", "# de venda", "N.º de venta"),
    "sold": ("Fecha de venta", "Data da venda"),
    "state": ("Estado",),
    "state_text": ("Descripción del estado", "Descrição do status"),
    "in_package": ("Paquete de varios productos", "Pacote de diversos produtos"),
    "units": ("Unidades",),
    "income": _money("Ingresos por productos", "Receita por produtos"),
    "surcharge": _money("Receita por acréscimo no preço (pago pelo comprador)", "Receita por acréscimo no preço"),
    "surcharge_fee": _money("Taxa de parcelamento equivalente ao acréscimo"),
    "charge": _money("Cargo por venta e impuestos", "Tarifa de venda e impostos"),
    "sale_charge": _money("Cargo por venta", "Tarifa de venda"),
    "fixed_charge": _money("Costo fijo", "Custo fixo"),
    "instalments": _money("Costo por ofrecer cuotas", "Custo por oferecer parcelamento"),
    "taxes": _money("Impuestos", "Impostos"),
    "shipping_income": _money("Ingresos por envío", "Receita por envio"),
    "shipping_cost": _money("Costos de envío", "Tarifas de envio"),
    "discounts": _money("Descuentos y bonificaciones", "Descontos e bônus"),
    "refunds": _money("Anulaciones y reembolsos", "Cancelamentos e reembolsos"),
    "total": _money("Total"),
    "sku": ("SKU",),
    "listing": ("# de publicación", "# de anúncio"),
    "title": ("Título de la publicación", "Título do anúncio"),
    "unit_price": _money("Precio unitario de venta de la publicación", "Preço unitário de venda do anúncio"),
    "delivery": ("Forma de entrega",),
}
REQUIRED = ("sale", "sold", "units", "income", "charge", "total", "sku")
MARKS = ("shipping_income", "shipping_cost", "refunds", "listing", "title")
REFERENCE_ONLY = frozenset(
    plain(name)
    for name in _money(
        "Custo de envio com base nas medidas e peso declarados", "Custo por diferenças nas medidas e no peso do pacote",
        "Cargo por diferencias en medidas y peso del paquete", "Costo de envío basado en medidas y peso declarados",
    )
)  # fmt: skip
"""What explains the cost of shipping and is already in it."""

PARTS = {
    "income": "sale_goods", "surcharge": "sale_other", "surcharge_fee": "fee_payment", "charge": "fee_referral",
    "sale_charge": "fee_referral", "fixed_charge": "fee_closing", "instalments": "fee_payment", "taxes": "income_tax_withheld",
    "shipping_income": "sale_shipping", "shipping_cost": "fee_shipping_label", "discounts": "discount_goods", "refunds": "refund_goods",
}  # fmt: skip
CHARGE_PARTS = ("sale_charge", "fixed_charge", "instalments", "taxes")
"""They stand for the charge where they come to it exactly."""
THEIR_NAME = {
    "income": "Ingresos por productos", "surcharge": "Receita por acréscimo no preço",
    "surcharge_fee": "Taxa de parcelamento equivalente ao acréscimo",
    "charge": "Cargo por venta e impuestos", "sale_charge": "Cargo por venta", "fixed_charge": "Costo fijo",
    "instalments": "Costo por ofrecer cuotas", "taxes": "Impuestos", "shipping_income": "Ingresos por envío",
    "shipping_cost": "Costos de envío", "discounts": "Descuentos y bonificaciones", "refunds": "Anulaciones y reembolsos",
}  # fmt: skip
"""What a line is called whatever the language of the file, so that its key is the same."""

PACKAGE = r"(?i)^(?:paquete|pacote) de (\d+)"
YES = ("sí", "si", "sim", "yes")
STATES: tuple[tuple[str, str], ...] = (
    (r"cancelad|cancelaste|cancelou|cancelamos|anulad", "cancelled"),
    (r"reembolso|devoluci.n finalizada|devoluci.n revisada|devolu..o finalizada|te devolvimos", "refunded"),
    (r"no entregad|n.o entregue|devoluci|devolu..o|reclamo|reclama..o|mediaci|media..o|cambio|troca", "shipped"),
    (r"entregad|entregue|concretad|concretizada|te dimos el dinero", "delivered"),
    (r"en camino|a caminho|despachad|enviad|en punto|punto de retiro|en tr.nsito", "shipped"),
    (r"procesando|processando|listo|pronto|etiqueta|por despachar|prepar|acordar", "paid"),
)
"""What a state says, the first that fits: a return under way is still a parcel under way."""

HEADING = (
    "# de venta", "Fecha de venta", "Estado", "Descripción del estado", "Paquete de varios productos", "Pertenece a un kit", "Unidades",
    "Ingresos por productos ({currency})", "Cargo por venta e impuestos ({currency})", "Ingresos por envío ({currency})",
    "Costos de envío ({currency})", "Anulaciones y reembolsos ({currency})", "Total ({currency})", "SKU", "# de publicación",
    "Título de la publicación", "Variante", "Precio unitario de venta de la publicación ({currency})", "Forma de entrega",
    "Venta por publicidad", "Comprador", "Ciudad", "Estado", "País",
)  # fmt: skip
PORTUGUESE = dict(
    zip(
        HEADING,
        (
            "N.º de venda", "Data da venda", "Estado", "Descrição do status", "Pacote de diversos produtos", "Pertence a um kit",
            "Unidades",
            "Receita por produtos ({currency})", "Tarifa de venda e impostos ({currency})", "Receita por envio ({currency})",
            "Tarifas de envio ({currency})", "Cancelamentos e reembolsos ({currency})", "Total ({currency})", "SKU", "# de anúncio",
            "Título do anúncio", "Variação", "Preço unitário de venda do anúncio ({currency})", "Forma de entrega",
            "Venda por publicidade", "Comprador", "Cidade", "Estado", "País",
        ),
        strict=True,
    )
)  # fmt: skip
