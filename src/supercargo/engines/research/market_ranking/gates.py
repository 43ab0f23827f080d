"""The questions that a market must pass before its score counts: economics, logistics fit, barrier."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from supercargo.engines.research.market_ranking.facts import Gate, Standing
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.research.market_ranking.facts import Market, Policy
    from supercargo.engines.research.market_ranking.scoring import Values
    from supercargo.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate: what of the market is held against what of the policy, and how."""

    key: str
    value: str
    limit: str
    holds: Literal["over", "at most"]
    label: str


GATES = (
    Asked("market_size", "market_size", "market_size_least", "over", "the market is large enough"),
    Asked("margin_rate", "margin_rate_best", "margin_rate_least", "over", "the margin is high enough"),
    Asked("payout_days", "payout_days", "payout_days_most", "at most", "the money comes soon enough"),
    Asked("fulfilment_programme", "fulfilment_programme", "", "at most", "there is a fulfilment programme"),
    Asked("delivery_days", "delivery_days_p90", "delivery_days_most", "at most", "nine parcels in ten arrive in time"),
    Asked("clearance_risk", "clearance_risk", "clearance_risk_most", "at most", "customs let the goods through"),
    Asked("niche_score", "niche_score", "niche_score_least", "over", "the niche is open enough"),
    Asked("complaint_share", "complaint_share", "complaint_share_most", "at most", "no complaint dominates the bad reviews"),
)
LABELS = {gate.key: gate.label for gate in GATES}
VALUES = {gate.key: gate.value for gate in GATES}
_NEEDED = Figure(Decimal(1), RATIO, "needed", per="term-market-gate")


def gates_of(market: Market, values: Values, policy: Policy) -> tuple[Gate, ...]:
    """Put every question of the policy to a market; without an answer it is not checked, never passed."""
    return tuple(gate for asked in GATES if (gate := _gate(asked, market, values, policy)) is not None)


def standing_of(gates: tuple[Gate, ...]) -> Standing:
    """Say whether the gates let a market through."""
    if any(gate.outcome == "failed" and gate.stops for gate in gates):
        return "stop"
    return "go" if all(gate.outcome == "passed" for gate in gates) else "check"


def check_names(policy: Policy) -> None:
    """Refuse a gate that does not exist. Raises: MARKET-425."""
    unknown = sorted(policy.must_pass - LABELS.keys())
    if unknown:
        message = said("there is no gate {gate}", gate=unknown[0])
        raise refuse("MARKET-425", "policy.must_pass", message, said("name some of: {gates}", gates=", ".join(LABELS)))


def _gate(asked: Asked, market: Market, values: Values, policy: Policy) -> Gate | None:
    limit = _limit(asked, policy)
    if limit is None:
        return None
    value = _complaints(market) if asked.key == "complaint_share" else values.get(asked.value)
    stops = asked.key in policy.must_pass
    if value is None:
        return Gate(asked.key, "not checked", None, stops)
    verdict = _answer(asked, value, limit).named(asked.label, per="term-market-gate")
    return Gate(asked.key, "passed" if verdict.holds else "failed", verdict, stops)


def _answer(asked: Asked, value: Figure, limit: Figure) -> Verdict:
    if asked.key == "fulfilment_programme":
        return cast("Verdict", value >= limit)
    return cast("Verdict", value > limit if asked.holds == "over" else value <= limit)


def _limit(asked: Asked, policy: Policy) -> Figure | None:
    if asked.key == "fulfilment_programme":
        return _NEEDED if policy.fulfilment_programme_needed else None
    return cast("Figure | None", getattr(policy, asked.limit))


def _complaints(market: Market) -> Figure | None:
    share = market.complaint_share
    if share is None or share.name:
        return share
    return share.named("share of the commonest complaint")
