"""XLSX files: exact numbers, dates as dates, merged cells, and archives that want to fill the memory."""

import io
import struct
import time
import zipfile
import zlib
from datetime import date

import pytest
import xlsxwriter

from supercargo.connectors.sheet import Limits, read_bytes
from supercargo.kernel.finding import Refused


def workbook(fill, **options):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book)
    book.close()
    return stream.getvalue()


def first_sheet(fill):
    return read_bytes(workbook(fill), "x.xlsx").sheets[0].rows


def refusal(content, **limits):
    with pytest.raises(Refused) as caught:
        read_bytes(content, "x.xlsx", Limits(**limits))
    return caught.value.findings[0].code


def rezipped(content, replace):
    """Pack a workbook again with some parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = replace(info.filename, old.read(info.filename))
            if body is not None:
                new.writestr(info.filename, body)
    return out.getvalue()


def one_cell(book):
    book.add_worksheet().write(0, 0, "sku")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12.30, "12.3"),
        (12.299999999999999, "12.3"),
        (0.1 + 0.2, "0.3"),
        (610910, "610910"),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
        (1e14, "100000000000000"),
        (0, "0"),
    ],
)
def test_a_number_is_read_as_the_spreadsheet_shows_it(number, text):
    def fill(book):
        book.add_worksheet().write_number(0, 0, number)

    row = first_sheet(fill)[0]
    assert row.cells == (text,)
    assert row.kind(0) == "number"


def test_dates_truth_errors_and_formulas_without_a_result_are_told_apart():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, date(2026, 3, 12), book.add_format({"num_format": "d-mmm"}))
        sheet.write_boolean(0, 1, True)
        sheet.write_formula(0, 2, "=A1/0", value="#DIV/0!")
        sheet.write_formula(0, 3, "=1+1", value="")
        sheet.write_formula(0, 4, "=1+1", value=2)
        sheet.write_string(0, 5, "=cmd|'/C calc'!A0")

    row = first_sheet(fill)[0]
    assert row.cells == ("2026-03-12", "TRUE", "#DIV/0!", "=", "2", "=cmd|'/C calc'!A0")
    assert [row.kind(place) for place in range(6)] == ["date", "truth", "fault", "fault", "number", "text"]


def test_rows_keep_their_numbers_below_empty_ones():
    def fill(book):
        book.add_worksheet().write_string(4, 1, "x")

    rows = first_sheet(fill)
    assert rows[4].number == 5
    assert rows[4].cells == ("", "x")
    assert all(row.is_empty for row in rows[:4])


def test_a_merged_range_has_its_value_in_each_of_its_cells():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "size")
        sheet.write_string(1, 2, "height")

    assert first_sheet(fill)[0].cells == ("size", "size", "size")


def test_several_sheets_are_read_with_their_names_and_hidden_ones_are_known():
    def fill(book):
        book.add_worksheet("产品").write(0, 0, "a")
        book.add_worksheet("old").write(0, 0, "b")
        book.worksheets()[1].hide()

    sheets = read_bytes(workbook(fill), "x.xlsx").sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("产品", False), ("old", True)]


def test_a_file_is_what_its_bytes_say_and_not_its_name():
    assert read_bytes(workbook(one_cell), "catalogue.csv").format == "xlsx"
    assert read_bytes(b"a,b\n", "catalogue.xlsx").format == "csv"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = rezipped(
        workbook(one_cell), lambda name, body: body + b"<!--" + b" " * 20_000_000 + b"-->" if name == "xl/sharedStrings.xml" else body
    )
    assert len(bomb) < 100_000
    started = time.perf_counter()
    assert refusal(bomb, unpacked_bytes=2_000_000) == "SHEET-022"
    assert time.perf_counter() - started < 5


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too():
    body = zlib.compress(b" " * 20_000_000)[2:-4]
    content = bytearray(rezipped(workbook(one_cell), lambda _name, part: part))
    name = b"xl/bomb.xml"
    entry = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(body), 10, len(name), 0) + name + body
    directory = content.index(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    listed = (
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(body), 10, len(name), 0, 0, 0, 0, 0, directory) + name
    )
    entries = struct.unpack("<H", content[end + 10 : end + 12])[0] + 1
    central = bytes(content[directory:end]) + listed
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, len(central), directory + len(entry), 0)
    assert refusal(bytes(content[:directory]) + entry + central + tail, unpacked_bytes=2_000_000) == "SHEET-022"


def test_one_cell_in_the_last_corner_is_refused_before_a_table_is_made_of_it():
    def far(name, body):
        return body.replace(b'r="A1"', b'r="XFD1048576"') if name.endswith("sheet1.xml") else body

    assert refusal(rezipped(workbook(one_cell), far)) == "SHEET-011"
    assert (
        refusal(
            rezipped(
                workbook(one_cell), lambda name, body: body.replace(b'<c r="A1"', b"<c r = 'BXX1048576'") if "sheet1" in name else body
            )
        )
        == "SHEET-012"
    )


def test_other_archives_and_broken_workbooks_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert refusal(stream.getvalue()) == "SHEET-020"
    good = workbook(one_cell)
    assert refusal(good[: len(good) // 2]) == "SHEET-020"
    assert refusal(b"PK\x03\x04" + b"\0" * 100) == "SHEET-020"
    assert refusal(rezipped(good, lambda name, body: b"<broken" if name == "xl/workbook.xml" else body)) == "SHEET-020"
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    assert refusal(rezipped(good, lambda name, body: entity if name == "xl/workbook.xml" else body)) == "SHEET-020"
    assert refusal(rezipped(good, lambda name, body: None if name.startswith("xl/worksheets") else body)) == "SHEET-020"


def test_too_many_parts_and_sheets_are_refused():
    def many(book):
        for _ in range(6):
            book.add_worksheet()

    assert refusal(workbook(many), sheets=5) == "SHEET-023"
    assert refusal(workbook(many), archive_entries=5) == "SHEET-021"
