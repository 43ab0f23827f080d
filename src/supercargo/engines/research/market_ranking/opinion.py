"""Statistics on a ranking: draws of weights and TOPSIS.

Floats are allowed here and only here: nothing in this module is money, and no amount leaves it. The
scores that rank the markets are exact and are made in ``rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BEHIND = 1000.0
"""More than any score: takes a stopped market behind all others, in every draw."""
LOW, HIGH = 0.05, 0.95
LEVEL_DIGITS = 9
"""Results that agree to so many digits are level: floats add the same parts in different order."""
BLOCK = 200
"""Draws compared pair by pair at a time, to bound memory."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What the draws showed: shares and ranks by market."""

    leader_keeps_share: float
    kendall_tau: float
    rank_low: tuple[int, ...]
    rank_high: tuple[int, ...]


def topsis(values: Floats, weights: Floats, more_is_better: NDArray[np.bool_]) -> Floats:
    """Closeness to the ideal is the distance from the worst over the distances from worst and best.

    Source: Hwang, C. L. and Yoon, K. (1981), Multiple Attribute Decision Making, Springer: vector
    normalisation. Two alternatives are the least; where all are alike the method is silent and 0.5 is given.

    Args:
        values: a row for each market, a column for each criterion.
        weights: of the criteria, summing to one.
        more_is_better: for each criterion.
    """
    length = np.sqrt((values**2).sum(axis=0))
    weighted = values / np.where(length == 0, 1.0, length) * weights
    best = np.where(more_is_better, weighted.max(axis=0), weighted.min(axis=0))
    worst = np.where(more_is_better, weighted.min(axis=0), weighted.max(axis=0))
    from_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    from_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    apart = from_best + from_worst
    return np.where(apart == 0, 0.5, from_worst / np.where(apart == 0, 1.0, apart))


def spread(
    scores: Floats, weights: Floats, stopped: NDArray[np.bool_], leader: int, *, draws: int, concentration: int, seed: int
) -> Spread:
    """How often the leader keeps its place, and how ranks vary, when weights are drawn around the stated ones.

    Weights come from a Dirichlet distribution with the stated weights as mean. Pillars then vary as a
    Dirichlet too, with their own stated weights as mean: sums of its parts are again Dirichlet.
    Kendall's tau is taken over the pairs that the stated weights order, averaged over the draws.
    """
    drawn = np.random.default_rng(seed).dirichlet(weights * concentration, size=draws)
    behind = np.where(stopped, BEHIND, 0.0)
    stated = _order(scores @ weights - behind)
    results = drawn @ scores.T - behind
    keeps, agreement, ranks = 0, 0.0, []
    for start in range(0, draws, BLOCK):
        signs = _order(results[start : start + BLOCK])
        behind_whom = (signs < 0).sum(axis=2)
        ranks.append(1 + behind_whom)
        keeps += int((behind_whom[:, leader] == 0).sum())
        agreement += float((signs * stated).sum())
    all_ranks = np.concatenate(ranks)
    low = np.quantile(all_ranks, LOW, axis=0, method="inverted_cdf")
    high = np.quantile(all_ranks, HIGH, axis=0, method="inverted_cdf")
    ordered = int(np.count_nonzero(stated))
    tau = agreement / (draws * ordered) if ordered else 1.0
    return Spread(keeps / draws, tau, tuple(int(rank) for rank in low), tuple(int(rank) for rank in high))


def ranks_of(results: Floats, stopped: NDArray[np.bool_]) -> tuple[int, ...]:
    """Rank results, the greatest first, stopped markets behind; equals share the better rank."""
    behind_whom = (_order(results - np.where(stopped, BEHIND, 0.0)) < 0).sum(axis=-1)
    return tuple(int(rank) + 1 for rank in behind_whom)


def _order(results: Floats) -> Floats:
    return np.sign(np.round(results[..., :, None] - results[..., None, :], LEVEL_DIGITS))
