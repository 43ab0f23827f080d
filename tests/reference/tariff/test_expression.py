"""A tariff's words become a value that an adviser can check, or are refused with the reason."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817 - D keeps the golden table readable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.reference.tariff.expression import (
    REASONS,
    DutyRate,
    NotComputable,
    SpecificTerm,
    Terms,
    parse,
    render,
)
from supercargo.reference.tariff.units import UNITS

GOLDEN = {
    "a free line": ("Free", "US", DutyRate(), "Free"),
    "nothing per cent is free": ("0.0%", "EU", DutyRate(), "Free"),
    "a plain percentage": ("16.5%", "US", DutyRate(D("16.5")), "16.5%"),
    "Canada puts a blank before %": ("7.5 %", "CA", DutyRate(D("7.5")), "7.5%"),
    "cents a kilogram and a percentage": (
        "68¢/kg + 6.4%", "US",
        DutyRate(D("6.4"), (SpecificTerm(D("0.68"), "USD", "kg"),)), "6.4% + 0.68 USD/kg",
    ),
    "cents apiece": (
        "2.4¢ each + 5.3%", "US",
        DutyRate(D("5.3"), (SpecificTerm(D("0.024"), "USD", "item"),)), "5.3% + 0.024 USD/item",
    ),
    "dollars a kilogram": (
        "$1.035/kg + 17%", "US",
        DutyRate(D(17), (SpecificTerm(D("1.035"), "USD", "kg"),)), "17% + 1.035 USD/kg",
    ),
    "cents a pair, abbreviated": (
        "90¢/pr. + 37.5%", "US",
        DutyRate(D("37.5"), (SpecificTerm(D("0.9"), "USD", "pair"),)), "37.5% + 0.9 USD/pair",
    ),
    "a square metre in mark-up": (
        "18.7¢/m<sup>2</sup>", "US",
        DutyRate(D(0), (SpecificTerm(D("0.187"), "USD", "m2"),)), "0.187 USD/m2",
    ),
    "a thousand pins are a thousand items": (
        "10¢/1,000 pins + 3.5%", "US",
        DutyRate(D("3.5"), (SpecificTerm(D("0.1"), "USD", "item", D(1000)),)),
        "3.5% + 0.1 USD/1000 item",
    ),
    "between a minimum and a maximum for each": (
        "4.50% MIN 0.30 EUR / item MAX 0.80 EUR / item", "EU",
        DutyRate(
            D("4.5"), (), Terms(D(0), (SpecificTerm(D("0.3"), "EUR", "item"),)),
            Terms(D(0), (SpecificTerm(D("0.8"), "EUR", "item"),)),
        ), "4.5% MIN 0.3 EUR/item MAX 0.8 EUR/item",
    ),
    "a maximum that is itself a sum": (
        "9.10% + 45.10 EUR / 100 kg MAX 18.90% + 16.50 EUR / 100 kg", "EU",
        DutyRate(
            D("9.1"), (SpecificTerm(D("45.1"), "EUR", "kg", D(100)),), None,
            Terms(D("18.9"), (SpecificTerm(D("16.5"), "EUR", "kg", D(100)),)),
        ), "9.1% + 45.1 EUR/100 kg MAX 18.9% + 16.5 EUR/100 kg",
    ),
    "pounds an item, blank after the stroke": (
        "0.20 GBP/ item", "GB",
        DutyRate(D(0), (SpecificTerm(D("0.2"), "GBP", "item"),)), "0.2 GBP/item",
    ),
    "euros a hundred kilograms, closed up": (
        "8.3% + 30.40 EUR/100kg", "EU",
        DutyRate(D("8.3"), (SpecificTerm(D("30.4"), "EUR", "kg", D(100)),)),
        "8.3% + 30.4 EUR/100 kg",
    ),
    "thousands with a comma": (
        "2,765.00 EUR / tonne", "EU",
        DutyRate(D(0), (SpecificTerm(D(2765), "EUR", "t"),)), "2765 EUR/t",
    ),
    "Japan: the greater of two is a minimum": (
        "2.8% or 20 yen/kg, whichever is the greater", "JP",
        DutyRate(D("2.8"), (), Terms(D(0), (SpecificTerm(D(20), "JPY", "kg"),))),
        "2.8% MIN 20 JPY/kg",
    ),
    "Canada: not less than, in Canadian dollars": (
        "256 % but not less than $36.67/hl", "CA",
        DutyRate(D(256), (), Terms(D(0), (SpecificTerm(D("36.67"), "CAD", "hl"),))),
        "256% MIN 36.67 CAD/hl",
    ),
    "Canada writes plus": (
        "$106.50/tonne plus 7 %", "CA",
        DutyRate(D(7), (SpecificTerm(D("106.5"), "CAD", "t"),)), "7% + 106.5 CAD/t",
    ),
}  # fmt: skip

REFUSED = {
    "a watch is charged on its parts": (
        "51¢ each + 6.25% on the case and strap + 5.3% on the battery", "parts_of_value",
    ),
    "an ensemble follows its garments": (
        "The rate applicable to each garment in the ensemble if separately entered",
        "refers_elsewhere",
    ),
    "an additional duty refers to the line": (
        "The duty provided in the applicable subheading + 25%", "refers_elsewhere",
    ),
    "a pointer to chapter 99": ("See 9903.88.15", "refers_elsewhere"),
    "sugar slides with its polarisation": (
        "3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees", "sliding_scale",
    ),
    "the season decides": (
        "8.50% (01 JAN-31 MAY, 1 NOV-31 DEC), 12.00% (01 JUN-31 OCT)", "seasonal",
    ),
    "an agricultural component": ("8.30% +  EA MAX 18.70%  + ADSZ", "agricultural_component"),
    "an entry price": ("Entry Price", "entry_price"),
    "a number without a unit": ("24 + 4.2 EUR/100 kg", "unit_missing"),
    "a condition": ("Free, under bond, as prescribed in U.S. note 1", "conditional"),
    "another basis": ("3 percent of the fair retail value", "other_base"),
    "nothing": ("  ", "empty"),
    "a unit that nobody taught us": ("0.3¢/line/ gross + 4.6%", "not_understood"),
    "two percentages": ("5% + 3%", "not_understood"),
    "a currency that does not exist": ("5 XXZ/kg", "not_understood"),
    "a stray word after a good rate": ("5% maybe", "not_understood"),
    "a third bound": ("5% MIN 1 EUR/kg MIN 2 EUR/kg", "not_understood"),
    "a quantity of nothing": ("5 EUR/0 kg", "not_understood"),
    "a negative rate": ("-5%", "not_understood"),
    "a page of text": ("5% " * 400, "not_understood"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "market", "rate", "ours"), GOLDEN.values(), ids=GOLDEN)
def test_words_become_a_rate_in_our_notation(words, market, rate, ours):
    assert parse(words, market=market) == rate
    assert render(rate) == ours
    assert parse(ours, market=market) == rate


@pytest.mark.parametrize(("words", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_understood_keeps_its_words_and_says_why(words, code):
    refused = parse(words, market="US")
    assert refused == NotComputable(words, code)
    assert refused.reason.en
    assert refused.reason.zh
    assert parse(render(refused)) == refused


def test_dollars_are_those_of_the_market_and_the_european_union_has_none():
    assert parse("$2/kg", market="AU") == parse("2 AUD/kg", market="AU")
    assert parse("$2/kg", market="EU") == NotComputable("$2/kg", "not_understood")


def test_units_that_must_be_known_are_listed_once_each():
    rate = parse("5% + 1 EUR/kg MIN 2 EUR/item MAX 3 EUR/kg", market="EU")
    assert rate.units == ("kg", "item")
    assert not rate.is_ad_valorem


def test_every_reason_is_said_in_both_languages():
    assert all(reason.en and reason.zh for reason in REASONS.values())


amounts = st.decimals(min_value=0, max_value=10**6, places=5, allow_nan=False).map(abs)
specifics = st.builds(
    SpecificTerm,
    amounts,
    st.sampled_from(["USD", "EUR", "GBP", "JPY", "CAD"]),
    st.sampled_from(UNITS),
    st.sampled_from([D(1), D(100), D(1000), D("0.5")]),
)
sums = st.builds(Terms, amounts, st.lists(specifics, max_size=3).map(tuple))
rates = st.builds(
    lambda base, low, high: DutyRate(base.ad_valorem, base.specific, low, high),
    sums, st.none() | sums, st.none() | sums,
)  # fmt: skip


@given(rates)
def test_what_is_rendered_is_read_back_as_the_same_rate(rate):
    assert parse(render(rate)) == rate


@given(st.text(max_size=80))
def test_any_text_is_a_rate_or_is_kept_word_for_word(text):
    answer = parse(text)
    assert parse(render(answer)) == answer
    assert isinstance(answer, DutyRate) or answer.text == text
