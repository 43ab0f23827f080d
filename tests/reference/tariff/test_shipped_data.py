"""The shipped tables agree with the files they were taken from, and cite a source on every row."""

from __future__ import annotations

import csv
import gzip
import tomllib
from collections import Counter
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

from supercargo.reference import tariff as package
from supercargo.reference.tariff import (
    HsCodeError,
    Tariff,
    chapter,
    known,
    normalise,
    render,
    uk_tariff,
    us_hts,
)
from supercargo.reference.tariff.doubts import shipped_standings
from supercargo.reference.tariff.expression import DutyRate
from supercargo.reference.tariff.nomenclature import heading, subheadings
from supercargo.reference.tariff.official import Fault
from supercargo.reference.tariff.section_301 import lists, memberships

MARKETS = ("AU", "CA", "EU", "GB", "JP", "US")
FOLDER = resources.files(package)


def shipped_rows(name):
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines()))


def sources():
    path = Path(str(FOLDER)).parent / "sources" / "tariff.toml"
    return set(tomllib.loads(path.read_text("utf-8"))) | {"unverified"}


def test_the_starter_covers_six_markets_and_what_sells_online():
    tariff = Tariff.shipped()
    assert tariff.markets == MARKETS
    assert len({row.code[:6] for row in tariff.rows("US")}) >= 320
    for market in ("US", "EU", "GB", "AU"):
        assert {r.code[:6] for r in tariff.rows(market)} == {r.code[:6] for r in tariff.rows("US")}


def test_every_starter_row_cites_a_source_and_own_knowledge_is_never_high():
    keys = sources()
    for row in shipped_rows("starter.csv"):
        assert row["source"] in keys, row
        assert row["preference_source"] in keys | {""}, row
        assert row["source"] != "unverified" or row["confidence"] != "high", row
        assert known(row["code"]), row


def test_no_row_stands_twice():
    keys = Counter((r["market"], r["code"], r["since"]) for r in shipped_rows("starter.csv"))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("market", MARKETS)
def test_confidence_falls_on_the_day_to_which_the_source_is_good(market):
    tariff, standing = Tariff.shipped(), shipped_standings()[market]
    row = next(r for r in tariff.rows(market) if r.since <= standing.good_until)
    on = tariff.lookup(market, row.code, standing.good_until)
    assert standing.doubt in on.doubts
    assert on.confidence != "high"
    before = tariff.lookup(market, row.code, standing.good_until - timedelta(days=1))
    assert standing.doubt not in getattr(before, "doubts", ())


def test_american_starter_lines_equal_the_official_export_line_by_line(hts_file):
    official = {}
    for line in us_hts.read(hts_file, since=date(2024, 1, 1)):
        if not isinstance(line, Fault):
            official.setdefault(line.code, line.rate)
            official.setdefault(line.code[:8], line.rate)
    rows = Tariff.shipped().rows("US")
    assert [r.code for r in rows if r.rate != official.get(r.code)] == []
    chosen = {r.code[:6] for r in rows}
    missing = {c[:8] for c in official if c[:6] in chosen} - {r.code[:8] for r in rows}
    assert missing == set()


def test_british_and_european_starter_lines_equal_the_official_file(uk_file):
    official = {(line.market, line.code): line.rate for line in uk_tariff.read(uk_file, since=date(2021, 1, 1))}
    for market in ("GB", "EU"):
        rows = [r for r in Tariff.shipped().rows(market) if not r.note.startswith("HS 2022")]
        assert len(rows) > 1000
        assert [r.code for r in rows if r.rate != official[market, r.code]] == []


GOLDEN = {
    "a cotton T-shirt, United States": ("US", "6109.10.00", date(2024, 6, 1), "16.5%", "high"),
    "a cotton T-shirt, European Union": ("EU", "61091000", date(2021, 6, 1), "12%", "high"),
    "the same, five years later": ("EU", "61091000", date(2026, 6, 1), "12%", "medium"),
    "a smartphone, United Kingdom": ("GB", "851713", date(2026, 1, 1), "Free", "medium"),
    "a cotton T-shirt, Australia": ("AU", "610910", date(2026, 1, 1), "5%", "medium"),
    "a suitcase of leather, Japan: the dearer line": (
        "JP", "420211", date(2026, 1, 1), "16%", "medium",
    ),
    "a sports bottle, United States": ("US", "9617.00.10", date(2024, 6, 1), "7.2%", "high"),
    "spectacle frames, European Union": ("EU", "90031100", date(2021, 1, 1), "2.2%", "high"),
}  # fmt: skip


