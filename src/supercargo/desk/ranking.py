"""Which market first: a plan's best ways, the markets' profiles and the company's policy, ranked by visible weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median_low
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.answer import Answer
from supercargo.desk.papers import doubts_about, papers
from supercargo.engines.research import market_ranking
from supercargo.engines.research.market_ranking.gates import LABELS
from supercargo.engines.tax.import_tax.collection import price_includes_tax
from supercargo.kernel.figure import Figure, half_up_quotient
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.unit import RATIO
from supercargo.kernel.words import Text, said
from supercargo.reference.profiles import profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supercargo.desk.plan import Plan
    from supercargo.engines.research.market_ranking import Decision, Market, Policy, Ranked
    from supercargo.reference.law import Law

WEIGHTS: Mapping[str, Decimal] = MappingProxyType({"economics": Decimal(40), "logistics": Decimal(30), "barrier": Decimal(30)})
"""What each pillar counts where the user says nothing."""
SEED = 20_260_101
EXPLAINED = 3
"""So many markets show every criterion; the others show their pillars."""
STOCK_ROUTES = ("warehouse", "fba")
SALES_BANDS = ("at_sale",)


@dataclass(frozen=True, slots=True)
class RankingRequest:
    """A plan and how much each pillar counts (any positive numbers); ``payout_days`` where they are known, by market."""

    plan: Plan
    weights: Mapping[str, Decimal] = field(default_factory=lambda: WEIGHTS)
    payout_days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    seed: int = SEED


def rank_markets(request: RankingRequest, law: Law) -> Answer:
    """Rank the markets of a plan and say how far to trust the order.

    What is unknown is not scored and gates that nobody can check stay open; both are told. A market
    without a single way that can be computed is ranked by what is known of it.
    """
    weights = request.weights or WEIGHTS
    shown = ",".join(f"{name}={weight}" for name, weight in weights.items())
    asked = {"weights": shown, "on": law.day.isoformat(), "seed": str(request.seed)}
    try:
        decision = market_ranking.decide(facts_of(request, law), law)
    except Refused as refusal:
        return Answer("markets", asked, findings=refusal.findings)
    leader = decision.ranking[0]
    amounts = {"score": leader.score, "score_low": leader.score_low, "score_high": leader.score_high}
    rows = {
        "ranking": [_ranked(ranked, decision) for ranked in decision.ranking],
        "weights": [_weight(key, decision) for key in decision.weights],
        "parts": [part for ranked in decision.ranking[:EXPLAINED] for part in _parts(ranked)],
        "flips": _flips(decision),
        "stability": _stability(decision),
    }
    findings = worst_first((*_together(decision.findings, len(decision.ranking)), *_unmeasured(request)))
    return Answer("markets", asked, amounts, _words(decision), {name: table for name, table in rows.items() if table}, findings)


def facts_of(request: RankingRequest, law: Law) -> market_ranking.Facts:
    """Gather what the plan, the profiles and the law know about each market."""
    best = request.plan.best()
    markets = tuple(_market(market, best.filter(pl.col("market") == market), request, law) for market in request.plan.request.markets)
    return market_ranking.Facts(markets, _policy(request), request.seed)


def _market(market: str, best: pl.DataFrame, request: RankingRequest, law: Law) -> Market:
    plan = request.plan
    known = _profile(market, law)
    sold = best.filter(pl.col("margin_ppm").is_not_null())
    path = f"plan.{market}"
    days = request.payout_days.get(market)
    return market_ranking.Market(
        market=market, market_size=known["market_size"], gdp_per_head=known["gdp_per_head"], population=known["population"],
        online_share=known["online_share"],
        margin_rate_best=_ratio(sold["margin_ppm"].max(), "best margin over the products", path),
        sellable_share=_sellable(best, plan, path), burden_rate=_burden(sold, path),
        payout_days=None if days is None else Figure.of(days, "days", "days until payout", path=f"payout_days.{market}"),
        delivery_days_p50=_median_days(sold, "days_p50", "delivery days, median", path),
        delivery_days_p90=_median_days(sold, "days_p90", "delivery days, nine in ten", path),
        fulfilment_programme=_stock_reaches(market, plan), papers=papers(market, plan.request.catalogue.products, law),
        registration_needed=_must_register(market, sold, plan, law), data_doubts=doubts_about(market, law),
    )  # fmt: skip


def _profile(market: str, law: Law) -> dict[str, Figure | None]:
    names = ("market_size", "gdp_per_head", "population", "online_share")
    try:
        known = profile(market, law.day)
    except Refused:
        return dict.fromkeys(names)
    return {name: getattr(known, name) for name in names}


def _policy(request: RankingRequest) -> Policy:
    company, plan = request.plan.request.company, request.plan
    policy = company.policy
    margin = policy.margin_rate_target if plan.request.margin_rate is None else plan.request.margin_rate
    weights = request.weights or WEIGHTS
    return market_ranking.Policy(
        weights={name: Figure.of(weights.get(name, Decimal(0)), "", f"weight of {name}", path=f"weights.{name}") for name in WEIGHTS},  # type: ignore[misc]
        market_size_least=Figure.money(policy.market_size_usd_min, "USD", "least market size", path="company.policy.market_size_usd_min"),
        margin_rate_least=Figure.percent(Decimal(margin) * 100, "margin wanted", path="company.policy.margin_rate_target"),
        payout_days_most=Figure.of(policy.payout_days_max, "days", "most days until payout", path="company.policy.payout_days_max"),
        niche_score_least=Figure.of(policy.niche_score_min, "", "least niche score", path="company.policy.niche_score_min"),
        complaint_share_most=Figure.percent(
            policy.complaint_share_max * 100, "most share of one complaint", path="company.policy.complaint_share_max"
        ),
    )


def _sellable(best: pl.DataFrame, plan: Plan, path: str) -> Figure | None:
    """Give the share of the catalogue that goes; a product that cannot be computed does not count as one that cannot be sold."""
    answered = best.filter(pl.col("status") != "no answer")
    if answered.is_empty():
        return None
    share = half_up_quotient(Decimal(answered.filter(pl.col("status") == "go").height), Decimal(len(plan.request.catalogue.products)), 6)
    return _share(share, "share of the catalogue that can be sold", path)


def _burden(sold: pl.DataFrame, path: str) -> Figure | None:
    """Give the median of duty and tax over the net price, exact to the millionth; the lower of two middles."""
    rates = [
        half_up_quotient(Decimal(duty + import_tax + sale_tax), Decimal(net), 6)
        for duty, import_tax, sale_tax, net in sold.select("duty", "import_tax", "sale_tax", "net_price").iter_rows()
        if net > 0
    ]
    return _share(median_low(rates), "duty and tax burden", path) if rates else None


def _median_days(sold: pl.DataFrame, column: str, name: str, path: str) -> Figure | None:
    days = sold[column].drop_nulls().to_list()
    return Figure.of(median_low(days), "days", name, path=f"{path}.{column}") if days else None


def _stock_reaches(market: str, plan: Plan) -> bool | None:
    """Tell whether a warehouse or FBA can be used; unknown when the plan did not ask."""
    if not set(STOCK_ROUTES) & set(plan.request.routes):
        return None
    return any(lane.market == market and lane.route in STOCK_ROUTES for lane in plan.lanes)


def _must_register(market: str, sold: pl.DataFrame, plan: Plan, law: Law) -> bool | None:
    """Tell whether the best ways need a registration that the company does not hold."""
    company, ways = plan.request.company, sold.select("channel", "route").unique().rows()
    if not ways:
        return None
    if any(route in STOCK_ROUTES for _, route in ways):
        return market not in company.registered_in(law.day)
    try:
        return any(_scheme_missing(market, channel, plan, law) for channel, _ in ways)
    except Refused:
        return None


def _scheme_missing(market: str, channel: str, plan: Plan, law: Law) -> bool:
    """Tell whether own-site parcels are taxed at the sale by a scheme that the company does not hold; marketplaces collect."""
    schemes = plan.request.company.schemes_on(law.day)
    sold_through = "own_site" if channel == "shopify" else "marketplace"
    if sold_through == "marketplace" or not price_includes_tax(law, market, True, "own_site", schemes):
        return False
    ladder = law.ladder(law.key_for(market, "customs.parcel_tax"))
    bands = [band for band in ladder.bands if band.treatment in SALES_BANDS and band.scheme not in schemes]
    return any(not band.optional and band.when_unregistered != "at_import" for band in bands)


def _ratio(ppm: object, name: str, path: str) -> Figure | None:
    return None if ppm is None else _share(Decimal(str(ppm)).scaleb(-6), name, path)


def _share(value: Decimal, name: str, path: str) -> Figure:
    return Figure(value, RATIO, name, path=path, as_percent=True)


def _ranked(ranked: Ranked, decision: Decision) -> dict[str, Any]:
    stability = decision.stability
    row: dict[str, Any] = {
        "rank": ranked.rank, "market": ranked.market, "standing": ranked.standing, "score": _digit(ranked.score),
        "score_low": _digit(ranked.score_low), "score_high": _digit(ranked.score_high),
        **{pillar: _digit(points) for pillar, points in ranked.pillar_scores.items()},
        "rank_best": ranked.rank_best, "rank_worst": ranked.rank_worst,
    }  # fmt: skip
    if stability is not None:
        row |= {"rank_p5": stability.rank_p5[ranked.market], "rank_p95": stability.rank_p95[ranked.market]}
    for outcome in ("passed", "failed", "not checked"):
        row[outcome] = [LABELS[gate.key] for gate in ranked.gates if gate.outcome == outcome]
    return row


def _weight(key: str, decision: Decision) -> dict[str, Any]:
    part = next(part for part in decision.ranking[0].parts if part.criterion.key == key)
    return {"pillar": part.criterion.pillar, "criterion": part.criterion.label, "weight": _percent(decision.weights[key])}


def _parts(ranked: Ranked) -> list[dict[str, Any]]:
    return [
        {
            "market": ranked.market, "criterion": part.criterion.label, "value": None if part.value is None else part.value.shown(),
            "score": None if part.score is None else _digit(part.score), "weight": _percent(part.weight),
            "points": None if part.points is None else _digit(part.points),
        }
        for part in ranked.parts
    ]  # fmt: skip


def _flips(decision: Decision) -> list[dict[str, Any]]:
    return [
        {"pillar": flip.pillar, "rival": flip.rival, "weight_now": _percent(flip.weight_now), "weight_then": _percent(flip.weight_then)}
        for flip in decision.flips
    ]


def _stability(decision: Decision) -> list[dict[str, Any]]:
    stability, shift = decision.stability, decision.shift
    if stability is None:
        return []
    row: dict[str, Any] = {
        "draws": stability.draws, "leader_keeps_share": f"{100 * stability.leader_keeps_share:.1f} %",
        "kendall_tau": f"{stability.kendall_tau:.3f}",
    }  # fmt: skip
    if shift is not None:
        row |= {"least_shift": _percent(shift.moved), "rival": shift.rival}
    return [row]


def _words(decision: Decision) -> dict[str, Text]:
    words: dict[str, Text] = {"leader": decision.leader or said("no market passes the gates that it must pass")}
    if decision.stability is not None:
        share = f"{100 * decision.stability.leader_keeps_share:.0f}"
        first = decision.ranking[0].market
        words["steadiness"] = said("{market} stays first in {share} % of the draws of the weights", market=first, share=share)
    return words


def _together(findings: Iterable[Finding], compared: int) -> list[Finding]:
    """Say once, with the markets it concerns, what the engine says of each market about the same gate."""
    told: list[Finding] = []
    grouped: dict[str, list[str]] = {}
    first: dict[str, Finding] = {}
    for finding in findings:
        market, _, gate = finding.path.removeprefix("markets[").partition("].")
        if finding.code not in ("MARKET-101", "MARKET-102") or not gate:
            told.append(finding)
            continue
        key = f"{finding.code} {gate}"
        grouped.setdefault(key, []).append(market)
        first.setdefault(key, finding)
    for key, markets in grouped.items():
        told.append(_for_all(first[key], markets, everywhere=len(markets) == compared))
    return told


def _for_all(finding: Finding, markets: Sequence[str], *, everywhere: bool) -> Finding:
    gate = finding.path.partition("].")[2]
    asked, listed = said(_LABEL_OF[gate]), said("every market") if everywhere else ", ".join(markets)
    template = "not checked for {markets} whether {gate}: the value is unknown"
    if finding.code == "MARKET-101":
        template = "the gate that {gate} is failed by {markets}"
    message = said(template, gate=asked, markets=listed)
    return Finding(finding.code, finding.severity, f"markets[*].{gate}", message, finding.remedy, finding.source)


def _unmeasured(request: RankingRequest) -> list[Finding]:
    """Say which markets have no way that can be computed, so that only their profile speaks for them."""
    reached = set(request.plan.frame.filter(pl.col("margin_ppm").is_not_null())["market"].unique().to_list())
    silent = [market for market in request.plan.request.markets if market not in reached]
    if not silent:
        return []
    message = said("no price could be computed for {markets}: only what is known of the market itself is scored", markets=", ".join(silent))
    return [Finding("MARKET-208", "warning", "markets", message, "look at these markets in the plan: its findings say what to supply")]


_LABEL_OF = {
    {"margin_rate": "margin_rate_best", "delivery_days": "delivery_days_p90"}.get(key, key): label for key, label in LABELS.items()
}


def _digit(figure: Figure) -> str:
    return f"{half_up_quotient(figure.amount, Decimal(1), 1)}"


def _percent(figure: Figure) -> str:
    return f"{half_up_quotient(figure.amount, Decimal('0.01'), 1)} %"


__all__ = ["WEIGHTS", "RankingRequest", "facts_of", "rank_markets"]
