"""Shopify's orders export: blocks of rows, money on the first row, tax inside or on top, nothing twice."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shopify.formats import FORMATS
from supercargo.connectors.shopify.orders import map_orders
from supercargo.connectors.shopify.render import render_orders
from supercargo.connectors.shops.shares import share

GOLDEN = Path(__file__).parent / "golden"


def read(name="orders.csv", **context):
    return map_orders(read_content((GOLDEN / name).read_bytes(), name), Context(**context))


def order(name):
    return read().tables["order_line"].filter(pl.col("order_ref") == name)


def of_text(text):
    return map_orders(read_content(text.encode(), "orders.csv"), Context())


def left(mapped):
    return {row: (status, code) for row, status, code, _ in mapped.outcome.rows() if status != "record"}


def test_the_file_is_recognised_with_and_without_its_tail():
    for name in ("orders.csv", "orders_short.csv"):
        assert FORMATS[0].certainty(read_content((GOLDEN / name).read_bytes(), name)) == 100
    assert read("orders_short.csv").tables["order_line"].height == 2


def test_further_rows_take_name_currency_days_and_country_from_the_first():
    lines = order("#1001")
    assert lines.select("key", "currency", "ordered_on", "ship_country", "status").rows() == [
        ("#1001/1", "GBP", date(2026, 5, 14), "GB", "shipped"),
        ("#1001/2", "GBP", date(2026, 5, 14), "GB", "shipped"),
    ]


def test_a_time_with_the_shops_offset_is_an_instant_and_keeps_the_shops_day():
    # 00:23:45 on the 14th at +01:00 is 23:23:45 on the 13th in UTC
    lines = order("#1001")
    assert lines["ordered_at"][0] == datetime(2026, 5, 13, 23, 23, 45, tzinfo=UTC)
    assert lines["ordered_on"][0] == date(2026, 5, 14)


def test_what_is_stated_once_per_order_is_shared_by_value_to_the_penny():
    # goods 20.00 and 30.00; discount 5.00 -> 2.00 and 3.00; shipping 5.00 -> 2.00 and 3.00; tax 8.33 -> 3.33 and 5.00
    lines = order("#1001")
    assert lines["goods_minor"].to_list() == [2000, 3000]
    assert lines["goods_discount_minor"].to_list() == [-200, -300]
    assert lines["shipping_minor"].to_list() == [200, 300]
    assert lines["goods_tax_minor"].to_list() == [333, 500]


def test_tax_is_inside_where_the_total_is_without_it_on_top_where_it_is_not_and_open_where_nothing_tells():
    # 45.00 + 5.00 = 50.00 although tax is 8.33; 21.83 + 4.00 + 2.00 = 27.83; no tax at all says nothing
    included = dict(read().tables["order_line"].select("order_ref", "tax_included").unique().iter_rows())
    assert included == {"#1001": True, "#1002": False, "#1003": None, "#1006": None}


def test_tax_is_shared_by_what_was_paid_and_not_over_what_is_exempt():
    # 10.00 less 3.33, 10.00 less 3.34: 1.00 of tax over 6.67 and 6.66 is 0.50 and 0.50; the exempt voucher has none
    head = "Name,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem taxable\n"
    first = "#1,EUR,20.00,0.00,1.00,21.00,10.00,2026-05-14,1,Hat,10.00,true\n"
    mapped = of_text(head + first + "#1,,,,,,,,1,Mug,10.00,true\n#1,,,,,,,,1,Voucher,10.00,false\n")
    assert mapped.tables["order_line"]["goods_tax_minor"].to_list() == [50, 50, 0]


def test_amounts_with_a_dollar_sign_are_read():
    line = order("#1002").row(0, named=True)
    assert (line["goods_minor"], line["shipping_minor"], line["goods_tax_minor"], line["refunded_minor"]) == (2183, 400, 200, 500)


def test_a_discount_that_stands_in_both_columns_counts_once():
    # the hat is 10.00, Lineitem discount 3.00, Discount Amount 3.00, subtotal 7.00: one discount of 3.00
    assert order("#1003")["goods_discount_minor"].to_list() == [-300]


def test_every_row_that_is_no_record_says_why():
    assert left(read()) == {
        1: ("skip", "RAW-012"),
        6: ("fault", "SHOP-002"),  # the other row of #1004 has a quantity in words
        7: ("fault", "RAW-041"),
        8: ("skip", "SHOP-004"),  # #1003 again, for its second payment
        9: ("fault", "SHOP-001"),  # a further row without its first
        11: ("skip", "SHOP-003"),
    }


def test_an_order_that_does_not_come_to_its_total_is_named_with_the_money_between():
    # 10.00 + 3.00 + 2.00 = 15.00, and the total is 16.00
    found = [finding for finding in read().findings if finding.code == "SHOP-007"]
    assert [(finding.path, str(finding.message)) for finding in found] == [
        ("rows[10]", "subtotal, shipping and taxes of the order do not come to its total; 1.00 GBP is open")
    ]


def test_the_same_order_with_other_content_is_a_fault_and_not_a_second_order():
    head = "Name,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
    mapped = of_text(head + "#1,EUR,5.00,0.00,0.00,5.00,2026-05-14,1,Hat,5.00\n#1,EUR,9.00,0.00,0.00,9.00,2026-05-14,1,Hat,9.00\n")
    assert left(mapped)[3] == ("fault", "SHOP-005")
    assert mapped.tables["order_line"]["goods_minor"].sum() == 500


def test_the_buyer_is_a_keyed_hash_and_no_address_is_kept():
    one, other = read(secret=b"one").tables["order_line"], read(secret=b"other").tables["order_line"]
    assert one["buyer_key"][0] != other["buyer_key"][0]
    assert "anna" not in str(one.to_dicts())
    assert order("#1002")["buyer_key"][0] is None


def test_every_sum_of_the_file_is_found_again():
    assert all(control.ties for control in read().controls)
    assert {control.column for control in read().controls} >= {"Subtotal", "Shipping", "Taxes", "Total", "Refunded Amount"}


@st.composite
def shop_orders(draw):
    records, row = [], 2
    for number in range(1, draw(st.integers(1, 4)) + 1):
        prices = draw(st.lists(st.integers(1, 9999), min_size=1, max_size=4))
        quantities = [draw(st.integers(1, 5)) for _ in prices]
        goods = [price * quantity for price, quantity in zip(prices, quantities, strict=True)]
        discount = share(-draw(st.integers(0, min(goods))), goods)
        shipping, refunded = share(draw(st.integers(0, 999)), goods), share(draw(st.integers(0, 999)), goods)
        tax = share(draw(st.integers(1, 999)), [max(a + b, 0) for a, b in zip(goods, discount, strict=True)])
        inside = draw(st.booleans())
        for place, price in enumerate(prices):
            records.append(
                {
                    "row": row, "key": f"#{number}/{place + 1}", "channel": "shopify", "order_ref": f"#{number}",
                    "ordered_at": datetime(2026, 5, number, 8, 30, tzinfo=UTC), "ordered_on": date(2026, 5, number), "status": "paid",
                    "sku": f"S{place}", "title": "Mug, red", "quantity": quantities[place], "currency": "EUR",
                    "unit_price_e6": price * 10_000, "goods_minor": goods[place], "goods_tax_minor": tax[place],
                    "shipping_minor": shipping[place], "goods_discount_minor": discount[place], "tax_included": inside,
                    "tax_collected_by": "seller", "ship_country": "DE", "refunded_minor": refunded[place],
                }
            )  # fmt: skip
            row += 1
    return table_of("order_line", pl.DataFrame(records, infer_schema_length=None))


@settings(max_examples=settings.default.max_examples // 2)
@given(shop_orders())
def test_what_is_written_is_read_back(lines):
    assert map_orders(read_content(render_orders({"order_line": lines}), "x.csv"), Context()).tables["order_line"].equals(lines)


@pytest.mark.parametrize("text", ["Name,Email\n#1,a@b\n", "a\n"])
def test_another_file_is_not_taken_for_orders(text):
    assert FORMATS[0].certainty(read_content(text.encode(), "x.csv")) == 0
