"""VAT transactions: 92 and 95 columns, unknown is not zero, and what a spreadsheet damaged is said."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from supercargo.connectors.amazon.vat_columns import OFFICIAL

KEY = "amazon-vat-transactions"
REAL = Path(__file__).parents[4] / "shared" / "formats" / "amazon_vat_transactions"


def lines_of(mapped):
    return mapped.tables["tax_line"]


def test_the_report_has_95_columns():
    assert len(OFFICIAL) == 95


def test_sales_and_refunds_have_amounts_and_the_rest_has_none(map_golden):
    lines = lines_of(map_golden(KEY, "vat_92.csv"))
    assert lines.select(
        "transaction_type", "channel", "net_minor", "tax_minor", "gross_minor", "rate_ppm", "currency", "quantity"
    ).rows() == [
        ("sale", "amazon-de", 2520, 479, 2999, 190000, "EUR", 1),
        ("refund", "amazon-de", -2520, -479, -2999, 190000, "EUR", 1),
        ("return", "amazon-eu", None, None, None, None, None, 1),
        ("transfer", "amazon-eu", None, None, None, None, None, 30),
        ("inbound", "amazon-eu", None, None, None, None, None, 100),
    ]
    sale = lines.row(0, named=True)
    assert (sale["tax_point_on"], sale["order_ref"], sale["scheme"], sale["collected_by"], sale["is_business"]) == (
        date(2026, 4, 5), "302-1111111-1111111", None, None, False,
    )  # fmt: skip
    assert lines.get_column("order_ref").to_list()[3] is None  # a shipment's number is no order's


def test_transfers_receipts_and_returns_move_stock(map_golden):
    moves = map_golden(KEY, "vat_92.csv").tables["stock_move"]
    assert moves.select("kind", "quantity", "country", "to_country", "warehouse", "to_warehouse", "reference", "moved_on").rows() == [
        ("return", 1, "DE", None, "fba-eu", None, "302-1111111-1111111", date(2026, 4, 8)),
        ("transfer", 30, "DE", "PL", "fba-eu", "fba-eu", "FBA15X", date(2026, 4, 8)),
        ("receipt", 100, "DE", None, "fba-eu", None, "FBA15Y", date(2026, 4, 8)),
    ]


def test_damage_by_spreadsheets_and_wrong_encodings_is_said(map_golden, codes_of):
    mapped = map_golden(KEY, "vat_92.csv")
    assert codes_of(mapped) == ["AMZ-140", "AMZ-141", "AMZ-142"]
    assert lines_of(mapped).get_column("cost_minor").null_count() == 5  # a cost without a currency is unknown


def test_schemes_places_and_rates_of_the_newer_report(map_golden, codes_of):
    mapped = map_golden(KEY, "vat_95.txt")
    assert lines_of(mapped).select(
        "transaction_type", "scheme", "collected_by", "arrives_in", "taxed_in", "rate_ppm", "is_business"
    ).rows() == [
        ("sale", "oss_union", "seller", "GR", "GR", 240000, False),
        ("sale", "deemed_reseller", "marketplace", "XI", "GB", 200000, True),
        ("liquidation", "moon_voec", "seller", "DE", "DE", 190000, None),
    ]
    assert codes_of(mapped) == ["AMZ-108"]  # 20.00 and 4.00 do not make 24.99
    assert "rows 3" in str(mapped.findings[0])


def test_departure_may_be_spelled_correctly(golden, map_bytes):
    assert lines_of(map_bytes(KEY, golden("vat_92.csv").replace(b"DEPATURE_CITY", b"DEPARTURE_CITY"))).height == 5


def test_nobody_is_named_in_the_records(map_golden):
    mapped = map_golden(KEY, "vat_92.csv")
    written = "".join(table.write_csv() for table in mapped.tables.values())
    assert "Anna" not in written
    assert "Hauptstr" not in written


def test_two_items_of_one_activity_are_two_lines(golden, map_bytes):
    text = golden("vat_95.txt").decode()
    first = text.splitlines()[1]
    keys = lines_of(map_bytes(KEY, (text + first + "\n").encode())).get_column("key")
    assert keys.n_unique() == 4


@pytest.mark.shared
def test_the_real_file_of_2020_is_read(map_bytes):
    files = sorted(REAL.glob("*.xlsx")) if REAL.is_dir() else []
    if not files:
        pytest.skip("the real file of 2020 is not beside the repository")
    mapped = map_bytes(KEY, files[0].read_bytes())
    assert lines_of(mapped).height > 0
    assert mapped.outcome.filter(pl.col("status") == "fault").height == 0


def test_a_workbook_holds_numbers_and_days_as_such(golden, map_bytes, map_golden):
    rows = list(csv.reader(io.StringIO(golden("vat_92.csv").decode())))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if number and rows[0][place].endswith("_DATE") and cell:
                    sheet.write_datetime(number, place, datetime.strptime(cell, "%d-%m-%Y"), day)  # noqa: DTZ007 - a day
                elif number and cell.replace(".", "").replace("-", "", 1).isdigit():
                    sheet.write_number(number, place, float(cell))
                else:
                    sheet.write_string(number, place, cell)
    mapped = map_bytes(KEY, content.getvalue())
    assert lines_of(mapped).drop("key").equals(lines_of(map_golden(KEY, "vat_92.csv")).drop("key"))
