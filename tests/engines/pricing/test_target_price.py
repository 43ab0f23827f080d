"""The smallest price that leaves the margin: by construction, by its neighbours, and the same for many at once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from supercargo.desk.search import Case, priced
from supercargo.engines.customs.duty import Terms, given_terms
from supercargo.engines.pricing import target_price
from supercargo.engines.pricing.target_price import PriceGrid
from supercargo.engines.pricing.unit_economics import Commission, FeeByPrice, Tier
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.reference.law import Law

LAW = Law(date(2026, 7, 15))
CENTS, NINETY_NINE = PriceGrid(Decimal("0.01"), Decimal(0)), PriceGrid(Decimal(1), Decimal("0.99"))


def eur(amount, name="an amount"):
    return Figure.money(amount, "EUR", name, path="given")


def percent(amount):
    return Figure.percent(amount, "a rate", path="given")


def cases(unit, parcel, count, seed):
    """Make offers with steps of every kind: commission tiers, fees by price, minimum fees, duty bands, objections."""
    rng = random.Random(seed)  # noqa: S311 - the same cases every time
    tiers = (Tier(percent("15"), eur("45")), Tier(percent("9")))
    for number in range(count):
        direct = number % 3 == 0
        terms = rng.choice(
            [
                given_terms(Figure.percent(rng.choice(("0", "12")), "duty rate", path="d")),
                None,
                Terms(per_kg=Figure.of(2, "EUR/kg", "s"), source="x"),
            ]
        )
        facts = unit(
            unit_cost=eur(rng.choice(("0.50", "3", "12.34", "80"))), tax_rate=percent(rng.choice(("19", "25.5", "0"))),
            commission=Commission(rng.choice(("flat", "whole_price", "marginal")), tiers, least=rng.choice((None, eur("0.30")))),
            fulfilment=FeeByPrice(((eur("10"), eur("2.50")), (eur("50"), eur("3.90")), (None, eur("4.40")))),
            advert_share=percent(rng.choice(("0", "8"))), route="direct" if direct else "warehouse",
            parcel=parcel(terms, rng.choice(("own_site", "marketplace")), rng.choice(((), ("IOSS",)))) if direct else None,
        )  # fmt: skip
        if direct:
            facts = replace(facts, first_leg=eur(0), duty=eur(0), import_fees=eur(0), storage=eur(0))
        yield target_price.Facts(facts, percent(rng.choice(("0", "20", "35"))), rng.choice((CENTS, NINETY_NINE)), dearest=eur("400"))


def alone(case):
    try:
        return target_price.decide(case, LAW)
    except Refused:
        return None


def test_no_lower_allowed_price_meets_the_margin(unit, parcel):
    """Every allowed price below the answer is tried one by one: the tenth of a cent that a step hides would show."""
    answered = 0
    for case in cases(unit, parcel, 24, seed=3):
        found = alone(case)
        if found is None or found.price.amount > 150:
            continue
        answered += 1
        number = case.grid.first_at_or_above(found.price.amount)
        assert case.grid.price(number) == found.price.amount
        assert target_price.margin_met(found.at, case.margin_rate)
        step = max(1, number // 150)
        for lower in {*range(1, number, step), *range(max(number - 40, 0), number)}:
            price = case.grid.price(lower)
            if price > 0:
                assert not target_price.margin_met(target_price.at(case, price, LAW), case.margin_rate), (price, found.price)
    assert answered > 8


def test_the_neighbours_prove_the_price(unit):
    found = target_price.decide(target_price.Facts(unit(), percent("30"), CENTS), LAW)
    margin = percent("30")
    assert found.below is not None
    assert found.above is not None
    assert found.below.price.amount == found.price.amount - Decimal("0.01")
    assert not target_price.margin_met(found.below, margin)
    assert target_price.margin_met(found.at, margin)


def test_a_price_ends_as_the_market_wants(unit):
    found = target_price.decide(target_price.Facts(unit(), percent("30"), NINETY_NINE), LAW)
    assert found.price.amount % 1 == Decimal("0.99")


def test_a_margin_that_no_price_leaves_is_refused_with_what_to_do(unit):
    with pytest.raises(Refused) as refused:
        target_price.decide(target_price.Facts(unit(advert_share=percent("60")), percent("30"), CENTS, dearest=eur("100")), LAW)
    assert refused.value.findings[0].code == "PRICE-404"
    assert str(refused.value.findings[0].remedy)


def test_many_at_once_find_the_same_prices_as_each_alone(unit, parcel):
    asked = list(cases(unit, parcel, 90, seed=11))
    together = priced([Case(case) for case in asked], LAW)
    for case, found in zip(asked, together, strict=True):
        expected = alone(case)
        assert found.price == (None if expected is None else expected.price.amount), case
        if expected is not None:
            assert found.amounts is not None
            wanted = {"profit": expected.at.profit, "costs": expected.at.costs, "net_price": expected.at.net_price}
            assert {name: found.amounts[name] for name in wanted} == {name: int(figure.amount.scaleb(2)) for name, figure in wanted.items()}
    assert sum(found.price is not None for found in together) > 30


@pytest.mark.parametrize(("amount", "first"), [("0", "0.99"), ("0.99", "0.99"), ("1.00", "1.99"), ("12.00", "12.99"), ("12.99", "12.99")])
def test_the_first_allowed_price_at_or_above_an_amount(amount, first):
    assert NINETY_NINE.price(NINETY_NINE.first_at_or_above(Decimal(amount))) == Decimal(first)
