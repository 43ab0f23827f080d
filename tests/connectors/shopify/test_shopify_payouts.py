"""Shopify Payments' transactions: the fee is positive, net is amount less fee, and open money belongs to no payout yet."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shopify.formats import FORMATS
from supercargo.connectors.shopify.payouts import map_payouts
from supercargo.connectors.shopify.render import render_payouts

GOLDEN = Path(__file__).parent / "golden"


def read(name="payments.csv"):
    return map_payouts(read_content((GOLDEN / name).read_bytes(), name), Context())


def test_a_charge_gives_its_gross_and_its_fee_and_a_chargeback_its_own_kinds():
    lines = read().tables["money_line"].select("row", "kind", "amount_minor", "settlement_ref", "status").rows()
    assert lines == [
        (2, "customer_payment", 5000, "80011", "settled"),
        (2, "fee_payment", -120, "80011", "settled"),
        (3, "customer_payment", 5000, "80011", "settled"),
        (3, "fee_payment", -120, "80011", "settled"),
        (4, "customer_repayment", -500, "80011", "settled"),
        (5, "refund_other", -2000, "80011", "settled"),
        (5, "fee_dispute", -1500, "80011", "settled"),
        (6, "payout", -5760, None, "settled"),
        (7, "customer_payment", 3000, "80012", "settled"),
        (7, "fee_payment", -70, "80012", "settled"),
        (8, "customer_payment", 3000, None, "open"),
        (8, "fee_payment", -70, None, "open"),
        (10, "unclassified", -100, None, "open"),
    ]


def test_the_lines_of_a_payout_come_to_what_its_own_row_says():
    # 2 x (50.00 - 1.20) - 5.00 - 20.00 - 15.00 = 57.60
    mapped = read()
    lines = mapped.tables["money_line"].filter(pl.col("settlement_ref") == "80011")
    assert lines["amount_minor"].sum() == 5760
    assert mapped.tables["settlement"].select("settlement_ref", "total_minor", "begins_on", "ends_on", "deposit_on").rows() == [
        ("80011", 5760, date(2026, 6, 12), date(2026, 6, 13), date(2026, 6, 15)),
        ("80012", 2930, date(2026, 6, 14), date(2026, 6, 14), date(2026, 6, 16)),
    ]
    assert mapped.tables["payout"].select("payout_ref", "amount_minor", "status").rows() == [
        ("80011", 5760, "sent"),
        ("80012", 2930, "open"),
    ]


def test_a_total_that_is_only_a_sum_is_said_to_be_one():
    mapped = read()
    assert mapped.facts["payout_totals"] == "payout rows, else sums of net"
    assert "SHOP-103" in [finding.code for finding in mapped.findings]


def test_a_row_whose_net_is_not_amount_less_fee_is_a_fault_with_the_difference():
    # 30.00 - 0.70 = 29.30, and the file says 29.00
    faults = read().outcome.filter(pl.col("status") == "fault").rows()
    assert faults == [(9, "fault", "SHOP-101", "net is not amount less fee; it differs by -0.30 GBP")]


def test_two_equal_charges_are_two_and_stay_the_same_two_in_an_overlapping_file():
    text = (GOLDEN / "payments.csv").read_text()
    header, first, second, *_ = text.splitlines(keepends=True)
    again = map_payouts(read_content((header + first + second).encode(), "x.csv"), Context()).tables["money_line"]
    assert again["key"].n_unique() == 4
    assert set(again["key"]) <= set(read().tables["money_line"]["key"])


def test_a_pending_row_keeps_its_key_when_its_payout_is_known():
    header, *rows = (GOLDEN / "payments.csv").read_text().splitlines(keepends=True)
    paid = rows[6].replace("pending,,", "paid,2026-06-18,80013,").replace(",80013,,", ",80013,")
    before, after = (map_payouts(read_content((header + row).encode(), "x.csv"), Context()).tables["money_line"] for row in (rows[6], paid))
    assert before["key"].to_list() == after["key"].to_list()
    assert (before["settlement_ref"][0], after["settlement_ref"][0]) == (None, "80013")


def test_an_unknown_type_stays_visible_with_its_money():
    found = [str(finding) for finding in read().findings if finding.code == "SHOP-102"]
    assert len(found) == 1
    assert "1 lines of the type adjustment are not classified; they come to -1.00 GBP" in found[0]


def test_a_file_with_dollar_signs_and_bare_days_is_read_and_has_no_instants():
    line = read("payments_dollar.csv").tables["money_line"].row(0, named=True)
    assert (line["amount_minor"], line["posted_on"], line["posted_at"]) == (102183, date(2026, 6, 12), None)


def test_every_sum_of_the_file_is_found_again():
    # nets: 48.80 + 48.80 - 5.00 - 35.00 - 57.60 + 29.30 + 29.30 + 29.00 (a fault) - 1.00 = 86.60
    nets = [(one.of_file, one.of_records, one.of_faults) for one in read().controls if one.column == "Net"]
    assert nets == [(8660, 5760, 2900)]
    assert all(control.ties for control in read().controls)


@st.composite
def payouts(draw):
    lines, total = [], 0
    common = {"channel": "shopify-payments", "currency": "EUR", "status": "settled", "release_on": date(2026, 6, 15)}
    for row in range(2, draw(st.integers(3, 7))):
        amount, fee = draw(st.integers(1, 10**6)), draw(st.integers(0, 10**4))
        posted = {"posted_at": datetime(2026, 6, row, 9, tzinfo=UTC), "posted_on": date(2026, 6, row)}
        named = {"order_ref": f"#{row}", "settlement_ref": "P", "row": row, "key": f"k{row}", "their_type": "charge"}
        lines.append(common | posted | named | {"kind": "customer_payment", "amount_minor": amount})
        if fee:
            lines.append(common | posted | named | {"key": f"k{row}/fee", "kind": "fee_payment", "amount_minor": -fee, "their_name": "fee"})
        total += amount - fee
    return table_of("money_line", pl.DataFrame(lines, infer_schema_length=None)), total


@settings(max_examples=settings.default.max_examples // 2)
@given(payouts())
def test_what_is_written_is_read_back(made):
    lines, total = made
    mapped = map_payouts(read_content(render_payouts({"money_line": lines}), "x.csv"), Context())
    assert mapped.tables["money_line"].drop("key").equals(lines.drop("key"))
    assert mapped.tables["settlement"]["total_minor"].to_list() == [total]
    again = map_payouts(read_content(render_payouts(mapped.tables), "x.csv"), Context())
    assert again.tables["money_line"].equals(mapped.tables["money_line"])
    assert FORMATS[1].certainty(read_content(render_payouts(mapped.tables), "x.csv")) == 100
