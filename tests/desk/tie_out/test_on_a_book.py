"""The tie-out of a book that was saved and read again, as the command shows it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import polars as pl
import pytest

from supercargo.cli.main import main
from supercargo.connectors.records.tables import table_of
from supercargo.desk.tie_out import tie_out
from supercargo.reference.law import Law

DAY = date(2026, 10, 14)


@pytest.fixture
def kept(book, company):
    """Save the small company's records, each noun from a file of its own."""
    from supercargo.book import saving  # noqa: PLC0415 - the tables stand once the book is open
    from supercargo.book.receipt import OUTCOME_SCHEMA, NewDocument  # noqa: PLC0415

    def keep(changed=None):
        if changed is not None:
            changed(company)
        for noun, rows in company.rows.items():
            if not rows:
                continue
            made = table_of(
                noun,
                pl.DataFrame(
                    [{"row": place, "key": str(place), **row} for place, row in enumerate(rows, start=2)], infer_schema_length=None
                ),
            )
            outcome = pl.DataFrame({"row": made["row"], "status": "record", "code": None, "reason": None}, schema=OUTCOME_SCHEMA)
            content = noun.encode()
            document = NewDocument(sha256(content).hexdigest(), f"{noun}.csv", content, "hand-made", "tests")
            saving.save(book, document, {noun: made}, outcome)
        return book

    return keep


def lose_a_payout(company):
    company.rows["bank_line"] = [line for line in company.rows["bank_line"] if line["text"] != "REF SETTLE-1"]


def test_a_saved_book_ties(kept):
    answer = tie_out(kept(), day=DAY, law=Law(DAY))
    assert [str(finding) for finding in answer.findings if finding.severity != "note"] == []
    assert answer.ties
    assert answer.home == "CNY"
    assert answer.statement["file"].null_count() == 0


def test_the_command_shows_what_is_missing_and_fails(kept, capsys):
    place = kept(lose_a_payout)
    asked = ["tie-out", "--book", str(place.folder), "--on", "2026-10-14", "--lang", "en"]
    assert main(asked) == 1
    shown = capsys.readouterr().out
    assert "32.06 EUR did not arrive" in shown
    assert "payout.csv 2" in shown
    assert "not everything ties" in shown
    assert main([*asked, "--month", "2026-08"]) == 0
    assert "everything ties" in capsys.readouterr().out


def test_the_command_speaks_json_and_writes_a_sheet(kept, capsys, tmp_path):
    place = kept(lose_a_payout)
    out = tmp_path / "tie.xlsx"
    assert main(["tie-out", "--book", str(place.folder), "--on", "2026-10-14", "--json", "--out", str(out)]) == 1
    assert '"TIE-201"' in capsys.readouterr().out
    assert out.stat().st_size > 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--month", "2026-13"], "TIE-002"),
        (["--source", "amazonn"], "TIE-003"),
        (["--out", "x.pdf"], "USAGE-023"),
        (["--rows", "0"], "USAGE-012"),
    ],
)
def test_a_slip_is_refused_with_its_code(kept, capsys, options, code):
    place = kept()
    assert main(["tie-out", "--book", str(place.folder), "--on", "2026-10-14", *options]) in (1, 2)
    assert code in capsys.readouterr().err
