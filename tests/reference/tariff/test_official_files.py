"""Official files are read to the last line: every row becomes a line or a fault with its place."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date

import pytest

from supercargo.reference.tariff import Tariff, uk_tariff, us_hts
from supercargo.reference.tariff.expression import DutyRate, NotComputable, parse, render
from supercargo.reference.tariff.loaders import load
from supercargo.reference.tariff.official import Fault

DAY = date(2024, 1, 1)
HEADER = (
    "HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,"
    "Special Rate of Duty,Column 2 Rate of Duty,Quota Quantity,Additional Duties\n"
)


def written(tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults(lines):
    return [(line.row_number, line.code) for line in lines if isinstance(line, Fault)]


def cells(path, *columns):
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return [[row[column] for column in columns] for row in csv.DictReader(stream)]


def test_a_statistical_line_inherits_from_the_nearest_line_above_it(tmp_path):
    rows = (
        "6109,0,T-shirts:,,,,,,\n"
        '6109.10.00,1,Of cotton,,16.5%,"Free (AU,BH) 3.2% (KR)",90%,,\n'
        ",2,Men's:,,,,,,\n"
        '6109.10.00.04,3,White,"[""doz.""]",,,,,\n'
        "6109.90,1,Other:,,,,,,\n"
        "6109.90.10.00,2,Of fibers,,32%,,90%,,\n"
    )
    lines = list(us_hts.read(written(tmp_path, HEADER + rows), since=DAY))
    assert [(line.code, line.expression, line.inherited_from) for line in lines] == [
        ("61091000", "16.5%", ""),
        ("6109100004", "16.5%", "61091000"),
        ("6109901000", "32%", ""),
    ]
    assert [(render(p.rate), p.programmes) for p in lines[1].special] == [
        ("Free", ("AU", "BH")),
        ("3.2%", ("KR",)),
    ]


def test_a_rate_does_not_leak_to_the_next_branch(tmp_path):
    rows = "6109.10.00,1,Of cotton,,16.5%,,,,\n6109.90.00,1,Other,,,,,,\n"
    lines = list(us_hts.read(written(tmp_path, HEADER + rows), since=DAY))
    assert faults(lines) == [(3, "no_rate")]


HOSTILE = {
    "a wrong header": (b"a,b\n1,2\n", [(1, "header")]),
    "an empty file": (b"", [(1, "header")]),
    "a Latin-1 file": (HEADER.encode() + "6109.10.00,1,é,,5¢/kg,,,,\n".encode("latin-1"),
                       [(2, "encoding")]),
    "a short row": (HEADER.encode() + b"6109.10.00,1\n6109.20.00,1,x,,5%,,,,\n", [(2, "width")]),
    "an indent in words": (HEADER.encode() + b"6109.10.00,one,x,,5%,,,,\n", [(2, "indent")]),
    "a code with a letter": (HEADER.encode() + b"61O9.10.00,1,x,,5%,,,,\n", [(2, "code")]),
    "a quote that is never closed": (HEADER.encode() + b'6109.10.00,1,"x,,5%\n', [(2, "csv")]),
    "a damaged gzip": (b"\x1f\x8b\x08\x00broken", [(0, "packing")]),
    "a row broken over two lines keeps the count": (
        HEADER.encode() + b'6109.10.00,1,"x\ny",,5%,,,,\n6109.20.00,one,x,,5%,,,,\n',
        [(4, "indent")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_reported_with_its_line(tmp_path, content, expected):
    assert faults(us_hts.read(written(tmp_path, content), since=DAY)) == expected


def test_a_missing_file_is_a_fault_and_not_a_crash(tmp_path):
    assert faults(uk_tariff.read(tmp_path / "none.csv", since=DAY)) == [(0, "missing")]


def test_one_british_row_gives_a_british_and_a_european_line(tmp_path):
    text = (
        "commodity,description,cet_duty_rate,ukgt_duty_rate\n"
        "01022910,Cattle,10.20% + 93.10 EUR / 100 kg,10.00% + 77.00 GBP/100kg\n"
        "0102,Cattle,1%,1%\n01022921,Cattle,,1%\n"
    )
    lines = list(uk_tariff.read(written(tmp_path, text), since=DAY))
    good = [(line.market, render(line.rate)) for line in lines if not isinstance(line, Fault)]
    assert good == [
        ("GB", "10% + 77 GBP/100 kg"),
        ("EU", "10.2% + 93.1 EUR/100 kg"),
        ("GB", "1%"),
    ]
    assert faults(lines) == [(3, "code"), (4, "no_rate")]


def test_a_loaded_file_becomes_a_layer_that_wins_over_the_starter(tmp_path):
    rows = (
        "6109.10.00,1,Of cotton,,15%,,90%,,\n6109.10.00.04,2,White,,,,,,\n"
        "6109.90,1,Other,,,,,,\n6109.90.10.10,2,A,,1%,,,,\n6109.90.10.20,2,B,,2%,,,,\n"
        "6110.11.00,1,Wool,,,,,,\n"
    )
    loaded = load(
        "hts", written(tmp_path, HEADER + rows), tmp_path,
        since=date(2026, 7, 1), source="USITC HTS 2026 revision 9",
    )  # fmt: skip
    assert (loaded.rows, loaded.lines, loaded.not_computable) == (3, 4, 0)
    assert faults(loaded.faults) == [(7, "no_rate")]
    tariff = Tariff.shipped().with_layer(loaded.path, "loaded")
    now = tariff.lookup("US", "6109.10", date(2026, 7, 1))
    assert (render(now.rate), now.layer, now.source) == (
        "15%", "loaded", "USITC HTS 2026 revision 9",
    )  # fmt: skip
    assert [line.code for line in tariff.lookup("US", "610990", date(2026, 7, 1)).lines] == [
        "6109901010", "6109901020",
    ]  # fmt: skip
    before = tariff.lookup("US", "6109.10", date(2026, 6, 30))
    assert (render(before.rate), before.layer) == ("16.5%", "starter")


def test_a_file_without_a_good_line_writes_no_layer(tmp_path):
    loaded = load("uk-tariff", tmp_path / "none.csv", tmp_path, since=DAY, source="x")
    assert (loaded.path, loaded.rows, faults(loaded.faults)) == (None, 0, [(0, "missing")])


def tally(texts, market):
    answers = [parse(text, market=market) for text in texts]
    for answer in answers:
        assert parse(render(answer), market=market) == answer
    return Counter("rate" if isinstance(a, DutyRate) else a.code for a in answers)


def test_all_35808_american_general_rates_are_rates_or_refused_for_a_named_reason(hts_file):
    general = [row[0] for row in cells(hts_file, "General Rate of Duty")]
    assert tally(general, "US") == {
        "empty": 22198, "rate": 13257, "refers_elsewhere": 215, "parts_of_value": 96,
        "conditional": 18, "sliding_scale": 12, "other_base": 9, "not_understood": 3,
    }  # fmt: skip


def test_all_11830_british_and_european_rates_are_rates_or_refused_for_a_named_reason(uk_file):
    rows = cells(uk_file, "ukgt_duty_rate", "cet_duty_rate")
    assert len(rows) == 11830
    assert tally([row[0] for row in rows], "GB") == {"rate": 11812, "seasonal": 18}
    assert tally([row[1] for row in rows], "EU") == {
        "rate": 11703, "agricultural_component": 59, "seasonal": 29, "entry_price": 29,
        "unit_missing": 10,
    }  # fmt: skip


def test_every_row_of_the_american_file_is_accounted_for(hts_file):
    lines = list(us_hts.read(hts_file, since=DAY))
    long = [row[0] for row in cells(hts_file, "HTS Number") if len(row[0]) >= len("6109.10.00")]
    given = Counter(type(line) for line in lines)
    headings = len(long) - len(lines)
    assert (len(long), sum(given.values()), headings) == (26743, 26739, 4)
    assert {line.code for line in lines if isinstance(line, Fault)} == {"no_rate"}
    assert all(line.message.en[:4] >= "9802" for line in lines if isinstance(line, Fault))


def test_every_row_of_the_british_file_gives_two_lines_and_no_fault(uk_file):
    lines = list(uk_tariff.read(uk_file, since=DAY))
    assert Counter(line.market for line in lines) == {"GB": 11830, "EU": 11830}


@pytest.mark.shared
def test_a_loaded_official_file_serves_quotes_though_some_lines_are_beyond_computing(uk_file, tmp_path):
    loaded = load("uk-tariff", uk_file, tmp_path, since=date(2021, 1, 1), source="official file")
    tariff = Tariff.shipped().with_layer(loaded.path, "loaded")
    found = tariff.lookup("GB", "61091000", date(2026, 7, 15))
    assert (str(found.rate), found.layer) == ("12%", "loaded")
    beyond = [row for row in tariff.rows("EU") if row.layer == "loaded" and isinstance(row.rate, NotComputable)]
    assert {row.rate.code for row in beyond} >= {"unit_missing"}
