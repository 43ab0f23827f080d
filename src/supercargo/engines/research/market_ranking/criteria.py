"""What markets are compared by: each criterion, the pillar that it belongs to, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Pillar = Literal["economics", "logistics", "barrier"]
PILLARS: tuple[Pillar, ...] = ("economics", "logistics", "barrier")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A property of a market; ``key`` is the field of ``Market`` that holds it."""

    key: str
    pillar: Pillar
    better: Literal["more", "less"]
    label: str


CRITERIA: tuple[Criterion, ...] = (
    Criterion("market_size", "economics", "more", "market size"),
    Criterion("gdp_per_head", "economics", "more", "GDP per head"),
    Criterion("population", "economics", "more", "population"),
    Criterion("online_share", "economics", "more", "share of people online"),
    Criterion("margin_rate_best", "economics", "more", "best margin over the products"),
    Criterion("sellable_share", "economics", "more", "share of the catalogue that can be sold"),
    Criterion("payout_days", "economics", "less", "days until payout"),
    Criterion("burden_rate", "economics", "less", "duty and tax burden"),
    Criterion("delivery_days_p50", "logistics", "less", "delivery days, median"),
    Criterion("delivery_days_p90", "logistics", "less", "delivery days, nine in ten"),
    Criterion("clearance_risk", "logistics", "less", "clearance risk"),
    Criterion("fulfilment_programme", "logistics", "more", "fulfilment programme there"),
    Criterion("papers", "barrier", "less", "papers and certificates needed"),
    Criterion("registration_needed", "barrier", "less", "registration needed"),
    Criterion("data_doubts", "barrier", "less", "doubtful facts"),
    Criterion("niche_score", "barrier", "more", "niche score"),
)
BY_KEY = {criterion.key: criterion for criterion in CRITERIA}