@pytest.mark.parametrize(("market", "code", "day", "rate", "sure"), GOLDEN.values(), ids=GOLDEN)
def test_the_duty_of_well_known_goods(market, code, day, rate, sure):
    found = Tariff.shipped().lookup(market, code, day)
    assert (render(found.rate), found.confidence) == (rate, sure)


def test_the_european_union_is_not_answered_before_2021():
    answer = Tariff.shipped().lookup("EU", "61091000", date(2020, 12, 31))
    assert (answer.code, answer.first_day) == ("before_our_records", date(2021, 1, 1))


def test_goods_of_china_enter_australia_free_with_proof_of_origin():
    found = Tariff.shipped().lookup("AU", "950300", date(2026, 1, 1))
    assert render(found.rate) == "5%"
    assert (found.preference_cn.rate.free, found.preference_cn.source) == (True, "dfat-chafta")


def test_the_nomenclature_is_the_one_of_2022(hs_file):
    with gzip.open(hs_file, "rt", encoding="utf-8-sig", newline="") as stream:
        codes = {row["hscode"] for row in csv.DictReader(stream) if row["level"] == "6"}
    assert subheadings() == codes - {"999999"}  # the customs house's own code for goods not specified is no code for a seller
    assert all(row["heading"] == row["code"][:4] for row in shipped_rows("hs_codes.csv"))


def test_codes_are_read_as_people_type_them():
    assert len(subheadings()) == 5612
    assert all(known(code) for code in ("8541.43", "851713", "240412"))
    assert not known("854140")
    assert normalise(" 6109 10-00.22 ") == "6109100022"
    assert (chapter("６１０９.10"), heading("610910")) == ("61", "6109")


@pytest.mark.parametrize(
    ("text", "words"),
    [("61091", "5 digits"), ("", "0 digits"), ("61O910", "'O' is not"), ("6109²0", "'²' is not")],
)
def test_a_text_that_is_no_code_is_refused_with_the_cause(text, words):
    with pytest.raises(HsCodeError, match=words):
        normalise(text)


def test_every_american_starter_line_has_its_section_301_list():
    lines = {row.code[:8] for row in Tariff.shipped().rows("US")}
    held = {row["hs"] for row in shipped_rows("us_section_301.csv")}
    assert held == lines
    keys = sources()
    for row in shipped_rows("us_section_301.csv"):
        assert row["source"] in keys
        assert row["source"] != "unverified" or row["confidence"] != "high"
        assert memberships(row["hs"])


MEMBERSHIPS = {
    "T-shirts are on List 4A": ("610910", date(2026, 1, 1), ("301-4A",)),
    "handbags are on List 3": ("420221", date(2026, 1, 1), ("301-3",)),
    "toys are on List 4B": ("950300", date(2026, 1, 1), ("301-4B",)),
    "routers and headsets share a line": ("85176200", date(2026, 1, 1), ("301-3", "301-4A")),
    "lithium-ion batteries to the end of 2025": ("85076000", date(2025, 12, 31), ("301-4A",)),
    "lithium-ion batteries from 2026": (
        "85076000", date(2026, 1, 1), ("4yr-lithium-batteries",),
    ),
    "vapes were not looked up": ("854340", date(2026, 1, 1), ("unknown",)),
    "a line that we do not hold": ("010121", date(2026, 1, 1), ("unknown",)),
}  # fmt: skip


@pytest.mark.parametrize(("code", "day", "expected"), MEMBERSHIPS.values(), ids=MEMBERSHIPS)
def test_the_section_301_list_of_well_known_goods(code, day, expected):
    assert lists(code, day) == expected


def test_most_starter_lines_are_computable_and_the_rest_say_why():
    rows = [row for market in MARKETS for row in Tariff.shipped().rows(market)]
    refused = Counter(row.rate.code for row in rows if not isinstance(row.rate, DutyRate))
    assert set(refused) <= {
        "parts_of_value", "refers_elsewhere", "agricultural_component", "seasonal",
    }  # fmt: skip
    assert sum(refused.values()) < len(rows) / 50
