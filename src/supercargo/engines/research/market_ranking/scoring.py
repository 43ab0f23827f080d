"""From what is known about markets to their scores: which criteria count, on which scale, with which weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from supercargo.engines.research.market_ranking import rules
from supercargo.engines.research.market_ranking.criteria import CRITERIA, PILLARS, Criterion, Pillar
from supercargo.engines.research.market_ranking.facts import Part, Scale
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.engines.research.market_ranking.facts import Facts, Market, Policy
    from supercargo.reference.law import Law

Values = dict[str, Figure]
EQUAL = Figure(Decimal(1), RATIO, "equal share", per="term-criterion-weight")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights in use, those of the pillars and those of the criteria; each set sums to one."""

    pillars: dict[Pillar, Figure]
    criteria: dict[Criterion, Figure]


def values_of(market: Market, currency: str, law: Law) -> Values:
    """Gather what is known about a market, every value with a name and a place."""
    found: Values = {}
    for criterion in CRITERIA:
        raw = getattr(market, criterion.key)
        if raw is not None:
            found[criterion.key] = _placed(raw, criterion, market)
    size = found.get("market_size")
    if size is not None and size.unit.currency not in (currency, None):
        converted = single(law.rates.convert(size, str(size.unit.currency), currency))
        found["market_size"] = converted.named("market size in the currency of comparison", per="term-rate-of-exchange")
    return found


def currency_of(facts: Facts) -> str:
    """Find the currency in which market sizes are compared: the gate's, else the first that is given."""
    least = facts.policy.market_size_least
    sizes = [market.market_size for market in facts.markets if market.market_size is not None]
    first = least if least is not None else next(iter(sizes), None)
    return (first.unit.currency or "") if first is not None else ""


def check_units(markets: Mapping[str, Values]) -> None:
    """Refuse to compare values of one criterion in unlike units. Raises: MARKET-424."""
    for criterion in CRITERIA:
        known = [(market, values[criterion.key]) for market, values in markets.items() if criterion.key in values]
        for market, value in known[1:]:
            first, there = known[0]
            if value.unit != there.unit:
                message = said(
                    "{criterion} is given in {unit} for {market} and in {other_unit} for {other}",
                    criterion=said(criterion.label), market=market, other=first,
                    unit=str(value.unit) or "1", other_unit=str(there.unit) or "1",
                )  # fmt: skip
                raise refuse("MARKET-424", f"markets[{market}].{criterion.key}", message, "give it in the same unit for every market")


def weights(policy: Policy, compared: list[Criterion]) -> Weights:
    """Share the whole weight among the pillars, and each pillar's among its criteria. Raises: MARKET-422."""
    _check_weights(policy)
    live = [pillar for pillar in PILLARS if policy.weights[pillar].amount > 0 and any(c.pillar == pillar for c in compared)]
    if not live:
        message = said("nothing that has a weight is known about any market")
        raise refuse("MARKET-404", "markets", message, "give at least one value of one market, or weigh what is known")
    live.sort(key=lambda pillar: policy.weights[pillar].amount)
    names = [f"weight of {pillar}" for pillar in live]
    shared = rules.shared_weights(rules.WHOLE, [policy.weights[pillar] for pillar in live], names, "weights of the other pillars")
    pillars = dict(zip(live, cast("list[Figure]", shared), strict=True))
    criteria: dict[Criterion, Figure] = {}
    for pillar in PILLARS:
        if pillar in pillars:
            criteria |= _within(pillars[pillar], policy, [criterion for criterion in compared if criterion.pillar == pillar])
    return Weights({pillar: pillars[pillar] for pillar in PILLARS if pillar in pillars}, criteria)


def compared_criteria(policy: Policy, markets: Mapping[str, Values]) -> list[Criterion]:
    """List the criteria that have a share and are known for at least one market."""
    return [c for c in CRITERIA if share(policy, c).amount != 0 and any(c.key in values for values in markets.values())]


