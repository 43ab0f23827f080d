"""Orders: lines with totals, money that is not there yet, and rows that a tab broke."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from supercargo.kernel.finding import Refused

KEY, EU = "amazon-orders", "orders_eu.txt"


def lines_of(mapped):
    return mapped.tables["order_line"]


def test_a_line_has_its_totals_and_not_a_unit_price(map_golden):
    line = lines_of(map_golden(KEY, EU)).row(0, named=True)
    assert line == {
        "row": 2, "key": "302-1111111-1111111|KETTLE-01|1", "channel": "amazon-de", "order_ref": "302-1111111-1111111", "line_ref": None,
        "ordered_at": datetime(2026, 4, 5, 23, 30, tzinfo=UTC), "ordered_on": date(2026, 4, 5), "status": "shipped", "sku": "KETTLE-01",
        "title": 'Monitor 27" "Pro"', "listing_ref": "B0KETTLE01", "quantity": 2, "currency": "EUR", "unit_price_e6": None,
        "goods_minor": 5998, "goods_tax_minor": 958, "shipping_minor": 399, "shipping_tax_minor": 64, "giftwrap_minor": None,
        "giftwrap_tax_minor": None, "goods_discount_minor": -500, "shipping_discount_minor": -399, "tax_included": True,
        "tax_collected_by": None, "ship_country": "DE", "dispatch_country": None, "fulfilled_by": "channel", "buyer_key": None,
        "is_business": False, "paid_on": None, "refunded_minor": None,
    }  # fmt: skip


def test_one_sku_twice_in_an_order_is_two_lines(map_golden):
    keys = lines_of(map_golden(KEY, EU)).filter(pl.col("order_ref") == "302-1111111-1111111").get_column("key").to_list()
    assert keys == ["302-1111111-1111111|KETTLE-01|1", "302-1111111-1111111|KETTLE-01|2", "302-1111111-1111111|KETTLE-01|3"]


def test_a_pending_order_has_no_money_and_a_cancelled_one_none_to_pay(map_golden):
    lines = lines_of(map_golden(KEY, EU))
    pending = lines.filter(pl.col("status") == "pending").row(0, named=True)
    assert (pending["goods_minor"], pending["currency"], pending["order_ref"]) == (None, None, "302-2222222-2222222")
    cancelled = lines.filter(pl.col("status") == "cancelled").row(0, named=True)
    assert (cancelled["goods_minor"], cancelled["quantity"]) == (0, 0)


def test_orders_of_other_channels_and_of_the_merchant_are_told_apart(map_golden):
    lines = lines_of(map_golden(KEY, EU))
    assert lines.filter(pl.col("channel") == "amazon-mcf-de").select("ship_country", "goods_minor").rows() == [("GR", None)]
    assert lines.filter(pl.col("channel") == "amazon-gb").select("fulfilled_by", "currency", "goods_minor").rows() == [
        ("seller", "GBP", 2499)
    ]


def test_a_tab_in_a_title_makes_a_fault_and_its_money_stays_in_the_sums(map_golden):
    mapped = map_golden(KEY, EU)
    assert mapped.outcome.filter(pl.col("status") == "fault").select("row", "code").rows() == [(9, "RAW-040")]
    assert (mapped.count("record"), mapped.count("skip")) == (7, 1)
    assert all(control.ties for control in mapped.controls)


@pytest.mark.parametrize("said", ["text/plain;charset=Shift_JIS", "text/plain;charset=windows-31j"])
def test_japanese_titles_are_read_whatever_the_server_calls_the_encoding(map_golden, said):
    line = lines_of(map_golden(KEY, "orders_jp_cp932.txt", {"content-type": said})).row(0, named=True)
    assert (line["title"], line["goods_minor"], line["channel"], line["tax_included"]) == ("髙級やかん ①号", 3980, "amazon-jp", None)


def test_western_letters_in_cp1252_are_read(golden, map_bytes):
    mapped = map_bytes(
        KEY, golden(EU).replace(b"Wasserkocher 1,7 L", "Kühlbox für Öl".encode("cp1252")), {"content-type": "text/plain;charset=ISO-8859-1"}
    )
    assert lines_of(mapped).get_column("title").to_list()[1] == "Kühlbox für Öl"


def test_amounts_without_a_currency_are_faults(golden, map_bytes):
    mapped = map_bytes(KEY, golden(EU).replace(b"\tGBP\t", b"\t\t"))
    assert mapped.outcome.filter(pl.col("code") == "AMZ-115").get_column("row").to_list() == [8]


def test_a_sales_channel_that_nobody_knows_is_a_fault_and_said(golden, map_bytes, codes_of):
    mapped = map_bytes(KEY, golden(EU).replace(b"Amazon.co.uk", b"Amazon.xx"))
    assert codes_of(mapped)[-1] == "AMZ-106"
    assert mapped.outcome.filter(pl.col("code") == "AMZ-116").get_column("row").to_list() == [8]


def test_orders_that_name_no_sales_channel_ask(golden, map_bytes):
    silent = golden(EU).replace(b"Amazon.co.uk", b"")
    with pytest.raises(Refused) as refused:
        map_bytes(KEY, silent)
    assert refused.value.findings[0].code == "AMZ-121"
    assert lines_of(map_bytes(KEY, silent, channel="amazon-ie")).get_column("channel").to_list()[-1] == "amazon-ie"


def test_nobody_is_named_in_the_records(map_golden):
    written = lines_of(map_golden(KEY, EU)).write_csv()
    assert "50667" not in written
    assert "Köln" not in written


def test_a_marketplace_that_collects_the_tax_is_named(golden, map_bytes):
    header, first, *_ = golden(EU).decode("cp1252").splitlines()
    content = f"{header}\ttax-collection-model\n{first}\tMarketplaceFacilitator\n".encode()
    assert lines_of(map_bytes(KEY, content)).get_column("tax_collected_by").to_list() == ["marketplace"]
