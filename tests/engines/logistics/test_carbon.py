"""The carbon of a journey: exact, cited, the same in bulk."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from supercargo.engines.logistics import carbon
from supercargo.engines.logistics.carbon import Facts, Leg
from supercargo.kernel.column import Batch
from supercargo.kernel.explain import doubts, explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.kernel.unit import Unit
from supercargo.reference.lanes import lane, lanes, modes
from supercargo.reference.law import Law

LAW = Law(date(2026, 11, 22))


def leg(mode, km):
    return Leg(mode, Figure.of(km, "km", "distance"))


GOLDEN = [
    # 0.0005 t x 10,000 km x 608 g = 3,040 g
    ("half a kilogram by air", "0.5", [("air_belly_long_haul", 10000)], "3.04"),
    # 0.0005 t x 20,000 km x 8.15 g = 81.5 g
    ("half a kilogram by sea is 37 times less", "0.5", [("sea_container_average", 20000)], "0.0815"),
    # 0.0815 + 0.0005 t x 30 km x 600 g = 9 g
    ("sea and the van to the door", "0.5", [("sea_container_average", 20000), ("road_van", 30)], "0.0905"),
    # 0.00002 t x 30 km x 600 g = 0.36 g: not nothing
    ("a letter's last mile is not zero", "0.02", [("road_van", 30)], "0.00036"),
]


@pytest.mark.parametrize(("sentence", "weight", "legs", "total"), GOLDEN, ids=[case[0] for case in GOLDEN])
def test_carbon_of_a_journey(sentence, weight, legs, total):
    decision = carbon.decide(Facts(Figure.of(weight, "kg", "weight"), tuple(leg(*one) for one in legs)), LAW)
    assert decision.total.amount == Decimal(total), sentence
    assert sum(part.amount for part in decision.legs) == decision.total.amount
    assert all(line.source not in ("", "arithmetic") for line in explain(decision.total))


def test_without_legs_nothing_is_stated():
    with pytest.raises(Refused) as refused:
        carbon.decide(Facts(Figure.of(1, "kg", "weight"), ()), LAW)
    assert refused.value.findings[0].code == "CO2-101"


def test_an_unknown_mode_is_refused():
    with pytest.raises(Refused) as refused:
        carbon.decide(Facts(Figure.of(1, "kg", "weight"), (leg("airship", 100),)), LAW)
    assert refused.value.findings[0].path == "world.carbon.airship"


def test_in_bulk_as_one_by_one():
    rows = [(1, 1), (20, 30), (499, 19600), (500, 19600), (30000, 21000)]
    batch = Batch()
    weight = batch.input("grams", Unit.of("kg"), 3, 1, 30_000, "weight")
    distance = batch.input("km", Unit.of("km"), 0, 1, 30_000, "distance")
    way = lambda far: tuple(Leg(mode, far) for mode in ("air_belly_long_haul", "sea_container_average", "road_van"))  # noqa: E731
    decision = carbon.decide(Facts(weight, way(distance)), LAW)
    table = batch.run(pl.DataFrame(rows, schema=["grams", "km"], orient="row"))
    alone = [
        carbon.decide(Facts(Figure.of(Decimal(g).scaleb(-3), "kg", "w"), way(Figure.of(km, "km", "d"))), LAW).total.amount for g, km in rows
    ]
    assert [Decimal(value).scaleb(-decision.total.scale) for value in table["carbon of the journey"]] == alone


def test_every_market_has_sea_air_and_a_last_mile():
    markets = {market for _, market, _ in lanes()}
    assert len(markets) == 55
    for market in markets:
        assert {"sea", "air", "road"} <= set(modes("CN", market)), market
        assert lane("CN", market, "sea").distance.amount > 500


def test_round_the_cape_is_longer():
    assert all(
        lane("CN", m, "sea_cape").distance.amount > lane("CN", m, "sea").distance.amount for _, m, mode in lanes() if mode == "sea_cape"
    )


def test_a_distance_carries_its_doubt():
    assert [finding.path for finding in doubts([lane("CN", "DE", "road").distance])] == ["lanes.CN.DE.road"]
    with pytest.raises(Refused) as refused:
        lane("CN", "US", "rail")
    assert refused.value.findings[0].code == "LANE-404"
