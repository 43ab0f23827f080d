"""Our own sheets: templates in two languages, golden files with their figures in words, and what is written is read back."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.own_sheets.formats import FORMATS
from supercargo.connectors.own_sheets.sheets import SHEETS
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content, read_file
from supercargo.connectors.records.tables import TABLES
from supercargo.kernel.finding import Refused

GOLDEN, EXAMPLES = Path(__file__).parent / "golden", Path(__file__).parents[3] / "examples"
FORMAT = {one.key: one for one in FORMATS}


def mapped(key, content, **context):
    raw = read_content(content if isinstance(content, bytes) else content.encode(), "sheet")
    return FORMAT[key].map(raw, Context(**context))


def left(result):
    return result.outcome.filter(pl.col("status") != "record").select("row", "status", "code").rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_supplier_invoices_in_chinese_and_every_encoding_of_a_spreadsheet(encoding):
    """300 x 21.8005 = 6540.15 filled in; 120 x 36.50 = 4380.00 as stated; 10 x 8.00 is not 79.00: said, and the paper counts."""
    text = (GOLDEN / "supplier-invoices-zh.csv").read_text("utf-8")
    result = mapped("own-supplier-invoices", text.encode(encoding))
    lines = result.tables["supplier_line"]
    assert lines.select("row", "sku", "quantity", "currency", "unit_price_e6", "amount_minor", "weight_g").rows() == [
        (2, "HL-TEE-001", 300, "CNY", 21_800_500, 654_015, 72_000),
        (3, "HL-LEG-002", 120, "CNY", 36_500_000, 438_000, 31_200),
        (6, "HL-SOX-005", 10, "CNY", 8_000_000, 7_900, None),
    ]
    assert lines.get_column("invoiced_on").to_list() == [date(2026, 1, 5)] * 3
    assert left(result) == [(1, "skip", "RAW-012"), (4, "fault", "OWN-101"), (5, "fault", "OWN-102")]
    assert [finding.code for finding in result.findings] == ["MAP-104"]
    assert all(control.ties for control in result.controls)


def test_freight_bills_with_a_basis_for_sharing():
    result = mapped("own-freight-bills", (GOLDEN / "freight-bills.csv").read_bytes())
    assert result.tables["freight_line"].select("charge", "share_by", "currency", "amount_minor").rows() == [
        ("Sea freight", "volume", "USD", 125_000),
        ("Export clearance", "value", "CNY", 35_000),
        ("Terminal handling", None, "CNY", 9_000),  # nobody knows "by luck": unknown, and said
    ]
    assert left(result) == [(1, "skip", "RAW-012"), (5, "fault", "RAW-042")]  # a tenth of a cent is not rounded away
    assert any("by luck" in str(finding) for finding in result.findings)


def test_customs_bills_keep_duty_and_reclaimable_tax_apart():
    text = "进口国,报关单号,申报日期,批次号,币种,完税价格,关税,进口增值税,清关费\n德国,26DE001,2026-02-01,FBA-2601,EUR,1000.00,120.00,212.80,45.00\n"
    [line] = mapped("own-customs-bills", text).tables["customs_line"].to_dicts()
    assert (line["country"], line["customs_value_minor"], line["duty_minor"], line["import_tax_minor"], line["fees_minor"]) == (
        "DE",
        100_000,
        12_000,
        21_280,
        4_500,
    )
    assert line["sku"] is None  # shared over the shipment


def test_two_receipts_of_one_article_stay_two_and_the_same_file_gives_the_same_keys():
    text = "Warehouse,Shipment,Received on,SKU,Quantity received\nfba-eu,S1,2026-02-01,A,100\nfba-eu,S1,2026-02-01,A,20\nfba-eu,S1,2026-02-09,A,5\n"
    first, second = (mapped("own-goods-receipts", text).tables["receipt_line"] for _ in range(2))
    assert first.get_column("key").n_unique() == 3
    assert first.equals(second)


def test_a_stock_count_takes_its_day_and_warehouse_from_the_file_or_from_whoever_imports_it():
    result = mapped("own-stock-counts", "货号,可售数量,不可售数量\nA,10,\nB,0,2\n", day=date(2026, 3, 31), warehouse="shenzhen")
    assert result.tables["stock_count"].select("warehouse", "counted_on", "sku", "sellable", "unsellable").rows() == [
        ("shenzhen", date(2026, 3, 31), "A", 10, None),  # an empty cell is unknown, not zero
        ("shenzhen", date(2026, 3, 31), "B", 0, 2),
    ]


def test_a_needed_column_that_is_missing_is_named():
    with pytest.raises(Refused) as refused:
        mapped("own-freight-bills", "Forwarder,Charge,Currency,Amount\nX,Sea,USD,1.00\n")
    assert [finding.code for finding in refused.value.findings] == ["RAW-010"]
    assert "账单号" in str(refused.value)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", SHEETS)
def test_an_empty_template_is_known_as_its_sheet_and_as_nothing_else(key, language, kind):
    raw = read_content(FORMAT[f"own-{key}"].render(language=language, kind=kind), f"template.{kind}")
    assert {one.key: one.certainty(raw) for one in FORMATS if one.certainty(raw)} == {f"own-{key}": 100}
    assert FORMAT[f"own-{key}"].map(raw, Context()).outcome.select("status", "code").rows() == [("skip", "RAW-012")]


TEXT = st.text("ABCxyz019 -./中文", min_size=1, max_size=12).map(lambda text: text.strip(" -./")).filter(bool)
RISKY = st.sampled_from(["=1+1", "+A", "-A", "@A", "'=1", "'00123", "007", "1.2E+17", '"quoted", with comma'])
DAYS = st.integers(0, 2000).map(lambda number: date(2021, 1, 1) + timedelta(number))
AMOUNT = st.integers(-(10**9), 10**9)
VALUES = {
    "currency": st.sampled_from(["EUR", "CNY", "JPY", "KWD"]),
    "country": st.sampled_from(["DE", "GB", "CN"]),
    "share_by": st.sampled_from(["value", "weight", "volume", "quantity"]),
}


@st.composite
def records(draw, key):
    """Draw records of a sheet: every column that it has, unknown where it may be."""
    sheet = SHEETS[key]
    rows = []
    for number in range(draw(st.integers(1, 4))):
        row = dict.fromkeys(TABLES[sheet.noun]) | {"row": number + 2, "key": ""}
        for name in sheet.columns:
            kind = TABLES[sheet.noun][name]
            value = VALUES[name] if name in VALUES else DAYS if kind == pl.Date else AMOUNT if kind == pl.Int64 else TEXT | RISKY
            row[name] = draw(value if name in sheet.needed else st.none() | value)
        rows.append(row)
    if key == "supplier-invoices":
        rows = [
            row | {"unit_price_e6": None, "amount_minor": row["amount_minor"] or 1}
            if draw(st.booleans())
            else row | {"amount_minor": 5, "unit_price_e6": row["unit_price_e6"] or 7}
            for row in rows
        ]
    return pl.DataFrame(rows, schema=TABLES[sheet.noun])


@pytest.mark.parametrize(("kind", "language"), [("csv", "en"), ("xlsx", "zh")])
@pytest.mark.parametrize("key", SHEETS)
@given(data=st.data())
@settings(max_examples=settings.default.max_examples // 2)
def test_what_is_written_is_read_back(key, kind, language, data):
    frame = data.draw(records(key))
    noun = SHEETS[key].noun
    content = FORMAT[f"own-{key}"].render({noun: frame}, language=language, kind=kind)
    result = mapped(f"own-{key}", content, decimal=".")
    assert result.tables[noun].drop("key").equals(frame.drop("key"))


def test_the_catalogue_of_the_demonstration_becomes_products():
    result = FORMAT["own-catalogue"].map(read_file(EXAMPLES / "catalogue.csv"), Context())
    assert (result.count("record"), result.count("fault"), result.count("skip")) == (40, 0, 1)
    first = result.tables["product"].row(0, named=True)
    assert (first["sku"], first["currency"], first["unit_cost_minor"], first["weight_g"]) == ("HL-TEE-001", "CNY", 2_180, 240)
    assert (first["length_mm"], first["width_mm"], first["height_mm"]) == (300, 250, 25)


def test_every_row_of_a_faulty_catalogue_is_a_product_or_a_fault():
    result = FORMAT["own-catalogue"].map(read_file(EXAMPLES / "catalogue-faulty.csv"), Context())
    assert (result.count("record"), result.count("fault"), result.count("skip")) == (5, 10, 1)
    assert {finding.code[:3] for finding in result.findings} == {"CAT"}


def test_a_cost_finer_than_the_smallest_coin_is_unknown_and_said():
    text = (EXAMPLES / "catalogue.csv").read_text("utf-8").replace(",21.80,CNY", ",21.8050,CNY")
    result = mapped("own-catalogue", text)
    assert result.tables["product"].item(0, "unit_cost_minor") is None
    assert [finding.code for finding in result.findings if finding.code.startswith("OWN")] == ["OWN-104"]
