"""Offers for the tests, written as a carrier would: small, round, invented."""

from datetime import date
from decimal import Decimal

from supercargo.engines.logistics.chargeable_weight import Parcel
from supercargo.engines.logistics.ratecard import (
    CarbonLeg,
    Charge,
    FirstLeg,
    Limits,
    ParcelService,
    Step,
    Surcharges,
    Terms,
    Warehouse,
)
from supercargo.kernel.figure import Figure
from supercargo.kernel.words import Bilingual

D = Decimal


def terms(service="LINE", currency="CNY", p50=8, p90=12, since=date(2026, 11, 1), until=None):
    return Terms("card", service, Bilingual(service, service), currency, p50, p90, (CarbonLeg("road_van", D(30)),), since, until, "sample")


def per_kg(over, up_to, each, fee, rounding="0.001"):
    return Step(
        D(over),
        None if up_to is None else D(up_to),
        D(rounding),
        (Charge("price_per_kg", D(each), "kg"), Charge("fee_per_parcel", D(fee), "parcel")),
        f"card:{over}",
    )


def flat(over, up_to, amount, rounding="0.5"):
    return Step(D(over), D(up_to), D(rounding), (Charge("price", D(amount), "parcel"),), f"card:{over}")


LINE = ParcelService(
    terms(), ("US",), "C", ("none",), D(8000), D(2), D("0.03"),
    (per_kg("0", "0.2", "85.12", "15.98"), per_kg("0.2", "0.45", "80.56", "16.49"), per_kg("0.45", "2", "76", "17")),
    Limits(D(2), D(60), D(120)), Surcharges(), False, "card:1",
)  # fmt: skip

EXPRESS = ParcelService(
    terms("EXPRESS", p50=2, p90=4), ("US", "CA"), "5", (), D(5000), D(1), D("0.5"),
    (flat("0", "0.5", "150"), flat("0.5", "1", "199"), flat("1", "20", "240"), Step(D(20), None, D(1), (Charge("price_per_kg", D("17"), "kg"),), "card:20")),
    Limits(D(70), D(120)), Surcharges(D("28.5"), D("5.2"), D(252), D(32)), False, "card:1",
)  # fmt: skip

SEA = FirstLeg(
    terms("SEA", p50=30, p90=42), "sea_lcl", "CN", "US", "warehouse", Bilingual("West", "美西"), "m3", D(1080), D(1), D(1000), None,
    D(650), D(80), 5, D(350), False, False, "card:1",
)  # fmt: skip

HOUSE = Warehouse(
    ParcelService(
        terms("US-LAX", "USD", 3, 5), ("US",), "", (), D(5000), D(1), None,
        (Step(D(0), D("0.25"), None, (Charge("pick_pack_fee", D("1.25"), "parcel"), Charge("last_mile_fee", D("4.35"), "parcel")), "house:2"),
         Step(D("0.25"), D(30), None, (Charge("pick_pack_fee", D("1.60"), "parcel"), Charge("last_mile_fee", D("9.10"), "parcel")), "house:3")),
        Limits(D(30), D(120)), Surcharges(), False, "house:2",
    ),
    D("0.35"), D(28), D("0.65"), 30, D("2.10"),
)  # fmt: skip


def parcel(weight, *sides):
    names = ("length", "width", "height")
    return Parcel(Figure.of(weight, "kg", "weight"), *(Figure.of(side, "cm", name) for side, name in zip(sides, names, strict=True)))
