"""The 23 traps of the formats' own descriptions, each with the tests that prove it is not walked into.

The table says where; what stands nowhere else is tested here. Traps of the network wait for a client that fetches files: they are
listed as "no client" and are not covered.
"""

from __future__ import annotations

import ast
import gzip
import io
import re
import struct
import zipfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from supercargo.connectors import registry
from supercargo.connectors.countries import country_code
from supercargo.connectors.raw import header
from supercargo.connectors.raw.days import instants
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.records.tables import table_of
from supercargo.desk.export import ColumnSpec, Table, write_csv
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Refused

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NO_CLIENT = "no client"
LAST_TRAP = 23

HERE_IS = "tests/connectors/test_traps.py"
SIFT, READING = "tests/connectors/raw/test_sift.py", "tests/connectors/raw/test_reading.py"
AMAZON, SHOPS = "tests/connectors/amazon", "tests/connectors"
TRAPS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("decimal comma per file; 1.234 is 1234 in Indonesia and Germany", (
        f"{SIFT}::test_the_decimal_sign_is_decided_for_the_file", f"{SIFT}::test_a_file_that_leaves_the_sign_open_is_asked_about",
        f"{AMAZON}/test_settlement.py::test_a_settlement_in_euro_has_decimal_commas_and_days_first",
        "tests/connectors/shopee/test_shopee_orders.py::test_in_the_indonesian_file_a_point_groups_thousands",
        "tests/connectors/tiktok/test_tiktok_orders.py::test_indonesian_points_group_thousands",
        f"{HERE_IS}::test_a_point_before_three_digits_groups_thousands_where_the_file_says_so",
    )),
    2: ("duplicate headers", (
        "tests/connectors/mercadolibre/test_mercadolibre_sales.py::test_the_second_state_is_the_buyers_and_never_that_of_the_sale",
        f"{HERE_IS}::test_a_header_that_stands_twice_is_two_columns",
    )),
    3: ("blanks and tabs in headers and values", (
        "tests/connectors/tiktok/test_tiktok_orders.py::test_tabs_at_the_end_of_ids_and_times_are_gone_and_times_are_in_utc",
        f"{AMAZON}/test_stock.py::test_a_ledger_of_the_page_has_blanks_in_its_headings",
        f"{HERE_IS}::test_blanks_and_tabs_around_headers_and_values_do_not_matter",
    )),
    4: ("byte order mark, UTF-16, cp1252, cp932, GB18030", (
        f"{READING}::test_the_encoding_is_found", f"{READING}::test_kanji_alone_are_still_japanese",
        f"{READING}::test_a_server_that_calls_utf_8_latin_1_is_not_believed_and_one_that_says_shift_jis_means_cp932",
        f"{AMAZON}/test_settlement.py::test_the_encoding_does_not_matter",
        f"{AMAZON}/test_orders.py::test_japanese_titles_are_read_whatever_the_server_calls_the_encoding",
    )),
    5: ("preamble, totals and footers", (
        "tests/connectors/ebay/test_ebay_orders.py::test_blank_rows_and_footers_are_named_skips",
        "tests/connectors/adverts/test_advert_days.py::test_google_two_lines_above_thousands_and_totals_at_the_end",
        "tests/connectors/mercadolibre/test_mercadolibre_sales.py::test_the_header_is_found_on_row_six_and_the_rows_above_are_named_skips",
    )),
    6: ("dates: ambiguous, without time, zone abbreviations, local, UTC without Z", (
        f"{SIFT}::test_the_order_of_a_date_is_decided_by_the_whole_file_and_asked_where_it_is_open",
        f"{SIFT}::test_an_instant_needs_a_time_and_a_zone",
        "tests/connectors/shopee/test_shopee_orders.py::test_local_times_are_those_of_the_country",
        "tests/connectors/woocommerce/test_woocommerce_orders.py::test_the_time_is_utc_and_the_day_is_the_shops",
        f"{HERE_IS}::test_an_abbreviated_zone_is_the_one_it_names",
    )),
    7: ("ids and zips as numbers", (
        f"{AMAZON}/test_vat.py::test_damage_by_spreadsheets_and_wrong_encodings_is_said",
        "tests/connectors/tiktok/test_tiktok_orders.py::test_numbers_that_a_spreadsheet_has_shortened_are_faults_and_their_money_stays_visible",
        "tests/connectors/lazada/test_lazada_orders.py::test_a_shortened_number_is_a_fault",
    )),
    8: ("spellings of nothing", (
        f"{SIFT}::test_what_says_nothing_is_unknown_and_not_zero",
        "tests/connectors/adverts/test_advert_days.py::test_tiktok_adverts_of_a_group_are_added_up_and_a_masked_count_makes_the_sum_unknown",
        f"{AMAZON}/test_stock.py::test_removed_listings_are_skipped_by_name",
        f"{HERE_IS}::test_every_spelling_of_nothing_is_unknown",
    )),
    9: ("the sign of fees", (f"{HERE_IS}::test_a_fee_is_negative_with_us_whatever_its_sign_in_the_file",)),
    10: ("line totals and unit prices; order totals on every row", (
        f"{AMAZON}/test_orders.py::test_a_line_has_its_totals_and_not_a_unit_price",
        "tests/connectors/tiktok/test_tiktok_orders.py::test_a_british_export_gives_one_line_per_product_and_the_order_amount_is_never_summed",
        "tests/connectors/shopee/test_shopee_orders.py::test_the_rows_of_an_order_are_its_products_and_its_own_amounts_count_once",
    )),
    11: ("one row per unit", (
        "tests/connectors/lazada/test_lazada_orders.py::test_the_units_of_a_product_in_an_order_are_one_line_and_every_row_is_a_record",
    )),
    12: ("continuation rows, summary and item rows", (
        "tests/connectors/shopify/test_shopify_orders.py::test_further_rows_take_name_currency_days_and_country_from_the_first",
        "tests/connectors/ebay/test_ebay_transactions.py::test_an_order_row_above_its_items_adds_only_what_the_items_lack",
        "tests/connectors/ebay/test_ebay_transactions.py::test_an_order_row_that_repeats_the_sum_of_its_items_counts_nothing_twice",
        "tests/connectors/mercadolibre/test_mercadolibre_sales.py::test_a_package_is_a_summary_row_and_its_products",
        "tests/connectors/mercadolibre/test_mercadolibre_sales.py::test_money_stated_at_the_package_and_again_at_its_products_counts_once",
    )),
    13: ("deferred, reserved and held money, reversals, failed transfers", (
        f"{AMAZON}/test_settlement.py::test_every_kind_of_line_is_where_it_belongs",
        f"{AMAZON}/test_settlement.py::test_unknown_lines_and_failed_transfers_are_said_with_their_money",
        f"{AMAZON}/test_stock.py::test_a_reversal_takes_money_back_though_the_report_writes_it_positive",
        "tests/connectors/paypal/test_paypal_activity.py::test_a_hold_and_its_release_cancel",
        "tests/desk/profit/test_lines.py::test_clearing_is_left_out_and_a_deferred_line_that_came_again_counts_once",
    )),
    14: ("two currencies in a row; currencies without and with three decimals", (
        "tests/connectors/ebay/test_ebay_transactions.py::test_two_currencies_are_led_through_their_rate",
        "tests/connectors/paypal/test_paypal_activity.py::test_half_a_conversion_is_named_with_its_money",
        "tests/connectors/bank/test_bank.py::test_yen_have_no_decimals_and_dinar_three",
        "tests/connectors/stripe/test_stripe_balance.py::test_gross_and_fee_are_lines_of_their_own_in_every_currencys_minor_unit",
        f"{HERE_IS}::test_each_row_has_the_minor_unit_of_its_own_currency",
    )),
    15: ("tax inside and outside; tax that the marketplace collects", (
        "tests/connectors/shopify/test_shopify_orders.py::test_tax_is_inside_where_the_total_is_without_it_on_top_where_it_is_not_and_open_where_nothing_tells",
        "tests/connectors/ebay/test_ebay_transactions.py::test_a_sale_is_parted_into_goods_shipping_and_fees_and_ebays_own_tax_is_not_ours",
        f"{AMAZON}/test_orders.py::test_a_marketplace_that_collects_the_tax_is_named",
        "tests/desk/profit/test_lines.py::test_tax_that_the_marketplace_collects_is_not_inside",
    )),
    16: ("headers renamed over time", (
        "tests/connectors/tiktok/test_tiktok_settlement.py::test_a_renamed_column_gives_the_same_records",
        "tests/connectors/shopee/test_shopee_orders.py::test_a_star_and_other_years_names_in_the_header_do_not_matter",
        f"{AMAZON}/test_vat.py::test_departure_may_be_spelled_correctly",
        f"{AMAZON}/test_settlement.py::test_a_row_of_the_old_layout_is_a_line_for_each_of_its_amounts",
    )),
    17: ("the European pool counted once", (
        f"{AMAZON}/test_stock.py::test_the_european_pool_is_the_same_under_every_marketplace",
        f"{HERE_IS}::test_the_pools_report_of_two_marketplaces_has_the_same_keys",
    )),
    18: ("GR and EL; GB, UK and XI", (
        f"{AMAZON}/test_vat.py::test_schemes_places_and_rates_of_the_newer_report",
        f"{HERE_IS}::test_greece_and_the_kingdom_have_one_code_whatever_they_are_called",
    )),
    19: ("formulas on export, the apostrophe on import", (
        "tests/desk/export/test_export.py::test_a_text_that_would_run_is_escaped_in_csv_and_marked_in_xlsx",
        "tests/desk/export/test_export.py::test_no_text_of_a_csv_file_runs_and_all_of_it_is_there",
        "tests/desk/vouchers/test_vouchers.py::test_nothing_that_a_spreadsheet_would_run_leaves_the_house",
        "tests/connectors/tables/test_apply.py::test_apostrophes_go_and_formulas_stay_text",
        "tests/desk/importing/test_importing.py::test_a_formula_in_a_faulty_row_is_not_run_by_a_spreadsheet",
        f"{HERE_IS}::test_what_went_out_with_an_apostrophe_comes_in_without_it",
    )),
    20: ("unquoted tabs with quotation marks inside", (
        f"{READING}::test_a_quotation_mark_inside_an_unquoted_title_is_data",
        f"{AMAZON}/test_settlement.py::test_a_quotation_mark_in_an_unquoted_cell_is_text",
        f"{AMAZON}/test_orders.py::test_a_tab_in_a_title_makes_a_fault_and_its_money_stays_in_the_sums",
    )),
    21: ("truncated dimension, strict OOXML, true .xls", (
        "tests/connectors/tiktok/test_tiktok_settlement.py::test_a_broken_dimension_does_not_hide_the_rows",
        f"{AMAZON}/test_vat.py::test_the_real_file_of_2020_is_read",
        f"{HERE_IS}::test_a_workbook_of_the_strict_kind_is_read", f"{HERE_IS}::test_a_workbook_of_the_old_binary_kind_is_read",
    )),
    22: ("packed without saying so; an empty report is CANCELLED", (
        f"{READING}::test_a_packed_file_is_unpacked_and_a_damaged_one_named",
        f"{HERE_IS}::test_a_packed_file_is_recognised_whatever_its_name_and_header_say", f"{HERE_IS}::test_an_empty_report_is_refused_with_a_word",
        NO_CLIENT,
    )),
    23: ("pages whose token expires; 429 with and without Retry-After", (NO_CLIENT,)),
}  # fmt: skip
WITHOUT_CLIENT = {22: "CANCELLED as the answer of a report without data", 23: "pages, tokens and 429"}
"""What only a client of the marketplaces' interfaces can meet."""


