"""A lookup is cautious, says what it left open, and never answers from outside its records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supercargo.reference.tariff import NotFound, Tariff, TariffFileError, render
from supercargo.reference.tariff.layers import COLUMNS
from supercargo.reference.tariff.official import Fault

DAY = date(2026, 3, 1)
HEADER = ",".join(COLUMNS) + "\n"


def layer(tmp_path, rows, name="rows.csv"):
    path = tmp_path / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def tariff(tmp_path, rows, kind="loaded"):
    return Tariff((), {}).with_layer(layer(tmp_path, rows), kind)


def test_several_lines_under_six_digits_give_the_highest_and_say_the_range(tmp_path):
    found = tariff(
        tmp_path,
        "XX,64029905,3%,2024-01-01,,file,high,,,,\nXX,64029931,6%,2024-01-01,,file,high,,,,\nXX,64029990,20%,2024-01-01,,file,high,,,,\n",
    ).lookup("XX", "6402.99", DAY)
    assert (render(found.rate), found.line.code, found.reach) == ("20%", "64029990", "below")
    assert (found.ambiguous.lowest.ad_valorem, found.ambiguous.highest.ad_valorem) == (3, 20)
    assert len(found.ambiguous.lines) == 3
    assert found.ambiguous.other_shapes == ()
    assert str(found.ambiguous) == "3 national lines, 3% to 20%"


def test_a_line_charged_by_the_pair_is_pointed_out_beside_the_answer(tmp_path):
    found = tariff(
        tmp_path,
        "US,64029905,3%,2024-01-01,,file,high,,,,\nUS,64029979,90¢/pr. + 37.5%,2024-01-01,,file,high,,,,\n",
    ).lookup("US", "640299", DAY)
    assert render(found.rate) == "3%"
    assert [row.code for row in found.ambiguous.other_shapes] == ["64029979"]
    assert "64029979" in found.doubt.en
    assert "64029979" in found.doubt.zh


def test_a_line_that_is_not_computable_is_found_with_its_reason(tmp_path):
    found = tariff(tmp_path, "US,91021110,44¢ each + 6% on the case,2024-01-01,,file,high,,,,\n").lookup("US", "91021110", DAY)
    assert found.rate.code == "parts_of_value"
    assert found.doubt.en.startswith("Not computable")


def test_lines_that_say_the_same_are_not_ambiguous(tmp_path):
    found = tariff(
        tmp_path,
        "XX,61091000,12%,2024-01-01,,f,high,,,,\nXX,61091090,12.0%,2024-01-01,,f,high,,,,\n",
    ).lookup("XX", "610910", DAY)
    assert found.ambiguous is None


CODES = {
    "the line itself": ("6109.10.00", "61091000", "line"),
    "a statistical line below it": ("6109 1000 40", "61091000", "line"),
    "its subheading": ("６１０９１０", "61091000", "below"),
    "another country's last digits": ("61091022", "61091000", "six_digits"),
}


@pytest.mark.parametrize(("asked", "line", "reach"), CODES.values(), ids=CODES)
def test_a_code_of_any_length_reaches_its_line_and_says_how(tmp_path, asked, line, reach):
    found = tariff(tmp_path, "XX,61091000,12%,2024-01-01,,f,high,,,,\n").lookup("XX", asked, DAY)
    assert (found.line.code, found.reach) == (line, reach)
    assert (found.doubt is None) == (reach != "six_digits")


def test_each_side_of_the_first_and_the_last_day(tmp_path):
    table = tariff(
        tmp_path,
        "XX,610910,12%,2024-01-01,2025-01-01,f,high,,,,\nXX,610910,10%,2025-01-01,2026-01-01,f,high,,,,\n",
    )
    answers = {
        date(2023, 12, 31): "before_our_records", date(2024, 1, 1): "12%",
        date(2024, 12, 31): "12%", date(2025, 1, 1): "10%",
        date(2025, 12, 31): "10%", date(2026, 1, 1): "ended",
    }  # fmt: skip
    for day, expected in answers.items():
        found = table.lookup("XX", "610910", day)
        given = found.code if isinstance(found, NotFound) else render(found.rate)
        assert given == expected, day
    assert table.lookup("XX", "610910", date(2023, 12, 31)).first_day == date(2024, 1, 1)


REFUSED = {
    "a market without a tariff": ("ZZ", "610910", "market_unknown"),
    "a code without a line": ("XX", "610990", "code_unknown"),
    "five digits": ("XX", "61091", "code_invalid"),
    "letters": ("XX", "61O910", "code_invalid"),
}


@pytest.mark.parametrize(("market", "code", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_known_is_refused_and_never_zero(tmp_path, market, code, why):
    answer = tariff(tmp_path, "XX,610910,12%,2024-01-01,,f,high,,,,\n").lookup(market, code, DAY)
    assert isinstance(answer, NotFound)
    assert answer.code == why
    assert answer.reason.en
    assert answer.reason.zh


def test_a_ruling_of_the_users_wins_over_the_loaded_file_and_that_over_the_starter(tmp_path):
    loaded = layer(
        tmp_path,
        "US,61091000,15%,2026-01-01,,HTS 2026,high,,,,\nUS,61099010,30%,2026-01-01,,HTS 2026,high,,,,\n",
    )
    user = layer(tmp_path, "US,6109901050,28%,2026-02-01,,ruling N123,high,,,,\n", "user.csv")
    table = Tariff.shipped().with_layer(user, "user").with_layer(loaded, "loaded")
    cotton = table.lookup("US", "61091000", DAY)
    assert (render(cotton.rate), cotton.layer) == ("15%", "loaded")
    ruled = table.lookup("US", "6109.90.10.50", DAY)
    assert (render(ruled.rate), ruled.layer, ruled.source) == ("28%", "user", "ruling N123")
    beside = table.lookup("US", "6109.90.10.07", DAY)
    assert (render(beside.rate), beside.layer) == ("30%", "loaded")
    assert {line.layer for line in table.lookup("US", "610990", DAY).lines} == {"user", "loaded"}
    before = table.lookup("US", "6109.90.10.50", date(2026, 1, 31))
    assert (render(before.rate), before.layer) == ("30%", "loaded")


def test_a_ruling_on_six_digits_hides_every_line_below(tmp_path):
    user = layer(tmp_path, "US,640299,5%,2025-01-01,,ruling,high,,,,\n")
    found = Tariff.shipped().with_layer(user, "user").lookup("US", "64029931", DAY)
    assert (render(found.rate), found.layer) == ("5%", "user")


def test_every_fault_of_a_users_file_is_listed_and_nothing_is_taken_over(tmp_path):
    path = layer(
        tmp_path,
        "usa,61091000,5%,2024-01-01,,f,high,,,,\n"
        "US,6109,5%,2024-01-01,,f,high,,,,\n"
        "US,61091000,,2024-01-01,,f,high,,,,\n"
        "US,61091000,24 + 4.2 EUR/100 kg,2024-01-01,,f,high,,,,\n"
        "US,61091000,5%,1.1.2024,,f,high,,,,\n"
        "US,61091000,5%,2024-01-01,2024-01-01,f,high,,,,\n"
        "US,61091000,5%,2024-01-01,,,high,,,,\n"
        "US,61091000,5%,2024-01-01,,f,sure,,,,\n"
        "US,61091000,5%\n",
    )
    with pytest.raises(TariffFileError) as error:
        Tariff.shipped().with_layer(path, "user")
    assert [(fault.row_number, fault.code) for fault in error.value.faults] == [
        (2, "market"), (3, "code"), (4, "expression"), (5, "expression"), (6, "since"),
        (7, "until"), (8, "source"), (9, "confidence"), (10, "width"),
    ]  # fmt: skip
    assert all(isinstance(f, Fault) and f.message.zh for f in error.value.faults)
    assert "and 6 more" in str(error.value)


def test_a_users_misspelt_duty_is_kept_and_refused_only_when_it_is_asked(tmp_path):
    found = tariff(tmp_path, "XX,610910,abut 5%,2024-01-01,,f,high,,,,\n", "user").lookup("XX", "610910", DAY)
    assert found.rate.code == "not_understood"


def test_the_chinese_preference_is_the_dearest_of_the_lines_and_absent_if_one_has_none(tmp_path):
    both = "XX,95030010,5%,2024-01-01,,f,high,,Free,g,medium\n"
    table = tariff(tmp_path, both + "XX,95030099,5%,2024-01-01,,f,high,,1%,g,low\n")
    preference = table.lookup("XX", "950300", DAY).preference_cn
    assert (preference.rate.ad_valorem, preference.confidence) == (Decimal(1), "low")
    one = tariff(tmp_path, both + "XX,95030099,5%,2024-01-01,,f,high,,,,\n")
    assert one.lookup("XX", "950300", DAY).preference_cn is None
