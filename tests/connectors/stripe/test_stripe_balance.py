"""Stripe's balance: major units in the report, minor ones from the interface, fees positive, and a payout that comes to nothing."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.stripe.formats import FORMATS
from supercargo.connectors.stripe.mapping import map_balance
from supercargo.connectors.stripe.render import render_balance
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parent / "golden"
FIXTURES = Path(__file__).parents[4] / "shared" / "formats" / "stripe" / "fixtures3.json"


def of(content):
    return map_balance(read_content(content if isinstance(content, bytes) else content.encode(), "stripe"), Context())


def report():
    return of((GOLDEN / "payout_reconciliation.csv").read_bytes())


def test_gross_and_fee_are_lines_of_their_own_in_every_currencys_minor_unit():
    lines = report().tables["money_line"].select("key", "kind", "currency", "amount_minor").rows()
    assert lines == [
        ("txn_1", "customer_payment", "EUR", 10000),
        ("txn_1/fee", "fee_payment", "EUR", -320),
        ("txn_2", "customer_repayment", "EUR", -2000),
        ("txn_3", "refund_other", "EUR", -1000),
        ("txn_3/fee", "fee_dispute", "EUR", -1500),
        ("txn_4", "payout", "EUR", -5180),
        ("txn_5", "customer_payment", "JPY", 1000),  # yen have no decimals
        ("txn_5/fee", "fee_payment", "JPY", -36),
        ("txn_6", "customer_payment", "KWD", 1250),  # 1.250 dinars are 1250 fils
        ("txn_6/fee", "fee_payment", "KWD", -45),
        ("txn_8", "unclassified", "EUR", -300),
    ]


def test_the_lines_of_a_payout_come_to_it_and_with_it_to_nothing():
    # 100.00 - 3.20 - 20.00 - 10.00 - 15.00 = 51.80
    mapped = report()
    lines = mapped.tables["money_line"]
    assert lines.filter(pl.col("settlement_ref") == "po_1")["amount_minor"].sum() == 5180
    assert lines.filter((pl.col("settlement_ref") == "po_1") | (pl.col("related_ref") == "po_1"))["amount_minor"].sum() == 0
    settlement = mapped.tables["settlement"].select("settlement_ref", "total_minor", "deposit_on").rows()
    assert settlement == [("po_1", 5180, date(2026, 10, 5))]
    assert mapped.tables["payout"].select("payout_ref", "amount_minor", "sent_on", "arrives_on").rows() == [
        ("po_1", 5180, date(2026, 10, 4), date(2026, 10, 5))
    ]
    assert mapped.facts["payout_totals"] == "payout rows"


def test_the_instant_is_utc_and_the_day_is_the_accounts():
    line = report().tables["money_line"].row(0, named=True)
    assert line["posted_at"] == datetime(2026, 10, 1, 22, 30, tzinfo=UTC)
    assert line["posted_on"] == date(2026, 10, 2)


def test_a_wrong_net_is_a_fault_with_the_difference_and_a_second_copy_is_left_out():
    outcome = report().outcome.filter(pl.col("status") != "record").rows()
    assert outcome == [
        (1, "skip", "RAW-012", "is the header"),
        (8, "fault", "PAY-101", "net is not gross less fee; it differs by 0.10 EUR"),
        (9, "skip", "PAY-102", "the transaction stands in the file already"),
    ]


def test_the_buyers_name_in_a_description_is_not_kept():
    assert "Anna" not in str(report().tables["money_line"].to_dicts())


def test_every_sum_of_the_file_is_found_again():
    assert all(control.ties for control in report().controls)


def transaction(number, amount, fee=0, kind="charge", **more):
    return {
        "object": "balance_transaction", "id": f"txn_{number}", "amount": amount, "fee": fee, "net": amount - fee, "currency": "jpy",
        "created": 1_790_000_000, "type": kind, "reporting_category": kind, "source": f"src_{number}", **more,
    }  # fmt: skip


def test_the_interfaces_amounts_are_minor_units_and_a_list_that_comes_to_nothing_is_one_payout():
    # 1000 - 36 yen go out as 964
    content = json.dumps({"object": "list", "data": [transaction(1, 1000, 36), transaction(2, -964, kind="payout", source="po_9")]})
    mapped = of(content)
    assert mapped.tables["money_line"].select("key", "amount_minor", "settlement_ref").rows() == [
        ("txn_1", 1000, "po_9"),
        ("txn_1/fee", -36, "po_9"),
        ("txn_2", -964, None),
    ]
    assert mapped.tables["settlement"]["total_minor"].to_list() == [964]


def test_a_list_that_does_not_come_to_nothing_is_of_no_payout():
    mapped = of(json.dumps([transaction(1, 1000, 36), transaction(2, -900, kind="payout", source="po_9")]))
    lines = mapped.tables["money_line"]
    assert lines.filter(pl.col("kind") != "payout")["settlement_ref"].to_list() == [None, None]
    assert lines.filter(pl.col("kind") == "payout")["related_ref"].to_list() == ["po_9"]


def test_one_object_per_line_is_read_too_and_another_object_is_a_named_skip():
    mapped = of(json.dumps(transaction(1, 500)) + "\n" + json.dumps({"object": "charge"}) + "\n")
    assert mapped.outcome.rows() == [(1, "record", None, None), (2, "skip", "PAY-104", "the object is no balance transaction")]


def test_a_download_that_broke_off_is_refused():
    with pytest.raises(Refused) as caught:
        of('{"object": "list", "data": [{"object": "balance_trans')
    assert [finding.code for finding in caught.value.findings] == ["PAY-105"]


@pytest.mark.shared
def test_the_balance_transaction_of_stripes_own_fixtures_is_read():
    if not FIXTURES.exists():
        pytest.skip("the third-party set is not beside the repository")
    resources = json.loads(FIXTURES.read_text())["resources"]
    ours = [one for one in resources.values() if isinstance(one, dict) and one.get("object") == "balance_transaction"]
    mapped = of(json.dumps(ours))
    assert len(ours) == mapped.count("record") == 1
    assert FORMATS[0].certainty(read_content(json.dumps(ours).encode(), "x")) == 100
    line = mapped.tables["money_line"].row(0, named=True)
    assert (line["amount_minor"], line["currency"], line["posted_on"]) == (100, "USD", date(2009, 2, 13))


@st.composite
def transactions(draw):
    lines, total = [], 0
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD"]))
    common = {"channel": "stripe", "currency": currency, "status": "settled", "settlement_ref": "po_1"}
    for row in range(2, draw(st.integers(3, 7))):
        amount, fee = draw(st.integers(1, 10**7)), draw(st.integers(0, 10**4))
        named = {"row": row, "transaction_ref": f"txn_{row}", "line_ref": f"ch_{row}", "order_ref": f"A{row}", "their_type": "charge"}
        posted = {"posted_at": datetime(2026, 6, row, 9, tzinfo=UTC), "posted_on": date(2026, 6, row), "release_on": date(2026, 6, 20)}
        lines.append(common | named | posted | {"key": f"txn_{row}", "kind": "customer_payment", "amount_minor": amount})
        if fee:
            own = {"key": f"txn_{row}/fee", "kind": "fee_payment", "amount_minor": -fee, "their_name": "fee"}
            lines.append(common | named | posted | own)
        total += amount - fee
    return table_of("money_line", pl.DataFrame(lines, infer_schema_length=None)), total


@settings(max_examples=settings.default.max_examples // 2)
@given(transactions())
def test_what_is_written_is_read_back(made):
    lines, total = made
    mapped = of(render_balance({"money_line": lines}))
    assert mapped.tables["money_line"].equals(lines)
    assert mapped.tables["settlement"]["total_minor"].to_list() == [total]
