"""Which market first: from a plan to an order with visible weights."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.desk.papers import doubts_about, kinds_of, papers
from supercargo.desk.plan import plan
from supercargo.desk.ranking import WEIGHTS, RankingRequest, facts_of, rank_markets

EVEN = {"economics": Decimal(1), "logistics": Decimal(1), "barrier": Decimal(1)}


def markets(small, **weights):
    facts = facts_of(RankingRequest(small.plan, weights or WEIGHTS), small.law)
    return {market.market: market for market in facts.markets}


def test_the_facts_of_a_market_are_those_of_its_best_ways(small) -> None:
    known = markets(small)
    # Germany's best ways: TEE 10.71 of 21.01 net, MUG 8.01 of 26.24: 50.9757 % is the better margin.
    assert known["DE"].margin_rate_best.amount == Decimal("0.509757")
    assert known["US"].margin_rate_best.amount == Decimal("0.528438")
    assert known["DE"].sellable_share.amount == Decimal(1)
    # Duty and tax of the best ways: TEE (0.35 + 3.99) / 21.01 = 20.6568 %, MUG (3.00 + 5.66) / 26.24 = 33.0030 %; the lower middle.
    assert known["DE"].burden_rate.amount == Decimal("0.206568")
    assert (known["GB"].delivery_days_p50.amount, known["GB"].delivery_days_p90.amount) == (7, 12)
    assert (known["DE"].fulfilment_programme, known["GB"].fulfilment_programme) == (True, False)
    assert (known["DE"].registration_needed, known["US"].registration_needed) == (False, True)
    assert known["GB"].payout_days is None
    assert known["DE"].population is not None


def test_without_a_stock_route_in_the_plan_the_programme_is_unknown(small) -> None:
    direct = plan(small.request(small.tee, routes=("direct",)), small.law)
    facts = facts_of(RankingRequest(direct), small.law)
    assert {market.fulfilment_programme for market in facts.markets} == {None}


def test_the_answer_has_ranks_intervals_gates_and_stability(small) -> None:
    answer = rank_markets(RankingRequest(small.plan), small.law)
    ranking = answer.rows["ranking"]
    assert answer.exit_code == 0
    assert [row["rank"] for row in ranking] == [1, 2, 3]
    assert answer.words["leader"] == ranking[0]["market"]
    for row in ranking:
        assert Decimal(row["score_low"]) <= Decimal(row["score"]) <= Decimal(row["score_high"])
        assert row["rank_best"] <= row["rank"] <= row["rank_worst"]
        assert row["rank_p5"] <= row["rank_p95"]
        assert len(row["passed"]) + len(row["failed"]) + len(row["not checked"]) == 6
    assert "the market is large enough" in ranking[0]["not checked"]
    assert answer.rows["stability"][0]["draws"] == 2000
    assert all(line.source for line in answer.lines())


def test_what_nobody_could_check_is_told_once_for_all_markets(small) -> None:
    answer = rank_markets(RankingRequest(small.plan), small.law)
    unchecked = [finding for finding in answer.findings if finding.code == "MARKET-102"]
    assert len({finding.path for finding in unchecked}) == len(unchecked) == 4
    assert str(unchecked[0].message) == "not checked for every market whether the market is large enough: the value is unknown"


def test_known_payout_days_are_held_against_the_policy(small) -> None:
    answer = rank_markets(RankingRequest(small.plan, payout_days={"DE": 14, "GB": 7, "US": 7}), small.law)
    rows = {row["market"]: row for row in answer.rows["ranking"]}
    assert "the money comes soon enough" in rows["DE"]["failed"]
    assert (rows["DE"]["standing"], rows["DE"]["rank"]) == ("stop", 3)
    assert "the money comes soon enough" in rows["GB"]["passed"]


def test_only_the_proportions_of_weights_count(small) -> None:
    tens = {name: weight * 10 for name, weight in EVEN.items()}
    first, second = (rank_markets(RankingRequest(small.plan, weights), small.law) for weights in (EVEN, tens))
    assert first.rows == second.rows


def test_the_same_question_gives_the_same_answer(small) -> None:
    assert rank_markets(RankingRequest(small.plan), small.law).document("zh") == rank_markets(
        RankingRequest(small.plan), small.law
    ).document("zh")


def test_no_weights_are_the_weights_of_the_house(small) -> None:
    assert rank_markets(RankingRequest(small.plan, {}), small.law).rows == rank_markets(RankingRequest(small.plan), small.law).rows


@pytest.mark.parametrize(
    "weights", [{"economics": Decimal(-1), "logistics": Decimal(1), "barrier": Decimal(1)}, dict.fromkeys(EVEN, Decimal(0))]
)
def test_weights_that_make_no_sense_are_refused(small, weights) -> None:
    answer = rank_markets(RankingRequest(small.plan, weights), small.law)
    assert (answer.exit_code, [finding.code for finding in answer.findings]) == (1, ["MARKET-422"])


@given(st.tuples(*(st.integers(0, 100) for _ in range(3))).filter(any))
def test_pillars_sum_to_the_score_and_more_weight_on_the_best_pillar_never_hurts(small, numbers) -> None:
    weights = dict(zip(EVEN, map(Decimal, numbers), strict=True))
    answer = rank_markets(RankingRequest(small.plan, weights), small.law)
    for row in answer.rows["ranking"]:
        pillars = sum(Decimal(row[name]) for name in EVEN if name in row)
        assert abs(pillars - Decimal(row["score"])) <= Decimal("0.2"), "three roundings to one digit"
    scores = [Decimal(row["score"]) for row in answer.rows["ranking"] if row["standing"] != "stop"]
    assert scores == sorted(scores, reverse=True)


def test_a_market_without_any_price_is_named(small) -> None:
    found = plan(small.request(small.tee, markets=("DE", "JP")), small.law)
    answer = rank_markets(RankingRequest(found), small.law)
    (told,) = [finding for finding in answer.findings if finding.code == "MARKET-208"]
    assert "JP" in str(told.message)
    assert {row["market"] for row in answer.rows["ranking"]} == {"DE", "JP"}


def test_papers_are_counted_for_the_kinds_of_the_catalogue_and_never_zero_for_silence(small) -> None:
    assert {"textiles", "any", "packaging"} == set(kinds_of(small.tee))
    assert "food_contact" in kinds_of(small.mug)
    assert papers("DE", [small.tee], small.law).amount >= 1
    assert papers("HK", [small.tee], small.law) is None
    assert doubts_about("DE", small.law).amount > 0
