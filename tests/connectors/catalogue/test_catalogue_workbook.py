"""Catalogues as XLSX: what a spreadsheet does to numbers and codes, and several sheets."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from supercargo.connectors.catalogue import Answers, read_upload
from supercargo.kernel.finding import Refused

HEADER = ("sku", "title", "hs_code", "origin", "unit_cost", "currency", "weight_g", "length_cm", "width_cm", "height_cm")
GOOD = ("A-1", "T-shirt", 610910, "CN", 12.30, "CNY", 240, 30, 25, 1.234)


def upload(*sheets, answers=Answers()):  # noqa: B008 - frozen
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "d-mmm"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return read_upload(stream.getvalue(), "x.xlsx", answers)


def changed(**changes):
    return tuple({**dict(zip(HEADER, GOOD, strict=True)), **changes}.values())


def test_numbers_of_a_spreadsheet_are_exact_and_never_ambiguous():
    (product,) = upload(("a", [HEADER, GOOD])).products
    assert (product.unit_cost, product.height_cm, product.hs_code) == (Decimal("12.3"), Decimal("1.234"), "610910")


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"hs_code": 90121}, "CAT-111", "rows[2].hs_code"),
        ({"hs_code": 6109.1}, "CAT-111", "rows[2].hs_code"),
        ({"hs_code": date(2026, 3, 12)}, "CAT-105", "rows[2].hs_code"),
        ({"sku": date(2026, 3, 12)}, "CAT-105", "rows[2].sku"),
        ({"sku": 12345678901234567890}, "CAT-107", "rows[2].sku"),
        ({"length_cm": date(2026, 3, 12)}, "CAT-105", "rows[2].length_cm"),
        ({"unit_cost": True}, "CAT-102", "rows[2].unit_cost"),
        ({"unit_cost": "=1/0"}, "CAT-104", "rows[2].unit_cost"),
    ],
)
def test_what_a_spreadsheet_did_to_a_cell_is_found(changes, code, path):
    catalogue = upload(("a", [HEADER, changed(**changes)]))
    assert [(finding.code, finding.path) for finding in catalogue.findings if finding.severity == "error"] == [(code, path)]


def test_the_sheet_that_holds_the_catalogue_is_found_and_the_others_are_named():
    catalogue = upload(("说明", [("how to fill this in",)]), ("products", [HEADER, GOOD]))
    assert (catalogue.sheet, len(catalogue.products)) == ("products", 1)
    assert (catalogue.findings[0].code, catalogue.findings[0].path) == ("CAT-012", "sheet.说明")


def test_two_catalogues_in_one_file_are_asked_about():
    sheets = ("2025", [HEADER, GOOD]), ("2026", [HEADER, changed(unit_cost=15)])
    with pytest.raises(Refused) as caught:
        upload(*sheets)
    assert caught.value.findings[0].code == "CAT-010"
    assert upload(*sheets, answers=Answers(sheet="2026")).products[0].unit_cost == Decimal(15)
