"""A whole table: the same operators give the same amounts as one by one, in every dialect, or refuse."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.kernel.column import Batch, TooLargeError
from supercargo.kernel.figure import Figure
from supercargo.kernel.label import pick_word
from supercargo.kernel.unit import RATIO, Unit, UnitMismatchError
from supercargo.kernel.verdict import choose, larger_of, smaller_of

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

EUR, ITEM = Unit.of("EUR"), Unit.of("item")
DIALECTS = {"narwhals": Batch, "polars": Batch.on_polars, "spark": Batch.for_spark}
"""Spark's formula for division runs on Polars here; on Spark itself the tests of the cluster run it."""


class Case(NamedTuple):
    """Two amounts, a count and a rate: of one row, or of a table."""

    a: Quantity
    b: Quantity
    n: Quantity
    r: Quantity


OPERATIONS = {
    "sum": lambda x: x.a + x.b,
    "difference": lambda x: x.a - x.b,
    "opposite": lambda x: -(x.a - x.b),
    "product": lambda x: x.a * x.r,
    "to the cent": lambda x: (x.a * x.r).rounded(),
    "to a digit": lambda x: (x.a - x.b).rounded(1),
    "to ten digits": lambda x: (x.a * x.r).rounded(10),
    "divided by a count": lambda x: x.a.over(x.n, 2),
    "divided to the whole": lambda x: (x.a - x.b).over(x.n, 0),
    "divided finer": lambda x: x.a.over(x.n, 4),
    "divided by a rate": lambda x: (x.a * x.r).over(ONE + x.r),
    "divided by a constant": lambda x: x.a.over(SEVEN, 3),
    "a constant divided": lambda x: SEVEN.over(ONE + x.r, 6),
    "rounded up to steps": lambda x: x.n.rounded_up(Figure.of(7, "item", "step")),
    "rounded up to half steps": lambda x: x.n.rounded_up(Figure.of("0.5", "item", "half a step")),
    "smaller": lambda x: smaller_of(x.a, x.b),
    "larger": lambda x: larger_of(x.a * x.r, x.b * x.r).rounded(),
    "chosen above": lambda x: choose(x.a > x.b, x.a, x.b),
    "chosen below": lambda x: choose(x.a < x.b, x.a * x.r, x.b * x.r),
    "chosen at least": lambda x: choose(x.a >= x.b, -x.a, x.b),
    "chosen by the opposite": lambda x: choose((x.a <= x.b).fails(), x.a, x.b),
    "chosen by two questions": lambda x: choose((x.a <= x.b) & (x.b <= HUNDRED), x.a, x.b),
    "chosen among constants": lambda x: choose(x.a <= HUNDRED, HUNDRED, ZERO),
    "with a constant": lambda x: HUNDRED - x.a + HUNDRED,
    "in steps": lambda x: ((x.a + x.b).named("joined", per="x") * x.r).rounded().named("share", per="x") - x.a,
}
ONE, SEVEN = Figure.of(1, "", "one"), Figure.of(7, "", "seven")
HUNDRED, ZERO = Figure.money(100, "EUR", "hundred"), Figure.nothing("EUR", "nothing", per="x")
CENTS = st.one_of(st.integers(-(10**9), 10**9), st.integers(-300, 300), st.sampled_from([-1, 0, 1, 9_999, 10_000, 10_001]))
ROWS = st.lists(st.tuples(CENTS, CENTS, st.integers(1, 10**4), st.integers(0, 10**6)), min_size=1, max_size=12)


def figures(row):
    a, b, n, r = row
    return Case(
        Figure.money(Decimal(a).scaleb(-2), "EUR", "a"), Figure.money(Decimal(b).scaleb(-2), "EUR", "b"),
        Figure.of(n, "item", "n"), Figure.of(Decimal(r).scaleb(-6), "", "r"),
    )  # fmt: skip


def columns(batch, table):
    units = {"a": (EUR, 2), "b": (EUR, 2), "n": (ITEM, 0), "r": (RATIO, 6)}
    return Case(*(batch.input(name, unit, scale, table[name].min(), table[name].max()) for name, (unit, scale) in units.items()))


def in_bulk(operation, table, batch):
    result = operation(columns(batch, table)).named("result", per="x")
    computed = batch.run(table, ["result"])
    assert result.low <= computed["result"].min() <= computed["result"].max() <= result.high
    return [Decimal(value).scaleb(-result.scale) for value in computed["result"]]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", OPERATIONS)
