"""What we write as a bank, we read back the same; and so does the library mt-940."""

import re
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mt940 import Options
from mt940.models import Transactions

from supercargo.connectors.bank.formats import FORMATS
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import TABLES

FORMAT = {one.key: one for one in FORMATS}
WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,+()-", min_size=1, max_size=12)
WORDS = st.lists(WORD, min_size=1, max_size=14).map(" ".join)
DAYS = st.integers(0, 2000).map(lambda number: date(2021, 1, 1) + timedelta(number))


@st.composite
def statements(draw):
    """Draw a statement that ties: its closing balance is the opening one and its lines."""
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD", "USD"]))
    opening, day = draw(st.integers(-(10**9), 10**9)), draw(DAYS)
    lines = [
        {
            "amount_minor": draw(st.integers(-(10**9), 10**9).filter(bool)),
            "value_on": day + timedelta(draw(st.integers(-20, 20))),
            "booked_on": day + timedelta(draw(st.integers(0, 3))),
            "counterparty": draw(st.none() | WORDS.map(lambda text: text[:70].strip())),
            "text": draw(st.none() | WORDS.map(lambda text: text[:280].strip())),
            "bank_ref": draw(st.none() | st.from_regex(r"[A-Z0-9]{7,16}", fullmatch=True)),
            "end_to_end_ref": draw(
                st.none()
                | st.from_regex(r"[A-Z0-9-]{3,30}[A-Z0-9]", fullmatch=True).filter(lambda ref: ref not in ("NONREF", "NOTPROVIDED"))
            ),
            "is_reversal": draw(st.booleans()),
        }
        for _ in range(draw(st.integers(0, 5)))
    ]
    account, ref = "DE89370400440532013000", f"{draw(st.integers(1, 99999))}/1"
    own = {"account": account, "statement_ref": ref, "currency": currency}
    closing = opening + sum(line["amount_minor"] for line in lines)
    head = {
        "row": 1,
        "key": "",
        **own,
        "opening_minor": opening,
        "opening_on": day,
        "closing_minor": closing,
        "closing_on": day + timedelta(3),
    }
    rows = [{"row": place, "key": "", **own, **line} for place, line in enumerate(lines, start=2)]
    return {
        "bank_statement": pl.DataFrame([head], schema=TABLES["bank_statement"]),
        "bank_line": pl.DataFrame(rows, schema=TABLES["bank_line"]),
    }


def mapped(key, content):
    return FORMAT[key].map(read_content(content, "bank"), Context())


@pytest.mark.parametrize("key", ["bank-mt940", "bank-camt"])
@given(tables=statements())
def test_what_is_written_is_read_back(key, tables):
    result = mapped(key, FORMAT[key].render(tables))
    for noun, frame in tables.items():
        assert result.tables[noun].drop("row", "key").equals(frame.drop("row", "key"))
    assert {finding.code for finding in result.findings} <= {"BANK-105"}
    again = mapped(key, FORMAT[key].render(result.tables))
    assert all(again.tables[noun].equals(frame) for noun, frame in result.tables.items())


@given(tables=statements())
def test_the_library_reads_our_mt940_alike(tables):
    parsed = Transactions(options=Options.all())
    parsed.parse(FORMAT["bank-mt940"].render(tables).decode())
    lines = tables["bank_line"].to_dicts()
    assert len(parsed.transactions) == len(lines)
    for ours, theirs in zip(lines, parsed.transactions, strict=True):
        digits = {"JPY": 0, "KWD": 3}.get(ours["currency"], 2)
        assert theirs.data["amount"].amount == Decimal(ours["amount_minor"]).scaleb(-digits)
        assert theirs.data["date"] == ours["value_on"]
        assert theirs.data["guessed_entry_date"] == ours["booked_on"]
        assert theirs.data.get("bank_reference") == ours["bank_ref"]
        text = re.sub(r"\n", "", theirs.data.get("transaction_details") or "")
        assert all(ours[name] is None or ours[name] in text for name in ("counterparty", "text", "end_to_end_ref"))
    closing = parsed.data["final_closing_balance"].amount.amount
    head = tables["bank_statement"].row(0, named=True)
    assert closing == Decimal(head["closing_minor"]).scaleb(-{"JPY": 0, "KWD": 3}.get(head["currency"], 2))
