"""Which of some amounts add up to another: searched in a fixed order, within bounds, and whether there is a second way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMBERS_MOST = 6
CANDIDATES_MOST = 16
STEPS_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Sum:
    """The smallest set of places whose amounts come to the target; ``only`` tells that no other set of that size does."""

    places: tuple[int, ...]
    only: bool


def find(amounts: Sequence[int], target: int, least: int = 2, members: int = MEMBERS_MOST, candidates: int = CANDIDATES_MOST) -> Sum | None:
    """Find the smallest set of amounts that comes to the target; of sets of one size the first in the order given.

    The search is bounded: only the first ``candidates`` amounts are looked at, no set is larger than ``members``,
    and after ``STEPS_MOST`` sums it gives up. Nothing found does not prove that there is nothing.

    >>> find([500, 300, 200, 900], 1100)
    Sum(places=(2, 3), only=True)
    >>> find([500, 300, 200, 300], 800)
    Sum(places=(0, 1), only=False)
    """
    looked_at = amounts[:candidates]
    budget = [STEPS_MOST]
    for size in range(least, min(members, len(looked_at)) + 1):
        found: list[tuple[int, ...]] = []
        _search(looked_at, target, size, 0, (), found, budget)
        if found:
            return Sum(found[0], only=len(found) == 1 and budget[0] > 0)
        if budget[0] <= 0:
            return None
    return None


def _search(
    amounts: Sequence[int], left: int, size: int, start: int, taken: tuple[int, ...], found: list[tuple[int, ...]], budget: list[int]
) -> None:
    """Add the sets of ``size`` further places from ``start`` on that come to ``left``; two are enough to know."""
    if size == 1:
        budget[0] -= len(amounts) - start
        found.extend((*taken, place) for place in range(start, len(amounts)) if amounts[place] == left)
        return
    for place in range(start, len(amounts) - size + 1):
        if len(found) > 1 or budget[0] <= 0:
            return
        _search(amounts, left - amounts[place], size - 1, place + 1, (*taken, place), found, budget)
