"""eBay's orders report: blank lines, footers, currencies inside amounts, and the price of one piece or of all."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from supercargo.connectors.ebay.formats import FORMATS
from supercargo.connectors.ebay.orders import map_orders
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content

GOLDEN = Path(__file__).parent / "golden"
HEAD = (
    "Sales Record Number,Order Number,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Total Price,Sale Date\n"
)


def read(name):
    return map_orders(read_content((GOLDEN / name).read_bytes(), name), Context())


def of(rows):
    return map_orders(read_content((HEAD + rows).encode(), "orders.csv"), Context())


@pytest.mark.parametrize("name", ["orders_au.csv", "orders_eur.csv"])
def test_it_is_recognised_and_ties(name):
    assert FORMATS[1].certainty(read_content((GOLDEN / name).read_bytes(), name)) == 100
    assert all(control.ties for control in read(name).controls)


def test_australian_dollars_and_month_first_days_are_read():
    # two mugs at 1,500.00 and 10.00 postage are 3,010.00: Sold For is of one piece
    line = read("orders_au.csv").tables["order_line"].row(0, named=True)
    assert (line["currency"], line["goods_minor"], line["shipping_minor"], line["ordered_on"]) == ("AUD", 300000, 1000, date(2026, 10, 5))


def test_postage_that_only_the_order_row_has_stays_on_a_line_of_its_own():
    # 20.00 + 2 x 20.00 + 10.00 = 70.00
    lines = read("orders_au.csv").tables["order_line"].filter(pl.col("order_ref") == "02-2")
    assert lines.select("key", "quantity", "goods_minor", "shipping_minor").rows() == [
        ("02-2/order", None, None, 1000),
        ("02-2/111", 1, 2000, None),
        ("02-2/222", 2, 4000, None),
    ]


def test_a_decimal_comma_and_day_first_days_are_read_and_the_price_is_of_all():
    # two hats and 5,00 postage are 95,00, and 90,00 is sold: Sold For is of both
    line = read("orders_eur.csv").tables["order_line"].row(0, named=True)
    assert (line["currency"], line["goods_minor"], line["quantity"], line["ordered_on"]) == ("EUR", 9000, 2, date(2026, 5, 26))


def test_an_order_row_that_is_only_the_sum_of_its_items_is_left_out():
    skips = read("orders_eur.csv").outcome.filter(pl.col("code") == "EBAY-023")
    assert skips["row"].to_list() == [4]
    assert read("orders_eur.csv").tables["order_line"]["goods_minor"].sum() == 9000 + 3000


def test_blank_rows_and_footers_are_named_skips():
    outcome = read("orders_au.csv").outcome
    assert outcome.filter(pl.col("code") == "EBAY-021")["row"].to_list() == [3, 8, 9]


def test_a_price_that_nothing_decides_stays_unknown():
    mapped = of("1,04-1,111,Mug,M,2,$10.00,$0.00,$99.00,Oct-05-26\n")
    assert mapped.tables["order_line"]["goods_minor"].to_list() == [None]
    assert [finding.code for finding in mapped.findings] == ["EBAY-024"]


def test_amounts_without_a_currency_are_a_fault_and_so_is_a_row_without_an_order():
    mapped = of("1,04-1,111,Mug,M,1,10.00,0.00,10.00,Oct-05-26\n2,,111,Mug,M,1,$10.00,$0.00,$10.00,Oct-05-26\n")
    assert mapped.outcome.filter(pl.col("status") == "fault")["code"].to_list() == ["EBAY-025", "EBAY-022"]
