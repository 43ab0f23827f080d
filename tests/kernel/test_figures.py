"""One exact amount: units, rounding, and a trace that can be computed again."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.kernel.explain import explain, formula, steps
from supercargo.kernel.figure import Figure, half_up_quotient, single, whole_steps
from supercargo.kernel.unit import UnitMismatchError
from supercargo.kernel.verdict import choose, larger_of, smaller_of

WIDE = Context(prec=200)
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
SIZES = st.decimals(min_value=Decimal("0.0001"), max_value=10**6, places=4, allow_nan=False, allow_infinity=False)


def eur(amount, name="an amount"):
    return Figure.money(amount, "EUR", name)


@given(AMOUNTS, st.integers(0, 4))
def test_rounding_is_half_away_from_zero_also_below_zero(amount, digits):
    exact = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, WIDE)
    assert eur(amount).rounded(digits).amount == exact


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("-2.675", "-2.68"), ("0.0049", "0.00"), ("-0.0049", "0.00")],
)
def test_a_half_cent_goes_away_from_zero(amount, rounded):
    assert eur(amount).rounded().amount == Decimal(rounded)


@pytest.mark.parametrize(
    ("currency", "amount", "rounded"), [("JPY", "1499.5", "1500"), ("KWD", "1.2345", "1.235"), ("EUR", "1.005", "1.01")]
)
def test_money_is_rounded_to_the_minor_unit_of_its_currency(currency, amount, rounded):
    assert Figure.money(amount, currency).rounded().amount == Decimal(rounded)


@given(AMOUNTS, SIZES, st.integers(0, 6))
def test_a_quotient_is_the_exact_one_rounded_once(dividend, divisor, digits):
    exact = WIDE.divide(dividend, divisor).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, WIDE)
    assert half_up_quotient(dividend, divisor, digits) == exact
    assert half_up_quotient(dividend, -divisor, digits) == -exact


@given(st.decimals(min_value=0, max_value=10**6, places=3), SIZES)
def test_started_steps_count_whole(amount, step):
    assert whole_steps(amount, step) == WIDE.divide(amount, step).to_integral_value(ROUND_CEILING)
    up = eur(amount).rounded_up(eur(step))
    assert up.amount >= amount > up.amount - step or amount == 0


def test_no_digit_is_lost_before_the_rounding():
    """Thirty-four digits are more than Decimal's usual twenty-eight: negating and sharing must keep them all."""
    long = Decimal("12345678901234567890123456789012.34")
    assert (-eur(long)).amount == Decimal(f"-{long}")
    assert (eur(long) - eur(long)).amount == 0


def test_euros_and_dollars_do_not_mix():
    goods, fee = eur(40, "goods"), Figure.money(2, "USD", "fee")
    for operation in (lambda: goods + fee, lambda: goods - fee, lambda: goods <= fee, lambda: goods > fee, lambda: goods.rounded_up(fee)):
        with pytest.raises(UnitMismatchError, match=r"goods in EUR and fee in USD"):
            operation()
    with pytest.raises(UnitMismatchError):
        choose(goods <= eur(1), goods, fee)


def test_units_multiply_and_divide_away():
    rate, weight = Figure.of("2.50", "EUR/kg", "rate"), Figure.of(3, "kg", "weight")
    assert str((rate * weight).unit) == "EUR"
    assert (eur(10).over(weight, 2)).shown() == "3.33 EUR/kg"


def test_an_amount_without_a_minor_unit_says_so_instead_of_guessing():
    with pytest.raises(TypeError, match="say how many digits"):
        Figure.of("1.234", "kg", "weight").rounded()


def test_a_binary_float_is_refused():
    with pytest.raises(TypeError, match="binary float"):
        Figure.money(0.1, "EUR")  # the mistake under test
    with pytest.raises(ValueError, match="finite"):
        Figure.money("NaN", "EUR")


def test_a_comparison_cannot_steer_an_if():
    with pytest.raises(TypeError, match="choose"):
        bool(eur(1) <= eur(2))


def test_a_negative_amount_is_not_rounded_up_to_steps():
    with pytest.raises(ValueError, match="non-negative"):
        eur(-1).rounded_up(eur(1))


def recomputed(figure: Figure) -> Decimal:
    """Compute a figure again from its parts, by what it says of itself."""
    parts = [part.amount for part in figure.parts]
    match figure.how:
        case "+":
            return WIDE.add(*parts)
        case "-":
            return WIDE.subtract(*parts)
        case "*":
            return WIDE.multiply(*parts)
        case "/":
            digits = -figure.amount.as_tuple().exponent
            return WIDE.divide(*parts).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, WIDE)
        case "negated":
            return -parts[0]
        case "rounded":
            return parts[0].quantize(figure.amount, ROUND_HALF_UP, WIDE)
        case "rounded up":
            return WIDE.divide(*parts).to_integral_value(ROUND_CEILING) * parts[1]
        case "chosen" | "sum":
            return parts[0]
        case _:
            return figure.amount


def all_below(figure: Figure):
    yield figure
    for part in figure.parts:
        yield from all_below(part)


@given(AMOUNTS, AMOUNTS, SIZES)
def test_the_trace_recomputes(first, second, size):
    a, b, rate = eur(first, "a"), eur(second, "b"), Figure.of(size, "", "rate")
    total = (a + b).named("total", per="term-total")
    share = (total * rate).rounded().named("share", per="term-total")
    bounded = smaller_of(larger_of(share, -total), total - share).named("bounded", per="term-total")
    each = bounded.over(rate, 3).named("each", per="term-total")
    for step in all_below(each):
        assert recomputed(step) == step.amount, (step.how, step)
    assert [step.name for step in steps(each)][-1] == "each"


def test_an_explanation_reads_from_parts_to_the_whole():
    goods = Figure.money("40.00", "EUR", "goods value", path="lines[0].goods")
    tax = (goods * Figure.percent("19", "VAT rate", path="tax_rate")).rounded().named("VAT", per="term-vat")
    lines = explain(tax)
    assert [(line.name, line.shown, line.formula, line.source, line.path) for line in lines] == [
        ("goods value", "40.00 EUR", "", "given", "lines[0].goods"),
        ("VAT rate", "19 %", "", "given", "tax_rate"),
        ("VAT", "7.60 EUR", "goods value 40.00 EUR × VAT rate 19 % → 7.60 EUR", "term-vat", ""),
    ]


@pytest.mark.parametrize(
    ("build", "written"),
    [
        (lambda a, b, c: (a + b) * c, "(a 1 + b 2) × c 3"),
        (lambda a, b, c: a - (b + c), "a 1 − (b 2 + c 3)"),
        (lambda a, b, c: a - (b - c), "a 1 − (b 2 − c 3)"),
        (lambda a, b, c: (a - b) - c, "a 1 − b 2 − c 3"),
        (lambda a, b, c: a.over(b * c, 2), "a 1 ÷ (b 2 × c 3)"),
        (lambda a, b, c: (a * b).over(c, 2), "a 1 × b 2 ÷ c 3"),
        (lambda a, b, c: a + b * c, "a 1 + b 2 × c 3"),
    ],
)
def test_a_formula_is_written_with_the_brackets_that_it_needs(build, written):
    a, b, c = (Figure.of(number, "", name) for number, name in ((1, "a"), (2, "b"), (3, "c")))
    assert formula(build(a, b, c).named("result")) == written


def test_a_single_case_is_asked_for_by_name():
    assert single(eur(1)).amount == 1
