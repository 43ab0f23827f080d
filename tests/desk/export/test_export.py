"""Sheets that leave the house: the exact cents, nothing that runs, both languages."""

import csv
import zipfile
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.sheet import read_workbook
from supercargo.desk.export import ColumnSpec, Properties, Table, write_csv, write_parquet, write_xlsx
from supercargo.desk.export.layout import number_pattern, sheet_names
from supercargo.desk.export.values import exact_texts
from supercargo.kernel.finding import Refused
from supercargo.kernel.words import Bilingual

DAY = Properties(created_on=date(2026, 7, 15))
FRAME = pl.DataFrame(
    {
        "sku": ["A-1", "=cmd|'/C calc'!A0", "-5", "@x"],
        "price": [1999, -1999, 1999, None],
        "currency": ["EUR", "JPY", "KWD", "EUR"],
        "cost": [Decimal("21.8"), Decimal("-0.005"), Decimal(0), None],
        "rate": [190_000, 55_000, 0, None],
        "verdict": ["go", "fix", "no-go", None],
        "on": [date(2026, 7, 15)] * 4,
        "source": ["https://example.com/a?b=c", "javascript:alert(1)", "=1+1", None],
    }
)
TABLE = Table(
    Bilingual("Decisions", "决策"),
    FRAME,
    (
        ColumnSpec("sku", "SKU"),
        ColumnSpec("price", Bilingual("Price", "价格"), "money", currency_column="currency"),
        ColumnSpec("currency", Bilingual("Currency", "币种")),
        ColumnSpec("cost", Bilingual("Cost", "成本"), "money", currency="CNY"),
        ColumnSpec("rate", "VAT", "percent", scale=6),
        ColumnSpec("verdict", Bilingual("Verdict", "结论"), "verdict"),
        ColumnSpec("on", "On", "date"),
        ColumnSpec("source", "Source", "link"),
    ),
)


def single(values, kind="money", **spec):
    frame = pl.DataFrame({"x": values})
    return Table("t", frame, (ColumnSpec("x", "x", kind, **spec),))


def texts(table):
    return exact_texts(table.frame, table.columns[0]).to_list()


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_a_csv_file_is_exactly_this(tmp_path):
    write_csv(tmp_path / "x.csv", TABLE, "zh")
    content = (tmp_path / "x.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "货号,价格,币种,成本 (CNY),VAT,结论,On,Source",
        "A-1,19.99,EUR,21.80,0.19,可做,2026-07-15,https://example.com/a?b=c",
        "'=cmd|'/C calc'!A0,-1999,JPY,-0.005,0.055,待改进,2026-07-15,javascript:alert(1)",
        "'-5,1.999,KWD,0.00,0,不可做,2026-07-15,'=1+1",
        "'@x,,EUR,,,,2026-07-15,",
        "",
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\n=1", "＝1"])
def test_a_text_that_would_run_is_escaped_in_csv_and_marked_in_xlsx(text, tmp_path):
    table = single([text], "text")
    write_csv(tmp_path / "x.csv", table)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1] == [f"'{text}"]
    write_xlsx(tmp_path / "x.xlsx", [table], DAY)
    assert "<f>" not in part(tmp_path / "x.xlsx", "xl/worksheets/sheet1.xml")
    assert 'quotePrefix="1"' in part(tmp_path / "x.xlsx", "xl/styles.xml")


def test_a_workbook_is_read_back_with_the_exact_cents(tmp_path):
    assert write_xlsx(tmp_path / "x.xlsx", [TABLE], DAY, "zh") == ()
    (sheet,) = read_workbook(tmp_path / "x.xlsx").sheets
    assert sheet.name == "决策"
    assert [row.cells for row in sheet.rows] == [
        ("货号", "价格", "币种", "成本 (CNY)", "VAT", "结论", "On", "Source"),
        ("A-1", "19.99", "EUR", "21.8", "0.19", "可做", "2026-07-15", "https://example.com/a?b=c"),
        ("=cmd|'/C calc'!A0", "-1999", "JPY", "-0.005", "0.055", "待改进", "2026-07-15", "javascript:alert(1)"),
        ("-5", "1.999", "KWD", "0", "0", "不可做", "2026-07-15", "=1+1"),
        ("@x", "", "EUR", "", "", "", "2026-07-15", ""),
    ]
    assert sheet.rows[2].kind(0) == "text"
    assert sheet.rows[2].kind(1) == "number"


