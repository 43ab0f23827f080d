"""A company so small that its plan can be checked by hand: two products, three markets, round prices, round rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType, SimpleNamespace

import pytest

from supercargo.connectors.catalogue import Catalogue, Product
from supercargo.connectors.company import Company, Policy, PurchaseTier, PurchaseTiers, Registration, Returns
from supercargo.desk.plan import Plan, PlanRequest, plan
from supercargo.desk.routes import Cards
from supercargo.engines.logistics.ratecard import (
    CarbonLeg,
    Charge,
    FirstLeg,
    Limits,
    ParcelService,
    RateCard,
    Step,
    Surcharges,
    Terms,
    Warehouse,
)
from supercargo.kernel.words import Bilingual
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

DAY = date(2026, 7, 15)
RATES = {
    ("EUR", "CNY"): Decimal(8), ("GBP", "CNY"): Decimal(10), ("USD", "CNY"): Decimal("6.25"),
    ("EUR", "GBP"): Decimal("0.8"), ("EUR", "USD"): Decimal("1.28"), ("GBP", "USD"): Decimal("1.6"),
}  # fmt: skip
"""One EUR is 8 CNY, one GBP 10, one USD 6.25; the crosses follow."""

LAW = Law(DAY, exchange=Rates(DAY, RATES))
TEE = Product(
    "TEE", "Cotton T-shirt", "纯棉T恤", "610910", "CN", Decimal("20.00"), "CNY", Decimal(200), Decimal(30), Decimal(25), Decimal(2),
    category="clothing", monthly_units=100, target_price=Decimal("25.00"), target_price_currency="EUR", row=2,
)  # fmt: skip
MUG = Product(
    "MUG", "Porcelain mug", "", "691110", "CN", Decimal("16.00"), "CNY", Decimal(400), Decimal(12), Decimal(12), Decimal(10),
    category="home_kitchen", monthly_units=100, row=3,
)  # fmt: skip
COMPANY = Company(
    name_en="Small Co.", name_zh="小公司", city="Ningbo",
    policy=Policy(
        margin_rate_target=Decimal("0.30"), margin_rate_floor=Decimal("0.15"), advert_share=Decimal("0.10"),
        cost_of_capital_rate_yearly=Decimal("0.10"), conversion_spread_rate=Decimal("0.01"), wastage_rate=Decimal("0.01"),
        payout_days_max=10, stock_cover_days=30, price_ending=Decimal("0.90"),
    ),
    returns=Returns(MappingProxyType({"everything_else": Decimal("0.05")}), Decimal("0.50"), Decimal("8.00"), "CNY"),
    registrations=(
        Registration("EU", "ioss", True, code="IOSS", since=date(2024, 1, 1)), Registration("GB", "vat", True, code="UK-SALE-VAT"),
        Registration("DE", "vat", True),
    ),
    channels=("amazon", "shopify"), routes=("direct", "warehouse"),
    purchase_tiers=MappingProxyType({
        "TEE": PurchaseTiers("TEE", "CNY", (PurchaseTier(100, Decimal("20.00")), PurchaseTier(500, Decimal("18.00")))),
    }),
)  # fmt: skip


def terms(service: str, days_p50: int, days_p90: int, mode: str, km: int) -> Terms:
    legs = (CarbonLeg(mode, Decimal(km)),)
    return Terms("small", service, Bilingual(service, service), "CNY", days_p50, days_p90, legs, date(2026, 1, 1), None, "small.csv")


def parcel(service: str, countries: tuple[str, ...], per_parcel: str, per_kg: str, days: tuple[int, int]) -> ParcelService:
    charges = (Charge("fee_per_parcel", Decimal(per_parcel), "parcel"), Charge("price_per_kg", Decimal(per_kg), "kg"))
    step = Step(Decimal(0), None, None, charges)
    limits = Limits(weight_kg=Decimal(30))
    return ParcelService(
        terms(service, *days, "air_freighter_long_haul", 8000),
        countries,
        "",
        (),
        None,
        Decimal(1),
        None,
        (step,),
        limits,
        Surcharges(),
        tax_inclusive=False,
    )


LINE = parcel("small-line", ("DE", "GB", "US"), "16.00", "50.00", (7, 12))
HOUSES = tuple(
    Warehouse(
        parcel(f"small-house-{country}", (country,), "24.00", "0.00", (2, 4)), Decimal(0), Decimal(0), Decimal("10.00"), 0, Decimal(0)
    )
    for country in ("DE", "US")
)
LEGS = tuple(
    FirstLeg(
        terms(f"small-sea-{country}", 30, 40, "sea_container_average", 20000), "sea", "CN", country, "warehouse", Bilingual("", ""), "kg", Decimal("10.00"),
        None, None, None, Decimal("100.00"), Decimal(0), 5, Decimal(0), includes_duty=False, includes_import_vat=False,
    )
    for country in ("DE", "US")
)  # fmt: skip
CARDS = Cards((RateCard("line", "direct_line", (LINE,)), RateCard("houses", "local_delivery", HOUSES), RateCard("legs", "first_leg", LEGS)))


def request(*products: Product, markets: tuple[str, ...] = ("DE", "GB", "US"), **other: object) -> PlanRequest:
    catalogue = Catalogue(products, (), len(products), file="small.csv")
    asked = {"routes": ("direct", "warehouse"), "channels": ("amazon", "shopify"), "cards": CARDS} | other
    return PlanRequest(catalogue, COMPANY, DAY, markets, **asked)  # type: ignore[arg-type]


@cache
def small_plan() -> Plan:
    return plan(request(TEE, MUG), LAW)


@pytest.fixture(scope="session")
def small() -> SimpleNamespace:
    """Give the small company, its request, and its plan of three markets."""
    return SimpleNamespace(
        plan=small_plan(), request=request, law=LAW, tee=TEE, mug=MUG, company=COMPANY, cards=CARDS, line=LINE, day=DAY, rates=RATES
    )
