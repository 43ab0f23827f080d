"""CSV files as spreadsheet programs of the world save them, and as attackers do."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.sheet import Limits, read_bytes, read_workbook
from supercargo.connectors.sheet.delimited import read_delimited
from supercargo.kernel.finding import Refused

TEXT = "货号,名称,成本\nA-1,男士T恤,12.50\n"


def rows(content, **limits):
    return [row.cells for row in read_bytes(content, "x.csv", Limits(**limits)).sheets[0].rows]


def refusal(content, **limits):
    with pytest.raises(Refused) as caught:
        read_bytes(content, "x", Limits(**limits))
    return caught.value.findings[0].code


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
    ],
)
def test_the_encoding_is_found(content, encoding):
    book = read_bytes(content, "x.csv")
    assert book.encoding == encoding
    assert [row.cells for row in book.sheets[0].rows] == [("货号", "名称", "成本"), ("A-1", "男士T恤", "12.50")]
    assert bool(book.findings) == (encoding != "utf-8")


def test_latin_text_in_utf_16_without_a_mark_is_read():
    assert rows("sku,cost\nA,1\n".encode("utf-16-le")) == [("sku", "cost"), ("A", "1")]


@pytest.mark.parametrize("text", ["Artikel;Größe;Länge\nA;groß;5,5\n", "réf;désignation\nA;été à Nîmes\n", "código;año\nA;niño\n"])
def test_a_western_file_is_not_taken_for_chinese(text):
    book = read_bytes(text.encode("cp1252"), "x.csv")
    assert book.encoding == "cp1252"
    assert book.sheets[0].rows[0].cells == tuple(text.splitlines()[0].split(";"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_although_other_signs_stand_in_the_cells(delimiter):
    text = "".join(delimiter.join(cells) + "\n" for cells in (["sku", "title", "cost"], ["A", '"a, b; c"', "1"], ["B", "x", "2"]))
    assert read_bytes(text.encode(), "x").delimiter == delimiter
    assert rows(text.encode())[1] == ("A", "a, b; c", "1")


def test_a_german_file_with_decimal_commas_is_parted_by_semicolons():
    assert rows(b"sku;cost;weight\nA;1,20;3,40\nB;1,30;5,60\n")[1] == ("A", "1,20", "3,40")


def test_the_line_sep_names_the_delimiter_and_is_not_counted():
    book = read_bytes(b"sep=|\r\na|b,c\r\n1|2,3\r\n", "x")
    assert book.delimiter == "|"
    assert [(row.number, row.cells) for row in book.sheets[0].rows] == [(1, ("a", "b,c")), (2, ("1", "2,3"))]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_quoted_line_breaks_stay_in_their_cell_and_rows_count_as_a_spreadsheet_does(ending):
    content = ending.join(["sku,title", 'A,"two', 'lines"', "", 'B,"say ""hi"""']) + ending
    found = [(row.number, row.cells) for row in read_bytes(content.encode(), "x").sheets[0].rows]
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert found[1][1][1].split() == ["two", "lines"]
    assert found[3][1] == ("B", 'say "hi"')


def test_a_quotation_mark_that_is_never_closed_is_refused_because_it_swallows_rows():
    assert refusal(b'sku,title\nA,"open\nB,x\nC,y\n') == "SHEET-013"
    assert refusal(b'sku,title\nA,"' + b"x" * 40_000 + b'"\n') == "SHEET-013"
    assert refusal(b'sku,title\nA,"' + b"x\n" * 200_000) == "SHEET-013"
    assert rows(b'sku,title\nA,5" screen\n')[1] == ("A", '5" screen')


def test_files_beyond_the_limits_are_refused():
    assert refusal(b"a\n" * 11, rows=10) == "SHEET-010"
    assert refusal(b"," * 1_000_000) == "SHEET-011"
    assert refusal(b"a,b,c\n" * 10, cells=20) == "SHEET-012"
    assert refusal(b"a" * 101, file_bytes=100) == "SHEET-002"


def test_bytes_that_are_no_text_are_refused():
    assert refusal(b"a,b\x00c\nd,e,f,g,h,i,j,k\n") == "SHEET-003"
    assert refusal(b"\xff\xfeabc") == "SHEET-004"
    assert refusal(b"\xef\xbb\xbf\xff\xff") == "SHEET-004"
    assert refusal(b"%PDF-1.7") == "SHEET-020"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == "SHEET-020"


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        read_workbook(tmp_path / "none.csv")
    assert caught.value.findings[0].code == "SHEET-001"


def test_an_empty_file_has_no_rows():
    assert rows(b"") == []
    assert rows(b"\xef\xbb\xbf") == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    code = "SHEET-"
    try:
        read_bytes(content, "x")
    except Refused as refused:
        code = refused.findings[0].code
    assert code.startswith("SHEET-")


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_what_a_csv_writer_writes_is_read_back(table):
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(table)
    text = stream.getvalue()
    found, delimiter = read_delimited(text, Limits())
    if delimiter == ",":
        assert [list(row.cells) for row in found] == table
