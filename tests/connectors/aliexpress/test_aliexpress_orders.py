"""The orders export of AliExpress, whose layout is not proven: it is read carefully and says so."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.aliexpress.codes import HEADING
from supercargo.connectors.aliexpress.formats import FORMATS
from supercargo.connectors.aliexpress.orders import map_orders
from supercargo.connectors.aliexpress.render import product_cell, render_orders
from supercargo.connectors.market.writing import workbook
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.finding import Refused

ORDER = {
    "订单号": "8188888888888888", "订单状态": "等待买家收货", "买家名称": "Ivan P", "下单时间": "2026-01-05 20:11", "付款时间": "2026-01-05 20:12",
    "产品总金额": "US $1,012.34", "物流费用": "US $5.00", "订单金额": "US $1,015.34", "满立减": "US $2.00",
    "产品信息\n（双击单元格展开所有产品信息！）": product_cell("Mug", "MUG-RED", 3), "收货国家": "Spain",
}  # fmt: skip


def book(*rows, head=HEADING):
    return workbook([("订单", [head, *([row.get(name, "") for name in head] for row in rows)])])


def read(*rows, head=HEADING, **context):
    return map_orders(read_content(book(*rows, head=head), "订单.xlsx"), Context(**context))


def test_an_order_is_one_line_with_its_product_where_there_is_only_one():
    line = read(ORDER).tables["order_line"].row(0, named=True)
    # 1,012.34 of goods and 5.00 of shipping less 2.00 are the order's 1,015.34
    assert [line[name] for name in ("goods_minor", "shipping_minor", "goods_discount_minor", "quantity", "sku", "currency", "status")] == [
        101_234, 500, -200, 3, "MUG-RED", "USD", "shipped"
    ]  # fmt: skip
    assert (line["channel"], line["ship_country"]) == ("aliexpress", "ES")


def test_times_without_a_zone_are_those_of_the_american_west_coast():
    line = read(ORDER).tables["order_line"].row(0, named=True)
    # 20:11 on the 5th in Los Angeles (UTC-8) is 04:11 on the 6th in UTC
    assert (line["ordered_on"], line["ordered_at"]) == (date(2026, 1, 5), datetime(2026, 1, 6, 4, 11, tzinfo=UTC))


def test_several_products_in_one_cell_are_not_guessed_apart():
    words = "【1】 Mug (商家编码:MUG) (产品数量:1 件)\n【2】 Cup (商家编码:CUP) (产品数量:2 件)"
    mapped = read({**ORDER, HEADING[10]: words})
    assert mapped.tables["order_line"].select("sku", "quantity", "goods_minor").rows() == [(None, None, 101_234)]
    assert [f.code for f in mapped.findings] == ["AE-021"]


def test_amounts_without_a_sign_ask_for_the_currency():
    bare = {**ORDER, "产品总金额": "10.00", "物流费用": "5.00", "订单金额": "15.00", "满立减": ""}
    with pytest.raises(Refused) as refused:
        read(bare)
    assert [f.code for f in refused.value.findings] == ["AE-001"]
    assert read(bare, options={"currency": "usd"}).tables["order_line"]["currency"].to_list() == ["USD"]


def test_an_order_that_does_not_come_to_its_amount_is_told():
    assert [f.code for f in read({**ORDER, "订单金额": "US $9.99"}).findings] == ["AE-023"]


def test_an_order_that_stands_twice_is_a_named_skip():
    mapped = read(ORDER, ORDER)
    assert mapped.outcome.filter(pl.col("status") == "skip").select("row", "code").rows() == [(1, "RAW-012"), (3, "AE-013")]


def test_english_headings_are_read_too():
    names = {
        "订单号": "Order ID",
        "订单状态": "Order Status",
        "下单时间": "Order Time",
        "产品总金额": "Product Total Amount",
        "物流费用": "Shipping Cost",
        "订单金额": "Order Amount",
    }
    english = {names.get(name, name): value for name, value in ORDER.items()} | {"Order Status": "Awaiting delivery"}
    assert read(english, head=tuple(names.get(name, name) for name in HEADING)).tables["order_line"]["status"].to_list() == ["shipped"]


def test_the_user_is_told_that_nothing_is_proven():
    assert FORMATS[0].proven.startswith("unproven")
    assert FORMATS[0].certainty(read_content(book(ORDER), "a.xlsx")) == 100


@given(st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**6), st.integers(0, 10**4), st.integers(1, 99)), min_size=1, max_size=4))
def test_what_is_written_is_read_again(orders):
    at = datetime(2026, 5, 5, 20, tzinfo=UTC)
    rows = [
        {
            "row": place + 2, "key": str(8 * 10**15 + place), "channel": "aliexpress", "order_ref": str(8 * 10**15 + place), "ordered_at": at,
            "ordered_on": at.date(), "status": "paid", "sku": "MUG", "title": product_cell("Mug", "MUG", quantity), "quantity": quantity,
            "currency": "USD", "goods_minor": goods, "shipping_minor": shipping, "goods_discount_minor": -discount, "ship_country": "ES",
            "paid_on": at.date(),
        }
        for place, (goods, shipping, discount, quantity) in enumerate(orders)
    ]  # fmt: skip
    written = table_of("order_line", pl.DataFrame(rows))
    again = map_orders(read_content(render_orders(written), "o.xlsx"), Context()).tables["order_line"]
    assert again.rows(named=True) == written.rows(named=True)
