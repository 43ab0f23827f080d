"""The sales report of Mercado Libre: the total is what is paid, and every sale's lines come to it."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.market.parts import DIFFERENCE
from supercargo.connectors.market.writing import workbook
from supercargo.connectors.mercadolibre.codes import HEADING, PORTUGUESE
from supercargo.connectors.mercadolibre.formats import FORMATS
from supercargo.connectors.mercadolibre.render import render_sales
from supercargo.connectors.mercadolibre.sales import map_sales
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.finding import Refused

# 500.00 - 75.00 + 60.00 - 85.00 = 400.00; 45.25 of tax was withheld besides: 354.75 is paid
SALE = {
    "# de venta": "2000008123456789", "Fecha de venta": "4 de junio de 2025 10:12 hs.", "Estado": "Entregado", "Descripción del estado": "Llegó el 6 de junio",
    "Paquete de varios productos": "No", "Unidades": 2, "income": 500, "charge": -75, "shipping_income": 60, "shipping_cost": -85, "refunds": 0,
    "total": 354.75, "SKU": "MUG-RED", "# de publicación": "MLM1001", "Título de la publicación": "Taza roja", "price": 250, "Forma de entrega": "Mercado Envíos Full",
    "Comprador": "Ana Pérez", "province": "Jalisco", "País": "México",
}  # fmt: skip
PLACES = dict(
    zip(
        ("income", "charge", "shipping_income", "shipping_cost", "refunds", "total", "price"),
        (7, 8, 9, 10, 11, 12, 17),
        strict=True,
    )
)
PACKAGE = {
    "# de venta": "2000008000000001", "Fecha de venta": "31 de agosto de 2026 23:30 hs.", "Estado": "Paquete de 2 productos", "Paquete de varios productos": "Sí",
    "Unidades": 3, "income": 700, "charge": -100, "shipping_income": 0, "shipping_cost": 0, "refunds": 0, "total": 600, "province": "Jalisco",
}  # fmt: skip
FIRST = {
    "# de venta": "2000008000000002", "Fecha de venta": "31 de agosto de 2026 23:30 hs.", "Estado": "En camino", "Paquete de varios productos": "Sí",
    "Unidades": 2, "SKU": "MUG-RED", "# de publicación": "MLM1001", "price": 250, "province": "Jalisco",
}  # fmt: skip
SECOND = {**FIRST, "# de venta": "2000008000000003", "Unidades": 1, "SKU": "CUP", "# de publicación": "MLM1002", "price": 200}
ABOVE = [["Mercado Libre"], ["Ventas de junio"], [], ["Estado de tus ventas al 5 de junio de 2025"], [" "]]


def book(*rows, currency="MXN", names=None, extra=()):
    head = [(names or {}).get(name, name).format(currency=currency) for name in HEADING]
    body = []
    for row in rows:
        cells = [row.get(name, "") for name in HEADING]
        cells[22] = row.get("province", "")
        for key, place in PLACES.items():
            cells[place] = row.get(key, "")
        body.append([*cells[:12], *(row.get(name, "") for name in extra), *cells[12:]])
    return workbook([("Ventas MX", [*ABOVE, [*head[:12], *extra, *head[12:]], *body])])


def read(*rows, **how):
    context = {name: how.pop(name) for name in ("channel", "zone") if name in how}
    return map_sales(read_content(book(*rows, **how), "ventas.xlsx"), Context(**context))


def money(mapped):
    return mapped.tables["money_line"].select("their_name", "kind", "amount_minor").rows()


def test_the_header_is_found_on_row_six_and_the_rows_above_are_named_skips():
    mapped = read(SALE)
    assert mapped.tables["order_line"]["row"].to_list() == [7]
    assert mapped.outcome.filter(pl.col("status") == "skip")["row"].to_list() == [1, 2, 4, 6]  # row 5 holds blanks only


def test_the_total_is_as_paid_and_what_the_columns_leave_open_is_its_own_line():
    mapped = read(SALE)
    assert money(mapped) == [
        ("Ingresos por productos", "sale_goods", 50_000), ("Cargo por venta e impuestos", "fee_referral", -7500),
        ("Ingresos por envío", "sale_shipping", 6000), ("Costos de envío", "fee_shipping_label", -8500), (DIFFERENCE, "unclassified", -4525),
    ]  # fmt: skip
    assert mapped.tables["money_line"]["amount_minor"].sum() == 35_475
    assert [f.code for f in mapped.findings] == ["ML-021"]
    assert "-45.25 MXN" in str(mapped.findings[0])


def test_a_sale_that_comes_to_its_total_has_no_finding():
    mapped = read({**SALE, "total": 400})
    assert mapped.findings == ()
    assert set(mapped.tables["money_line"]["kind"]) <= set(KINDS)
    assert [(c.column, c.currency, c.of_file, c.of_records) for c in mapped.controls] == [("total", "MXN", 40_000, 40_000)]


def test_the_date_in_words_is_local_time():
    line = read(SALE).tables["order_line"].row(0, named=True)
    # 10:12 in Mexico City is six hours behind UTC
    assert (line["ordered_on"], line["ordered_at"]) == (date(2025, 6, 4), datetime(2025, 6, 4, 16, 12, tzinfo=UTC))
    assert (line["status"], line["fulfilled_by"], line["quantity"], line["unit_price_e6"]) == ("delivered", "channel", 2, 250_000_000)


def test_the_second_state_is_the_buyers_and_never_that_of_the_sale():
    assert read({**SALE, "province": "Cancelada"}).tables["order_line"]["status"].to_list() == ["delivered"]


def test_the_currency_stands_in_the_header():
    lines = read(SALE, currency="ARS").tables["order_line"]
    assert lines.select("channel", "currency", "ship_country").rows() == [("mercadolibre-ar", "ARS", "AR")]


def test_chilean_pesos_have_no_cents():
    assert money(read({**SALE, "income": 1990, "charge": -199, "shipping_income": 0, "shipping_cost": 0, "total": 1791}, currency="CLP")) == [
        ("Ingresos por productos", "sale_goods", 1990), ("Cargo por venta e impuestos", "fee_referral", -199)
    ]  # fmt: skip


def test_the_brazilian_report_is_read_in_portuguese():
    row = {**SALE, "Fecha de venta": "4 de março de 2026 10:12 hs.", "Estado": "Venda entregue", "total": 400}
    mapped = read(row, currency="BRL", names=PORTUGUESE)
    line = mapped.tables["order_line"].row(0, named=True)
    # 10:12 in São Paulo is three hours behind UTC
    assert (line["channel"], line["ordered_at"], line["status"]) == (
        "mercadolibre-br",
        datetime(2026, 3, 4, 13, 12, tzinfo=UTC),
        "delivered",
    )
    assert money(mapped)[0] == ("Ingresos por productos", "sale_goods", 50_000)


def test_a_package_is_a_summary_row_and_its_products():
    mapped = read(PACKAGE, FIRST, SECOND, {**SALE, "total": 400})
    lines = mapped.tables["order_line"]
    # 2 x 250.00 and 1 x 200.00 are the package's 700.00
    assert lines.select("order_ref", "line_ref", "sku", "quantity", "goods_minor").rows() == [
        ("2000008000000001", "2000008000000002", "MUG-RED", 2, 50_000), ("2000008000000001", "2000008000000003", "CUP", 1, 20_000),
        ("2000008123456789", None, "MUG-RED", 2, 50_000),
    ]  # fmt: skip
    assert mapped.tables["money_line"].filter(pl.col("order_ref") == "2000008000000001").select("their_name", "amount_minor", "sku").rows() == [
        ("Ingresos por productos", 70_000, None), ("Cargo por venta e impuestos", -10_000, None)
    ]  # fmt: skip
    assert mapped.count("record") == 4


def test_money_stated_at_the_package_and_again_at_its_products_counts_once():
    mapped = read(PACKAGE, {**FIRST, "income": 500, "charge": -70, "total": 430}, {**SECOND, "income": 200, "charge": -30, "total": 170})
    assert mapped.tables["money_line"]["amount_minor"].sum() == 60_000
    assert mapped.findings == ()


def test_money_stated_at_the_products_only_counts_there():
    empty = {**PACKAGE, **dict.fromkeys(("income", "charge", "shipping_income", "shipping_cost", "refunds", "total"), "")}
    mapped = read(empty, {**FIRST, "income": 500, "charge": -70, "total": 430}, {**SECOND, "income": 200, "charge": -30, "total": 170})
    assert mapped.tables["money_line"].group_by("order_ref").agg(pl.col("amount_minor").sum()).rows() == [("2000008000000001", 60_000)]


def test_a_package_with_products_missing_is_told():
    assert [f.code for f in read(PACKAGE, FIRST).findings] == ["ML-022"]


def test_an_unknown_column_of_money_stays_visible():
    mapped = read({**SALE, "Cargo por luna llena (MXN)": -45.25}, extra=("Cargo por luna llena (MXN)",))
    assert ("Cargo por luna llena (MXN)", "unclassified", -4525) in money(mapped)
    assert [f.code for f in mapped.findings] == ["ML-023"]


def test_the_parts_of_the_charge_stand_for_it_where_they_come_to_it():
    extra = ("Cargo por venta", "Costo fijo", "Impuestos")
    exact = read({**SALE, "total": 400, "Cargo por venta": -50, "Costo fijo": -5, "Impuestos": -20}, extra=extra)
    assert [row for row in money(exact) if row[2] in (-5000, -500, -2000, -7500)] == [
        ("Cargo por venta", "fee_referral", -5000), ("Costo fijo", "fee_closing", -500), ("Impuestos", "income_tax_withheld", -2000)
    ]  # fmt: skip
    other = read({**SALE, "total": 400, "Cargo por venta": -50, "Costo fijo": 0, "Impuestos": 0}, extra=extra)
    assert ("Cargo por venta e impuestos", "fee_referral", -7500) in money(other)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("Cancelada por el comprador", "cancelled"), ("Devolución finalizada con reembolso al comprador", "refunded"), ("En camino", "shipped"),
        ("Devolución en camino", "shipped"), ("Paquete no entregado", "shipped"), ("Procesando en la bodega", "paid"), ("Algo nuevo", "unknown"),
    ],
)  # fmt: skip
def test_states(state, status):
    mapped = read({**SALE, "total": 400, "Estado": state})
    assert mapped.tables["order_line"]["status"].to_list() == [status]
    assert [f.code for f in mapped.findings] == (["ML-024"] if status == "unknown" else [])


def test_a_file_without_a_currency_in_its_header_is_refused():
    with pytest.raises(Refused) as refused:
        map_sales(read_content(book(SALE, names={name: name.replace(" ({currency})", "") for name in HEADING}), "v.xlsx"), Context())
    assert [f.code for f in refused.value.findings] == ["ML-004"]


def test_nobody_is_named():
    assert "Ana" not in str([table.rows() for table in read(SALE).tables.values()])


def test_the_format_is_recognised_in_both_languages():
    assert FORMATS[0].certainty(read_content(book(SALE), "a.xlsx")) == 100
    assert FORMATS[0].certainty(read_content(book(SALE, currency="BRL", names=PORTUGUESE), "a.xlsx")) == 100


AMOUNT = st.integers(1, 10**9)


@given(
    st.lists(st.fixed_dictionaries({"skus": st.integers(1, 3), "price": AMOUNT, "quantity": st.integers(1, 9), "charge": AMOUNT, "difference": st.sampled_from([0, -1, 99])}), min_size=1, max_size=3),
    st.booleans(),
)  # fmt: skip
def test_what_is_written_is_read_again(orders, portuguese):
    channel, currency, country, zone = (
        ("mercadolibre-br", "BRL", "BR", "America/Sao_Paulo") if portuguese else ("mercadolibre-mx", "MXN", "MX", "America/Mexico_City")
    )
    lines, money_lines, row = [], [], 7
    for number, order in enumerate(orders):
        ref, at, many = str(2 * 10**15 + number * 100), datetime(2026, 5, 5, 20, number, tzinfo=UTC), order["skus"] > 1
        goods = order["price"] * order["quantity"]
        for kind, name, amount in (
            ("sale_goods", "Ingresos por productos", goods * order["skus"]), ("fee_referral", "Cargo por venta e impuestos", -order["charge"]),
            ("unclassified", DIFFERENCE, order["difference"]),
        ):  # fmt: skip
            if amount:
                money_lines.append(
                    {
                        "row": row, "key": f"{ref}|{name.lower()}", "channel": channel, "order_ref": ref, "transaction_ref": ref, "kind": kind, "their_name": name,
                        "their_type": f"Paquete de {order['skus']} productos" if many else "Entregado", "currency": currency, "amount_minor": amount,
                        "quantity": order["quantity"] * order["skus"], "posted_at": at, "posted_on": at.date(), "status": "settled", "country": country,
                        "sku": None if many else "S0",
                    }
                )  # fmt: skip
        for place in range(order["skus"]):
            own = str(int(ref) + 1 + place) if many else ref
            lines.append(
                {
                    "row": row + place + many, "key": own, "channel": channel, "order_ref": ref, "line_ref": own if many else None, "ordered_at": at,
                    "ordered_on": at.date(), "status": "delivered", "sku": f"S{place}", "title": "Taza", "listing_ref": f"ML{place}", "quantity": order["quantity"],
                    "currency": currency, "unit_price_e6": order["price"] * 10_000, "goods_minor": goods, "fulfilled_by": "seller", "ship_country": country,
                    "shipping_minor": None if many else 0,
                }
            )  # fmt: skip
        row += order["skus"] + many
    written = (
        table_of(noun, pl.DataFrame(rows, infer_schema_length=None)) for noun, rows in (("order_line", lines), ("money_line", money_lines))
    )
    written = tuple(written)
    again = map_sales(read_content(render_sales(*written, zone=zone, portuguese=portuguese), "v.xlsx"), Context()).tables
    assert again["order_line"].rows(named=True) == written[0].rows(named=True)
    assert again["money_line"].rows(named=True) == written[1].rows(named=True)
