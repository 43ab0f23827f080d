"""eBay's transaction report: orders of several items counted once, taxes that eBay keeps left out, two currencies led through their rate."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.ebay.codes import PARTS
from supercargo.connectors.ebay.formats import FORMATS
from supercargo.connectors.ebay.render import render_transactions
from supercargo.connectors.ebay.transactions import map_transactions
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of

GOLDEN = Path(__file__).parent / "golden"
KIND = {suffix: sale for suffix, _, sale, _ in PARTS}


def read(name="transactions_us.csv", **context):
    return map_transactions(read_content((GOLDEN / name).read_bytes(), name), Context(**context))


def money(mapped, order):
    return mapped.tables["money_line"].filter(pl.col("order_ref") == order).select("kind", "amount_minor").rows()


@pytest.mark.parametrize("name", ["transactions_us.csv", "transactions_de.csv", "transactions_two_currencies.csv"])
def test_it_is_recognised_below_free_text_in_two_languages_and_ties(name):
    assert FORMATS[0].certainty(read_content((GOLDEN / name).read_bytes(), name)) == 100
    assert all(control.ties for control in read(name).controls)


def test_a_sale_is_parted_into_goods_shipping_and_fees_and_ebays_own_tax_is_not_ours():
    # 90.00 + 10.00 - 0.40 - 14.00 = 85.60; the 7.25 of tax never reach the seller
    assert money(read(), "01-1")[:4] == [("sale_goods", 9000), ("sale_shipping", 1000), ("fee_closing", -40), ("fee_referral", -1400)]
    line = read().tables["order_line"].row(0, named=True)
    assert (line["goods_tax_minor"], line["tax_collected_by"], line["tax_included"]) == (725, "marketplace", False)


def test_an_order_row_above_its_items_adds_only_what_the_items_lack():
    # 99.98 + 49.98 - 0.40 - 19.56 = 130.00
    assert money(read(), "01-2") == [("fee_closing", -40), ("fee_referral", -1956), ("sale_goods", 9998), ("sale_goods", 4998)]


def test_an_order_row_that_repeats_the_sum_of_its_items_counts_nothing_twice():
    # 60.00 stands above 40.00 and 20.00
    assert money(read(), "01-3") == [("sale_goods", 4000), ("sale_goods", 2000)]


def test_every_type_of_row_has_its_kind():
    kinds = dict(read().tables["money_line"].filter(pl.col("key").str.contains("/").not_()).select("their_type", "kind").iter_rows())
    assert kinds == {
        "Other fee": "advertising",
        "Shipping label": "fee_shipping_label",
        "Payment dispute": "refund_other",
        "Adjustment": "unclassified",
        "Payout": "payout",
        "Hold": "reserve_held",
    }


def test_the_lines_of_a_payout_come_to_its_row():
    # 85.60 + 130.00 + 60.00 - 38.00 - 2.00 - 4.50 - 30.00 + 1.00 = 202.10
    mapped = read()
    assert mapped.tables["money_line"].filter(pl.col("settlement_ref") == "P1")["amount_minor"].sum() == 20210
    assert mapped.tables["payout"].select("payout_ref", "amount_minor", "sent_on", "status").rows() == [
        ("P1", 20210, date(2026, 10, 4), "sent")
    ]
    assert mapped.tables["settlement"].select("total_minor", "begins_on", "ends_on").rows() == [
        (20210, date(2026, 10, 1), date(2026, 10, 3))
    ]


def test_a_row_whose_net_is_not_its_sum_is_a_fault_with_the_difference():
    # 20.00 - 2.00 = 18.00, and net is 17.90
    faults = read().outcome.filter(pl.col("status") == "fault").rows()
    assert faults == [(21, "fault", "EBAY-001", "net is not the sum of sale and fees; it differs by -0.10 USD")]


def test_two_currencies_are_led_through_their_rate():
    # 100.00 - 10.00 = 90.00 dollars at 0.92377 are 83.14 euros, and not 83.54
    mapped = read("transactions_two_currencies.csv")
    assert mapped.tables["money_line"].select("kind", "currency", "amount_minor").rows() == [
        ("sale_goods", "USD", 10000),
        ("fee_referral", "USD", -1000),
        ("conversion_out", "USD", -9000),
        ("conversion_in", "EUR", 8314),
    ]
    assert mapped.outcome.filter(pl.col("status") == "fault")["code"].to_list() == ["EBAY-002"]
    assert mapped.tables["settlement"].select("currency", "total_minor").rows() == [("EUR", 8314)]


def test_a_german_report_has_its_own_headers_types_days_and_decimal_comma():
    mapped = read("transactions_de.csv")
    assert mapped.tables["money_line"].select("kind", "amount_minor", "posted_on", "country").rows() == [
        ("sale_goods", 109998, date(2026, 10, 1), "DE"),
        ("sale_goods", 4998, date(2026, 10, 1), "DE"),
        ("advertising", -1250, date(2026, 10, 2), None),
        ("payout", -113746, date(2026, 10, 4), None),
    ]


def test_order_lines_have_the_items_and_no_line_for_the_row_above():
    lines = read().tables["order_line"].select("key", "sku", "quantity", "goods_minor", "ship_country").rows()
    assert lines == [
        ("01-1/111", "MUG-R", 2, 9000, "US"),
        ("01-2/111", "MUG-R", 2, 9998, "CA"),
        ("01-2/222", "HAT", 1, 4998, "CA"),
        ("01-3/111", "MUG-R", 1, 4000, None),
        ("01-3/222", "HAT", 1, 2000, None),
    ]


def test_an_overlapping_file_gives_the_same_keys_and_a_later_payout_does_not_change_them():
    text = (GOLDEN / "transactions_us.csv").read_text("utf-8-sig")
    open_ = text.replace('"P1"', '"--"').replace('"Funds sent"', '"--"')
    keys = [set(map_transactions(read_content(one.encode(), "x.csv"), Context()).tables["money_line"]["key"]) for one in (text, open_)]
    assert keys[0] == keys[1]


def test_no_buyers_name_is_kept():
    kept = "".join(str(frame.to_dicts()) for frame in read().tables.values())
    assert "Demo" not in kept
    assert "anna_d" not in kept


@st.composite
def reports(draw):
    lines, total = [], 0
    currency = draw(st.sampled_from(["USD", "GBP"]))
    for row in range(2, draw(st.integers(3, 7))):
        parts = {"goods": draw(st.integers(1, 10**6)), "shipping": draw(st.integers(0, 999)), "fvf": -draw(st.integers(0, 999))}
        for suffix, amount in parts.items():
            if amount:
                lines.append(
                    {
                        "row": row, "key": f"{row}/{suffix}", "channel": "ebay", "settlement_ref": "P", "order_ref": f"O{row}",
                        "line_ref": f"T{row}", "sku": "S", "kind": KIND[suffix], "their_type": "Order", "currency": currency,
                        "amount_minor": amount, "quantity": 1, "posted_on": date(2026, 5, row), "status": "settled", "country": "DE",
                    }
                )  # fmt: skip
        total += sum(parts.values())
    return table_of("money_line", pl.DataFrame(lines, infer_schema_length=None)), total


@settings(max_examples=settings.default.max_examples // 2)
@given(reports())
def test_what_is_written_is_read_back(made):
    lines, total = made
    content = render_transactions({"money_line": lines})
    assert b"\r\n" in content
    mapped = map_transactions(read_content(content, "x.csv"), Context())
    own = ("key", "row", "their_name")
    assert mapped.tables["money_line"].drop(own).equals(lines.drop(own))
    assert mapped.tables["settlement"]["total_minor"].to_list() == [total]
    again = map_transactions(read_content(render_transactions(mapped.tables), "x.csv"), Context())
    assert {noun: frame.drop("row") for noun, frame in again.tables.items() if noun != "order_line"}.keys() == {
        "money_line",
        "settlement",
        "payout",
    }