# ---- the table is true


@cache
def names_of(file):
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_trap_has_a_line():
    assert sorted(TRAPS) == list(range(1, LAST_TRAP + 1))
    assert all(title and proofs for title, proofs in TRAPS.values())


def test_what_waits_for_a_client_is_named_and_nothing_else_does():
    assert {number for number, (_, proofs) in TRAPS.items() if NO_CLIENT in proofs} == set(WITHOUT_CLIENT)
    assert {number for number, (_, proofs) in TRAPS.items() if set(proofs) == {NO_CLIENT}} == {23}


@pytest.mark.parametrize("number", TRAPS)
def test_the_tests_that_a_trap_points_to_are_there(number):
    missing = []
    for node in TRAPS[number][1]:
        if node != NO_CLIENT:
            file, _, name = node.partition("::")
            missing += [node] if not (ROOT / file).is_file() or name not in names_of(file) else []
    assert missing == []


@pytest.mark.shared
def test_the_list_of_traps_has_no_more_than_these():
    text = ROOT.parent / "shared" / "formats" / "FORMATS.md"
    if not text.is_file():
        pytest.skip("the third-party formats are not beside the repository")
    listed = text.read_text("utf-8").partition("## 10. Trap catalogue")[2].partition("\n## ")[0]
    assert [int(number) for number in re.findall(r"(?:^|· )(\d+) ", listed, re.MULTILINE)] == sorted(TRAPS)


