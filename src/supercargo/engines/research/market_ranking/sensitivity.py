"""How little the weights must change before another market leads: exact, in closed form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.research.market_ranking import rules
from supercargo.engines.research.market_ranking.criteria import PILLARS, Pillar
from supercargo.engines.research.market_ranking.facts import Flip, Shift
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.unit import RATIO

if TYPE_CHECKING:
    from supercargo.engines.research.market_ranking.facts import Part, Ranked
    from supercargo.engines.research.market_ranking.scoring import Weights
    from supercargo.kernel.quantity import Quantity


def flips(leader: Ranked, rivals: list[Ranked], used: Weights) -> tuple[Flip, ...]:
    """Find for each pillar the least change of its weight that brings a rival level, the smallest first."""
    if len(used.pillars) == 1:
        return ()
    found = []
    for pillar in PILLARS:
        changes = [flip for rival in rivals if pillar in used.pillars and (flip := _flip(leader, rival, pillar, used.pillars[pillar]))]
        if changes:
            found.append(min(changes, key=_size))
    return tuple(sorted(found, key=_size))


def smallest_shift(leader: Ranked, rivals: list[Ranked]) -> Shift | None:
    """Find the least weight that, moved between criteria in the best way, brings some rival level.

    Weight taken where the leader is furthest ahead and given where it is furthest behind takes most
    off its lead: so the criteria are emptied in that order until the lead is gone. A rival that is
    nowhere ahead cannot be brought level by any weights.
    """
    found = [shift for rival in rivals if (shift := _shift(leader, rival)) is not None]
    return min(found, key=lambda shift: shift.moved.amount, default=None)


def _flip(leader: Ranked, rival: Ranked, pillar: Pillar, weight: Figure) -> Flip | None:
    here = leader.pillar_scores[pillar] - rival.pillar_scores[pillar]
    lead = leader.score - rival.score
    elsewhere = single(lead - here).named("lead in the other pillars", per="term-weight-flip")
    here = here.named("lead in this pillar", per="term-weight-flip")
    if not _possible(single(here), elsewhere, weight):
        return None
    then = single(rules.weight_at_the_flip(here, elsewhere, weight))
    return Flip(pillar, rival.market, weight, then, single(rules.change_of_weight(then, weight)))


def _possible(here: Figure, elsewhere: Figure, weight: Figure) -> bool:
    above = elsewhere.amount * weight.amount
    below = above - here.amount * (1 - weight.amount)
    return below != 0 and (0 <= above <= below or below <= above <= 0)


def _shift(leader: Ranked, rival: Ranked) -> Shift | None:
    gaps = [(part, _gap(part, other)) for part, other in zip(leader.parts, rival.parts, strict=True)]
    gaps.sort(key=lambda pair: -pair[1].amount)
    given_to, least = gaps[-1]
    lead = single(leader.score - rival.score).named("lead over the rival", per="term-weight-flip")
    moved: list[Quantity] = []
    taken: list[str] = []
    for part, gap in gaps:
        if lead.amount == 0:
            break
        gain = single(gap - least)
        if gain.amount == 0:
            return None
        taken.append(part.criterion.key)
        removes = single(part.weight * gain)
        if lead.amount <= removes.amount:
            moved.append(rules.last_weight_moved(lead, gain).named("weight moved last", per="term-weight-flip"))
            break
        moved.append(part.weight)
        lead = single(lead - removes).named("lead that is left", per="term-weight-flip")
    whole = rules.weight_moved(moved) if moved else Figure(Decimal(0), RATIO, "weight to be moved", per="term-weight-flip", as_percent=True)
    return Shift(rival.market, single(whole), tuple(taken), given_to.criterion.key)


def _gap(part: Part, other: Part) -> Figure:
    return single((part.score or rules.HALF) - (other.score or rules.HALF))


def _size(flip: Flip) -> Decimal:
    return abs(flip.change.amount)
