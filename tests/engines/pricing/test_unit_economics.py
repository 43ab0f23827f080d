"""The waterfall of one unit: every cost by itself, and their sum; each case carries its arithmetic in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.customs.duty import given_terms
from supercargo.engines.pricing import unit_economics
from supercargo.engines.pricing.unit_economics import Commission, FeeByPrice, Tier, rules
from supercargo.kernel.figure import Figure
from supercargo.reference.law import Law

LAW = Law(date(2026, 7, 15))
LINES = (
    ("tax inside the price", "19.00"),  # 119 x 19 / 119
    ("commission", "17.85"),  # 15 % of 119
    ("payment fee", "2.68"),  # 2 % of 119 + 0.30
    ("fulfilment and delivery", "4.00"),
    ("storage", "0.50"),
    ("first leg", "2.00"),
    ("customs duty", "3.00"),
    ("import tax not recovered", "0.00"),  # registered: input tax
    ("import fees", "0.10"),
    ("goods and packaging", "21.00"),  # 20 + 1
    ("returns", "7.40"),  # 10.00 refunded + 0.50 handled - 1.79 commission back - 1.31 goods back
    ("advertising", "10.00"),  # 10 % of 100
    ("currency conversion", "1.00"),  # 1 % of 100
    ("cost of capital", "0.52"),  # 26.10 x 10 % x 73 / 365 = 0.522
    ("wastage", "0.26"),  # 1 % of 26.10
)


def eur(amount, name="an amount"):
    return Figure.money(amount, "EUR", name, path="given")


def text(figure):
    return figure.shown().removesuffix(" EUR")


def test_a_price_of_119_leaves_29_69(unit):
    decision = unit_economics.decide(unit(), LAW)
    assert [text(line) for line in decision.lines] == [amount for _, amount in LINES]
    assert text(decision.net_price) == "100.00"
    assert text(decision.landed_unit_cost) == "26.10"
    assert text(decision.costs) == "70.31"
    assert text(decision.profit) == "29.69"
    assert decision.margin().amount == Decimal("0.2969")


@pytest.mark.parametrize(
    ("price", "rate", "tax", "net"),
    [
        ("179.00", "19", "28.58", "150.42"),
        ("1.19", "19", "0.19", "1.00"),
        ("0.01", "19", "0.00", "0.01"),
        ("100", "25.5", "20.32", "79.68"),
    ],
)
def test_the_tax_inside_a_price(price, rate, tax, net):
    inside = rules.tax_inside(eur(price), Figure.percent(rate, "rate"))
    assert (text(inside), text(rules.net_price(eur(price), inside))) == (tax, net)


TIERS = (Tier(Figure.percent("15", "rate"), eur("100")), Tier(Figure.percent("8", "rate")))


@pytest.mark.parametrize(
    ("sentence", "schedule", "price", "charge"),
    [
        ("flat: 15 % of 10", Commission("flat", TIERS[:1]), "10.00", "1.50"),
        ("the tier of the price gives the rate for all of it: at 100.00 still 15 %", Commission("whole_price", TIERS), "100.00", "15.00"),
        ("a cent above 8 % of all: 8.0008", Commission("whole_price", TIERS), "100.01", "8.00"),
        ("each part by its own rate: 15 % of 100 and 8 % of 50", Commission("marginal", TIERS), "150.00", "19.00"),
        ("at the end of the tier 15.00", Commission("marginal", TIERS), "100.00", "15.00"),
        ("below it 15 % of 40", Commission("marginal", TIERS), "40.00", "6.00"),
        ("at least 0.30 where 15 % of 1.00 is less", Commission("flat", TIERS[:1], least=eur("0.30")), "1.00", "0.30"),
        ("and a fixed part of 0.25 on top", Commission("flat", TIERS[:1], least=eur("0.30"), fixed=eur("0.25")), "1.00", "0.55"),
    ],
)  # fmt: skip
def test_commission(sentence, schedule, price, charge):
    assert text(rules.commission(eur(price), schedule)) == charge, sentence


@pytest.mark.parametrize(("price", "fee"), [("9.99", "3.00"), ("10.00", "3.00"), ("10.01", "4.00"), ("50.00", "4.00"), ("50.01", "5.00")])
def test_a_fee_by_price_changes_a_cent_above_its_band(price, fee):
    assert text(rules.fee_by_price(eur(price), FeeByPrice(((eur("10"), eur("3")), (eur("50"), eur("4")), (None, eur("5")))))) == fee


def test_a_parcel_declares_the_price_without_the_tax_inside(unit, parcel):
    """119 with 19 % inside declares 100: flat duty 3.00; under IOSS 19 % of 100 and of 3 leave the price: 19.57."""
    terms = given_terms(Figure.percent("12", "duty rate", path="duty_rate"))
    decision = unit_economics.decide(unit(route="direct", channel="shopify", parcel=parcel(terms)), LAW)
    sale_tax, duty, border = decision.lines[0], decision.lines[6], decision.lines[7]
    assert (text(sale_tax), text(duty), text(border)) == ("19.57", "3.00", "0.00")
    assert text(decision.net_price) == "99.43"
    assert decision.collector.word == "seller"


def test_a_parcel_above_the_limit_pays_at_the_border_and_the_seller_bears_it(unit, parcel):
    """238 declares 200: 12 % duty is 24.00, import VAT 19 % of 224 is 42.56; nothing leaves the price as sale tax."""
    terms = given_terms(Figure.percent("12", "duty rate", path="duty_rate"))
    decision = unit_economics.decide(unit(route="direct", price=eur("238"), parcel=parcel(terms)), LAW)
    assert [text(decision.lines[place]) for place in (0, 6, 7)] == ["0.00", "24.00", "42.56"]


AMOUNTS = st.decimals(min_value=0, max_value=5000, places=2)


@given(AMOUNTS, AMOUNTS, st.decimals(min_value=0, max_value=40, places=2))
def test_price_costs_and_profit_tie_out(price, cost, rate):
    facts = replace(_PLAIN, price=eur(price), unit_cost=eur(cost), tax_rate=Figure.percent(rate, "rate"))
    decision = unit_economics.decide(facts, LAW)
    assert decision.costs.amount == sum(line.amount for line in decision.lines[1:])
    assert decision.net_price.amount == price - decision.lines[0].amount
    assert decision.profit.amount == price - sum(line.amount for line in decision.lines)


@pytest.fixture(autouse=True)
def _plain(unit):
    global _PLAIN  # noqa: PLW0603 - hypothesis does not take fixtures that make facts
    _PLAIN = unit()
