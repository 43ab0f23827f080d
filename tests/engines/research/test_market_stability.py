"""Statistics on the order: draws against what can be worked out exactly."""

from __future__ import annotations

import numpy as np
import pytest

from supercargo.engines.research.market_ranking import opinion
from supercargo.kernel.figure import Figure
from supercargo.kernel.words import catalogue


def spread(scores, weights, stopped=None, leader=0, draws=2000, concentration=50, seed=1):
    stopped = [False] * len(scores) if stopped is None else stopped
    return opinion.spread(
        np.array(scores, dtype=float), np.array(weights), np.array(stopped), leader, draws=draws, concentration=concentration, seed=seed
    )


def test_a_market_that_is_better_everywhere_always_leads():
    seen = spread([[90, 80, 70], [10, 20, 30], [5, 5, 5]], [0.4, 0.3, 0.3])
    assert (seen.leader_keeps_share, seen.kendall_tau, seen.rank_low, seen.rank_high) == (1.0, 1.0, (1, 2, 3), (1, 2, 3))


def test_mirror_images_share_the_lead_by_halves():
    # With equal weights the first leads when its weight is over one half: the median of Beta(25, 25).
    seen = spread([[100, 0], [0, 100]], [0.5, 0.5], draws=20_000)
    assert seen.leader_keeps_share == pytest.approx(0.5, abs=0.011), "three standard errors of 20,000 draws"
    assert seen.kendall_tau == 1.0, "the stated weights order no pair"
    assert seen.rank_low == (1, 1)
    assert seen.rank_high == (2, 2)


def test_the_share_of_a_narrow_lead_is_that_of_the_beta_distribution():
    # The first leads when w > 0.45, w ~ Beta(25, 25): P = 1 - I_0.45(25, 25), by adding up the binomial tail.
    from math import comb  # noqa: PLC0415

    tail = sum(comb(49, k) * 0.45**k * 0.55 ** (49 - k) for k in range(25, 50))
    seen = spread([[100, 0], [0, 100 * 0.45 / 0.55]], [0.5, 0.5], draws=20_000)
    assert seen.leader_keeps_share == pytest.approx(1 - tail, abs=0.01)
    assert seen.kendall_tau == pytest.approx(1 - 2 * tail, abs=0.02)


def test_a_stopped_market_stays_behind_in_every_draw():
    seen = spread([[10, 10], [100, 100]], [0.5, 0.5], stopped=[False, True])
    assert (seen.leader_keeps_share, seen.rank_low, seen.rank_high) == (1.0, (1, 2), (1, 2))


def test_draws_of_another_number_than_a_block_are_all_counted():
    assert spread([[1, 0], [0, 1]], [0.9, 0.1], draws=opinion.BLOCK + 1).leader_keeps_share == 1.0


def test_closer_draws_move_less():
    scores, weights = [[60, 50, 40], [45, 55, 50], [50, 40, 55]], [0.4, 0.3, 0.3]
    wide, close = (spread(scores, weights, concentration=size) for size in (10, 1000))
    assert wide.leader_keeps_share < close.leader_keeps_share
    assert wide.kendall_tau < close.kendall_tau


def test_an_unsteady_lead_is_a_finding_where_the_company_asks(make):
    people, days = (100, 50), (6, 4)
    found = [
        make.good(code, population=Figure.of(size, "person"), delivery_days_p90=Figure.of(time, "days"))
        for code, size, time in zip("AB", people, days, strict=True)
    ]
    least = Figure.percent("99.9", "steadiness asked for", "company.policy.steady")
    unasked, asked = (make.rank(*found, policy=make.policy("31", "30", "1", steady_share_least=share)) for share in (None, least))
    assert "MARKET-206" not in {finding.code for finding in unasked.findings}
    assert "MARKET-206" in {finding.code for finding in asked.findings}


def test_a_second_opinion_on_criteria_known_everywhere_names_what_it_left_out(make):
    found = [make.good("A", population=Figure.of(5, "person")), make.good("B"), make.good("C", population=Figure.of(9, "person"))]
    decision = make.rank(*found)
    assert "population" in decision.second_opinion.left_out
    assert "population" not in decision.second_opinion.criteria
    assert set(decision.second_opinion.closeness) == {"A", "B", "C"}
    assert "MARKET-207" in {finding.code for finding in decision.findings}


def test_every_name_and_finding_has_chinese_words(make):
    decision = make.rank(make.good("DE"), make.good("FR", niche_score=None, population=Figure.of(5, "person")))
    texts = {finding.message.template for finding in decision.findings if hasattr(finding.message, "template")}
    texts |= {finding.remedy for finding in decision.findings if isinstance(finding.remedy, str)}
    texts |= {part.criterion.label for part in decision.ranking[0].parts} | {gate.verdict.name for gate in decision.ranking[0].gates}
    assert {text for text in texts if text not in catalogue()} == set()
