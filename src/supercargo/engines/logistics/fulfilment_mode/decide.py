"""Direct mail, a warehouse abroad or FBA for one product and market at a monthly volume."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supercargo.engines.logistics.fulfilment_mode import rules
from supercargo.engines.logistics.fulfilment_mode.facts import Compared, Decision, Facts, Mode
from supercargo.engines.logistics.fulfilment_mode.volumes import Curve, Line, ranges
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.label import Label, pick_word
from supercargo.kernel.verdict import choose
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from decimal import Decimal

    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law

NO_MODES = "FUL-101"
TWICE = "FUL-102"
NO_VOLUME = "FUL-103"


def decide(facts: Facts, law: Law) -> Decision:  # noqa: ARG001 - every question is asked in this way
    """Compare the ways on cost, days, cash, returns and carbon, and find the volumes where the choice turns.

    Raises:
        Refused: FUL-101 there is nothing to compare, FUL-102 a way is given twice, FUL-103 nothing is sold.
    """
    _complete(facts)
    compared = tuple(_compare(mode, facts) for mode in facts.modes)
    cheapest, least = _cheapest(compared)
    if not all(isinstance(way.monthly_total, Figure) for way in compared):
        return Decision(compared, cheapest, least.named("least monthly cost", per="term-monthly-cost"))
    found = ranges(tuple(_curve(mode, way) for mode, way in zip(facts.modes, compared, strict=True)))
    last = {found[-1].name: found[-1].from_units}
    return Decision(
        compared, cheapest, least.named("least monthly cost", per="term-monthly-cost"), _frontier(compared), found,
        {mode.name: last.get(mode.name) for mode in facts.modes},
    )  # fmt: skip


def _complete(facts: Facts) -> None:
    if not facts.modes:
        raise refuse(NO_MODES, "modes", "no way of fulfilment is given to compare", "give at least one")
    names = [mode.name for mode in facts.modes]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise refuse(TWICE, "modes", said("the way {name} is given twice", name=twice), "give each way once")
    if isinstance(facts.monthly_volume, Figure) and facts.monthly_volume.amount <= 0:
        raise refuse(NO_VOLUME, "monthly_volume", "without monthly sales no cost per unit can be stated", "give at least one unit a month")


def _compare(mode: Mode, facts: Facts) -> Compared:
    units = (facts.monthly_volume * Figure.of(1, "1/item")).named("number of units", per="term-monthly-cost")
    capital = rules.capital_cost(mode.unit_value, mode.stock_days, facts.cost_of_capital)
    returns = rules.returns_cost(mode.returns_rate, mode.return_cost)
    unit = rules.unit_total(mode.unit_cost, capital, returns)
    batch = None if mode.batch_cost is None else rules.batch_total(units, mode.batch_cost, mode.batch_least)
    monthly = rules.monthly_total(units, unit, mode.monthly_cost, batch)
    return Compared(
        mode.name, unit, capital, returns, monthly, monthly.over(units).named("cost per unit", per="term-unit-cost"),
        rules.cash_tied_up(units, mode.unit_value, mode.stock_days), mode.days_p50, mode.days_p90, mode.carbon,
    )  # fmt: skip


def _cheapest(compared: tuple[Compared, ...]) -> tuple[Label, Quantity]:
    first, *others = compared
    word, least = Label((first.name,)), first.monthly_total
    for way in others:
        cheaper = way.monthly_total < least
        word, least = pick_word(cheaper, way.name, word), choose(cheaper, way.monthly_total, least)
    return word, least


def _measures(way: Compared) -> tuple[Decimal, ...]:
    measured = (way.monthly_total, way.days_p50, way.days_p90, way.cash_tied_up, way.carbon)
    return tuple(quantity.amount for quantity in measured if isinstance(quantity, Figure))


def _frontier(compared: tuple[Compared, ...]) -> tuple[str, ...]:
    return tuple(way.name for way in compared if not any(_beats(other, way) for other in compared))


def _beats(this: Compared, that: Compared) -> bool:
    ours, theirs = _measures(this), _measures(that)
    return ours != theirs and all(mine <= other for mine, other in zip(ours, theirs, strict=True))


def _curve(mode: Mode, way: Compared) -> Curve:
    fixed, each = _exact(mode.monthly_cost), _exact(way.unit_total)
    if mode.batch_cost is None:
        return Curve(mode.name, (Line(fixed, each),))
    by_unit = Line(fixed, each + _exact(mode.batch_cost))
    if mode.batch_least is None:
        return Curve(mode.name, (by_unit,))
    return Curve(mode.name, (Line(fixed + _exact(mode.batch_least), each), by_unit))


def _exact(quantity: Quantity | None) -> Fraction:
    return Fraction(quantity.amount) if isinstance(quantity, Figure) else Fraction(0)