# ---- and what stands nowhere else is here

COLUMNS = {"amount": ("Betrag", "amount"), "currency": ("Währung", "currency"), "ref": ("Referenz", "ref")}


def sifted(content, **told):
    raw = read_content(content if isinstance(content, bytes) else content.encode(), "x.csv")
    return Sift(header.locate(raw, COLUMNS, ["amount"]), Context(**told))


def amounts(content, currency="EUR", **told):
    sift = sifted(content, **told)
    sift.amount("minor", "amount", currency)
    return sift.rows["minor"].to_list()


def test_a_point_before_three_digits_groups_thousands_where_the_file_says_so():
    assert amounts("Betrag;Referenz\n1.234;a\n12,50;b\n") == [123_400, 1250]
    assert amounts("Betrag;Referenz\n1.234;a\n", decimal=",") == [123_400]
    assert amounts("amount,ref\n1.234,a\n", currency="KWD", decimal=".") == [1234]
    with pytest.raises(Refused) as asked:
        amounts("Betrag;Referenz\n1.234;a\n")
    assert "1.234" in str(asked.value)


def test_a_header_that_stands_twice_is_two_columns():
    table = header.locate(read_content(b"amount,Estado,Estado\n1.00,vendido,Jalisco\n", "x.csv"), COLUMNS, ["amount"])
    assert table.columns == ("amount", "Estado", "Estado (2)")
    assert table.rows.select("Estado", "Estado (2)").rows() == [("vendido", "Jalisco")]


