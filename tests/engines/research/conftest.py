"""Small markets with round numbers, so that every score can be checked in the head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from supercargo.engines.research import market_ranking as ranking
from supercargo.kernel.figure import Figure
from supercargo.reference.law import Law

DAY = date(2026, 11, 22)


def weight(pillar, number):
    return Figure.of(number, "", f"weight stated for {pillar}", path=f"company.policy.weights.{pillar}")


def policy_of(economics="40", logistics="30", barrier="30", **others):
    """The company's policy with the defaults of PRODUCT 2f-2i."""
    path = "company.policy"
    stated = ranking.Policy(
        weights={
            "economics": weight("economics", economics),
            "logistics": weight("logistics", logistics),
            "barrier": weight("barrier", barrier),
        },
        market_size_least=Figure.money("10000000000", "USD", "market size asked for", f"{path}.market_size_usd_min"),
        margin_rate_least=Figure.percent("30", "margin asked for", f"{path}.margin_rate_target"),
        payout_days_most=Figure.of(7, "days", "payout days allowed", f"{path}.payout_days_max"),
        niche_score_least=Figure.of(40, "point", "niche score asked for", f"{path}.niche_score_min"),
        complaint_share_most=Figure.percent("15", "complaint share allowed", f"{path}.complaint_share_max"),
    )
    return replace(stated, **others)


def good_market(code, **values):
    """A market that passes every gate; its criteria may be overwritten."""
    known = {
        "market_size": Figure.money("20000000000", "USD"),
        "margin_rate_best": Figure.percent("35"),
        "payout_days": Figure.of(5, "days"),
        "fulfilment_programme": True,
        "niche_score": Figure.of(60, "point"),
        "complaint_share": Figure.percent("10"),
    }
    return ranking.Market(code, **(known | values))


def rank(*markets, policy=None, seed=7, law=None, **others):
    facts = ranking.Facts(tuple(markets), policy or policy_of(), seed=seed, **others)
    return ranking.decide(facts, law or Law(DAY))


@pytest.fixture(scope="session")
def make():
    """Hand out the makers above under one name."""

    class Make:
        policy = staticmethod(policy_of)
        good = staticmethod(good_market)
        rank = staticmethod(rank)
        market = ranking.Market
        day = DAY

    return Make