def share(policy: Policy, criterion: Criterion) -> Figure:
    """Give a criterion's share of its pillar; equal where the company states none."""
    return policy.shares.get(criterion.key, EQUAL)


def scale(policy: Policy, criterion: Criterion, markets: Mapping[str, Values]) -> Scale:
    """Take the company's scale, else the worst and the best of the markets compared. Raises: MARKET-423."""
    fixed = policy.scales.get(criterion.key)
    if fixed is not None:
        rises = fixed.best.amount > fixed.worst.amount
        if fixed.best.amount == fixed.worst.amount or rises != (criterion.better == "more"):
            message = said("the scale of {criterion} runs the wrong way or nowhere", criterion=said(criterion.label))
            raise refuse("MARKET-423", f"policy.scales[{criterion.key}]", message, "give the worst value and a better one")
        return fixed
    known = [values[criterion.key] for values in markets.values() if criterion.key in values]
    least, most = min(known, key=_amount), max(known, key=_amount)
    worst, best = (least, most) if criterion.better == "more" else (most, least)
    return Scale(
        worst.named(f"{criterion.label}: worst of the markets", per="term-criterion-score"),
        best.named(f"{criterion.label}: best of the markets", per="term-criterion-score"),
    )


def parts(values: Values, used: Weights, scales: Mapping[Criterion, Scale], policy: Policy) -> tuple[Part, ...]:
    """Score a market criterion by criterion; what is unknown stays unscored."""
    return tuple(_part(values.get(c.key), c, weight, scales[c], bounded=c.key in policy.scales) for c, weight in used.criteria.items())


def _part(value: Figure | None, criterion: Criterion, weight: Figure, ends: Scale, *, bounded: bool) -> Part:
    if value is None:
        return Part(criterion, weight, None, None, None)
    name = f"{criterion.label}: score"
    if ends.worst.amount == ends.best.amount:
        score = rules.HALF.named(name, per="term-criterion-score")
    else:
        score = single(rules.scaled_score(value, ends.worst, ends.best, name, bounded=bounded))
    points = rules.weighted_points(score, weight, f"{criterion.label}: points")
    return Part(criterion, weight, value, score, single(points))


def _within(whole: Figure, policy: Policy, criteria: list[Criterion]) -> dict[Criterion, Figure]:
    by_share = sorted(criteria, key=lambda criterion: share(policy, criterion).amount)
    shares = [share(policy, criterion) for criterion in by_share]
    names = [f"{criterion.label}: weight" for criterion in by_share]
    shared = rules.shared_weights(whole, list(shares), names, "weights of the other criteria of the pillar")
    found = dict(zip(by_share, cast("list[Figure]", shared), strict=True))
    return {criterion: found[criterion] for criterion in criteria}


def _check_weights(policy: Policy) -> None:
    missing = [pillar for pillar in PILLARS if pillar not in policy.weights]
    stated = [*(policy.weights[pillar] for pillar in PILLARS if pillar not in missing), *policy.shares.values()]
    if missing or any(weight.amount < 0 for weight in stated) or not any(policy.weights[pillar].amount for pillar in PILLARS):
        message = said("weights are missing, negative or all zero")
        remedy = "give economics, logistics and barrier each a number that is not negative, at least one above zero"
        raise refuse("MARKET-422", "policy.weights", message, remedy)


def _placed(raw: Figure | bool, criterion: Criterion, market: Market) -> Figure:  # noqa: FBT001 - a fact that is yes or no
    path = f"markets[{market.market}].{criterion.key}"
    if isinstance(raw, bool):
        return Figure(Decimal(int(raw)), RATIO, criterion.label, path=path)
    named = raw if raw.name else raw.named(criterion.label)
    return replace(named, path=path) if named.how == "given" and not named.path else named


def _amount(figure: Figure) -> Decimal:
    return figure.amount
