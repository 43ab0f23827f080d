"""Files of others into the book: recognised or refused with the candidates, and a broken one does not stop the others."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from supercargo.book import reading, verifying
from supercargo.book.models import AuditEntry, Document
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.tables import Mapping, load, save
from supercargo.desk.importing import Options, import_files, recognised, run
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parents[2] / "connectors"
STRIPE = GOLDEN / "stripe" / "golden" / "payout_reconciliation.csv"
SETTLEMENT = GOLDEN / "amazon" / "golden" / "settlement_eur.txt"
SHEET = b"Bestellung;Artikel;Menge;Betrag;Datum;Waehrung\n1-1;TEE;2;49,90;2011-11-05;EUR\n1-2;CUP;1;x;2011-11-05;EUR\n1-3;=HAT;1;-3,10;2011-11-06;EUR\n"
MAPPING = Mapping(
    "order_line",
    {"order_ref": "Bestellung", "sku": "Artikel", "quantity": "Menge", "goods_minor": "Betrag", "ordered_on": "Datum", "currency": "Waehrung"},
    name="own shop",
    constants={"channel": "own-shop"},
)  # fmt: skip


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(SHEET)
    return path


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text(save(MAPPING), encoding="utf-8")
    return path


def codes(receipt):
    return [finding.code for finding in receipt.findings if finding.severity == "error"]


def test_a_settlement_is_recognised_saved_and_tied(book):
    [receipt] = import_files([SETTLEMENT], book, Options())
    assert (receipt.format, receipt.certainty, receipt.refused, receipt.ties) == ("amazon-settlement", 100, False, True)
    assert receipt.rows == receipt.records + receipt.skips + receipt.faults
    money = reading.frame("money_line")
    settlement = reading.frame("settlement")
    assert money.height == receipt.saved["money_line"]
    assert money.get_column("amount_minor").sum() == settlement.get_column("total_minor").sum()
    [again] = import_files([SETTLEMENT], book, Options())
    assert (again.records, again.held, again.already_at is not None) == (0, receipt.records, True)
    assert verifying.verify(book).findings == []


def test_an_overlapping_file_is_held_already(book, tmp_path):
    import_files([SETTLEMENT], book, Options())
    longer = tmp_path / "same but for a blank line.txt"
    longer.write_bytes(SETTLEMENT.read_bytes() + b"\n")
    [receipt] = import_files([longer], book, Options())
    assert (receipt.records, receipt.contested, receipt.ties) == (0, 0, True)
    assert receipt.held > 0


def test_a_broken_file_gets_its_sentence_and_the_others_go_on(book, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "in" / "b.csv").write_bytes(STRIPE.read_bytes())
    (tmp_path / "in" / "c.csv").write_bytes(b"name,colour\nx,red\n")
    (tmp_path / "in" / ".hidden.csv").write_bytes(b"x")
    receipts = import_files([tmp_path / "in", tmp_path / "nowhere.csv"], book, Options())
    assert {receipt.name.rpartition("/")[2]: codes(receipt) for receipt in receipts} == {
        "nowhere.csv": ["IMP-404"], "a.pdf": ["RAW-002"], "b.csv": [], "c.csv": ["IMP-001"],
    }  # fmt: skip
    assert Document.objects.count() == 1


def test_a_file_that_makes_the_program_fail_does_not_stop_the_others(book, monkeypatch, tmp_path):
    def fails(raw, *_):
        if raw.name == "a.csv":
            raise ZeroDivisionError("inside")
        if raw.name == "b.csv":
            raise AssertionError("3 rows came in and 2 have an outcome")
        return recognised.recognised(raw, "stripe-balance", [])

    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_bytes(STRIPE.read_bytes())
    monkeypatch.setattr(run, "recognised", fails)
    receipts = import_files([str(tmp_path / "*.csv")], book, Options())
    assert [codes(receipt) for receipt in receipts] == [["IMP-501"], ["IMP-500"], []]


def test_archives_and_packed_files_are_opened(book, tmp_path):
    with zipfile.ZipFile(tmp_path / "month.zip", "w") as archive:
        archive.writestr("in/stripe.csv", STRIPE.read_bytes())
        archive.writestr("__MACOSX/x", b"nothing")
    (tmp_path / "settlement.txt.gz").write_bytes(gzip.compress(SETTLEMENT.read_bytes(), mtime=0))
    receipts = import_files([tmp_path / "month.zip", tmp_path / "settlement.txt.gz"], book, Options())
    assert [(receipt.name, receipt.refused) for receipt in receipts] == [("month.zip/in/stripe.csv", False), ("settlement.txt.gz", False)]
    assert verifying.verify(book).findings == []


def test_an_archive_that_is_damaged_is_refused(book, tmp_path):
    (tmp_path / "month.zip").write_bytes(b"PK\x03\x04 cut off")
    [receipt] = import_files([tmp_path / "month.zip"], book, Options())
    assert codes(receipt) == ["IMP-013"]


def test_a_dry_run_shows_what_would_be_kept_and_writes_nothing(book, mapping, sheet):
    [receipt] = import_files([sheet], book, Options(mapping=mapping, dry_run=True, decimal=","))
    assert (receipt.rows, receipt.records, receipt.skips, receipt.faults, receipt.ties) == (4, 2, 1, 1, True)
    assert [(line.row, line.status) for line in receipt.left_out] == [(3, "fault"), (1, "skip")]
    assert receipt.left_out[0].cells == ("1-2", "CUP", "1", "x", "2011-11-05", "EUR")
    assert (Document.objects.count(), AuditEntry.objects.count(), list(book.mappings.iterdir())) == (0, 0, [])


def test_a_mapping_that_worked_is_saved_and_used_for_the_next_file(book, mapping, sheet, tmp_path):
    [first] = import_files([sheet], book, Options(mapping=mapping))
    assert (first.format, first.records, first.faults) == ("mapping:own shop", 2, 1)
    assert [path.name for path in book.mappings.iterdir()] == ["own-shop.toml"]
    assert list(AuditEntry.objects.order_by("number").values_list("action", flat=True)) == ["import", "mapping"]
    later = tmp_path / "later.csv"
    later.write_bytes(SHEET.replace(b"\n1-1;", b"\n2-1;").replace(b";x;", b";7,00;"))
    [second] = import_files([later], book, Options())
    assert (second.format, second.records, second.held, second.faults) == ("mapping:own shop", 2, 1, 0)


def test_faulty_rows_come_out_as_a_sheet_that_is_corrected_and_imported(book, mapping, sheet, tmp_path):
    [receipt] = import_files([sheet], book, Options(mapping=mapping, faults=tmp_path))
    assert receipt.fault_sheet.name == "orders.csv-faults.csv"
    text = receipt.fault_sheet.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Bestellung", "Artikel", "Menge", "Betrag", "Datum", "Waehrung", "what is wrong"]
    assert rows[1][:6] == ["1-2", "CUP", "1", "x", "2011-11-05", "EUR"]
    assert rows[1][6]
    receipt.fault_sheet.write_text(text.replace(",x,", ',"7,00",'), encoding="utf-8")
    [corrected] = import_files([receipt.fault_sheet], book, Options())
    assert (corrected.records, corrected.faults) == (1, 0)
    assert sorted(reading.frame("order_line").get_column("goods_minor")) == [-310, 700, 4990]


def test_a_formula_in_a_faulty_row_is_not_run_by_a_spreadsheet(book, mapping, tmp_path):
    (tmp_path / "bad.csv").write_bytes(SHEET.replace(b";x;", b";y;").replace(b"CUP", b"=1+1").replace(b"1;y", b"-1;y"))
    [receipt] = import_files([tmp_path / "bad.csv"], book, Options(mapping=mapping, faults=tmp_path))
    assert list(csv.reader(io.StringIO(receipt.fault_sheet.read_text(encoding="utf-8-sig"))))[1][:4] == ["1-2", "'=1+1", "-1", "y"]


def form(key, certainty):
    return Format(key, "tests", key, lambda _raw: certainty, lambda _raw, _context: None)


@pytest.mark.parametrize(
    ("certainties", "code"),
    [((59,), "IMP-002"), ((60,), ""), ((95, 86), "IMP-003"), ((95, 85), ""), ((90, 90), "IMP-003"), ((), "IMP-001")],
)
def test_a_format_must_be_sure_and_surer_than_the_next(monkeypatch, certainties, code):
    monkeypatch.setattr(recognised, "recognise", lambda _raw: [(form(f"form-{n}", c), c) for n, c in enumerate(certainties)])
    raw = read_content(b"a,b\n1,2\n", "x.csv")
    if not code:
        assert recognised.recognised(raw, "", []).key == "form-0"
        return
    with pytest.raises(Refused) as refusal:
        recognised.recognised(raw, "", [])
    assert [finding.code for finding in refusal.value.findings] == [code]


def test_the_format_that_is_named_overrides_what_is_seen(book):
    [receipt] = import_files([STRIPE], book, Options(format="amazon-settlement"))
    assert receipt.refused
    [strange] = import_files([STRIPE], book, Options(format="no-such-format"))
    assert codes(strange) == ["RAW-050"]


def test_an_unknown_table_comes_back_with_a_mapping_to_begin_with(book, sheet):
    [receipt] = import_files([sheet], book, Options())
    assert receipt.refused
    assert load(receipt.suggestion).columns


def test_the_import_tells_how_far_it_is(book):
    told = []
    import_files([STRIPE], book, Options(), lambda *step: told.append(step))
    assert told[0] == (0, 1, "importing files")
    assert (told[-1], {what for _, _, what in told}) == ((1, 1, "importing files"), {"importing files", "saving"})


@pytest.mark.parametrize(("sources", "least"), [("[psw]*", 7), pytest.param("*", 25, marks=pytest.mark.slow)], ids=["some", "all"])
def test_every_golden_file_ties_and_is_whole_afterwards(book, sources, least):
    """Whatever the importers make of their own golden files, nothing is lost on the way into the book."""
    receipts = import_files(sorted(GOLDEN.glob(f"{sources}/golden")), book, Options(channel="amazon-de", dates="dmy"))
    kept = [receipt for receipt in receipts if not receipt.refused]
    assert len(kept) >= least
    assert all(receipt.ties for receipt in kept)
    assert not {"IMP-500", "IMP-501"} & {code for receipt in receipts for code in codes(receipt)}
    documents = reading.documents()
    assert documents.filter(pl.col("rows") != pl.sum_horizontal("records", "held", "skips", "faults")).height == 0
    assert verifying.verify(book).findings == []
