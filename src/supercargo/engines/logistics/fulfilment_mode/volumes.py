"""At which monthly volume which way is the cheapest: exactly, in whole units.

The monthly cost of a way is the greater of two straight lines over the volume: one where the first
leg's minimum is billed, one where its units are. Which way is the cheapest can change only where two
such lines cross; so it is asked at one unit and on both sides of every crossing, with fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from supercargo.engines.logistics.fulfilment_mode.facts import Range

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """A cost of so much a month and so much a unit."""

    fixed: Fraction
    each: Fraction

    def at(self, units: int) -> Fraction:
        """Give the cost of a month with so many units."""
        return self.fixed + self.each * units


@dataclass(frozen=True, slots=True)
class Curve:
    """The monthly cost of a way over the volume: the greatest of its lines."""

    name: str
    lines: tuple[Line, ...]

    def at(self, units: int) -> Fraction:
        """Give the cost of a month with so many units."""
        return max(line.at(units) for line in self.lines)


def ranges(curves: tuple[Curve, ...]) -> tuple[Range, ...]:
    """List which way is the cheapest from which volume on; a way that only draws level does not take over.

    >>> from fractions import Fraction
    >>> mail = Curve("direct_mail", (Line(Fraction(0), Fraction(50)),))
    >>> house = Curve("overseas_warehouse", (Line(Fraction(900), Fraction(30)),))
    >>> [(found.name, found.from_units, found.to_units) for found in ranges((mail, house))]
    [('direct_mail', 1, 45), ('overseas_warehouse', 46, None)]
    """
    starts: list[tuple[str, int]] = []
    for units in _asked(curves):
        holder = starts[-1][0] if starts else ""
        best = min(curves, key=lambda curve: (curve.at(units), curve.name != holder))
        if best.name != holder:
            starts.append((best.name, units))
    ends = [start - 1 for _, start in starts[1:]]
    return tuple(Range(name, start, end) for (name, start), end in zip(starts, [*ends, None], strict=True))


def _asked(curves: tuple[Curve, ...]) -> list[int]:
    lines = [line for curve in curves for line in curve.lines]
    asked = {1}
    for this, that in combinations(lines, 2):
        if this.each != that.each:
            crossing = (that.fixed - this.fixed) / (this.each - that.each)
            asked |= {units for units in (int(crossing // 1), int(crossing // 1) + 1) if units >= 1}
    return sorted(asked)
