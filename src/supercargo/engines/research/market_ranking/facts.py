"""What must be known, and what is decided, about the order of markets."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.engines.research.market_ranking.criteria import Criterion, Pillar
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.verdict import Verdict
    from supercargo.kernel.words import Text

Standing = Literal["go", "check", "stop"]
"""``go``: every gate passed. ``check``: a gate is open, or failed without stopping. ``stop``: failed one that must be passed."""
Outcome = Literal["passed", "failed", "not checked"]


@dataclass(frozen=True, slots=True)
class Market:
    """What is known about one market; ``None`` is unknown and never counts as zero.

    Money in any currency (market sizes are brought into the gate's), GDP per head in one unit for all
    markets, shares and rates as ratios, times in days. ``margin_rate_best`` is the best rate over the
    products, after VAT and fulfilment. ``burden_rate`` is duty and tax over the goods' value.
    ``clearance_risk`` is the share of consignments that customs hold up. ``complaint_share`` is the
    share of the commonest complaint in bad reviews, ``complaint`` what it is about.
    """

    market: str
    market_size: Figure | None = None
    gdp_per_head: Figure | None = None
    population: Figure | None = None
    online_share: Figure | None = None
    margin_rate_best: Figure | None = None
    sellable_share: Figure | None = None
    payout_days: Figure | None = None
    burden_rate: Figure | None = None
    delivery_days_p50: Figure | None = None
    delivery_days_p90: Figure | None = None
    clearance_risk: Figure | None = None
    fulfilment_programme: bool | None = None
    papers: Figure | None = None
    registration_needed: bool | None = None
    data_doubts: Figure | None = None
    niche_score: Figure | None = None
    complaint_share: Figure | None = None
    complaint: Text = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A fixed scale of the company: which value scores 0 and which scores 100."""

    worst: Figure
    best: Figure


@dataclass(frozen=True, slots=True)
class Policy:
    """What the company asks of a market and how much each pillar counts.

    A threshold that is ``None`` is not asked. ``weights`` are any non-negative numbers; ``shares`` split
    a pillar among its criteria (equal where none is given, 0 leaves a criterion out). Criteria without
    a fixed ``scale`` are scaled between the worst and the best market compared. ``must_pass`` names the
    gates whose failure stops a market. ``concentration``: how closely drawn weights stay to the stated
    ones; a weight of 40 % moves by about 7 points at 50 and by 3.5 at 200.
    """

    weights: Mapping[Pillar, Figure]
    market_size_least: Figure | None
    margin_rate_least: Figure | None
    payout_days_most: Figure | None
    niche_score_least: Figure | None
    complaint_share_most: Figure | None
    delivery_days_most: Figure | None = None
    clearance_risk_most: Figure | None = None
    fulfilment_programme_needed: bool = True
    must_pass: frozenset[str] = frozenset({"market_size", "margin_rate", "payout_days"})
    shares: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))
    steady_share_least: Figure | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The markets to compare, the company's policy, and the seed of the weight draws."""

    markets: tuple[Market, ...]
    policy: Policy
    seed: int
    draws: int = 2000
    concentration: int = 50


@dataclass(frozen=True, slots=True)
class Gate:
    """One question that a market must pass: the answer with both sides, or that it was not checked."""

    key: str
    outcome: Outcome
    verdict: Verdict | None
    stops: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion adds to a market's score; without value, score and points it is unscored."""

    criterion: Criterion
    weight: Figure
    value: Figure | None
    score: Figure | None
    points: Figure | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A market in its place.

    ``score`` is the middle of ``score_low`` (all that is unknown turns out worst) and ``score_high``
    (best). ``rank_best`` and ``rank_worst`` are the places that the unknown leaves possible, stated
    weights holding. ``pillar_scores`` sum to ``score``.
    """

    market: str
    rank: int
    standing: Standing
    gates: tuple[Gate, ...]
    parts: tuple[Part, ...]
    pillar_scores: Mapping[Pillar, Figure]
    score_low: Figure
    score: Figure
    score_high: Figure
    weight_unscored: Figure
    rank_best: int
    rank_worst: int


@dataclass(frozen=True, slots=True)
class Stability:
    """How the ranking fares when weights move: shares are of the draws; statistics, in floats.

    ``rank_p5`` and ``rank_p95`` bound the places that a market takes in nine draws of ten.
    """

    draws: int
    seed: int
    concentration: int
    leader_keeps_share: float
    kendall_tau: float
    rank_p5: Mapping[str, int]
    rank_p95: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Flip:
    """The least change of one pillar's weight, the others keeping their proportions, that brings a rival level."""

    pillar: Pillar
    rival: str
    weight_now: Figure
    weight_then: Figure
    change: Figure


@dataclass(frozen=True, slots=True)
class Shift:
    """The least weight that must be moved between criteria, in any way, to bring a rival level with the leader."""

    rival: str
    moved: Figure
    taken_from: tuple[str, ...]
    given_to: str


@dataclass(frozen=True, slots=True)
class Closeness:
    """The second opinion (TOPSIS): closeness to the ideal market, 0 to 1, on criteria known everywhere."""

    closeness: Mapping[str, float]
    rank: Mapping[str, int]
    criteria: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The markets in order, the weights that were used, and how far to trust the order.

    ``flips`` holds the least change for each pillar that can change the leader, the smallest first.
    ``shift``, ``stability`` and ``second_opinion`` are absent where there is nothing to compare.
    """

    ranking: tuple[Ranked, ...]
    leader: str | None
    weights: Mapping[str, Figure]
    pillar_weights: Mapping[Pillar, Figure]
    not_compared: tuple[str, ...]
    stability: Stability | None
    flips: tuple[Flip, ...]
    shift: Shift | None
    second_opinion: Closeness | None
    findings: tuple[Finding, ...]
