"""The smallest allowed price that meets a margin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supercargo.engines.pricing import unit_economics
from supercargo.engines.pricing.target_price.facts import Decision, Facts
from supercargo.engines.pricing.target_price.rules import lowest_conceivable_price, meets
from supercargo.engines.pricing.target_price.scan import scan
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from decimal import Decimal

    from supercargo.reference.law import Law

FIRST_WINDOW = 256
DEAREST_TIMES = 16
"""Above so many times the lowest conceivable price no buyer is looked for."""


def decide(facts: Facts, law: Law) -> Decision:
    """Find the smallest allowed price whose profit is at least the margin of the net price.

    Every allowed price from a proved lower bound upwards is tried by the exact rules, so the answer is
    the smallest by construction, whatever fee steps, duty bands or roundings lie on the way.

    Raises:
        Refused: PRICE-404 no allowed price meets the margin; or what the rules themselves refuse.
    """
    first, last = search_range(facts)
    number, tried = _search(facts, first, last, law)
    if number is None:
        raise _no_price(facts, at(facts, facts.grid.price(last), law), last)
    here = at(facts, facts.grid.price(number), law)
    return Decision(
        single(here.price), here, _neighbour(facts, number - 1, law), _neighbour(facts, number + 1, law), tried, here.findings
    )  # fmt: skip


def search_range(facts: Facts) -> tuple[int, int]:
    """Give the numbers of the first and last allowed price worth trying: from the proved bound to the dearest."""
    way = facts.economics
    costs = unit_economics.fixed_costs(way.unit_cost, way.packaging, way.first_leg, way.storage)
    bound = single(lowest_conceivable_price(costs, facts.margin_rate))
    first = max(facts.grid.first_at_or_above(bound.amount) - 1, 0)
    return first, facts.grid.first_at_or_above(_dearest(facts, bound))


def at(facts: Facts, price: Decimal, law: Law) -> unit_economics.Decision:
    """Give the economics at one price."""
    shown = Figure.money(price, facts.economics.currency, "shop price", path="price")
    return unit_economics.decide(replace(facts.economics, price=shown), law)


def margin_met(decision: unit_economics.Decision, margin_rate: Figure) -> bool:
    """Tell whether one case meets the margin and may be computed at all."""
    answer = meets(decision.profit, decision.net_price, margin_rate)
    return bool(getattr(answer, "holds", False)) and not any(objection.stands for objection in decision.objections)


def _search(facts: Facts, first: int, last: int, law: Law) -> tuple[int | None, int]:
    tried, window = 0, FIRST_WINDOW
    while first <= last:
        count = min(window, last - first + 1)
        found = scan(facts.economics, facts.margin_rate, facts.grid, first, count, law)
        tried += found.tried
        if found.number is not None:
            return found.number, tried
        first, window = first + count, window * 4
    return None, tried


def _dearest(facts: Facts, bound: Figure) -> Decimal:
    if facts.dearest is not None:
        return facts.dearest.amount
    return max(bound.amount, facts.grid.step) * DEAREST_TIMES


def _neighbour(facts: Facts, number: int, law: Law) -> unit_economics.Decision | None:
    if number < 0 or facts.grid.price(number) <= 0:
        return None
    try:
        return at(facts, facts.grid.price(number), law)
    except Refused:
        return None


def _no_price(facts: Facts, probe: unit_economics.Decision, last: int) -> Refused:
    standing = [objection.finding for objection in probe.objections if objection.stands]
    message = said(
        "no price up to {dearest} {currency} leaves a margin of {margin}",
        dearest=facts.grid.price(last), currency=facts.economics.currency, margin=facts.margin_rate.shown(),
    )  # fmt: skip
    remedy = "lower the margin, the advertising share or the costs, or choose another route"
    refusal = refuse("PRICE-404", "margin", message, remedy)
    return Refused(*refusal.findings, *standing)