def test_blanks_and_tabs_around_headers_and_values_do_not_matter():
    sift = sifted('"  Betrag \t", Referenz* ,"Währung"\n" 12,50 ","\tA-1\t", EUR\n')
    sift.amount("minor", "amount", pl.col("currency"))
    assert sift.rows.select("minor", "ref", "currency").rows() == [(1250, "A-1", "EUR")]


@pytest.mark.parametrize(
    ("zone", "hours"), [("PDT", 7), ("PST", 8), ("MEST", -2), ("MEZ", -1), ("CEST", -2), ("GMT", 0), ("BST", -1), ("JST", -9), ("UTC", 0)]
)
def test_an_abbreviated_zone_is_the_one_it_names(zone, hours):
    assert instants(pl.Series([f"2026-07-04 12:00:00 {zone}"]), "ymd", "")[0] == datetime(2026, 7, 4, 12 + hours, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "--", " --", "-", "—", "N/A", "n/a", "null"])
def test_every_spelling_of_nothing_is_unknown(text):
    assert amounts(f"amount,ref\n{text},a\n7.00,b\n")[0] is None


def mapped(source, file, key, **told):
    content = (HERE / source / "golden" / file).read_bytes()
    return registry.formats()[key].map(read_content(content, file), Context(**told)).tables["money_line"]