@given(rows=ROWS)
def test_a_table_agrees_with_its_rows_exactly(dialect, name, rows):
    operation = OPERATIONS[name]
    table = pl.DataFrame(rows, schema=["a", "b", "n", "r"], orient="row")
    assert in_bulk(operation, table, DIALECTS[dialect]()) == [operation(figures(row)).amount for row in rows]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("divisor", [2, 4, 5, 8, 9, 25])
def test_every_tie_below_and_above_zero_rounds_away_from_zero(dialect, divisor):
    values = list(range(-3 * divisor * 10, 3 * divisor * 10 + 1))
    table = pl.DataFrame({"a": values})
    batch = DIALECTS[dialect]()
    a = batch.input("a", EUR, 2, min(values), max(values))
    a.over(Figure.of(divisor, "", "divisor"), 2).named("divided", per="x")
    a.rounded(1).named("rounded", per="x")
    computed = batch.run(table)
    figures_ = [Figure.money(Decimal(value).scaleb(-2), "EUR") for value in values]
    assert computed["divided"].to_list() == [int(figure.over(Figure.of(divisor, ""), 2).amount.scaleb(2)) for figure in figures_]
    assert computed["rounded"].to_list() == [int(figure.rounded(1).amount.scaleb(1)) for figure in figures_]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_words_are_picked_row_by_row(dialect):
    batch = DIALECTS[dialect]()
    a = batch.input("a", EUR, 2, 0, 30_000)
    low = (a <= HUNDRED).named("low")
    label = pick_word(low, "nobody", pick_word(a <= Figure.money(200, "EUR", "limit"), "seller", "customs"))
    batch.add("who", label.expr, label.level + 1, None, 0, "")
    table = batch.run(pl.DataFrame({"a": [10_000, 10_001, 20_000, 20_001]}))
    assert [label.words[number] for number in table["who"]] == ["nobody", "seller", "seller", "customs"]
    with pytest.raises(TypeError, match="every row"):
        _ = label.word


def test_overflow_is_proved_when_the_expression_is_built():
    batch = Batch.on_polars()
    a = batch.input("a", EUR, 2, 0, 10**12)
    with pytest.raises(TooLargeError, match="one by one"):
        _ = a * a
    with pytest.raises(TooLargeError):
        a.over(Figure.of("1.5", ""), 12)
    with pytest.raises(TooLargeError):
        batch.constant(Figure.of(10**19, ""))
    with pytest.raises(TooLargeError):
        _ = a + Figure.of("0.000000001", "EUR")


def test_a_quotient_that_a_double_cannot_hold_is_refused_on_spark_alone():
    for make, refuses in ((Batch.on_polars, False), (Batch.for_spark, True)):
        a = make().input("a", EUR, 3, 0, 4 * 10**17)
        if refuses:
            with pytest.raises(TooLargeError, match="divides exactly"):
                a.rounded()
        else:
            a.rounded()


def test_units_are_checked_when_the_expression_is_built():
    batch = Batch.on_polars()
    euros, dollars = batch.input("a", EUR, 2, 0, 9), batch.input("b", Unit.of("USD"), 2, 0, 9)
    for operation in (
        lambda: euros + dollars,
        lambda: euros <= dollars,
        lambda: HUNDRED - dollars,
        lambda: choose(euros <= HUNDRED, euros, dollars),
    ):
        with pytest.raises(UnitMismatchError):
            operation()


def test_what_cannot_be_right_for_every_row_is_refused():
    batch = Batch.on_polars()
    a = batch.input("a", EUR, 2, -1, 10)
    with pytest.raises(ValueError, match="proved positive"):
        ONE.over(a, 2)
    with pytest.raises(ValueError, match="non-negative"):
        a.rounded_up(HUNDRED)
    with pytest.raises(TypeError, match="choose"):
        bool(a <= HUNDRED)


def test_the_same_step_stands_once_and_other_steps_of_its_name_are_numbered():
    batch = Batch.on_polars()
    a = batch.input("a", EUR, 2, 0, 9)
    (a + HUNDRED).named("total")
    (a + HUNDRED).named("total")
    (a - HUNDRED).named("total")
    assert list(batch.steps) == ["total", "total (2)"]


def test_rounded_money_stands_at_the_minor_unit_also_when_it_was_coarser():
    """0.20 GBP for each item is held as 2 tenths; rounded to pence it must be 20, or the table reads 2 pence (found in GB watches)."""
    batch = Batch.on_polars()
    items = batch.input("n", ITEM, 0, 1, 9)
    duty = (items * Figure.of("0.20", "EUR/item", "duty rate")).rounded().named("duty")
    assert duty.scale == 2
    assert batch.run(pl.DataFrame({"n": [1, 3]}))["duty"].to_list() == [20, 60]
