"""What the reader of a ranking must be told: failed and open gates, unscored weight, a shaky lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.research.market_ranking.criteria import CRITERIA, PILLARS
from supercargo.engines.research.market_ranking.gates import LABELS, VALUES
from supercargo.engines.research.market_ranking.scoring import share
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.research.market_ranking.facts import Closeness, Facts, Gate, Market, Ranked, Stability
    from supercargo.engines.research.market_ranking.scoring import Weights


def of_gates(market: Market, gates: tuple[Gate, ...]) -> Iterator[Finding]:
    """Report gates that failed or could not be checked."""
    for gate in gates:
        path = f"markets[{market.market}].{VALUES[gate.key]}"
        if gate.outcome == "not checked":
            message = said("not checked whether {gate}: the value is unknown", gate=said(LABELS[gate.key]))
            yield Finding("MARKET-102", "note", path, message, "supply the value; an open gate is not a passed one", "term-market-gate")
        elif gate.outcome == "failed" and gate.verdict is not None:
            left, right = gate.verdict.left.shown(), gate.verdict.right.shown()
            if gate.key == "complaint_share":
                yield _complaint(market, path, left, right)
                continue
            message = said("the gate that {gate} is failed: {left} against {right}", gate=said(LABELS[gate.key]), left=left, right=right)
            remedy = "do not enter now, or change the offer until it passes" if gate.stops else "weigh this before you enter"
            yield Finding("MARKET-101", "warning", path, message, remedy, "term-market-gate")


def of_weights(facts: Facts, ranking: tuple[Ranked, ...], used: Weights) -> Iterator[Finding]:
    """Report criteria and pillars that no market's score contains, or only some."""
    for criterion in CRITERIA:
        path = f"markets[*].{criterion.key}"
        weight = used.criteria.get(criterion)
        without = [ranked.market for ranked in ranking for part in ranked.parts if part.criterion == criterion and part.score is None]
        if weight is not None and without:
            message = said(
                "{criterion} is not known for {markets}: {weight} of the weight is unscored there",
                criterion=said(criterion.label), markets=", ".join(sorted(without)), weight=weight.shown(),
            )  # fmt: skip
            yield Finding("MARKET-201", "note", path, message, "supply it to narrow the score's interval", "term-unscored-weight")
        if weight is None and share(facts.policy, criterion).amount and facts.policy.weights[criterion.pillar].amount:
            message = said("{criterion} is not known for any market and is left out", criterion=said(criterion.label))
            remedy = "its weight went to what is known; supply it to compare by it"
            yield Finding("MARKET-202", "note", path, message, remedy, "term-unscored-weight")
    for pillar in PILLARS:
        if pillar not in used.pillars and facts.policy.weights[pillar].amount:
            message = said("nothing is known about {pillar} for any market: the other pillars carry its weight", pillar=said(pillar))
            remedy = "supply at least one of its criteria"
            yield Finding("MARKET-203", "warning", f"policy.weights.{pillar}", message, remedy, "term-unscored-weight")


def of_lead(ranking: tuple[Ranked, ...]) -> Iterator[Finding]:
    """Report that the lead hangs on what is unknown, or that no market may be entered."""
    leader = ranking[0]
    if leader.standing == "stop":
        message = said("every market failed a gate that it must pass")
        yield Finding("MARKET-301", "warning", "markets", message, "the order shows which comes closest; change the offer or the policy")
        return
    rivals = [ranked.market for ranked in ranking[1:] if ranked.standing != "stop" and ranked.rank_best == 1]
    if rivals:
        message = said(
            "{leader} leads by what is known; what is unknown could put {rivals} first", leader=leader.market, rivals=", ".join(rivals)
        )
        remedy = "supply what is unscored there first"
        yield Finding("MARKET-204", "warning", f"markets[{leader.market}]", message, remedy, "term-unscored-weight")


def of_stability(facts: Facts, leader: Ranked, stability: Stability | None) -> Iterator[Finding]:
    """Report a lead that too many draws of weights take away."""
    least = facts.policy.steady_share_least
    if stability is None or least is None or stability.leader_keeps_share >= float(least.amount):
        return
    message = said(
        "{leader} keeps the first place in only {share} % of {draws} draws of the weights",
        leader=leader.market, share=f"{100 * stability.leader_keeps_share:.1f}", draws=stability.draws,
    )  # fmt: skip
    yield Finding("MARKET-206", "warning", f"markets[{leader.market}]", message, "treat the first places as equals, or settle the weights")


def of_opinion(leader: Ranked, closeness: Closeness | None) -> Iterator[Finding]:
    """Report a second opinion that puts another market first, and what it could not see."""
    if closeness is None:
        return
    first = min(closeness.rank, key=lambda market: closeness.rank[market])
    if closeness.rank[leader.market] != 1:
        message = said("the second opinion (TOPSIS) puts {first} before {leader}", first=first, leader=leader.market)
        yield Finding("MARKET-205", "note", f"markets[{leader.market}]", message, "look at both before you decide", "term-topsis")
    if closeness.left_out:
        message = said("the second opinion leaves out {count} criteria that are not known for every market", count=len(closeness.left_out))
        yield Finding("MARKET-207", "note", "markets", message, "supply them to have it judge by all", "term-topsis")


def _complaint(market: Market, path: str, share_shown: str, limit: str) -> Finding:
    message = said(
        "one complaint makes {share} of bad reviews, more than {limit}: {complaint}",
        share=share_shown, limit=limit, complaint=market.complaint or said("(not named)"),
    )  # fmt: skip
    return Finding("MARKET-103", "warning", path, message, "fix this in the product before you sell it there", "term-market-gate")
