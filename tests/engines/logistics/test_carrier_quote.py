"""A carrier's price: each weight step, each limit, each surcharge, and the same in bulk."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from logistics_offers import EXPRESS, HOUSE, LINE, SEA, parcel

from supercargo.engines.logistics import carrier_quote
from supercargo.engines.logistics.carrier_quote import Facts, compare
from supercargo.engines.logistics.chargeable_weight import Parcel
from supercargo.engines.logistics.ratecard import RateCard
from supercargo.kernel.column import Batch
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.kernel.unit import Unit
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

DAY = date(2026, 11, 22)
LAW = Law(DAY, exchange=Rates(DAY, {("USD", "CNY"): Decimal(7)}))


def quote(offer, packed, currency="CNY", **more):
    return carrier_quote.decide(Facts(offer, more.pop("country", "US"), currency, packed, **more), LAW)


SMALL = (10, 10, 5)
GOLDEN = [
    # 0.03 kg x 85.12 = 2.5536 -> 2.55 + 15.98
    ("a letter is billed as 30 g", LINE, parcel("0.010", 10, 5, 1), {}, "18.53"),
    # 0.2 x 85.12 = 17.024 -> 17.02 + 15.98
    ("200 g is in the first step", LINE, parcel("0.200", *SMALL), {}, "33.00"),
    # 0.201 x 80.56 = 16.19256 -> 16.19 + 16.49
    ("201 g is in the second step, and cheaper", LINE, parcel("0.201", *SMALL), {}, "32.68"),
    # 0.45 x 80.56 = 36.252 -> 36.25 + 16.49
    ("450 g is in the second step", LINE, parcel("0.450", *SMALL), {}, "52.74"),
    # 0.451 x 76 = 34.276 -> 34.28 + 17
    ("451 g is in the third step", LINE, parcel("0.451", *SMALL), {}, "51.28"),
    # 30 x 20 x 20 = 12000 / 8000 = 1.5 kg >= 2 x 0.75: 1.5 x 76 = 114 + 17
    ("volumetric weight counts at twice the actual", LINE, parcel("0.750", 30, 20, 20), {}, "131.00"),
    # 1.5 < 2 x 0.751: 0.751 x 76 = 57.076 -> 57.08 + 17
    ("and not a gram below twice", LINE, parcel("0.751", 30, 20, 20), {}, "74.08"),
    # 150, fuel 28.5 % = 42.75
    ("express: freight and fuel", EXPRESS, parcel("0.500", *SMALL), {}, "192.75"),
    # 199 + fuel 56.715 -> 56.72
    ("express: 501 g is billed as 1 kg", EXPRESS, parcel("0.501", *SMALL), {}, "255.72"),
    # (150 + 32) x 28.5 % = 51.87; 182 + 51.87
    ("express: fuel falls on the residential surcharge too", EXPRESS, parcel("0.500", *SMALL), {"residential": True}, "233.87"),
    # 0.5 x 5.2 = 2.6 < 252; (150 + 252) x 28.5 % = 114.57
    ("express: a remote address costs at least the minimum", EXPRESS, parcel("0.500", *SMALL), {"remote": True}, "516.57"),
    # 60 kg: 1020; remote 312 > 252; (1020 + 312) x 28.5 % = 379.62
    ("express: a heavy parcel to a remote address is charged by weight", EXPRESS, parcel(60, 10, 10, 10), {"remote": True}, "1711.62"),
    # 20 kg: 240 + 68.40
    ("express: 20 kg is the last flat step", EXPRESS, parcel(20, 10, 10, 10), {}, "308.40"),
    # 20.001 -> 21 kg x 17 = 357 + 101.745 -> 101.75 (half up)
    ("express: over 20 kg whole kilograms are billed", EXPRESS, parcel("20.001", 10, 10, 10), {}, "458.75"),
    # 1.25 + 4.35 USD at 7 = 39.20
    ("a warehouse picks, packs and delivers", HOUSE, parcel("0.250", *SMALL), {}, "39.20"),
    # 1.60 + 9.10 + 2 x 0.35 = 11.40 USD at 7
    ("two further items are packed at a fee", HOUSE, parcel("0.251", *SMALL), {"items": Figure.of(3, "item", "items")}, "79.80"),
]


@pytest.mark.parametrize(("sentence", "offer", "packed", "more", "price"), GOLDEN, ids=[case[0] for case in GOLDEN])
def test_what_a_carrier_charges(sentence, offer, packed, more, price):
    decision = quote(offer, packed, **more)
    assert decision.price.amount == Decimal(price), sentence
    assert decision.refusals == ()
    assert sum(part.amount for part in decision.parts) == decision.total.amount
    assert all(line.source not in ("", "arithmetic") for line in explain(decision.price))


def test_the_price_is_converted_once_and_rounded():
    # 33.00 CNY / 7 = 4.714285... ; the rate CNY to USD is 0.14285714 -> 4.71
    assert quote(LINE, parcel("0.2", *SMALL), "USD").price.amount == Decimal("4.71")


FIRST_LEG = [
    # 300 x 0.003 = 0.9 m3 -> 1 m3: 1080 + 650 + 350 = 2080 / 300 = 6.9333
    ("a small shipment pays the least", "300", 1, "6.93"),
    # 0.999 m3: 2080 / 333 = 6.246
    ("just below the least", "333", 1, "6.25"),
    # 1.002 m3 x 1080 = 1082.16 + 1000 = 2082.16 / 334 = 6.2340
    ("just above the least", "334", 1, "6.23"),
    # 3 m3 x 1080 = 3240 + 1000 = 4240 / 1000
    ("a large shipment shares its documents", "1000", 5, "4.24"),
    # and the sixth tariff line costs 80: 4320 / 1000
    ("the sixth tariff line is charged", "1000", 6, "4.32"),
]


@pytest.mark.parametrize(("sentence", "units", "hs_lines", "price"), FIRST_LEG, ids=[case[0] for case in FIRST_LEG])
def test_what_a_unit_bears_of_a_first_leg(sentence, units, hs_lines, price):
    decision = quote(SEA, parcel("0.35", 20, 15, 10), units=Figure.of(units, "item", "units"), hs_lines=hs_lines)
    assert decision.price.amount == Decimal(price), sentence
    assert all(line.source not in ("", "arithmetic") for line in explain(decision.price))


LIMITS = [
    ("the greatest weight is taken", parcel(2, 10, 10, 10), []),
    ("a gram more is not", parcel("2.001", 10, 10, 10), ["FRT-301", "FRT-304"]),
    ("the greatest length is taken", parcel(1, 10, 60, 10), []),
    ("a millimetre more is not", parcel(1, 10, "60.1", 10), ["FRT-302"]),
    ("length plus girth of 120 cm is taken", parcel(2, 40, 20, 20), []),
    ("length plus girth of 120.2 cm is not", parcel("1.99", 40, 20, "20.1"), ["FRT-303"]),
    ("a light parcel of more volumetric weight than the last step", parcel("1", 40, "20.1", 20), ["FRT-303", "FRT-304"]),
]


@pytest.mark.parametrize(("sentence", "packed", "codes"), LIMITS, ids=[case[0] for case in LIMITS])
def test_a_limit_exceeded_is_no_price(sentence, packed, codes):
    decision = quote(LINE, packed)
    assert [finding.code for finding in decision.refusals] == codes, sentence
    assert compare([decision]).cheapest is (None if codes else decision)


REFUSALS = [
    ("another country", {"country": "DE"}, LINE, "FRT-201"),
    ("batteries", {"battery": "contained"}, LINE, "FRT-203"),
    ("a card that does not mention batteries", {"battery": "contained"}, EXPRESS, "FRT-203"),
    ("before the first day", {}, replace(LINE, terms=replace(LINE.terms, since=date(2026, 11, 23))), "FRT-202"),
    ("on the first day without it", {}, replace(LINE, terms=replace(LINE.terms, until=DAY)), "FRT-202"),
    ("a first leg without its units", {}, SEA, "FRT-204"),
    ("a currency without a rate", {"currency": "TWD"}, LINE, "FX-404"),
]


@pytest.mark.parametrize(("sentence", "more", "offer", "code"), REFUSALS, ids=[case[0] for case in REFUSALS])
def test_what_cannot_be_quoted_is_refused(sentence, more, offer, code):
    with pytest.raises(Refused) as refused:
        quote(offer, parcel("0.1", *SMALL), **more)
    assert refused.value.findings[0].code == code, sentence


def test_the_first_and_the_last_day_are_in_force():
    assert quote(replace(LINE, terms=replace(LINE.terms, since=DAY, until=date(2026, 11, 23))), parcel("0.1", *SMALL)).refusals == ()


def test_a_remote_address_without_a_price_is_a_warning():
    assert [finding.code for finding in quote(LINE, parcel("0.1", *SMALL), remote=True).findings] == ["FRT-305"]


def test_cheapest_fastest_and_frontier():
    dear_and_slow = replace(
        LINE,
        terms=replace(LINE.terms, days_p50=9),
        steps=tuple(replace(s, charges=(replace(s.charges[0], amount=Decimal(300)),)) for s in LINE.steps),
    )
    packed = parcel("0.4", *SMALL)
    slow, fast, worse = (quote(offer, packed) for offer in (LINE, EXPRESS, dear_and_slow))
    choice = compare([worse, fast, slow])
    assert (choice.cheapest, choice.fastest, choice.frontier) == (slow, fast, (slow, fast))
    too_heavy = compare([quote(LINE, parcel(3, *SMALL)), quote(EXPRESS, parcel(3, *SMALL))])
    assert too_heavy.cheapest.offer is EXPRESS
    assert [refused.offer for refused in too_heavy.refused] == [LINE]


def test_equal_quotes_both_stay_on_the_frontier():
    same = [quote(LINE, parcel("0.4", *SMALL)) for _ in range(2)]
    assert compare(same).cheapest is same[0]
    assert len(compare(same).frontier) == 2


def test_a_card_lists_what_serves_a_country_on_a_day():
    card = RateCard("card", "direct_line", (LINE, EXPRESS))
    assert card.parcel_services("CA", DAY) == (EXPRESS,)
    assert card.parcel_services("US", date(2026, 10, 31)) == ()
    assert card.parcel_services("US", DAY, "contained") == ()
    assert RateCard("c", "first_leg", (SEA,)).first_legs("US", DAY, "fba") == ()
    assert RateCard("c", "local_delivery", (HOUSE,)).warehouses("US", DAY) == (HOUSE,)


def edges(offer):
    ends = [int(step.up_to_kg * 1000) for step in offer.steps if step.up_to_kg is not None]
    assert all(this.up_to_kg == that.over_kg for this, that in pairwise(offer.steps))
    return [(end + nudge, 100, 100, 50) for end in ends for nudge in (-1, 0, 1)] + [
        (1, 10, 10, 10),
        (30, 10, 10, 10),
        (750, 300, 200, 200),
        (751, 300, 200, 200),
    ]


SIDES = st.integers(1, 1300)
CASES = st.lists(st.tuples(st.integers(1, 80_000), SIDES, SIDES, SIDES), min_size=1, max_size=20)


def columns(batch):
    weight = batch.input("grams", Unit.of("kg"), 3, 1, 80_000, "weight")
    return Parcel(weight, *(batch.input(name, Unit.of("cm"), 1, 1, 1300, name) for name in ("length", "width", "height")))


@pytest.mark.parametrize("offer", [LINE, EXPRESS, HOUSE], ids=["line", "express", "house"])
@given(cases=CASES)
def test_in_bulk_as_one_by_one(offer, cases):
    rows = [*cases, *edges(offer.delivery if offer is HOUSE else offer)]
    batch = Batch()
    more = {"remote": True, "residential": True} if offer is EXPRESS else {}
    decision = quote(offer, columns(batch), "USD", **more)
    for objection in decision.objections:
        objection.when.named(objection.finding.code)
    table = batch.run(pl.DataFrame(rows, schema=["grams", "length", "width", "height"], orient="row"))
    alone = [
        quote(offer, parcel(Decimal(grams).scaleb(-3), *(Decimal(side).scaleb(-1) for side in sides)), "USD", **more)
        for grams, *sides in rows
    ]
    assert [Decimal(value).scaleb(-2) for value in table["carrier price"]] == [one.price.amount for one in alone]
    for objection in decision.objections:
        code = objection.finding.code
        assert table[code].to_list() == [code in [found.code for found in one.refusals] for one in alone]


@given(
    cases=st.lists(
        st.tuples(st.integers(1, 30_000), st.integers(1, 600), st.integers(1, 600), st.integers(1, 600), st.integers(1, 2000)),
        min_size=1,
        max_size=20,
    )
)
def test_a_first_leg_in_bulk_as_one_by_one(cases):
    rows = [*cases, (350, 200, 150, 100, 333), (350, 200, 150, 100, 334), (1, 1, 1, 1, 1)]
    batch = Batch()
    units = batch.input("units", Unit.of("item"), 0, 1, 2000, "units")
    weight = batch.input("grams", Unit.of("kg"), 3, 1, 30_000, "weight")
    packed = Parcel(weight, *(batch.input(name, Unit.of("cm"), 1, 1, 600, name) for name in ("length", "width", "height")))
    quote(SEA, packed, "USD", units=units)
    table = batch.run(pl.DataFrame(rows, schema=["grams", "length", "width", "height", "units"], orient="row"))
    alone = [
        quote(
            SEA,
            parcel(Decimal(g).scaleb(-3), *(Decimal(side).scaleb(-1) for side in sides)),
            "USD",
            units=Figure.of(count, "item", "units"),
        )
        for g, *sides, count in rows
    ]
    assert [Decimal(value).scaleb(-2) for value in table["first leg per unit"]] == [one.price.amount for one in alone]


EXPLAINED = [
    "weight 0.35 kg",
    "billing step 0.001 kg",
    "length 10 cm",
    "width 10 cm",
    "height 5 cm",
    "cubic centimetre 1 cm3/cm^3",
    "volume 500 cm3 = length 10 cm × width 10 cm × height 5 cm × cubic centimetre 1 cm3/cm^3",
    "times the actual weight 2",
    "volumetric divisor 8000 cm3/kg",
    "weight before the minimum 0.35 kg = weight 0.35 kg ↑ billing step 0.001 kg (because volumetric weight counts: volume 500 cm3 >= weight 0.35 kg × times the actual weight 2 × volumetric divisor 8000 cm3/kg: no)",
    "minimum weight 0.03 kg",
    "billed weight 0.35 kg = weight before the minimum 0.35 kg (because weight before the minimum 0.35 kg >= minimum weight 0.03 kg ↑ billing step 0.001 kg: yes)",
    "price per kg 80.56 CNY/kg",
    "fee per parcel 16.49 CNY",
    "over 0.2 kg",
    "up to 0.45 kg",
    "freight 44.69 CNY = billed weight 0.35 kg × price per kg 80.56 CNY/kg → 28.20 CNY + fee per parcel 16.49 CNY (because weight step: billed weight 0.35 kg > over 0.2 kg, billed weight 0.35 kg <= up to 0.45 kg: yes)",
    "price by the rate card 44.69 CNY = freight 44.69 CNY",
    "carrier price 44.69 CNY = price by the rate card 44.69 CNY → 44.69 CNY",
]


def test_the_explanation_of_a_price():
    lines = explain(quote(LINE, parcel("0.35", *SMALL)).price)
    assert [f"{line.name} {line.shown}" + (f" = {line.formula}" if line.formula else "") for line in lines] == EXPLAINED


def test_the_explanation_is_chinese_too():
    lines = explain(quote(EXPRESS, parcel("0.35", *SMALL), residential=True).price, "zh")
    assert all(not line.name.isascii() for line in lines if line.name not in ("weight", "length", "width", "height"))
