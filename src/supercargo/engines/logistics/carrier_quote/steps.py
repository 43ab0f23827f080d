"""The step of a rate card that a weight falls into, for one parcel or for a table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.logistics.ratecard import measure
from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import Verdict, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from supercargo.engines.logistics.ratecard import Step
    from supercargo.kernel.quantity import Quantity
    from supercargo.kernel.verdict import Test

Weights = dict["Decimal | None", "Quantity"]
"""The billed weight for each way of rounding up that occurs in the steps."""


def at_step(steps: Sequence[Step], weights: Weights, outcome: Callable[[Step, Quantity], Quantity]) -> Quantity:
    """Take the outcome of the step that the billed weight falls into.

    One parcel asks for its own step's outcome only, and the explanation shows both of its ends. A table
    computes every step's outcome and chooses from the lightest up. A weight beyond the last step gets
    the last outcome, against which ``beyond`` objects.
    """
    within: list[Test | None] = []
    for step in steps:
        weight = weights[step.rounding_kg]
        test = _within(step, weight)
        if isinstance(weight, Figure) and (not isinstance(test, Verdict) or test.holds):
            return _own(step, weight, test, outcome)
        within.append(test)
    if isinstance(weights[steps[-1].rounding_kg], Figure):
        return _own(steps[-1], weights[steps[-1].rounding_kg], None, outcome)
    *lower, last = steps
    result = outcome(last, weights[last.rounding_kg])
    for step, test in zip(reversed(lower), reversed(within[:-1]), strict=True):
        if test is not None:
            result = choose(test, outcome(step, weights[step.rounding_kg]), result)
    return result


def beyond(steps: Sequence[Step], weights: Weights) -> Test | None:
    """Ask whether the weight lies above the last step; never, when that is open."""
    last = steps[-1]
    if last.up_to_kg is None:
        return None
    return weights[last.rounding_kg] > measure(last.up_to_kg, "kg", "end of the last weight step", last.place)


def _within(step: Step, weight: Quantity) -> Test | None:
    if step.up_to_kg is None:
        return None
    return weight <= measure(step.up_to_kg, "kg", "up to", step.place)


def _own(step: Step, weight: Quantity, test: Test | None, outcome: Callable[[Step, Quantity], Quantity]) -> Quantity:
    over = (weight > measure(step.over_kg, "kg", "over", step.place)).named("weight step", per="term-weight-step")
    result = outcome(step, weight)
    return choose(over if test is None else over & test, result, result)
