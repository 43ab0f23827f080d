"""What every decision may carry besides its amounts: objections, findings, and ladders by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.kernel.verdict import Test, Verdict, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Band, Ladder


PER_ITEM = Figure.constant(1, "1/item", "per item", per="term-counting-unit")
PER_KG = Figure.constant(1, "1/kg", "per kg", per="term-counting-unit")


@dataclass(frozen=True, slots=True)
class Objection:
    """A case that must be refused when the question is answered yes; in bulk, row by row."""

    when: Test
    finding: Finding

    @property
    def stands(self) -> bool:
        """Tell, for a single case, that the answer must be refused."""
        return isinstance(self.when, Verdict) and self.when.holds


@dataclass(frozen=True, slots=True)
class Rung:
    """A band of a ladder together with the question whether a value lies at or below its top."""

    band: Band
    within: Test | None


def rungs(ladder: Ladder, value: Quantity, items: Quantity) -> tuple[Rung, ...]:
    """Ask for each band of a ladder whether the value lies within it.

    A limit per item is compared with the whole by multiplying the limit, so nothing is divided.
    """

    def within(limit: Figure) -> Test:
        bound = limit * items * PER_ITEM if ladder.per == "item" else limit
        name = f"within {limit.shown()} per {ladder.per}"
        return ((value <= bound) if ladder.inclusive else (value < bound)).named(name, per=ladder.key)

    return tuple(Rung(band, None if band.up_to is None else within(band.up_to)) for band in ladder.bands)


def taken(ladder: tuple[Rung, ...]) -> tuple[int, ...]:
    """Give the places of the bands that may be taken: one for a single case, all of them in bulk."""
    for place, rung in enumerate(ladder):
        if rung.within is None or (isinstance(rung.within, Verdict) and rung.within.holds):
            return (place,)
        if not isinstance(rung.within, Verdict):
            return tuple(range(len(ladder)))
    return (len(ladder) - 1,)


def climb(ladder: tuple[Rung, ...], outcomes: Sequence[Quantity]) -> Quantity:
    """Take the outcome of the lowest band that a value lies in; one outcome for each band."""
    *lower, (_, result) = zip(ladder, outcomes, strict=True)
    for rung, outcome in reversed(lower):
        if rung.within is not None:
            result = choose(rung.within, outcome, result)
    return result


def objections(ladder: tuple[Rung, ...], wanted: Callable[[Band], bool], finding: Finding) -> tuple[Objection, ...]:
    """Object to every value that lies in a band that is wanted: one objection for each stretch of such bands.

    Raises:
        Refused: every band is wanted, so no value has an answer.
    """
    found: list[Objection] = []
    below: Test | None = None
    stretch: Test | None = None
    inside = False
    for place, rung in enumerate(ladder):
        if wanted(rung.band) and not inside:
            inside, stretch = True, None if below is None else below.fails()
        if inside and (place + 1 == len(ladder) or not wanted(ladder[place + 1].band)):
            inside, when = False, _both(stretch, rung.within)
            if when is None:
                raise Refused(finding)
            found.append(Objection(when, finding))
        below = rung.within
    return tuple(found)


def _both(this: Test | None, that: Test | None) -> Test | None:
    if this is None or that is None:
        return that if this is None else this
    return this & that
