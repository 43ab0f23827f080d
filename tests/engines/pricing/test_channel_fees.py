"""What a platform charges: the schedules of the day, the size tier of the unit, both sides of every step."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import supercargo.reference
from supercargo.engines.pricing import channel_fees
from supercargo.engines.pricing.channel_fees import rules
from supercargo.engines.pricing.channel_fees.facts import Facts
from supercargo.engines.pricing.channel_fees.fulfilment import fulfilment
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.reference.fees import fee_rows
from supercargo.reference.law import Law

TABLES = Path(supercargo.reference.__file__).parent / "tables"
DAY = date(2026, 7, 15)


def facts(market="US", currency="USD", weight="200", sides=("20", "10", "2"), **more):
    longest, median, shortest = (
        Figure.of(side, "cm", name, path="size") for side, name in zip(sides, ("longest side", "median side", "shortest side"), strict=True)
    )
    return channel_fees.Facts(
        channel=more.pop("channel", "amazon"), market=market, category=more.pop("category", "everything_else"), currency=currency,
        weight_g=Figure.of(weight, "g", "unit weight", path="weight"), longest_cm=longest, median_cm=median, shortest_cm=shortest, **more,
    )  # fmt: skip


def test_an_own_site_takes_no_commission():
    decision = channel_fees.decide(facts(channel="shopify", provider="shopify_payments"), Law(DAY))
    assert decision.commission.tiers[0].rate.amount == 0


def test_a_channel_without_fees_in_a_market_is_refused():
    with pytest.raises(Refused) as refused:
        channel_fees.decide(facts(market="ZA", currency="ZAR"), Law(DAY))
    assert refused.value.findings[0].code == "FEE-404"


def test_a_category_that_a_channel_does_not_name_pays_for_everything_else_and_it_is_said():
    decision = channel_fees.decide(facts(category="no_such_category"), Law(DAY))
    assert "FEE-203" in {finding.code for finding in decision.findings}


@pytest.mark.parametrize("table", ["referral_fees", "payment_fees", "fulfilment_fees", "storage_fees"])
def test_every_row_holds_from_its_day_to_the_day_before_its_end(table):
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    rows = fee_rows(table)
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        if cell["since"]:
            first = date.fromisoformat(cell["since"])
            assert row.holds_on(first)
            assert not row.holds_on(date.fromordinal(first.toordinal() - 1))
        if cell.get("until") and cell["since"]:
            last = date.fromisoformat(cell["until"])
            assert not row.holds_on(last)
            assert row.holds_on(date.fromordinal(last.toordinal() - 1))


def steps_of(market):
    """List the weight steps of a market's tables on the day: tier, upper weight, in the order of the file."""
    rows = [
        row
        for row in fee_rows("fulfilment_fees")
        if row.text("market") == market
        and row.text("programme") == "fba"
        and row.holds_on(DAY)
        and row.text("goods") in ("any", "standard", "")
    ]
    return [row for row in rows if row.text("max_weight_g") and not row.text("categories") and row.text("tier_order") == "1"]


@pytest.mark.parametrize("market", ["US", "GB", "DE"])
def test_at_a_weight_step_the_lower_fee_holds_and_a_gram_above_the_next(market):
    currency = {"US": "USD", "GB": "GBP", "DE": "EUR"}[market]
    checked = 0
    for row in steps_of(market)[:6]:
        limit = Decimal(row.text("max_weight_g"))
        at, above = (
            channel_fees.decide(
                facts(market, currency, str(weight), ("10", "5", "1"), programme="fba", stock_days=Figure.of(30, "days", "days")), Law(DAY)
            )
            for weight in (limit, limit + 1)
        )
        assert at.size_tier == row.text("tier")
        fees = [[fee.amount for _, fee in decision.fulfilment.steps] for decision in (at, above)]
        assert Decimal(row.text("fee")) in fees[0]
        assert min(fees[0]) < min(fees[1])
        checked += 1
    assert checked


def test_storage_is_volume_times_fee_times_months():
    """0.5 m3 at 30.00 EUR for each m3 and month for two months is 30.00."""
    stored = rules.storage_per_unit(
        Figure.of("0.5", "m3", "volume"), Figure.of("30", "EUR/m3/month", "fee"), Figure.of(2, "month", "months")
    )
    assert stored.shown() == "30.00 EUR"


def test_dimensional_weight_in_both_systems():
    """5,000 cm3 over 5,000 cm3/kg is 1 kg; 139 in3 over 139 in3/lb is a pound, 453.6 g."""
    metric = rules.dimensional_weight(Figure.of(5000, "cm^3", "volume"), Figure.of(5000, "cm^3/kg", "divisor"))
    imperial = rules.dimensional_weight(
        Figure.of(Decimal(139) * Decimal("16.387064"), "cm^3", "volume"), Figure.of(139, "in3/lb", "divisor"), imperial=True
    )
    assert (metric.shown(), imperial.shown()) == ("1000 g", "453.6 g")


@pytest.mark.parametrize(("weight", "fee"), [("1000", "5.00"), ("1000.1", "5.30"), ("1500", "5.30"), ("1500.1", "5.60")])
def test_each_started_step_costs_the_further_fee(weight, fee):
    grams = [Figure.of(value, "g", "g") for value in (weight, "1000", "500")]
    found = rules.fee_with_steps(
        Figure.money("5", "EUR", "fee"), Figure.money("0.30", "EUR", "extra"), grams[0], grams[1], grams[2], "term-fulfilment-fee"
    )
    assert found.shown() == f"{fee} EUR"


def test_each_price_band_weighs_in_its_own_way():
    """350 g in 30 x 20 x 10 cm: up to 20 EUR by unit weight 3.25; above by dimensional weight 1,200 g: 3.41 and not the 3.39 of 400 g."""
    sides = (Figure.of(30, "cm"), Figure.of(20, "cm"), Figure.of(10, "cm"))
    facts = Facts("amazon", "DE", "toys", "EUR", Figure.of(350, "g"), *sides, programme="fba")
    (_, low), (_, high) = fulfilment(facts, Law(date(2026, 9, 15))).fee.steps
    assert (low.amount, high.amount) == (Decimal("3.25"), Decimal("3.41"))
