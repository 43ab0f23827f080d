"""The order of markets by visible weights, what stands in the way, and how stable the order is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from supercargo.engines.research.market_ranking import gates, remarks, rules, scoring, sensitivity
from supercargo.engines.research.market_ranking.criteria import CRITERIA
from supercargo.engines.research.market_ranking.facts import Closeness, Decision, Facts, Ranked, Stability
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, refuse, worst_first
from supercargo.kernel.unit import RATIO
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.engines.research.market_ranking.criteria import Pillar
    from supercargo.engines.research.market_ranking.facts import Gate, Market, Part
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide which market comes first, by the company's weights, and how far to trust the order.

    Raises:
        Refused: MARKET-400 no market or one twice; MARKET-404 nothing known; MARKET-422 weights,
            MARKET-423 a scale, MARKET-424 unlike units, MARKET-425 a gate that does not exist.
    """
    _check(facts)
    currency = scoring.currency_of(facts)
    values = {market.market: scoring.values_of(market, currency, law) for market in facts.markets}
    scoring.check_units(values)
    compared = scoring.compared_criteria(facts.policy, values)
    used = scoring.weights(facts.policy, compared)
    scales = {criterion: scoring.scale(facts.policy, criterion, values) for criterion in used.criteria}
    asked = {market.market: gates.gates_of(market, values[market.market], facts.policy) for market in facts.markets}
    parts = {market: scoring.parts(known, used, scales, facts.policy) for market, known in values.items()}
    ranking = _ranked([_scored(market, asked[market.market], parts[market.market]) for market in facts.markets])
    leader, field = ranking[0], [ranked for ranked in ranking[1:] if ranked.standing != "stop" or ranking[0].standing == "stop"]
    stability, closeness = _stability(facts, ranking), _second_opinion(ranking)
    findings: list[Finding] = [finding for market in facts.markets for finding in remarks.of_gates(market, asked[market.market])]
    findings += [*remarks.of_weights(facts, ranking, used), *remarks.of_lead(ranking)]
    findings += [*remarks.of_stability(facts, leader, stability), *remarks.of_opinion(leader, closeness)]
    return Decision(
        ranking=ranking,
        leader=None if leader.standing == "stop" else leader.market,
        weights={criterion.key: weight for criterion, weight in used.criteria.items()},
        pillar_weights=used.pillars,
        not_compared=tuple(criterion.key for criterion in CRITERIA if criterion not in used.criteria),
        stability=stability,
        flips=sensitivity.flips(leader, field, used),
        shift=sensitivity.smallest_shift(leader, field),
        second_opinion=closeness,
        findings=worst_first(findings),
    )


def _check(facts: Facts) -> None:
    names = [market.market for market in facts.markets]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        message = said("{market} is given twice", market=twice[0]) if twice else said("no market is given")
        raise refuse("MARKET-400", "markets", message, "give each market once, and at least one")
    gates.check_names(facts.policy)


def _scored(market: Market, asked: tuple[Gate, ...], parts: tuple[Part, ...]) -> Ranked:
    pillars = _by_pillar(parts)
    known = [part.points for part in parts if part.points is not None]
    missing = [part.weight for part in parts if part.points is None]
    no_points = Figure.nothing(rules.POINT, "no points", per="term-unscored-weight")
    sum_known = rules.total(cast("list[Quantity]", known)) if known else no_points
    unscored = _unscored(missing)
    low, middle, high = rules.score_interval(sum_known.named("points of what is known", per="term-market-score"), unscored)
    low, middle, high = cast("Figure", low), cast("Figure", middle), cast("Figure", high)
    return Ranked(market.market, 0, gates.standing_of(asked), asked, parts, pillars, low, middle, high, unscored, 0, 0)


def _unscored(missing: list[Figure]) -> Figure:
    if not missing:
        return Figure(Decimal(0), RATIO, "weight unscored", per="term-unscored-weight", as_percent=True)
    summed = cast("Figure", rules.total(cast("list[Quantity]", missing)))
    return Figure(summed.amount, RATIO, "weight unscored", summed.how, summed.parts or (summed,), "term-unscored-weight", as_percent=True)


