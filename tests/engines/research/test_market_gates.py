"""Each gate on both sides of its threshold; unknown is never a pass."""

from __future__ import annotations

import pytest

from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused


def usd(amount):
    return Figure.money(amount, "USD")


EDGES = [
    ("a market of exactly USD 10 bn is not over it", "market_size", {"market_size": usd("10000000000")}, "failed"),
    ("one cent over USD 10 bn passes", "market_size", {"market_size": usd("10000000000.01")}, "passed"),
    ("a margin of exactly 30 % is not over it", "margin_rate", {"margin_rate_best": Figure.percent("30")}, "failed"),
    ("30.0001 % passes", "margin_rate", {"margin_rate_best": Figure.percent("30.0001")}, "passed"),
    ("payout on the seventh day is within 7 days", "payout_days", {"payout_days": Figure.of(7, "days")}, "passed"),
    ("payout on the eighth is not", "payout_days", {"payout_days": Figure.of(8, "days")}, "failed"),
    ("no fulfilment programme fails", "fulfilment_programme", {"fulfilment_programme": False}, "failed"),
    ("a niche score of 40 is not over 40", "niche_score", {"niche_score": Figure.of(40, "point")}, "failed"),
    ("41 is", "niche_score", {"niche_score": Figure.of(41, "point")}, "passed"),
    ("a complaint in 15 % of bad reviews is not over 15 %", "complaint_share", {"complaint_share": Figure.percent("15")}, "passed"),
    ("15.1 % is", "complaint_share", {"complaint_share": Figure.percent("15.1")}, "failed"),
    ("an unknown market size is not checked", "market_size", {"market_size": None}, "not checked"),
    ("an unknown margin is not checked", "margin_rate", {"margin_rate_best": None}, "not checked"),
    ("an unknown payout is not checked", "payout_days", {"payout_days": None}, "not checked"),
    ("an unknown programme is not checked", "fulfilment_programme", {"fulfilment_programme": None}, "not checked"),
    ("an unknown niche score is not checked", "niche_score", {"niche_score": None}, "not checked"),
    ("unknown complaints are not checked", "complaint_share", {"complaint_share": None}, "not checked"),
    ("a margin of zero is known, and fails", "margin_rate", {"margin_rate_best": Figure.percent("0")}, "failed"),
]


@pytest.mark.parametrize(("key", "values", "outcome"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_a_gate(make, key, values, outcome):
    (only,) = make.rank(make.good("DE", **values)).ranking
    assert {gate.key: gate.outcome for gate in only.gates}[key] == outcome
    assert all(gate.outcome == "passed" for gate in only.gates if gate.key != key)
    stops = key in ("market_size", "margin_rate", "payout_days")
    assert only.standing == {"passed": "go", "not checked": "check", "failed": "stop" if stops else "check"}[outcome]


def test_gates_that_the_company_does_not_ask_are_not_put(make):
    (only,) = make.rank(make.good("DE"), policy=make.policy(niche_score_least=None, fulfilment_programme_needed=False)).ranking
    assert [gate.key for gate in only.gates] == ["market_size", "margin_rate", "payout_days", "complaint_share"]


def test_delivery_time_and_clearance_risk_are_asked_where_the_company_sets_a_limit(make):
    limits = {"delivery_days_most": Figure.of(5, "days", path="p"), "clearance_risk_most": Figure.percent("3", path="p")}
    late = make.good("DE", delivery_days_p90=Figure.of(6, "days"), clearance_risk=Figure.percent("3"))
    (only,) = make.rank(late, policy=make.policy(**limits)).ranking
    outcomes = {gate.key: gate.outcome for gate in only.gates}
    assert (outcomes["delivery_days"], outcomes["clearance_risk"]) == ("failed", "passed")


def test_a_failed_gate_that_must_be_passed_puts_a_market_behind_all_others(make):
    rich = make.good("US", population=Figure.of(340, "person"), margin_rate_best=Figure.percent("29"))
    poor = make.good("MT", population=Figure.of(1, "person"), margin_rate_best=Figure.percent("31"), payout_days=Figure.of(7, "days"))
    decision = make.rank(rich, poor, policy=make.policy(shares={"margin_rate_best": Figure.of(0, "")}))
    first, second = decision.ranking
    assert (first.market, first.rank, second.market, second.rank, second.standing) == ("MT", 1, "US", 2, "stop")
    assert first.score.amount < second.score.amount
    assert decision.leader == "MT"
    assert decision.stability.leader_keeps_share == 1.0
    assert decision.flips == ()
    assert decision.second_opinion.rank == {"MT": 1, "US": 2}


def test_where_every_market_is_stopped_nobody_leads(make):
    decision = make.rank(*(make.good(code, margin_rate_best=Figure.percent("10")) for code in ("DE", "FR")))
    assert decision.leader is None
    assert "MARKET-301" in {finding.code for finding in decision.findings}


def test_findings_name_the_market_and_the_value(make):
    decision = make.rank(make.good("DE", complaint_share=Figure.percent("22"), complaint="zip breaks", niche_score=None))
    found = {(finding.code, finding.path) for finding in decision.findings}
    assert {("MARKET-103", "markets[DE].complaint_share"), ("MARKET-102", "markets[DE].niche_score")} <= found
    complaint = next(finding for finding in decision.findings if finding.code == "MARKET-103")
    assert "22 %" in str(complaint)
    assert "zip breaks" in str(complaint)
    assert "先在产品上解决" in complaint.into("zh")


def test_a_gate_that_does_not_exist_is_refused(make):
    with pytest.raises(Refused) as refused:
        make.rank(make.good("DE"), policy=make.policy(must_pass=frozenset({"margn"})))
    assert refused.value.findings[0].code == "MARKET-425"
