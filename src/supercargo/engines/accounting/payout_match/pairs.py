"""Which payout is which bank line: what is certain first, what a person must decide last; no bank line twice.

Within payouts of one amount and currency, bank lines are given out by day, each to the payout whose days end first:
for spans of days that finds a partner for as many payouts as can have one (Glover 1967).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.accounting import subsets
from supercargo.engines.accounting.payout_match.names import COLLECTING
from supercargo.engines.accounting.payout_match.sides import Shelf, belongs
from supercargo.kernel.currency import is_currency, minor_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import date

    from supercargo.engines.accounting.payout_match.conversion import Exchange
    from supercargo.engines.accounting.payout_match.facts import Facts
    from supercargo.engines.accounting.payout_match.sides import Line, Paid

MILLION = 1_000_000
FEW = 3
"""More amounts than this may add up by chance: their sum is only proposed."""


def match(payouts: list[Paid], lines: list[Line], facts: Facts, exchange: Exchange) -> None:
    """Bring payouts and bank lines together, in passes from certain to proposed."""
    by_reference(payouts, lines)
    in_turn(payouts, lines, lambda line: line.house not in (None, COLLECTING), "name", key=_by_house)
    in_turn(payouts, lines, lambda line: line.house == COLLECTING, "name", key=_by_amount)
    in_turn(payouts, lines, lambda line: line.house is None, "amount", key=_by_amount)
    shelf = Shelf.of(lines)
    several(payouts, shelf)
    shared(payouts, shelf)
    wrong_currency(payouts, shelf)
    proposed(payouts, shelf, facts, exchange)


def by_reference(payouts: list[Paid], lines: list[Line]) -> None:
    """Match the line that names a payout's number and bears its amount."""
    numbered: dict[str, list[Paid]] = defaultdict(list)
    for payout in payouts:
        for reference in payout.references:
            numbered[reference].append(payout)
    for line in lines:
        named = (payout for reference in sorted(line.references) for payout in numbered.get(reference, ()))
        fitting = [payout for payout in named if not payout.how and (payout.currency, payout.amount) == (line.currency, line.amount)]
        if fitting:
            min(fitting, key=lambda payout: (payout.last, payout.id)).take((line,), "reference", sure=True)


def in_turn(
    payouts: list[Paid], lines: list[Line], wanted: Callable[[Line], bool], how: str, key: Callable[[str, str | None, int], Hashable]
) -> None:
    """Match lines of just the amount within the days, group by group."""
    waiting: dict[Hashable, list[Paid]] = defaultdict(list)
    for payout in payouts:
        if not payout.how and payout.on is not None:
            waiting[key(payout.currency, payout.family, payout.amount)].append(payout)
    coming: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.payouts and line.on is not None and wanted(line):
            coming[key(line.currency, line.house, line.amount)].append(line)
    for group, found in coming.items():
        _give_out(waiting.get(group, []), found, how)


def several(payouts: list[Paid], shelf: Shelf) -> None:
    """Match one payout with the few lines that come to it."""
    for payout in _open(payouts):
        near = [line for line in shelf.near(payout) if line.currency == payout.currency and _part(line.amount, payout.amount)]
        found = subsets.find([line.amount for line in near], payout.amount)
        if found is not None:
            payout.take(tuple(near[place] for place in found.places), "several", sure=_sure(found), others=0 if found.only else 1)


def shared(payouts: list[Paid], shelf: Shelf) -> None:
    """Match the few payouts that come to one line."""
    waiting: dict[str, list[Paid]] = defaultdict(list)
    for payout in _open(payouts):
        waiting[payout.currency].append(payout)
    for line in shelf.lines:
        if line.payouts or not waiting.get(line.currency):
            continue
        near = [
            payout for payout in waiting[line.currency]
            if not payout.how and payout.awaits(line) and belongs(line, payout) and _part(payout.amount, line.amount)
        ]  # fmt: skip
        found = subsets.find([payout.amount for payout in near], line.amount)
        for place in () if found is None else found.places:
            near[place].take((line,), "shared", sure=_sure(found), others=0 if found is None or found.only else 1)


def wrong_currency(payouts: list[Paid], shelf: Shelf) -> None:
    """Find the line with just the payout's digits in another currency."""
    for payout in _open(payouts):
        digits = _digits(payout.amount, payout.currency)
        alike = (line for line in shelf.near(payout) if line.currency != payout.currency and _digits(line.amount, line.currency) == digits)
        line = next(alike, None)
        if line is not None and digits is not None:
            payout.take((line,), "digits", sure=False)


def proposed(payouts: list[Paid], shelf: Shelf, facts: Facts, exchange: Exchange) -> None:
    """Propose lines that lack a little of the payout, or lie near it at the rate of the day; the nearest pair first."""
    found = [proposal for payout in _open(payouts) for line in shelf.near(payout) if (proposal := _proposal(payout, line, facts, exchange))]
    counted = Counter(proposal.payout.id for proposal in found)
    for one in sorted(found, key=lambda one: (one.off_ppm, one.payout.last, one.payout.id, one.line.id)):
        if not one.payout.how and not one.line.payouts:
            one.payout.take((one.line,), one.how, sure=False, difference=one.difference, others=counted[one.payout.id] - 1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that a person may confirm: how it differs, by how much, and by how many millionths of the payout."""

    payout: Paid
    line: Line
    how: str
    difference: int
    off_ppm: int


def _proposal(payout: Paid, line: Line, facts: Facts, exchange: Exchange) -> Proposal | None:
    same = line.currency == payout.currency
    worth = line.amount if same else exchange.back(line, payout.currency)
    if worth is None or (worth < 0) != (payout.amount < 0):
        return None
    difference, most = worth - payout.amount, facts.kept_most_ppm if same else facts.conversion_most_ppm
    if (same and difference > 0) or abs(difference) * MILLION > abs(payout.amount) * most:
        return None
    return Proposal(payout, line, "kept" if same else "conversion", difference, abs(difference) * MILLION // abs(payout.amount))


def _sure(found: subsets.Sum | None) -> bool:
    """Tell whether a sum is no chance: the only one of its size, and of few members."""
    return found is not None and found.only and len(found.places) <= FEW


def _give_out(payouts: Sequence[Paid], lines: Iterable[Line], how: str) -> None:
    """Give every line, in order of its day, to the payout whose days end first."""
    queue = sorted((payout for payout in payouts if not payout.how), key=lambda payout: (payout.first, payout.id))
    heap: list[tuple[date, int, Paid]] = []
    place = 0
    for line in lines:
        while place < len(queue) and line.on is not None and queue[place].first <= line.on:
            heapq.heappush(heap, (queue[place].last, queue[place].id, queue[place]))
            place += 1
        while heap and not heap[0][2].awaits(line):
            heapq.heappop(heap)
        if heap:
            heapq.heappop(heap)[2].take((line,), how, sure=True)


def _open(payouts: Iterable[Paid]) -> list[Paid]:
    return [payout for payout in payouts if not payout.how]


def _part(amount: int, whole: int) -> bool:
    """Tell whether an amount may be one of several that come to the whole: of its sign, and smaller."""
    return (amount < 0) == (whole < 0) and abs(amount) < abs(whole)


def _digits(amount: int, currency: str) -> Decimal | None:
    return Decimal(amount).scaleb(-minor_digits(currency)) if is_currency(currency) else None


def _by_house(currency: str, house: str | None, amount: int) -> Hashable:
    return currency, house, amount


def _by_amount(currency: str, _house: str | None, amount: int) -> Hashable:
    return currency, amount
