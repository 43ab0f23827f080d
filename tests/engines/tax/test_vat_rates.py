"""Rates of VAT by class of goods and day, against the book's own dates and against two data sets of others."""

from __future__ import annotations

import csv
import json
import tarfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from supercargo.engines.tax.rates import tax_rate
from supercargo.kernel.finding import Refused
from supercargo.reference.law import EU, Law

SHARED = Path(__file__).parents[4] / "shared" / "data"
KDELDYCKE = SHARED / "vat_rates" / "kdeldycke_vat-rates_vat_rates.csv"
IBERICODE = SHARED / "vat_rates" / "ibericode_vat-rates_vat-rates.json"
GOBL = SHARED / "gobl_tax_regimes" / "regimes.tar.xz"


def shown(market, day, tax_class="standard", region=""):
    try:
        return tax_rate(Law(date.fromisoformat(day)), market, tax_class, region)[0].shown()
    except Refused as refusal:
        return refusal.findings[0].code


@pytest.mark.parametrize(
    ("market", "day", "rate"),
    [
        ("DE", "2020-06-30", "19 %"), ("DE", "2020-07-01", "16 %"), ("DE", "2020-08-01", "16 %"), ("DE", "2020-12-31", "16 %"), ("DE", "2021-01-01", "19 %"),
        ("RO", "2025-07-31", "19 %"), ("RO", "2025-08-01", "21 %"), ("SG", "2023-12-31", "8 %"), ("SG", "2024-01-01", "9 %"),
        ("FI", "2024-08-31", "24 %"), ("FI", "2024-09-01", "25.5 %"), ("IE", "2020-12-01", "21 %"), ("VN", "2026-07-15", "8 %"), ("MY", "2026-07-15", "TAX-404"),
    ],
)  # fmt: skip
def test_the_standard_rate_of_a_day(market, day, rate):
    assert shown(market, day) == rate


@pytest.mark.parametrize(
    ("market", "tax_class", "rate", "code"),
    [
        ("DE", "books", "7 %", ""), ("GB", "books", "0 %", ""), ("GB", "children_clothing", "0 %", ""), ("FR", "books", "5.5 %", ""),
        ("DE", "services", "19 %", ""), ("CA", "basic_food", "0 %", ""),
    ],
)  # fmt: skip
def test_a_class_that_the_law_covers_wholly_bears_the_reduced_rate(market, tax_class, rate, code):
    found, findings = tax_rate(Law(date(2026, 7, 15)), market, tax_class)
    assert found.shown() == rate
    assert code in {"", *(finding.code for finding in findings)}


def test_a_class_that_is_covered_in_part_bears_the_standard_rate_and_a_warning():
    for market in sorted(EU):
        found, findings = tax_rate(Law(date(2026, 7, 15)), market, "food")
        standard, _ = tax_rate(Law(date(2026, 7, 15)), market, "standard")
        if any(finding.code == "TAX-203" for finding in findings):
            assert found.amount == standard.amount


@pytest.mark.parametrize(("region", "rate"), [("", "5 %"), ("ON", "13 %"), ("QC", "14.975 %"), ("BC", "12 %"), ("AB", "5 %")])
def test_provinces_of_canada(region, rate):
    assert shown("CA", "2026-07-15", region=region) == rate


def standard_in(market: str, day: date) -> Decimal | None:
    try:
        return tax_rate(Law(day), market, "standard")[0].amount
    except Refused:
        return None


OURS = {*EU, "GB", "CH", "NO", "RU", "ZA", "SG", "AE", "SA", "CO", "IN", "CA"}
NAMES = {"EL": "GR", "UK": "GB"}
KNOWN = {
    ("FR", "2011-01-04"): "19.6 % until 2013-12-31; their first day is an artefact",
    ("RU", "2025-09-01"): "their row is that of digital services and was never ended; 20 % since 2019, 22 % since 2026",
    ("ZA", "2025-09-01"): "their row is that of digital services and was never ended; 15 % since 2018-04-01",
}
"""The differences to others that corrections-tax.md explains: market and day."""


def differing(rows) -> list[tuple[str, str, str, str]]:
    """Compare (market, day, rate) with ours; a day before our records is a refusal, not a difference."""
    found = []
    for market, day, rate in rows:
        ours = standard_in(market, day)
        if ours is not None and ours != rate and (market, str(day)) not in KNOWN:
            found.append((market, str(day), str(rate), str(ours)))
    return found


def of_kdeldycke():
    with KDELDYCKE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            last = date.fromisoformat(row["stop_date"]) - timedelta(days=1) if row["stop_date"] else date(2025, 9, 1)
            for code in row["territory_codes"].split() if row["rate_type"] == "standard" else ():
                if NAMES.get(code, code) in OURS:
                    yield NAMES.get(code, code), date.fromisoformat(row["start_date"]), Decimal(row["rate"])
                    yield NAMES.get(code, code), last, Decimal(row["rate"])


def of_ibericode():
    for code, history in json.loads(IBERICODE.read_text(encoding="utf-8"))["items"].items():
        days = sorted(entry["effective_from"] for entry in history if entry["effective_from"] > "1990")
        for entry in history if NAMES.get(code, code) in OURS else ():
            since = entry["effective_from"]
            first = date.fromisoformat(since) if since > "1990" else date.fromisoformat((days or ["2025-01-02"])[0]) - timedelta(days=1)
            yield NAMES.get(code, code), first, Decimal(str(entry["rates"]["standard"])).scaleb(-2)


def of_gobl():
    with tarfile.open(GOBL) as archive:
        for name in archive.getnames():
            regime = json.load(archive.extractfile(name)) if name.endswith(".json") else {}
            code = str(regime.get("country", ""))
            for category in regime.get("categories", ()) if NAMES.get(code, code) in OURS else ():
                general = [
                    rate for rate in category.get("rates", ()) if rate.get("rate") == "general" and category["code"] in ("VAT", "GST")
                ]
                for value in general[0]["values"] if general else ():
                    if "since" in value and "tags" not in value and "ext" not in value:
                        yield NAMES.get(code, code), date.fromisoformat(value["since"]), Decimal(value["percent"].rstrip("%")).scaleb(-2)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "rows", "least"), [(KDELDYCKE, of_kdeldycke, 200), (IBERICODE, of_ibericode, 40), (GOBL, of_gobl, 30)],
    ids=["kdeldycke", "ibericode", "gobl"],
)  # fmt: skip
def test_others_who_gathered_standard_rates_say_the_same(file, rows, least):
    if not file.is_file():
        pytest.skip(f"{file.name} is not beside the repository")
    theirs = list(rows())
    assert len(theirs) >= least
    assert differing(theirs) == []
