"""Which tier is cheapest for each item sold, worked out by hand; the same in bulk."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.pricing import purchase_tiers
from supercargo.engines.pricing.purchase_tiers import Facts, Option, Tier
from supercargo.kernel.column import Batch, Column
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.kernel.quantity import Quantity
from supercargo.kernel.unit import Unit
from supercargo.kernel.words import catalogue
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

LAW = Law(date(2026, 11, 22))


def tier(number, least, price, currency="CNY"):
    path = f"tiers[{number}]"
    return Tier(
        Figure.of(least, "item", "least items of the tier", f"{path}.least_items"),
        Figure.of(price, f"{currency}/item", "price of the tier", f"{path}.unit_price"),
    )


def items(number, name):
    return None if number is None else Figure.of(number, "item", name, name.replace(" ", "_"))


def days(number, name):
    return None if number is None else Figure.of(number, "days", name, name.replace(" ", "_"))


def facts(tiers, demand="100", order_cost="300", capital="12", minimum=None, wanted=None, shelf=None, cover=None, currency="CNY"):
    return Facts(
        currency=currency,
        price_currency="CNY",
        tiers=tuple(tier(number, least, price) for number, (least, price) in enumerate(tiers)),
        demand_per_month=Figure.of(demand, "item/month", "demand", "demand_per_month"),
        order_cost=Figure.money(order_cost, currency, "order cost", "order_cost"),
        cost_of_capital=Figure.percent(capital, "cost of capital", "company.policy.cost_of_capital_rate_yearly"),
        minimum_order=items(minimum, "minimum order"),
        wanted=items(wanted, "wanted"),
        shelf_life=days(shelf, "shelf life"),
        stock_cover_most=days(cover, "stock cover most"),
    )


THREE = [(100, "10.00"), (500, "9.00"), (2000, "8.80")]
GOLDEN = [
    (
        # 100 at 10.00: goods 1000.00; a year's capital 120.00 * 100 / (24 * 100) = 5.00; + order 300 = 1305.00; / 100 = 13.05; 30.4 days
        # 500 at 9.00: 4500.00; 540.00 * 500 / 2400 = 112.50; 4912.50 / 500 = 9.825; 500 * 365 / 1200 = 152.08 days
        # 2000 at 8.80: 17600.00; 2112.00 * 2000 / 2400 = 1760.00; 19660.00 / 2000 = 9.83; 608.3 days
        "the middle tier is cheapest: holding 20 months of stock eats the last 0.20",
        facts(THREE),
        [(100, "5.00", "13.05", 30), (500, "112.50", "9.825", 152), (2000, "1760.00", "9.83", 608)],
        "2",
        ("-0.005", "13100.00"),
    ),
    (
        # capital 6 %: holding 880.00 at 2000: 18780.00 / 2000 = 9.39; at 500: 56.25: 4856.25 / 500 = 9.7125
        "with cheap money the last tier wins, and no tier is above it",
        facts(THREE, capital="6"),
        [(100, "2.50", "13.025", 30), (500, "56.25", "9.7125", 152), (2000, "880.00", "9.39", 608)],
        "3",
        ("0", "0"),
    ),
    (
        # 600 at 9.00: 5400.00; 648 * 600 / 2400 = 162.00; 5862.00 / 600 = 9.77; twice; 2000 as above 9.83
        "a minimum order of 600 already earns the second price, whichever tier is asked for; equals: the first",
        facts(THREE, minimum=600),
        [(600, "162.00", "9.77", 183), (600, "162.00", "9.77", 183), (2000, "1760.00", "9.83", 608)],
        "1",
        ("0.0000", "0.00"),
    ),
    (
        # sold within 180 days: 100 * 12 * 180 / 365 = 591.781 items; 19660.00 / 591.781 = 33.2217
        "what outlasts a shelf life of 180 days is paid by what is sold",
        facts(THREE, shelf=180),
        [(100, "5.00", "13.05", 30), (500, "112.50", "9.825", 152), (2000, "1760.00", "33.2217", 608)],
        "2",
        ("-23.3967", "13100.00"),
    ),
    (
        # one tier: 50 * 3.333 = 166.65; 12 % = 19.998; * 50 / 2400 = 0.416625 -> 0.42; 467.07 / 50 = 9.3414; 15.2 days
        "one tier is the cheapest",
        facts([(50, "3.333")]),
        [(50, "0.42", "9.3414", 15)],
        "1",
        ("0", "0"),
    ),
]


@pytest.mark.parametrize(("case", "options", "best", "following"), [case[1:] for case in GOLDEN], ids=[case[0] for case in GOLDEN])
def test_tiers(case, options, best, following):
    decision = purchase_tiers.decide(case, LAW)
    found = [(one.quantity.amount, one.holding.amount, one.cost_per_item.amount, one.cover_days.amount) for one in decision.options]
    assert found == [tuple(Decimal(value) for value in option) for option in options]
    assert decision.best_tier.word == best
    assert (decision.next_saves.amount, decision.next_ties_up.amount) == tuple(Decimal(value) for value in following)
    chosen = decision.options[int(best) - 1]
    assert (decision.quantity.amount, decision.unit_price.amount) == (chosen.quantity.amount, chosen.unit_price.amount)
    assert decision.cost_per_item.amount == min(option.cost_per_item.amount for option in decision.options)


@pytest.mark.parametrize(
    ("minimum", "cover", "codes"),
    [
        (None, 152, set()),  # the best order lasts 152 days, the smallest tier 30
        (None, 151, {"TIER-202"}),
        (493, 150, {"TIER-202"}),  # 493 * 365 / 1200 = 149.95 -> 150 days
        (495, 150, {"TIER-201", "TIER-202"}),  # 150.56 -> 151 days
    ],
    ids=["at the limit", "a day over", "the minimum at the limit", "the minimum a day over"],
)
def test_an_order_that_lasts_too_long_is_a_finding(minimum, cover, codes):
    decision = purchase_tiers.decide(facts(THREE, minimum=minimum, cover=cover), LAW)
    assert {finding.code for finding in decision.findings} == codes


def test_the_shelf_life_is_a_finding_only_where_the_best_order_outlasts_it():
    codes = [{f.code for f in purchase_tiers.decide(facts(THREE[1:], shelf=shelf), LAW).findings} for shelf in (151, 152)]
    assert codes == [{"TIER-204"}, set()]


def test_a_larger_quantity_at_a_higher_price_is_a_note():
    decision = purchase_tiers.decide(facts([(1, "5.00"), (10, "5.00"), (20, "5.01")]), LAW)
    assert [(finding.code, finding.path) for finding in decision.findings] == [("TIER-203", "tiers[2].unit_price")]


def test_what_replenishment_wants_is_bought_at_the_price_it_earns():
    decision = purchase_tiers.decide(facts(THREE, wanted=499), LAW)
    assert [(one.quantity.amount, one.unit_price.amount) for one in decision.options[:2]] == [
        (499, Decimal("10.00")),
        (500, Decimal("9.00")),
    ]


def test_prices_of_the_supplier_are_converted_at_the_rate_of_the_day():
    law = replace(LAW, exchange=Rates(LAW.day, {("CNY", "EUR"): Decimal("0.123456789")}))
    decision = purchase_tiers.decide(facts([(100, "10.00")], currency="EUR", order_cost="0.00"), law)
    assert decision.unit_price.amount == Decimal("1.234568")
    assert decision.goods.amount == Decimal("123.46")


@pytest.mark.parametrize(
    ("case", "code", "path"),
    [
        (facts([]), "TIER-400", "tiers"),
        (facts(THREE, demand="0"), "TIER-404", "demand_per_month"),
        (facts([(100, "1"), (100, "0.9")]), "TIER-422", "tiers[1].least_items"),
    ],
    ids=["no tier", "no demand", "two tiers begin alike"],
)
def test_refusals(case, code, path):
    with pytest.raises(Refused) as refused:
        purchase_tiers.decide(case, LAW)
    assert (refused.value.findings[0].code, refused.value.findings[0].path) == (code, path)


def test_every_line_has_a_source_and_every_name_is_known_in_chinese():
    decision = purchase_tiers.decide(facts(THREE, minimum=150, wanted=200, shelf=400, cover=45), LAW)
    told = [getattr(decision, field.name) for field in fields(decision) if isinstance(getattr(decision, field.name), Quantity)]
    told += [value for option in decision.options for field in fields(Option) if isinstance(value := getattr(option, field.name), Figure)]
    for figure in told:
        for line in explain(figure):
            assert line.source != "arithmetic", line
            assert line.source != "given" or line.path, line
            if line.source != "given":
                assert line.name in catalogue(), line.name
    for finding in decision.findings:
        assert {finding.message, finding.remedy} <= catalogue().keys()


LIMITS = {"least_2": (11, 400), "least_3": (401, 2000), "price_1": (100, 5000), "price_2": (100, 5000), "price_3": (100, 5000)}
LIMITS |= {"demand": (1, 100_000), "order": (0, 100_000), "capital": (0, 400_000), "minimum": (1, 3000), "wanted": (1, 3000)}
LIMITS |= {"shelf": (10, 1000), "cover": (10, 400)}
UNITS = {"least": ("item", 0), "price": ("CNY/item", 2), "demand": ("item/month", 1), "order": ("CNY", 2), "capital": ("", 6)}
UNITS |= {"minimum": ("item", 0), "wanted": ("item", 0), "shelf": ("days", 0), "cover": ("days", 0)}


def unit_of(name):
    return UNITS[name.partition("_")[0]]


def built(take, currency):
    """Make the facts from twelve quantities, however they are made."""
    first = Figure.of(10, "item", "least items of the tier", "tiers[0].least_items")
    tiers = (Tier(first, take("price_1")), Tier(take("least_2"), take("price_2")), Tier(take("least_3"), take("price_3")))
    return Facts(
        currency,
        "CNY",
        tiers,
        take("demand"),
        take("order"),
        take("capital"),
        take("minimum"),
        take("wanted"),
        take("shelf"),
        take("cover"),
    )


def in_bulk(rows, law, currency):
    batch = Batch()

    def take(name):
        unit, scale = unit_of(name)
        return batch.input(name, Unit.of(currency if unit == "CNY" else unit), scale, *LIMITS[name])

    decision = purchase_tiers.decide(built(take, currency), law)
    frame = batch.run(pl.DataFrame(rows, schema=dict.fromkeys(LIMITS, pl.Int64)))
    return decision, frame


def one_by_one(row, law, currency):
    def take(name):
        unit, scale = unit_of(name)
        return Figure.of(Decimal(row[name]).scaleb(-scale), currency if unit == "CNY" else unit, name, name)

    return purchase_tiers.decide(built(take, currency), law)


def values_of(quantity, frame):
    values = nw.from_native(frame).select(value=quantity.expr)["value"].to_list()
    return [Decimal(value).scaleb(-quantity.scale) for value in values]


def answers_of(expression, frame):
    return nw.from_native(frame).select(value=expression)["value"].to_list()


rows_drawn = st.lists(st.fixed_dictionaries({name: st.integers(*limits) for name, limits in LIMITS.items()}), min_size=1, max_size=8)
EXCHANGES = {"CNY": LAW, "EUR": replace(LAW, exchange=Rates(LAW.day, {("CNY", "EUR"): Decimal("0.12345678")}))}


CHOSEN = ("quantity", "unit_price", "goods", "cost_per_item", "cover_days", "next_saves", "next_ties_up")


@pytest.mark.slow
@given(rows_drawn, st.sampled_from(["CNY", "EUR"]))
def test_in_bulk_it_is_the_same_to_the_cent(rows, currency):
    law = EXCHANGES[currency]
    bulk, frame = in_bulk(rows, law, currency)
    singles = [one_by_one(row, law, currency) for row in rows]
    for name in CHOSEN:
        assert values_of(getattr(bulk, name), frame) == [getattr(single, name).amount for single in singles], name
    for place, option in enumerate(bulk.options):
        for field in fields(Option):
            value = getattr(option, field.name)
            if isinstance(value, Column):
                assert values_of(value, frame) == [getattr(single.options[place], field.name).amount for single in singles], field.name
    words = [bulk.best_tier.words[number] for number in answers_of(bulk.best_tier.expr, frame)]
    assert words == [single.best_tier.word for single in singles]
    for place, caution in enumerate(bulk.cautions):
        assert answers_of(caution.when.expr, frame) == [single.cautions[place].stands for single in singles]


@given(rows_drawn)
def test_no_option_is_cheaper_than_the_best_and_its_steps_add_up(rows):
    for row in rows:
        decision = one_by_one(row, LAW, "CNY")
        assert decision.cost_per_item.amount == min(option.cost_per_item.amount for option in decision.options)
        for option in decision.options:
            assert option.total.amount == option.goods.amount + Decimal(row["order"]).scaleb(-2) + option.holding.amount
            assert option.sold.amount <= option.quantity.amount
            exact = option.total.amount / option.sold.amount
            assert option.cost_per_item.amount == exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def test_in_bulk_the_edges_of_every_step_are_the_same():
    usual = {"least_2": 100, "least_3": 500, "price_1": 1000, "price_2": 900, "price_3": 880, "demand": 1000, "order": 30_000}
    usual |= {"capital": 120_000, "minimum": 1, "wanted": 1, "shelf": 1000, "cover": 152}
    edges = [{"minimum": size} for size in (99, 100, 101, 499, 500, 501)] + [{"wanted": size} for size in (9, 10, 11, 99, 100, 500)]
    edges += [{"cover": days_allowed} for days_allowed in (151, 152, 153)] + [{"shelf": time} for time in (151, 152, 153)]
    edges += [{"price_2": 1000}, {"price_2": 1001}, {"price_1": 900, "price_2": 900, "price_3": 900, "order": 0, "capital": 0}]
    rows = [usual | edge for edge in edges]
    bulk, frame = in_bulk(rows, LAW, "CNY")
    singles = [one_by_one(row, LAW, "CNY") for row in rows]
    for name in CHOSEN:
        assert values_of(getattr(bulk, name), frame) == [getattr(single, name).amount for single in singles], name
    words = [bulk.best_tier.words[number] for number in answers_of(bulk.best_tier.expr, frame)]
    assert words == [single.best_tier.word for single in singles]
    assert words[-1] == "1", "of equals the smallest order"
    for place, caution in enumerate(bulk.cautions):
        assert answers_of(caution.when.expr, frame) == [single.cautions[place].stands for single in singles], caution.finding.code
