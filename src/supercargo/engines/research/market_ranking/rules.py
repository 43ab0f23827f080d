"""The arithmetic of a market's score: exact, each step named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.verdict import larger_of, smaller_of

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

POINT = Unit.of("point")
SCALE_DIGITS = 6
"""Places on a scale and weights are stated in parts per million."""
WHOLE = Figure(Decimal(1), RATIO, "all weights together", per="term-criterion-weight", as_percent=True)
FULL = Figure(Decimal(100), POINT, "full score", per="term-criterion-score")
HALF = Figure(Decimal(50), POINT, "half score", per="term-unscored-weight")
BOTTOM = Figure(Decimal(0), RATIO, "bottom of the scale", per="term-criterion-score")
TOP = Figure(Decimal(1), RATIO, "top of the scale", per="term-criterion-score")


def total(parts: list[Quantity]) -> Quantity:
    """Add amounts of one unit."""
    first, *others = parts
    for other in others:
        first = first + other
    return first


def shared_weights(whole: Quantity, shares: list[Quantity], names: list[str], others: str) -> list[Quantity]:
    """A weight is shared in proportion, in parts per million; the last takes the rest, so that they sum to the whole."""
    if len(shares) == 1:
        return [whole.named(names[0], per="term-criterion-weight")]
    together = total(shares).named("shares together", per="term-criterion-weight")
    given = [
        _percent((whole * share).over(together, SCALE_DIGITS)).named(name, per="term-criterion-weight")
        for share, name in zip(shares[:-1], names, strict=False)
    ]
    rest = whole - total(given).named(others, per="term-criterion-weight")
    return [*given, _percent(rest).named(names[-1], per="term-criterion-weight")]


def scaled_score(value: Quantity, worst: Quantity, best: Quantity, name: str, *, bounded: bool) -> Quantity:
    """A criterion scores 0 at the worst value, 100 at the best, in proportion between; a fixed scale ends there."""
    place = (value - worst).over(best - worst, SCALE_DIGITS)
    if bounded:
        place = smaller_of(larger_of(place, BOTTOM), TOP)
    return (place * FULL).named(name, per="term-criterion-score")


def weighted_points(score: Quantity, weight: Quantity, name: str) -> Quantity:
    """A criterion adds its score times its weight."""
    return (score * weight).named(name, per="term-market-score")


def score_interval(known: Quantity, unscored: Quantity) -> tuple[Quantity, Quantity, Quantity]:
    """A score lies between what is known with the unknown at its worst (0) and at its best (100); the middle ranks.

    Returns:
        the least, the middle and the greatest score.
    """
    low = known.named("score if all that is unknown is worst", per="term-unscored-weight")
    middle = (known + unscored * HALF).named("market score", per="term-market-score")
    high = (known + unscored * FULL).named("score if all that is unknown is best", per="term-unscored-weight")
    return low, middle, high


def weight_at_the_flip(gap_here: Quantity, gap_elsewhere: Quantity, weight: Quantity) -> Quantity:
    """A pillar's weight t brings two markets level where its part of the lead and the others' part cancel.

    With weight w, lead g in the pillar and h in the others (both as weighted now), the others scaled to
    keep their proportions: g t / w + h (1 - t) / (1 - w) = 0, so t = h w / (h w - g (1 - w)).
    """
    pulled = gap_elsewhere * weight
    against = pulled - gap_here * (WHOLE - weight)
    return _percent(pulled.over(against, SCALE_DIGITS)).named("weight at which the leader changes", per="term-weight-flip")


def change_of_weight(weight_then: Quantity, weight_now: Quantity) -> Quantity:
    """The change is the weight at the flip less the weight now."""
    return _percent(weight_then - weight_now).named("change of weight", per="term-weight-flip")


def last_weight_moved(lead: Quantity, gain: Quantity) -> Quantity:
    """The weight still to be moved is the lead left over what each part of weight moved takes off it."""
    return lead.over(gain, SCALE_DIGITS)


def weight_moved(parts: list[Quantity]) -> Quantity:
    """The weight moved is what is taken from each criterion together."""
    return _percent(total(parts)).named("weight to be moved", per="term-weight-flip")


def _percent(weight: Quantity) -> Quantity:
    return replace(weight, as_percent=True) if isinstance(weight, Figure) else weight


RULES = (
    shared_weights,
    scaled_score,
    weighted_points,
    score_interval,
    weight_at_the_flip,
    change_of_weight,
    last_weight_moved,
    weight_moved,
)