def test_a_workbook_has_frozen_header_filter_print_set_up_colours_and_properties(tmp_path):
    write_xlsx(tmp_path / "x.xlsx", [TABLE], Properties("Decision sheet", company="Harbour", created_on=date(2026, 7, 15)))
    sheet, styles = part(tmp_path / "x.xlsx", "xl/worksheets/sheet1.xml"), part(tmp_path / "x.xlsx", "xl/styles.xml")
    assert 'ySplit="1"' in sheet
    assert '<autoFilter ref="A1:H5"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert sheet.count("<cfRule") == 3
    assert all(f'formatCode="{code}"' in styles for code in ("#,##0.000", "0%", "0.0%"))
    assert "Decision sheet" in part(tmp_path / "x.xlsx", "docProps/core.xml")
    assert "2026-07-15T00:00:00Z" in part(tmp_path / "x.xlsx", "docProps/core.xml")
    assert "javascript" not in part(tmp_path / "x.xlsx", "xl/worksheets/_rels/sheet1.xml.rels")


def test_two_writings_of_one_table_are_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(tmp_path / name, [TABLE, TABLE], DAY)
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml", "xl/workbook.xml"):
        assert part(tmp_path / "a.xlsx", name) == part(tmp_path / "b.xlsx", name)


def test_an_amount_beyond_fifteen_digits_is_written_as_text_and_said(tmp_path):
    table = single([Decimal("1234567890123.45"), Decimal("12345678901234.56")], currency="EUR")
    (finding,) = write_xlsx(tmp_path / "x.xlsx", [table], DAY)
    assert (finding.code, finding.path) == ("EXPORT-101", "t.x")
    rows = read_workbook(tmp_path / "x.xlsx").sheets[0].rows
    assert (rows[1].cells, rows[1].kind(0)) == (("1234567890123.45",), "number")
    assert (rows[2].cells, rows[2].kind(0)) == (("12345678901234.56",), "text")


def test_a_text_longer_than_a_cell_is_cut_and_said(tmp_path):
    (finding,) = write_xlsx(tmp_path / "x.xlsx", [single(["x" * 40_000], "text")], DAY)
    assert finding.code == "EXPORT-102"
    assert len(read_workbook(tmp_path / "x.xlsx").sheets[0].rows[1].cells[0]) == 32_767


def test_a_currency_that_has_no_column_of_its_own_stands_in_the_cells(tmp_path):
    frame = pl.DataFrame({"x": [1999, 500], "c": ["EUR", "JPY"]})
    write_xlsx(tmp_path / "x.xlsx", [Table("t", frame, (ColumnSpec("x", "x", "money", currency_column="c"),))], DAY)
    styles = part(tmp_path / "x.xlsx", "xl/styles.xml")
    assert "#,##0.00&quot; EUR&quot;" in styles
    assert "#,##0&quot; JPY&quot;" in styles


def test_parquet_is_exact_and_every_amount_has_its_currency(tmp_path):
    write_parquet(tmp_path / "x.parquet", TABLE)
    frame = pl.read_parquet(tmp_path / "x.parquet")
    assert frame.get_column("price").to_list() == [Decimal("19.99"), Decimal(-1999), Decimal("1.999"), None]
    assert frame.get_column("cost").to_list() == [Decimal("21.80"), Decimal("-0.005"), Decimal(0), None]
    assert frame.get_column("cost_currency").to_list() == ["CNY"] * 4
    assert frame.get_column("rate").to_list() == [Decimal("0.19"), Decimal("0.055"), Decimal(0), None]
    assert frame.schema["price"] == pl.Decimal(38, 3)
    assert pl.read_parquet_metadata(tmp_path / "x.parquet")["title.cost"] == "Cost (CNY)"


