"""The sheet that a person opens says to the cent what the plan decided."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from zipfile import ZipFile

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from supercargo.desk.plan import plan
from supercargo.desk.plan_sheet import chosen, write
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Finding, Refused

pytestmark = pytest.mark.slow  # whole plans, written as sheets

MONEY = {
    "shop price": "price", "price needed": "price_needed", "net price": "net_price", "tax paid at the sale": "sale_tax", "commission": "commission",
    "payment fee": "payment", "fulfilment and delivery": "fulfilment", "storage": "storage", "first leg": "first_leg", "customs duty": "duty",
    "tax at import": "import_tax", "import fees": "import_fees", "goods and packaging": "goods", "returns": "returns", "advertising": "adverts",
    "currency conversion": "conversion", "cost of capital": "capital", "wastage": "wastage", "all costs": "costs",
    "landed unit cost": "landed_unit_cost", "profit": "profit",
}  # fmt: skip
SHEETS = ["decisions", "best ways", "summary", "explanations", "findings", "ways left out", "sources", "catalogue faults", "about"]


def sheet(path, name):
    heading, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def book(small, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / "plan.xlsx"
    assert write(small.plan, path) == ()
    return path


def test_the_workbook_has_its_sheets_in_reading_order(book) -> None:
    assert CalamineWorkbook.from_path(str(book)).sheet_names == SHEETS


def test_every_amount_read_back_is_the_plan_to_the_cent(small, book) -> None:
    rows = sheet(book, "decisions")
    assert len(rows) == small.plan.frame.height
    for read, decided in zip(rows, small.plan.frame.iter_rows(named=True), strict=True):
        digits = minor_digits(decided["currency"])
        for title, name in MONEY.items():
            shown = None if read[title] == "" else Decimal(repr(read[title]))
            assert shown == (None if decided[name] is None else Decimal(decided[name]).scaleb(-digits)), (title, read["SKU"])
        assert [read["SKU"], read["market"], read["channel"], read["route"], read["status"]] == [
            decided[name] for name in ("sku", "market", "channel", "route", "status")
        ]
        assert read["reason"] == decided["reason"]
        assert read["finding codes"] == ", ".join(decided["codes"])
        if decided["margin_ppm"] is not None:
            assert Decimal(repr(read["margin"])) == Decimal(decided["margin_ppm"]).scaleb(-6)
            assert Decimal(repr(read["profit at home (CNY)"])) == Decimal(decided["profit_home"]).scaleb(-2)


def test_best_ways_and_summary_agree_with_the_plan(small, book) -> None:
    best = sheet(book, "best ways")
    assert [(row["SKU"], row["market"], row["route"]) for row in best] == small.plan.best().select("sku", "market", "route").rows()
    summary = {row["market"]: row for row in sheet(book, "summary")}
    assert list(summary) == ["US", "GB", "DE"], "as many products go in each: the most profit at home first"
    assert (summary["DE"]["ways: go"], summary["DE"]["ways: fix"], summary["DE"]["products that go"]) == (7, 1, 2)
    assert (summary["GB"]["ways left out"], summary["GB"]["best product"], summary["GB"]["profit at home (CNY)"]) == (4, "TEE", 87.3)


def test_explanations_are_of_the_best_way_of_each_product_and_every_line_cites(book) -> None:
    rows = sheet(book, "explanations")
    assert {(row["SKU"], row["market"], row["channel"], row["route"]) for row in rows} == {
        ("TEE", "US", "shopify", "warehouse"), ("MUG", "DE", "amazon", "direct"),
    }  # fmt: skip
    assert all(row["source"] for row in rows)
    tee = [row for row in rows if row["SKU"] == "TEE"]
    assert (tee[-2]["step"], tee[-2]["value"], tee[-2]["unit"]) == ("profit", 16.91, "USD")
    duty = next(row for row in tee if row["step"] == "duty: Section 301, China, List 4A")
    assert duty["formula"] == "customs value 320.00 USD × Section 301, China, List 4A 7.5 % → 24.00 USD"
    rate = next(row for row in tee if row["step"] == "payment rate")
    assert rate["in force since"] == "2024-01-01"
    assert sheet(book, "sources")


def test_the_number_of_explained_rows_is_bounded(small, tmp_path) -> None:
    assert chosen(small.plan, 1)["sku"].to_list() == ["TEE"]
    write(small.plan, tmp_path / "none.xlsx", explain=0)
    assert sheet(tmp_path / "none.xlsx", "explanations") == []


def test_findings_say_how_many_rows_and_what_to_do(book) -> None:
    rows = {row["code"]: row for row in sheet(book, "findings")}
    assert rows["TAX-303"]["rows"] == 4
    assert rows["ROUTE-404"]["what"] == "no rate card has a price for the route warehouse to GB; 4 ways are not in the sheet"
    assert rows["ROUTE-404"]["what to do"] == "add your local delivery prices for GB to a rate card"
    assert [row["ways"] for row in sheet(book, "ways left out")] == [2, 2]


def test_about_says_with_what_it_was_computed_and_marks_samples(small, tmp_path) -> None:
    sample = replace(small.plan, request=replace(small.plan.request, company=replace(small.company, sample=True)))
    write(sample, tmp_path / "x.xlsx", explain=0)
    rows = {row["what"]: row["value"] for row in sheet(tmp_path / "x.xlsx", "about")}
    assert rows["day of the law and of the rates"] == "2026-07-15"
    assert rows["margin wanted"] == "30 %"
    assert any("invented sample" in key for key in rows)


def test_catalogue_faults_are_in_the_sheet(small, tmp_path) -> None:
    fault = Finding("CAT-001", "error", "row 7.hs_code", "six digits are missing", "give six digits")
    catalogue = replace(small.plan.request.catalogue, findings=(fault,), rows_read=3, rejected=(7,))
    broken = plan(replace(small.request(small.tee, markets=("GB",)), catalogue=catalogue), small.law)
    write(broken, tmp_path / "x.xlsx", explain=0)
    first, *_ = rows = sheet(tmp_path / "x.xlsx", "catalogue faults")
    assert (first["where"], first["code"], first["what"]) == ("row 7.hs_code", "CAT-001", "six digits are missing")
    assert rows[-1]["where"] == "3 rows read, 2 products taken, rows not read: 7"
    assert "CAT-001" not in {row["code"] for row in sheet(tmp_path / "x.xlsx", "findings")}


def test_the_chinese_sheet_has_chinese_titles_statuses_and_products(small, tmp_path) -> None:
    write(small.plan, tmp_path / "x.xlsx", "zh")
    book = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx"))
    assert "decisions" not in book.sheet_names
    rows = book.get_sheet_by_index(0).to_python()
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in title) for title in rows[0] if title != "SKU")
    assert rows[1][1] == "纯棉T恤"
    assert {row[5] for row in rows[1:]} == {"可做", "待改进", "不可做"}
    assert next(row for row in rows if row[0] == "MUG")[1] == "Porcelain mug", "a product without a Chinese title keeps its English one"


@pytest.mark.parametrize(
    "title", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "＝1+1", "a\nb", "x" * 40_000, "<b>&\"'", "\x07bell"]
)
def test_a_hostile_title_stays_a_text(small, tmp_path, title) -> None:
    hostile = replace(small.tee, title_en=title, title_zh=title)
    found = plan(small.request(hostile, markets=("GB",)), small.law)
    write(found, tmp_path / "x.xlsx", explain=1)
    with ZipFile(tmp_path / "x.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
    write(found, tmp_path / "x.csv")
    rows = list(csv.reader((tmp_path / "x.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert not rows[1][1].startswith(("=", "+", "-", "@", "\t", "＝"))
    write(found, tmp_path / "x.parquet")
    assert pl.read_parquet(tmp_path / "x.parquet")["title_en"].to_list() == [title] * found.frame.height


def test_the_csv_opens_with_its_letters_and_has_the_decisions_only(small, tmp_path) -> None:
    write(small.plan, tmp_path / "x.csv", "zh")
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert len(rows) == 1 + small.plan.frame.height
    assert rows[1][8] == "25.00"


def test_the_parquet_is_exact_and_has_both_languages(small, tmp_path) -> None:
    write(small.plan, tmp_path / "x.parquet", "zh")
    read = pl.read_parquet(tmp_path / "x.parquet")
    for name in MONEY.values():
        for amount, minor, currency in zip(read[name], small.plan.frame[name], small.plan.frame["currency"], strict=True):
            assert amount == (None if minor is None else Decimal(minor).scaleb(-minor_digits(currency)))
    assert read["status"].to_list() == small.plan.frame["status"].to_list()
    assert read["reason_zh"].to_list() == small.plan.frame["reason_zh"].to_list()
    assert read["profit_home_currency"].unique().to_list() == ["CNY"]


def test_an_unknown_ending_is_refused_before_anything_is_written(small, tmp_path) -> None:
    with pytest.raises(Refused) as refusal:
        write(small.plan, tmp_path / "x.ods")
    assert refusal.value.findings[0].code == "EXPORT-010"
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_written_stays_when_the_place_cannot_be_written(small, tmp_path) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(Refused) as refusal:
        write(small.plan, tmp_path / "taken.xlsx", explain=0)
    assert refusal.value.findings[0].code == "EXPORT-001"
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken.xlsx"]


def test_an_empty_plan_gives_a_sheet_that_says_why(small, tmp_path) -> None:
    empty = plan(small.request(small.tee, markets=("JP",)), small.law)
    for name in ("x.xlsx", "x.csv", "x.parquet"):
        write(empty, tmp_path / name)
    assert sheet(tmp_path / "x.xlsx", "decisions") == []
    assert sheet(tmp_path / "x.xlsx", "findings")[0]["code"] == "PLAN-301"


def test_progress_is_told(small, tmp_path) -> None:
    told = []
    write(small.plan, tmp_path / "x.xlsx", progress=lambda done, total, what: told.append((done, total, what)))
    assert told == [(1, 2, "explaining rows"), (2, 2, "explaining rows"), (1, 1, "writing the sheet")]