SALE_FEES = {
    "amazon": ("settlement_eur.txt", "amazon-settlement", ("fee_referral", "fee_fulfilment")),
    "ebay": ("transactions_us.csv", "ebay-transactions", ("fee_referral", "fee_fixed")),
    "paypal": ("activity_us.csv", "paypal-activity", ("fee_payment",)),
    "shopify": ("payments.csv", "shopify-payouts", ("fee_payment",)),
    "stripe": ("payout_reconciliation.csv", "stripe-balance", ("fee_payment",)),
}


@pytest.mark.parametrize("source", SALE_FEES)
def test_a_fee_is_negative_with_us_whatever_its_sign_in_the_file(source):
    """Amazon, eBay and PayPal write fees negative, Shopify and Stripe positive; a fee that is given back with a refund has the other sign."""
    file, key, kinds = SALE_FEES[source]
    lines = mapped(source, file, key).filter(pl.col("kind").is_in([kind for kind in kinds if kind in KINDS]))
    charged = lines.filter(~pl.col("their_type").fill_null("").str.to_lowercase().str.contains("refund|reversal|dispute|chargeback"))
    assert charged.height > 0
    assert charged.filter(pl.col("amount_minor") > 0).height == 0


def test_the_fees_of_mercado_libre_are_negative_too():
    order = table_of("order_line", pl.DataFrame([{"row": 7, "key": "1", "channel": "mercadolibre-mx", "order_ref": "1", "ordered_on": date(2026, 3, 4), "status": "shipped",
                                                  "sku": "MUG", "quantity": 1, "currency": "MXN", "goods_minor": 5000}]))  # fmt: skip
    money = pl.DataFrame([{"row": 7, "key": f"1/{kind}", "channel": "mercadolibre-mx", "order_ref": "1", "kind": kind, "their_name": name, "currency": "MXN",
                           "amount_minor": amount, "posted_on": date(2026, 3, 4)}
                          for kind, name, amount in (("sale_goods", "Ingresos por productos", 5000), ("fee_referral", "Cargo por venta e impuestos", -750))])  # fmt: skip
    form = registry.formats()["mercadolibre-sales"]
    again = form.map(read_content(form.render(order, table_of("money_line", money)), "x.xlsx"), Context()).tables["money_line"]
    assert again.filter(pl.col("amount_minor") < 0)["kind"].str.starts_with("fee_").all()
    assert again["amount_minor"].sum() == 4250


def test_each_row_has_the_minor_unit_of_its_own_currency():
    sift = sifted("amount,currency,ref\n500,JPY,a\n12.345,KWD,b\n12.50,EUR,c\n", decimal=".")
    sift.amount("minor", "amount", pl.col("currency"))
    assert sift.rows["minor"].to_list() == [500, 12_345, 1250]
    assert [minor_digits(code) for code in ("JPY", "KWD", "EUR")] == [0, 3, 2]
    finer = sifted("amount,currency,ref\n500.5,JPY,a\n1.00,EUR,b\n", decimal=".")
    finer.amount("minor", "amount", pl.col("currency"))
    assert finer.rows["ref"].to_list() == ["b"]  # half a yen is a fault and not rounded


def test_the_pools_report_of_two_marketplaces_has_the_same_keys():
    form, content = registry.formats()["amazon-fba-inventory"], (HERE / "amazon" / "golden" / "inventory_eu.txt").read_bytes()
    german, french = (
        form.map(read_content(content, "i.txt"), Context(channel=channel, day=date(2026, 4, 20))).tables["stock_count"]
        for channel in ("amazon-de", "amazon-fr")
    )
    assert german.height > 0
    assert german.select("key", "warehouse", "sellable").rows() == french.select("key", "warehouse", "sellable").rows()
    assert german["channel"].equals(french["channel"])  # the pool's, so that the book holds it once


@pytest.mark.parametrize(
    ("name", "code"), [("GR", "GR"), ("EL", "GR"), ("Greece", "GR"), ("GB", "GB"), ("UK", "GB"), ("United Kingdom", "GB")]
)
def test_greece_and_the_kingdom_have_one_code_whatever_they_are_called(name, code):
    assert country_code(name) == code


