"""Numbers as people write them: read exactly under a decided sign, refused where they can be read in two ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.sheet import NumberFault, gather, is_date, proves, read_amount, read_decimal, read_percent, tidy
from supercargo.connectors.sheet.numbers import SignEvidence

READ = [
    ("12.30", "point", "12.30"),
    ("1,234.56", "point", "1234.56"),
    ("1.234,56", "comma", "1234.56"),
    ("1,234", "point", "1234"),
    ("1,234", "comma", "1.234"),
    ("1.234", "comma", "1234"),
    ("1,234,567", "point", "1234567"),
    ("1,00,000.50", "point", "100000.50"),
    ("1 234,5", "comma", "1234.5"),
    ("1\u00a0234\u202f567,5", "comma", "1234567.5"),
    ("1'234.50", "point", "1234.50"),
    ("１，２３４．５０", "point", "1234.50"),
    (".5", "point", "0.5"),
    ("-12.5", "point", "-12.5"),
    ("\u221212.5", "point", "-12.5"),
    ("(12.5)", "point", "-12.5"),
    ("12.5-", "point", "-12.5"),
    ("+12", None, "12"),
    ("007", None, "7"),
]


@pytest.mark.parametrize(("text", "sign", "value"), READ)
def test_a_number_is_read_exactly_under_its_sign(text, sign, value):
    assert read_decimal(text, sign) == Decimal(value)


REFUSED = [
    ("1.234", None, "ambiguous"),
    ("1,5", "point", "ambiguous"),
    ("1.079,00", "point", "ambiguous"),
    ("1,234.56", "comma", "ambiguous"),
    ("", "point", "empty"),
    ("about 28", "point", "words"),
    ("12 34", "point", "words"),
    ("1.2.3", "point", "words"),
    ("12,34,5", "point", "words"),
    ("½", "point", "words"),
    ("5²", "point", "words"),
    ("٣", "point", "words"),
    ("NaN", "point", "words"),
    ("inf", "point", "words"),
    ("0x10", "point", "words"),
    ("1_000", "point", "words"),
    ("=1+1", "point", "words"),
    ("2026-03-12", "point", "date"),
    ("12/03/2026", "point", "date"),
    ("12.03.2026", "point", "date"),
    ("3月12日", "point", "date"),
    ("12-Mar", "point", "date"),
    ("Mar-26", "point", "date"),
    ("6.10E+09", "point", "exponent"),
    ("#N/A", "point", "error"),
    ("#DIV/0!", "point", "error"),
    ("9" * 29, "point", "long"),
    ("9" * 5000, "point", "long"),
]


@pytest.mark.parametrize(("text", "sign", "fault"), REFUSED)
def test_what_is_no_number_is_refused_with_its_kind_and_a_remedy(text, sign, fault):
    with pytest.raises(NumberFault) as caught:
        read_decimal(text, sign)
    assert caught.value.fault == fault
    assert str(caught.value.remedy)


PROOFS = [
    ("1.234,56", "comma"), ("1,234.56", "point"), ("12.5", "point"), ("12,5", "comma"), ("0.123", "point"), ("0,123", "comma"),
    ("1234,567", "comma"), ("1.234.567", "comma"), ("1,234,567", "point"), ("1 234,567", "comma"), ("€ 5,00", "comma"), ("(1.50)", "point"),
    ("1.234", None), ("1,234", None), ("-1,234", None), ("¥1,234", None), ("12", None), ("words, too", None), ("12.03.2026", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sign"), PROOFS)
def test_a_single_number_proves_its_sign_or_none(text, sign):
    assert proves(text) == sign


def test_a_column_is_decided_by_its_proofs_and_one_slip_in_five_does_not_turn_it():
    assert gather(["12.5", "1.234", "7"]).sign == "point"
    assert gather(["1,5", "1.234"]).sign == "comma"
    assert gather(["1.234", "5.678"]) == SignEvidence(0, 0, 2)
    assert gather(["1.234", "5.678"]).sign is None
    assert gather(["1.5"] * 5 + ["1,5"]).sign == "point"
    assert gather(["1.5"] * 4 + ["1,5"]).sign is None
    assert gather(["1.5", "1,5"]).is_mixed


AMOUNTS = [
    ("US$ 1,234.50", "1234.50", {"USD"}), ("¥21.80", "21.80", {"CNY", "JPY"}), ("21.80元", "21.80", {"CNY"}), ("RMB 21.80", "21.80", {"CNY"}),
    ("5 EUR", "5", {"EUR"}), ("EUR5", "5", {"EUR"}), ("￥２１．８０", "21.80", {"CNY", "JPY"}), ("-£5", "-5", None), ("£-5", "-5", None), ("5", "5", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "currencies"), AMOUNTS)
def test_an_amount_gives_the_currencies_that_its_sign_may_mean(text, value, currencies):
    if text == "-£5":
        with pytest.raises(NumberFault):
            read_amount(text, "point")
        return
    amount, found = read_amount(text, "point")
    assert amount == Decimal(value)
    assert currencies is None or found == currencies


def test_two_currency_signs_that_contradict_each_other_mean_no_currency():
    assert read_amount("€5 USD", "point") == (Decimal(5), frozenset())


def test_a_percentage_is_a_part_of_one():
    assert read_percent("12.5 %", "point") == Decimal("0.125")
    assert read_percent("１２％", None) == Decimal("0.12")
    assert read_percent("0.12", "point") == Decimal("0.12")


def test_a_pointed_hs_code_is_no_date():
    assert not is_date("6109.10.00")
    assert is_date("2026/3/12 10:30:00")


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
def test_what_is_written_in_either_style_is_read_back_exactly(value):
    english = f"{value:,}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert read_decimal(english, "point") == value
    assert read_decimal(german, "comma") == value
    assert proves(english) == "point"
    assert proves(german) == "comma"


@given(st.text(max_size=40), st.sampled_from(["point", "comma", None]))
def test_any_text_is_a_number_or_a_fault(text, sign):
    try:
        value = read_amount(text, sign)[0]
    except NumberFault:
        return
    assert value.is_finite()
    assert any(character in "0123456789" for character in tidy(text))
