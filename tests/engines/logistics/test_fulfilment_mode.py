"""Direct mail, warehouse or FBA: costs to the cent, turning points to the unit."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.logistics import fulfilment_mode
from supercargo.engines.logistics.fulfilment_mode import Facts, Mode
from supercargo.engines.logistics.fulfilment_mode.volumes import Curve, Line, ranges
from supercargo.kernel.column import Batch
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.kernel.unit import Unit
from supercargo.reference.law import Law

LAW = Law(date(2026, 11, 22))


def eur(amount, name):
    return Figure.money(str(amount), "EUR", name, path=f"modes.{name}")


def mode(name, unit_cost, days, stock_days=0, value=10, returns="0", return_cost=0, carbon="1", **more):
    given = {key: eur(amount, key) for key, amount in more.items()}
    return Mode(
        name, eur(unit_cost, "unit cost"), Figure.of(days, "days", "days p50"), Figure.of(days + 4, "days", "days p90"),
        Figure.of(stock_days, "days", "stock days"), eur(value, "unit value"), Figure.percent(returns, "returns rate"),
        eur(return_cost, "cost of a return"), Figure.of(carbon, "kg", "carbon"), **given,
    )  # fmt: skip


MAIL = mode("direct_mail", "8.00", 10, carbon="3")
HOUSE = mode("overseas_warehouse", "5.00", 4, stock_days=73, monthly_cost=300, carbon="0.5")
FBA = mode("fba", "5.50", 2, stock_days=73, returns="5", return_cost=4, monthly_cost=40, carbon="0.6")


def decide(volume, *modes, rate="10"):
    return fulfilment_mode.decide(
        Facts("DE", "EUR", Figure.of(volume, "item", "monthly units"), Figure.percent(rate, "cost of capital"), modes), LAW
    )


def test_a_way_costs_its_units_its_capital_its_returns_and_its_month():
    # capital 10 x 10 % x 73 / 365 = 0.20; returns 5 % x 4 = 0.20; 5.50 + 0.40 = 5.90; 100 x 5.90 + 40 = 630
    (fba,) = decide(100, FBA).compared
    assert (fba.capital_cost.amount, fba.returns_cost.amount, fba.unit_total.amount) == (Decimal("0.20"), Decimal("0.20"), Decimal("5.90"))
    assert (fba.monthly_total.amount, fba.per_unit.amount) == (Decimal("630.00"), Decimal("6.30"))
    # 100 x 10 x 73 days x 12 / 365 = 2400
    assert fba.cash_tied_up.amount == Decimal("2400.00")


def test_capital_below_a_cent_is_not_lost():
    # 1.00 x 10 % x 7 / 365 = 0.0019178... -> 0.0019; 10,000 units: 19.00
    (way,) = decide(10_000, mode("direct_mail", "0", 5, stock_days=7, value=1)).compared
    assert (way.capital_cost.amount, way.monthly_total.amount) == (Decimal("0.0019"), Decimal("19.00"))


def test_which_way_is_the_cheapest_at_which_volume():
    # mail 8.00 v; fba 5.90 v + 40; house 5.20 v + 300
    # fba < mail: 2.10 v > 40, v > 19.05 -> 20; house < fba: 0.70 v > 260, v > 371.4 -> 372
    decision = decide(100, MAIL, HOUSE, FBA)
    assert [(found.name, found.from_units, found.to_units) for found in decision.ranges] == [
        ("direct_mail", 1, 19),
        ("fba", 20, 371),
        ("overseas_warehouse", 372, None),
    ]
    assert decision.break_even == {"direct_mail": None, "overseas_warehouse": 372, "fba": None}
    assert decision.cheapest.word == "fba"
    assert decision.least_monthly_total.amount == Decimal("630.00")


@pytest.mark.parametrize(("volume", "word"), [(19, "direct_mail"), (20, "fba"), (371, "fba"), (372, "overseas_warehouse")])
def test_the_cheapest_turns_where_the_ranges_say(volume, word):
    assert decide(volume, MAIL, HOUSE, FBA).cheapest.word == word


def test_a_way_that_draws_level_does_not_take_over():
    # 8 v against 5 v + 300: level at 100
    decision = decide(100, MAIL, mode("overseas_warehouse", "5.00", 4, monthly_cost=300))
    assert decision.break_even["overseas_warehouse"] == 101
    assert decision.cheapest.word == "direct_mail"


def test_the_least_of_a_first_leg_bends_the_cost():
    # house: 4 v + max(500, 2 v); mail 8 v: 4 v > 500 -> 126; beyond 250 units 6 v < 8 v
    decision = decide(100, MAIL, mode("overseas_warehouse", "4.00", 4, batch_cost="2.00", batch_least=500))
    assert decision.break_even["overseas_warehouse"] == 126
    assert decision.compared[1].monthly_total.amount == Decimal("900.00")
    assert decide(300, mode("w", "4.00", 4, batch_cost="2.00", batch_least=500)).compared[0].monthly_total.amount == Decimal("1800.00")


def test_a_way_may_win_only_in_between():
    # house: 5 v + max(100, 4 v); mail 8 v: 3 v > 100 from 34, but beyond 25 units it costs 9 v: never; with 2.5: 7.5 v from 34 on
    never = decide(50, MAIL, mode("w", "5.00", 4, batch_cost="4.00", batch_least=100))
    assert never.break_even == {"direct_mail": 1, "w": None}


def test_the_frontier_keeps_what_nothing_beats():
    beaten = replace(MAIL, name="slow_mail", days_p50=Figure.of(20, "days", "d"))
    assert decide(100, MAIL, HOUSE, FBA, beaten).frontier == ("direct_mail", "overseas_warehouse", "fba")


@pytest.mark.parametrize(("code", "volume", "modes"), [("FUL-101", 1, ()), ("FUL-102", 1, (MAIL, MAIL)), ("FUL-103", 0, (MAIL,))])
def test_what_cannot_be_compared_is_refused(code, volume, modes):
    with pytest.raises(Refused) as refused:
        decide(volume, *modes)
    assert refused.value.findings[0].code == code


def test_every_line_of_the_explanation_has_a_source():
    decision = decide(100, MAIL, HOUSE, FBA)
    assert all(line.source not in ("", "arithmetic") for line in explain(decision.least_monthly_total))


LINES = st.builds(Line, st.integers(0, 2000).map(Fraction), st.integers(0, 2000).map(lambda cents: Fraction(cents, 100)))
CURVES = st.lists(st.lists(LINES, min_size=1, max_size=2).map(tuple), min_size=1, max_size=4).map(
    lambda all_lines: tuple(Curve(f"way {number}", lines) for number, lines in enumerate(all_lines))
)


@given(CURVES)
def test_in_every_range_its_way_is_the_cheapest(curves):
    by_name = {curve.name: curve for curve in curves}
    found = ranges(curves)
    assert found[0].from_units == 1
    assert found[-1].to_units is None
    for this in found:
        last = this.to_units or this.from_units + 100_000
        for units in {this.from_units, last, (this.from_units + last) // 2}:
            assert by_name[this.name].at(units) == min(curve.at(units) for curve in curves)
    for before, after in itertools.pairwise(found):
        assert before.to_units + 1 == after.from_units
        assert by_name[after.name].at(after.from_units) < by_name[before.name].at(after.from_units)


def test_in_bulk_as_one_by_one():
    volumes = [1, 19, 20, 100, 371, 372, 5000]
    batch = Batch()
    units = batch.input("units", Unit.of("item"), 0, 1, 1_000_000, "units")
    decision = fulfilment_mode.decide(Facts("DE", "EUR", units, Figure.percent("10", "cost of capital"), (MAIL, HOUSE, FBA)), LAW)
    table = batch.run(pl.DataFrame({"units": volumes}))
    alone = [decide(volume, MAIL, HOUSE, FBA) for volume in volumes]
    for number, name in enumerate(("monthly cost", "monthly cost (2)", "monthly cost (3)")):
        scale = decision.compared[number].monthly_total.scale
        assert [Decimal(value).scaleb(-scale) for value in table[name]] == [one.compared[number].monthly_total.amount for one in alone]
    words = nw.from_native(table).select(word=decision.cheapest.expr).to_native()["word"]
    assert [decision.cheapest.words[code] for code in words] == [one.cheapest.word for one in alone]
    scale = decision.least_monthly_total.scale
    assert [Decimal(value).scaleb(-scale) for value in table["least monthly cost"]] == [one.least_monthly_total.amount for one in alone]
    assert (decision.ranges, decision.frontier, decision.break_even) == ((), (), None)