def test_what_went_out_with_an_apostrophe_comes_in_without_it(tmp_path):
    """A SKU that looks like a formula leaves the house harmless, and is itself again when its sheet is imported."""
    titles = ["=1+1", "+49", "-5", "@sum", "'quoted", "plain"]
    write_csv(tmp_path / "out.csv", Table("orders", pl.DataFrame({"sku": titles}), (ColumnSpec("sku", "SKU"),)), "en")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert not [line for line in text.splitlines()[1:] if line.lstrip('"').startswith(("=", "+", "-", "@"))]
    lines = table_of("supplier_line", pl.DataFrame([{"row": row, "key": str(row), "supplier": "Mill", "invoice_ref": "7", "invoiced_on": date(2026, 3, 4), "sku": sku,
                                                     "quantity": 1, "currency": "CNY", "unit_price_e6": 1_000_000, "amount_minor": 100}
                                                    for row, sku in enumerate(titles, start=2)]))  # fmt: skip
    form = registry.formats()["own-supplier-invoices"]
    for kind in ("csv", "xlsx"):
        sheet = form.render({"supplier_line": lines}, kind=kind)
        again = form.map(read_content(sheet, f"s.{kind}"), Context(decimal=".")).tables["supplier_line"]
        assert again["sku"].to_list() == titles, kind


# ---- containers

ROWS = (("Betrag", "Referenz"), ("12,50", "A-1"))


def strict_workbook():
    """Write a workbook with the names of strict OOXML (ISO/IEC 29500), as some exports do."""
    plain, strict = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet("s")
        for place, row in enumerate(ROWS):
            sheet.write_row(place, 0, row)
    renamed = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in renamed.items():
                content = content.replace(before, after)
            new.writestr(name, content)
    return strict.getvalue()


def old_workbook():
    """Write a workbook of 1997: records of BIFF8 in a compound file, as old shops and banks still give them out."""
    size, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF

    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    named = struct.pack("<BB", 1, 0) + b"s"
    bound = len(begin) + 4 + 6 + len(named) + 4
    book = begin + record(0x85, struct.pack("<IBB", bound, 0, 0) + named) + record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            sheet += record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))
    stream = (book + sheet + record(0x0A, b"")).ljust(8 * size, b"\x00")
    entries = b""
    for name, kind, child, start, length in (("Root Entry", 5, 1, end, 0), ("Workbook", 2, free, 2, len(stream))):
        letters = (name + "\x00").encode("utf-16-le")
        entries += (
            letters.ljust(64, b"\x00")
            + struct.pack("<HBBIII", len(letters), kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, length)
        )
    sectors = len(stream) // size
    chain = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(size, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    )
    return head + struct.pack("<I", 0).ljust(4, b"\x00") + b"\xff" * (size - len(head) - 4) + table + entries.ljust(size, b"\x00") + stream


@pytest.mark.parametrize("content", [strict_workbook(), old_workbook()], ids=["strict", "old"])
def test_both_kinds_are_workbooks_to_the_reader(content):
    assert read_content(content, "x").kind == "workbook"


def test_a_workbook_of_the_strict_kind_is_read():
    assert amounts(strict_workbook()) == [1250]


def test_a_workbook_of_the_old_binary_kind_is_read():
    assert amounts(old_workbook()) == [1250]


def test_a_packed_file_is_recognised_whatever_its_name_and_header_say():
    plain = (HERE / "amazon" / "golden" / "settlement_eur.txt").read_bytes()
    raw = read_content(gzip.compress(plain, mtime=0), "report.txt", {"content-type": "text/plain"})
    assert [(form.key, sure) for form, sure in registry.recognise(raw)] == [("amazon-settlement", 100)]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", gzip.compress(b"", mtime=0)])
def test_an_empty_report_is_refused_with_a_word(content):
    with pytest.raises(Refused) as refused:
        read_content(content, "report.txt")
    assert refused.value.findings[0].code == "RAW-001"
    assert "without data" in str(refused.value.findings[0].remedy)
