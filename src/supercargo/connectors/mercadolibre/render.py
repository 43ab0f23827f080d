"""Records -> the sales report of Mercado Libre, as it writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from supercargo.connectors.market.writing import Cell, number, workbook
from supercargo.connectors.mercadolibre.codes import HEADING, PORTUGUESE, THEIR_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

_SPANISH_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_PORTUGUESE_MONTHS = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)
_STATE = {
    "cancelled": "Cancelada por el comprador",
    "refunded": "Devolución finalizada con reembolso al comprador",
    "delivered": "Entregado",
    "shipped": "En camino",
    "paid": "Procesando en la bodega",
}
_DELIVERY = {"channel": "Mercado Envíos Full", "seller": "Mercado Envíos"}
_MONEY = ("income", "charge", "shipping_income", "shipping_cost", "refunds")


def render_sales(order_line: pl.DataFrame, money_line: pl.DataFrame, *, zone: str = "", portuguese: bool = False) -> bytes:
    """Write sales as the report: five rows above the header, packages as a summary row with their products under it.

    Args:
        order_line: records of one country; lines of one order are a package.
        money_line: their money by the Spanish names that reading gives it; what has another name is in the Total only.
        zone: in which the report's clock runs.
        portuguese: write the Brazilian report.
    """
    currency, country = order_line["currency"][0], order_line["channel"][0].rpartition("-")[2].upper()
    names = [(PORTUGUESE[name] if portuguese else name).format(currency=currency) for name in HEADING]
    above: list[list[Cell]] = [["Mercado Livre" if portuguese else "Mercado Libre"], [], ["Ventas"], [], [""]]
    rows: list[list[Cell]] = [*above, list(names)]
    money = _money(money_line)
    clock = (zone, _PORTUGUESE_MONTHS if portuguese else _SPANISH_MONTHS)
    for (order,), group in order_line.group_by("order_ref", maintain_order=True):
        rows += _rows(str(order), group, money.get(str(order), {}), currency, clock)
    return workbook([(f"{'Vendas' if portuguese else 'Ventas'} {country}", rows)])


def _money(money_line: pl.DataFrame) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {}
    for line in money_line.iter_rows(named=True):
        of = sums.setdefault(line["order_ref"], {"": 0})
        of[line["their_name"]] = of.get(line["their_name"], 0) + line["amount_minor"]
        of[""] += line["amount_minor"]
    return sums


def _rows(
    order: str, group: pl.DataFrame, money: Mapping[str, int], currency: str, clock: tuple[str, tuple[str, ...]]
) -> Iterator[list[Cell]]:
    paid = [number(money.get(THEIR_NAME[name], 0), currency) for name in _MONEY]
    total = number(money.get("", 0), currency)
    lines = list(group.iter_rows(named=True))
    if len(lines) == 1:
        yield [
            order,
            _time(lines[0], clock),
            *_state(lines[0]),
            "No",
            "No",
            lines[0]["quantity"],
            *paid,
            total,
            *_product(lines[0], "Jalisco"),
        ]
        return
    units = sum(line["quantity"] for line in lines)
    text = f"Paquete de {len(lines)} productos"
    yield [order, _time(lines[0], clock), text, text, "Sí", "No", units, *paid, total, *[""] * 9, "Jalisco", "México"]
    for line in lines:
        yield [line["line_ref"], _time(line, clock), *_state(line), "Sí", "No", line["quantity"], *[""] * 6, *_product(line, "Jalisco")]


def _state(line: Mapping[str, Any]) -> tuple[str, str]:
    word = _STATE.get(line["status"], "")
    return word, word


def _product(line: Mapping[str, Any], province: str) -> list[Cell]:
    price: Cell = line["unit_price_e6"] / 1_000_000 if line["unit_price_e6"] is not None else ""
    title, delivery = line["title"] or "", _DELIVERY.get(line["fulfilled_by"], "")
    return [line["sku"] or "", line["listing_ref"] or "", title, "", price, delivery, "No", "", "", province, "México"]


def _time(line: Mapping[str, Any], clock: tuple[str, tuple[str, ...]]) -> str:
    zone, months = clock
    at = line["ordered_at"].astimezone(ZoneInfo(zone)) if line["ordered_at"] and zone else None
    day = at or line["ordered_on"]
    return f"{day.day} de {months[day.month - 1]} de {day.year}" + (f" {at:%H:%M} hs." if at else "")
