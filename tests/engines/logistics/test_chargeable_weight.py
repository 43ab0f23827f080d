"""The weight that a carrier bills: both sides of every edge, and the same in bulk."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.logistics import chargeable_weight
from supercargo.engines.logistics.chargeable_weight import Facts, Parcel, Terms, greatest_side, length_plus_girth
from supercargo.kernel.column import Batch
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.kernel.unit import Unit
from supercargo.reference.law import Law

LAW = Law(date(2026, 11, 22))


def kg(amount, name="weight"):
    return Figure.of(amount, "kg", name)


def parcel(weight, *sides):
    names = ("length", "width", "height")
    return Parcel(kg(weight), *(Figure.of(side, "cm", name) for side, name in zip(sides, names, strict=True)))


def line(divisor="8000", times="2", least="0.05", step="0.001"):
    return Terms(
        divisor=None if divisor is None else Figure.of(divisor, "cm3/kg", "divisor"),
        counts_from=Figure.of(times, "", "times"),
        least=None if least is None else kg(least, "minimum"),
        step=None if step is None else kg(step, "step"),
        volumetric=divisor is not None,
    )


def groupage(density="1000", least="1"):
    return Terms(measure="m3", density=Figure.of(density, "kg/m3", "density"), least=Figure.of(least, "m3", "minimum"))


GOLDEN = [
    # sentence, parcel, terms, billed, because
    ("a dense parcel is billed by its actual weight", parcel("0.35", 10, 10, 10), line(), "0.350", "actual"),
    # 20 x 20 x 20 = 8000 cm3 / 8000 = 1 kg; twice 0.5 kg is 1 kg, and 1 >= 1
    ("volumetric weight of exactly twice the actual counts", parcel("0.5", 20, 20, 20), line(), "1.000", "volumetric"),
    # twice 0.501 kg is 1.002 kg, and 1 < 1.002: the actual weight is billed
    ("a gram more of actual weight and it does not count", parcel("0.501", 20, 20, 20), line(), "0.501", "actual"),
    # 20 x 20 x 20.1 = 8040 cm3 / 8000 = 1.005 kg, in full and not the excess
    ("where it counts it is billed in full", parcel("0.5", 20, 20, "20.1"), line(), "1.005", "volumetric"),
    # 1601 cm3 / 8000 = 0.200125 kg, up to the next gram is 0.201 kg
    ("a begun gram of volumetric weight is a gram", parcel("0.1", "16.01", 10, 10), line(), "0.201", "volumetric"),
    # 1600 cm3 / 8000 = 0.2 kg exactly: no gram is begun
    ("a whole gram of volumetric weight stays", parcel("0.1", 16, 10, 10), line(), "0.200", "volumetric"),
    # 1600.0001 cm3 would be 0.2000000125 kg: a rounded quotient would lose it, the exact one does not
    ("the least excess begins a gram", parcel("0.1", "16.000001", 10, 10), line(), "0.201", "volumetric"),
    ("below the minimum the minimum is billed", parcel("0.020", 5, 5, 5), line(), "0.050", "minimum"),
    ("at the minimum the weight is billed", parcel("0.050", 5, 5, 5), line(), "0.050", "actual"),
    ("a gram over the minimum the weight is billed", parcel("0.051", 5, 5, 5), line(), "0.051", "actual"),
    # the greater of 0.9 kg and 5000 / 5000 = 1 kg, in halves
    ("express bills the greater weight", parcel("0.9", 50, 10, 10), line("5000", "1", "0.5", "0.5"), "1.0", "volumetric"),
    ("express bills half kilograms: 1 kg is 1 kg", parcel("1", 10, 10, 10), line("5000", "1", "0.5", "0.5"), "1.0", "actual"),
    ("express bills half kilograms: 1.001 kg is 1.5 kg", parcel("1.001", 10, 10, 10), line("5000", "1", "0.5", "0.5"), "1.5", "actual"),
    ("without a divisor volume does not count", parcel("0.1", 100, 100, 100), line(None), "0.100", "actual"),
    # 1000 / 6000 = 0.1666..., to a milligram 0.166667
    (
        "without a step the quotient is rounded to a milligram",
        parcel("0.1", 10, 10, 10),
        line("6000", "1", None, None),
        "0.166667",
        "volumetric",
    ),
    # 1.2 m3 against 900 kg / 1000 = 0.9 m3
    ("light cargo by sea is billed by measure", parcel("900", 100, 100, 120), groupage(), "1.2", "volume"),
    # 1500 kg / 1000 = 1.5 m3 against 1.2 m3
    ("heavy cargo by sea is billed by weight", parcel("1500", 100, 100, 120), groupage(), "1.5", "weight as volume"),
    ("weight and measure alike", parcel("1200", 100, 100, 120), groupage(), "1.2", "weight as volume"),
    ("half a cubic metre by sea is billed as the least", parcel("100", 100, 100, 50), groupage(), "1", "minimum"),
]


@pytest.mark.parametrize(("sentence", "packed", "terms", "billed", "because"), GOLDEN, ids=[case[0] for case in GOLDEN])
def test_what_is_billed(sentence, packed, terms, billed, because):
    decision = chargeable_weight.decide(Facts(packed, terms), LAW)
    assert decision.billed.amount == Decimal(billed), sentence
    assert decision.because.word == because


def test_many_units_are_billed_together():
    # 300 x 3000 cm3 = 0.9 m3; 300 x 0.35 kg = 105 kg = 0.105 m3; at least 1 m3
    decision = chargeable_weight.decide(Facts(parcel("0.35", 20, 15, 10), groupage(), Figure.of(300, "item", "units")), LAW)
    assert (decision.volume.amount, decision.billed.amount, decision.because.word) == (Decimal("0.9"), Decimal(1), "minimum")


def test_a_missing_divisor_comes_from_the_reference_book():
    decision = chargeable_weight.decide(Facts(parcel("1", 50, 20, 10), Terms()), LAW)
    assert decision.billed.amount == Decimal(10000) / LAW.amount("world.freight.courier_divisor").amount
    decision = chargeable_weight.decide(Facts(parcel("1500", 100, 100, 100), Terms(measure="m3")), LAW)
    assert decision.billed.amount == Decimal("1.5")


def test_a_multiple_below_one_is_refused():
    with pytest.raises(Refused) as refused:
        chargeable_weight.decide(Facts(parcel("1", 1, 1, 1), line(times="0.5")), LAW)
    assert [(finding.code, finding.path) for finding in refused.value.findings] == [("FRT-101", "volumetric_counts_from")]


def test_longest_side_and_girth_do_not_depend_on_the_order_of_the_sides():
    for sides in ((60, 30, 20), (20, 60, 30), (30, 20, 60)):
        figures = [Figure.of(side, "cm", "side") for side in sides]
        assert greatest_side(*figures).amount == 60
        assert length_plus_girth(*figures).amount == 60 + 2 * (30 + 20)


def test_every_line_of_the_explanation_has_a_source():
    decision = chargeable_weight.decide(Facts(parcel("0.5", 20, 20, 20), line()), LAW)
    lines = explain(decision.billed)
    assert all(entry.source for entry in lines)
    assert lines[-1].name == "billed weight"
    assert not [entry for entry in lines if entry.source == "arithmetic"]


SIDES = st.integers(1, 1500)
CASES = st.lists(st.tuples(st.integers(1, 40_000), SIDES, SIDES, SIDES), min_size=1, max_size=30)
EDGES = [
    (500, 200, 200, 200),
    (501, 200, 200, 200),
    (499, 200, 200, 200),
    (100, 160, 100, 100),
    (49, 10, 10, 10),
    (50, 10, 10, 10),
    (51, 10, 10, 10),
]
TERMS = [line(), line("5000", "1", "0.5", "0.5"), line("6000", "1", None, None), line(None), groupage()]


@pytest.mark.parametrize("terms", TERMS)
@given(cases=CASES)
def test_in_bulk_as_one_by_one(terms, cases):
    rows = [*cases, *EDGES]
    batch = Batch()
    weight = batch.input("grams", Unit.of("kg"), 3, 1, 40_000, "weight")
    sides = [batch.input(name, Unit.of("cm"), 1, 1, 1500, name) for name in ("length", "width", "height")]
    decision = chargeable_weight.decide(Facts(Parcel(weight, *sides), terms), LAW)
    table = batch.run(pl.DataFrame(rows, schema=["grams", "length", "width", "height"], orient="row"))
    name = "billed volume" if terms.measure == "m3" else "billed weight"
    alone = [
        chargeable_weight.decide(Facts(parcel(Decimal(grams).scaleb(-3), *(Decimal(side).scaleb(-1) for side in edges)), terms), LAW)
        for grams, *edges in rows
    ]
    assert [Decimal(value).scaleb(-decision.billed.scale) for value in table[name]] == [one.billed.amount for one in alone]
