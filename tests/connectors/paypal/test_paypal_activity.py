"""PayPal's activity download: what touches the balance and what does not, conversions in two halves, days by language."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.paypal.activity import map_activity
from supercargo.connectors.paypal.formats import FORMATS
from supercargo.connectors.paypal.render import render_activity
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parent / "golden"


def read(name="activity_us.csv", **context):
    return map_activity(read_content((GOLDEN / name).read_bytes(), name), Context(**context))


def codes(mapped):
    return [finding.code for finding in mapped.findings]


def test_a_payment_is_gross_and_fee_and_a_memo_is_left_out():
    lines = read().tables["money_line"].select("row", "kind", "currency", "amount_minor", "related_ref").rows()
    assert lines == [
        (2, "customer_payment", "USD", 110000, None),
        (2, "fee_payment", "USD", -3220, None),
        (3, "customer_payment", "EUR", 5000, None),
        (3, "fee_payment", "EUR", -200, None),
        (4, "conversion_out", "EUR", -4800, "2AB"),
        (5, "conversion_in", "USD", 5120, "2AB"),
        (7, "customer_repayment", "USD", -1000, "1AB"),
        (7, "fee_payment", "USD", 30, "1AB"),
        (8, "reserve_held", "USD", -2000, "1AB"),
        (9, "reserve_released", "USD", 2000, "1AB"),
        (10, "payout", "USD", -100000, None),
        (11, "unclassified", "USD", -930, None),
    ]


def test_the_lines_come_to_the_balance_of_the_last_row_that_is_sound():
    # 1,067.80 + 51.20 - 9.70 - 20.00 + 20.00 - 1,000.00 - 9.30 = 100.00 dollars; 48.00 - 48.00 = 0 euros
    sums = dict(read().tables["money_line"].group_by("currency").agg(pl.col("amount_minor").sum()).iter_rows())
    assert sums == {"USD": 10000, "EUR": 0}


def test_a_hold_and_its_release_cancel():
    held = read().tables["money_line"].filter(pl.col("kind").str.starts_with("reserve"))
    assert held["amount_minor"].sum() == 0
    assert held["status"].to_list() == ["settled", "settled"]


def test_a_withdrawal_is_a_payout():
    assert read().tables["payout"].select("payout_ref", "currency", "amount_minor", "sent_on", "status").rows() == [
        ("9AB", "USD", 100000, date(2026, 10, 16), "sent")
    ]


def test_what_is_left_out_and_what_is_at_fault_say_why():
    assert read().outcome.filter(pl.col("status") != "record").rows() == [
        (1, "skip", "RAW-012", "is the header"),
        (6, "skip", "PAY-002", "a memo does not touch the balance"),
        (12, "fault", "PAY-001", "net is not gross plus fee; it differs by 1.00 USD"),
    ]


def test_a_payment_that_we_made_is_not_taken_for_a_buyers():
    assert codes(read()) == ["PAY-004"]


def test_a_german_account_has_its_own_headers_days_and_decimal_comma():
    mapped = read("activity_de.csv")
    assert mapped.facts == {"decimal": ",", "dates": "dmy"}
    assert mapped.tables["money_line"].select("kind", "amount_minor", "posted_on").rows() == [
        ("customer_payment", 110000, date(2026, 10, 13)),
        ("fee_payment", -2300, date(2026, 10, 13)),
        ("customer_repayment", -10000, date(2026, 10, 13)),
        ("payout", -97700, date(2026, 10, 14)),
    ]
    assert mapped.tables["money_line"]["posted_at"][0] == datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


def test_day_and_month_that_nothing_decides_are_asked_for_and_the_answer_is_believed():
    with pytest.raises(Refused) as caught:
        read("activity_own_columns.csv")
    assert [finding.code for finding in caught.value.findings] == ["RAW-030"]
    days = [read("activity_own_columns.csv", dates=order).tables["money_line"]["posted_on"][0] for order in ("dmy", "mdy")]
    assert days == [date(2026, 6, 5), date(2026, 5, 6)]


def test_columns_that_their_owner_chose_suffice_and_what_is_not_completed_is_left_out():
    mapped = read("activity_own_columns.csv", dates="dmy")
    assert mapped.outcome.filter(pl.col("status") == "skip")["code"].to_list() == ["RAW-012", "PAY-003"]
    assert "PAY-005" in codes(mapped)


def test_half_a_conversion_is_named_with_its_money():
    lines = (GOLDEN / "activity_us.csv").read_text("utf-8-sig").splitlines(keepends=True)
    mapped = map_activity(read_content("".join([*lines[:4]]).encode(), "x.csv"), Context())
    found = [str(finding.message) for finding in mapped.findings if finding.code == "PAY-006"]
    assert found == ["the other half of the conversion of -48.00 EUR is not in the file"]


def test_no_name_and_no_address_is_kept():
    kept = str(read().tables["money_line"].to_dicts())
    assert "Demo" not in kept
    assert "example.com" not in kept


def test_every_sum_of_the_file_is_found_again():
    assert all(control.ties for name in ("activity_us.csv", "activity_de.csv") for control in read(name).controls)


@st.composite
def activities(draw):
    lines = []
    currency, dates = draw(st.sampled_from([("EUR", "dmy"), ("JPY", "mdy"), ("USD", "mdy")]))
    for row in range(2, draw(st.integers(3, 7))):
        amount, fee = draw(st.integers(1, 10**7)), draw(st.integers(0, 10**4))
        shared = {
            "row": row, "channel": "paypal", "order_ref": f"I{row}", "transaction_ref": f"T{row}", "related_ref": None,
            "their_type": "Express Checkout Payment", "currency": currency, "posted_at": datetime(2026, 6, 20 + row, 9, tzinfo=UTC),
            "posted_on": date(2026, 6, 20 + row), "status": "settled", "country": "DE",
        }  # fmt: skip
        lines.append(shared | {"key": f"T{row}", "kind": "customer_payment", "amount_minor": amount})
        if fee:
            lines.append(shared | {"key": f"T{row}/fee", "kind": "fee_payment", "amount_minor": -fee, "their_name": "fee"})
    return table_of("money_line", pl.DataFrame(lines, infer_schema_length=None)), dates


@settings(max_examples=settings.default.max_examples // 2)
@given(activities())
def test_what_is_written_is_read_back(made):
    lines, dates = made
    content = render_activity({"money_line": lines}, dates="%d/%m/%Y" if dates == "dmy" else "%m/%d/%Y")
    assert content.startswith(b'\xef\xbb\xbf"Date","Time"')
    raw = read_content(content, "x.csv")
    assert FORMATS[0].certainty(raw) == 100
    assert map_activity(raw, Context()).tables["money_line"].equals(lines)
