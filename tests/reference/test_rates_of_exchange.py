"""Rates of exchange: the bank's of the day, a company's own where it has given them, never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.reference.fx import Rates

DAY = date(2024, 7, 15)
PUBLISHED = ("EUR", "USD", "GBP", "JPY", "CNY", "CHF", "AUD", "INR")


def test_a_weekend_takes_the_last_published_rate():
    friday, sunday = Rates(date(2024, 7, 12)).rate("EUR", "USD"), Rates(date(2024, 7, 14)).rate("EUR", "USD")
    assert sunday.amount == friday.amount
    assert sunday.citation.since == date(2024, 7, 12)


def test_an_old_rate_carries_its_doubt():
    assert Rates(date(2036, 1, 1)).rate("EUR", "USD").citation.doubt


@given(st.sampled_from(PUBLISHED), st.sampled_from(PUBLISHED))
def test_there_and_back_is_one_to_seven_digits(base, quote):
    there, back = Rates(DAY).rate(base, quote).amount, Rates(DAY).rate(quote, base).amount
    assert abs(there * back - 1) < Decimal("1e-6")


def test_a_currency_that_nobody_quotes_is_refused_with_the_remedy():
    with pytest.raises(Refused) as refused:
        Rates(DAY).rate("EUR", "TWD")
    assert refused.value.findings[0].code == "FX-404"
    assert "--rate USD/TWD=PRICE" in str(refused.value.findings[0].remedy)


@pytest.mark.parametrize("given_as", [("USD", "TWD", "32.5"), ("TWD", "USD", "0.030769231")])
def test_a_planning_rate_in_one_currency_serves_all_and_is_cited_as_the_company_s(given_as):
    base, quote, price = given_as
    rates = Rates(DAY, {(base, quote): Decimal(price)})
    euros = rates.rate("EUR", "TWD")
    dollars = Rates(DAY).rate("EUR", "USD").amount
    assert abs(euros.amount / dollars - Decimal("32.5")) < Decimal("0.0001")
    assert euros.citation.key == "company.planning_rates"
    assert euros.citation.confidence == "low"
    assert rates.knows("GBP", "TWD")


def test_a_planning_rate_goes_before_the_bank_s():
    rates = Rates(DAY, {("EUR", "USD"): Decimal("1.10")})
    assert rates.rate("EUR", "USD").amount == Decimal("1.10")
    assert rates.rate("USD", "EUR").amount == Decimal("0.90909091")
    assert rates.convert(Figure.money(100, "EUR", "goods"), "EUR", "USD").shown() == "110.00 USD"


def test_before_the_first_publication_there_is_none():
    with pytest.raises(Refused) as refused:
        Rates(date(1998, 1, 1)).rate("EUR", "USD")
    assert refused.value.findings[0].code == "FX-410"