def test_an_amount_beyond_decimal128_is_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        write_parquet(tmp_path / "x.parquet", single(["1" * 39], currency="EUR"))
    assert caught.value.findings[0].code == "EXPORT-002"


@pytest.mark.parametrize("values", [[1.5], [True], ["12,5"], ["NaN"], [date(2026, 1, 1)]])
def test_what_is_no_exact_number_is_refused(values):
    with pytest.raises(TypeError):
        texts(single(values, currency="EUR"))


def test_integers_are_amounts_at_their_scale():
    assert texts(single([1999, -5, 0, None], currency="EUR")) == ["19.99", "-0.05", "0.00", None]
    assert texts(single([1999, -5], currency="JPY")) == ["1999", "-5"]
    assert texts(single([1_999_000, 1], currency="EUR", scale=5)) == ["19.99", "0.00001"]
    assert texts(single([-(2**63), 2**63 - 1], currency="EUR")) == ["-92233720368547758.08", "92233720368547758.07"]
    assert texts(single([240], "integer")) == ["240"]


def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path):
    for write in (
        lambda path: write_csv(path, TABLE),
        lambda path: write_parquet(path, TABLE),
        lambda path: write_xlsx(path, [TABLE], DAY),
    ):
        with pytest.raises(Refused) as caught:
            write(tmp_path / "none" / "x")
        assert caught.value.findings[0].code == "EXPORT-001"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_table_is_written(tmp_path):
    empty = Table("t", FRAME.clear(), TABLE.columns)
    assert write_xlsx(tmp_path / "x.xlsx", [empty, Table("u", pl.DataFrame(), ())], DAY) == ()
    write_csv(tmp_path / "x.csv", empty)
    write_parquet(tmp_path / "x.parquet", empty)
    assert pl.read_parquet(tmp_path / "x.parquet").height == 0


def test_sheet_names_are_what_a_spreadsheet_accepts():
    assert sheet_names(["a/b", "A-B", "x" * 40, "x" * 40, "", "History"]) == [
        "a-b",
        "A-B (2)",
        "x" * 31,
        "x" * 27 + " (2)",
        "Sheet 5",
        "History (2)",
    ]


def test_number_patterns_show_all_digits():
    assert [number_pattern("money", 2), number_pattern("money", 0, "JPY"), number_pattern("percent", 4), number_pattern("integer", 0)] == [
        "#,##0.00", '#,##0" JPY"', "0.00%", "0",
    ]  # fmt: skip


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=8), st.integers(0, 9))
def test_integers_and_decimals_are_written_as_the_same_exact_text(values, scale):
    typed = pl.Series("x", values, dtype=pl.Int64)
    exact = [None if value is None else Decimal(value).scaleb(-scale) for value in values]
    found = exact_texts(pl.DataFrame({"x": typed}), ColumnSpec("x", "x", "money", currency="EUR", scale=scale)).to_list()
    assert [None if text is None else Decimal(text) for text in found] == exact
    assert (
        found
        == exact_texts(pl.DataFrame({"x": pl.Series("x", exact, dtype=pl.Object)}), ColumnSpec("x", "x", "money", currency="EUR")).to_list()
    )
    assert all(text is None or len(text.partition(".")[2]) >= 2 for text in found)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=1, max_size=6))
def test_no_text_of_a_csv_file_runs_and_all_of_it_is_there(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    write_csv(path, single(["x", *values], "text"))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row[0] if row else "" for row in csv.reader(stream)][2:]
    assert [
        row.removeprefix("'") if row[1:2] and value.startswith(row[1:2]) else row for row, value in zip(rows, values, strict=True)
    ] == values
    assert not any(row.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)
