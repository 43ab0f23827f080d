"""Any file of rows: which encoding, which delimiter, which rows, and nothing interpreted yet."""

import gzip
import io

import pytest
import xlsxwriter

from supercargo.connectors.raw.reading import read_content
from supercargo.kernel.finding import Refused

GERMAN = "Datum;Betrag;Titel\n01.02.2026;12,50;Größe\n"
JAPANESE = "注文番号\t商品名\t金額\n1\t髙島屋の皿①\t1200\n2\tカップ\t300\n"
CHINESE = "订单号,商品名称,金额\n1,手机壳,12.50\n2,茶杯与托盘,30.00\n"


def cells(raw):
    return [row[1:] for row in raw.grids[0].cells.rows()]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (GERMAN.encode(), "utf-8"),
        (GERMAN.encode("utf-8-sig"), "utf-8"),
        (GERMAN.encode("utf-16"), "utf-16-le"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (GERMAN.encode("cp1252"), "cp1252"),
        (JAPANESE.encode("cp932"), "cp932"),
        (CHINESE.encode("gb18030"), "gb18030"),
    ],
)
def test_the_encoding_is_found(content, encoding):
    raw = read_content(content, "report.csv")
    assert raw.encoding == encoding
    assert "\ufeff" not in raw.text
    assert "�" not in raw.text


def test_kanji_alone_are_still_japanese():
    assert read_content("注文番号\t商品名\n1\t皿\n".encode("cp932"), "x.txt").encoding == "cp932"


def test_a_server_that_calls_utf_8_latin_1_is_not_believed_and_one_that_says_shift_jis_means_cp932():
    known = {"content-type": "text/plain;charset=ISO-8859-1"}
    assert read_content("Piña\t1\n".encode(), "x.txt", known).text.startswith("Piña")
    known = {"content-type": "text/plain; charset=Shift_JIS"}
    assert "髙島屋の皿①" in read_content(JAPANESE.encode("cp932"), "x.txt", known).text


def test_a_quotation_mark_inside_an_unquoted_title_is_data():
    text = 'sku\ttitle\tprice\nA\t27" monitor arm\t10.00\nB\tthe "best" mug\t5.00\n'
    assert cells(read_content(text.encode(), "x.txt"))[1:] == [("A", '27" monitor arm', "10.00"), ("B", 'the "best" mug', "5.00")]


def test_a_spreadsheets_quoted_tabs_are_taken_off():
    text = 'sku\ttitle\nA\t"red, ""large"""\nB\tplain\n'
    assert cells(read_content(text.encode(), "x.txt"))[1:] == [("A", 'red, "large"'), ("B", "plain")]


def test_rows_keep_the_numbers_that_their_owner_sees():
    text = '\nname,note\n\nA,"two\nlines"\nB,one\n'
    raw = read_content(text.encode(), "x.csv")
    assert raw.grids[0].cells.get_column("__row").to_list() == [2, 4, 6]
    assert cells(raw)[1] == ("A", "two\nlines")


def test_short_and_long_rows_keep_their_cells():
    raw = read_content(b"a\tb\tc\n1\t2\n1\t2\t3\t4\n", "x.txt")
    assert cells(raw) == [("a", "b", "c", ""), ("1", "2", "", ""), ("1", "2", "3", "4")]
    assert raw.grids[0].widths.to_list() == [3, 2, 4]


def test_a_packed_file_is_unpacked_and_a_damaged_one_named():
    packed = gzip.compress(GERMAN.encode())
    assert cells(read_content(packed, "x.csv.gz"))[0] == ("Datum", "Betrag", "Titel")
    with pytest.raises(Refused, match="RAW-003"):
        read_content(packed[:-12], "x.csv.gz")


@pytest.mark.parametrize(("content", "code"), [(b"", "RAW-001"), (b"\xef\xbb\xbf\r\n", "RAW-001"), (b"%PDF-1.7 ...", "RAW-002")])
def test_what_is_no_table_says_so(content, code):
    with pytest.raises(Refused, match=code):
        read_content(content, "x")


def test_numbers_of_a_workbook_are_marked_as_exact():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Order details")
        sheet.write_row(0, 0, ["id", "amount"])
        sheet.write_row(1, 0, ["1", 1.234])
        sheet.write_row(2, 0, ["2", "1.234"])
    grid = read_content(stream.getvalue(), "x.xlsx").grids[0]
    assert grid.name == "Order details"
    assert grid.exact.get_column("c1").to_list() == [False, True, False]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<Document/>", "xml"),
        ('[{"id": 1}]', "json"),
        (":20:STARTUMS\n:25:123\n:60F:C260101EUR1,00\n", "mt940"),
        ("a,b\n1,2\n", "delimited"),
    ],
)
def test_the_kind_is_seen_from_the_content(text, kind):
    assert read_content(text.encode(), "anything.bin").kind == kind