def _by_pillar(parts: tuple[Part, ...]) -> Mapping[Pillar, Figure]:
    found: dict[Pillar, Figure] = {}
    for pillar in dict.fromkeys(part.criterion.pillar for part in parts):
        here: list[Quantity] = [part.points or part.weight * rules.HALF for part in parts if part.criterion.pillar == pillar]
        found[pillar] = cast("Figure", rules.total(here).named(f"points of {pillar}", per="term-market-score"))
    return found


def _ranked(scored: list[Ranked]) -> tuple[Ranked, ...]:
    ordered = sorted(scored, key=lambda one: (one.standing == "stop", -one.score.amount, -one.score_low.amount, one.market))
    return tuple(_placed(one, ordered) for one in ordered)


def _placed(one: Ranked, scored: list[Ranked]) -> Ranked:
    """Give a market its place, and the places that the unknown leaves possible among markets of its standing."""
    stopped = one.standing == "stop"
    ahead = 0 if not stopped else sum(other.standing != "stop" for other in scored)
    peers = [other for other in scored if (other.standing == "stop") == stopped and other is not one]
    rank = 1 + ahead + sum(other.score.amount > one.score.amount for other in peers)
    best = 1 + ahead + sum(other.score_low.amount > one.score_high.amount for other in peers)
    worst = 1 + ahead + sum(other.score_high.amount > one.score_low.amount for other in peers)
    return Ranked(
        one.market, rank, one.standing, one.gates, one.parts, one.pillar_scores, one.score_low, one.score, one.score_high,
        one.weight_unscored, best, worst,
    )  # fmt: skip


def _stability(facts: Facts, ranking: tuple[Ranked, ...]) -> Stability | None:
    if len(ranking) == 1:
        return None
    import numpy as np  # noqa: PLC0415 - slow to import, and only a comparison needs it

    from supercargo.engines.research.market_ranking import opinion  # noqa: PLC0415 - as above

    scores = np.array([[float((part.score or rules.HALF).amount) for part in ranked.parts] for ranked in ranking])
    weights = np.array([float(part.weight.amount) for part in ranking[0].parts])
    stopped = np.array([ranked.standing == "stop" for ranked in ranking])
    seen = opinion.spread(scores, weights, stopped, 0, draws=facts.draws, concentration=facts.concentration, seed=facts.seed)
    names = [ranked.market for ranked in ranking]
    return Stability(
        facts.draws, facts.seed, facts.concentration, seen.leader_keeps_share, seen.kendall_tau,
        dict(zip(names, seen.rank_low, strict=True)), dict(zip(names, seen.rank_high, strict=True)),
    )  # fmt: skip


def _second_opinion(ranking: tuple[Ranked, ...]) -> Closeness | None:
    criteria = [part.criterion for part in ranking[0].parts]
    everywhere = [place for place in range(len(criteria)) if all(ranked.parts[place].value is not None for ranked in ranking)]
    if len(ranking) == 1 or not everywhere:
        return None
    import numpy as np  # noqa: PLC0415 - slow to import, and only a comparison needs it

    from supercargo.engines.research.market_ranking import opinion  # noqa: PLC0415 - as above

    values = np.array([[float(cast("Figure", ranked.parts[place].value).amount) for place in everywhere] for ranked in ranking])
    weights = np.array([float(ranking[0].parts[place].weight.amount) for place in everywhere])
    more = np.array([criteria[place].better == "more" for place in everywhere])
    close = opinion.topsis(values, weights / weights.sum(), more)
    ranks = opinion.ranks_of(close, np.array([ranked.standing == "stop" for ranked in ranking]))
    names = [ranked.market for ranked in ranking]
    return Closeness(
        dict(zip(names, (float(value) for value in close), strict=True)),
        dict(zip(names, ranks, strict=True)),
        tuple(criteria[place].key for place in everywhere),
        tuple(criterion.key for place, criterion in enumerate(criteria) if place not in everywhere),
    )
