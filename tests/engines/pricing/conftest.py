"""One unit to price: everything round, so that the arithmetic can be followed by eye."""

from __future__ import annotations

from dataclasses import replace

import pytest

from supercargo.engines.pricing.unit_economics import Commission, Facts, FeeByPrice, Import, Policy, Tier
from supercargo.kernel.figure import Figure


def eur(amount, name="an amount"):
    return Figure.money(amount, "EUR", name, path=name.replace(" ", "_"))


def percent(amount, name="a rate"):
    return Figure.percent(amount, name, path=name.replace(" ", "_"))


@pytest.fixture
def unit():
    """Give the facts of a unit; keywords change them, those of the policy too."""

    def facts(**changed):
        policy = Policy(
            advert_share=percent("10"), returns_rate=percent("10"), resaleable_share=percent("50"), return_handling=eur("5"),
            conversion_spread=percent("1"), capital_rate=percent("10"), wastage_rate=percent("1"), days_tied=Figure.of(73, "days", "days", path="days"),
        )  # fmt: skip
        plain = Facts(
            market="DE", channel="amazon", route="warehouse", currency="EUR", price=eur("119.00", "shop price"), tax_rate=percent("19"),
            tax_inside=True, unit_cost=eur("20"), packaging=eur("1"), first_leg=eur("2"), duty=eur("3"), import_fees=eur("0.10"),
            fulfilment=FeeByPrice(((None, eur("4")),)), storage=eur("0.50"), commission=Commission("flat", (Tier(percent("15")),)),
            payment_rate=percent("2"), payment_fixed=eur("0.30"), policy=policy,
        )  # fmt: skip
        own = {name: value for name, value in changed.items() if hasattr(policy, name)}
        return replace(plain, policy=replace(policy, **own), **{name: value for name, value in changed.items() if name not in own})

    return facts


@pytest.fixture
def parcel():
    """Give what a parcel sent directly meets at the border."""

    def sent(terms, channel="own_site", schemes=("IOSS",), origin="CN"):
        return Import(origin, channel, "express", frozenset(schemes), "standard", Figure.of("0.5", "kg", "weight", path="weight"), terms)

    return sent
