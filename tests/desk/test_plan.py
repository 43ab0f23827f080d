"""The decision sheet of a company so small that every row can be checked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from supercargo.desk.coverage import Lane
from supercargo.desk.offer import Situation, offer
from supercargo.desk.plan import AMOUNTS, plan
from supercargo.desk.price import PriceRequest, price
from supercargo.desk.routes import Cards
from supercargo.desk.words_check import check
from supercargo.engines.logistics.ratecard import RateCard
from supercargo.kernel.currency import minor_digits
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

ROWS = [
    # sku, market, channel, route, status, price, price needed, profit, profit at home
    ("TEE", "DE", "amazon", "direct", "fix", 2500, 2990, 487, 3896),
    ("TEE", "DE", "amazon", "warehouse", "go", 2500, 1790, 778, 6224),
    ("TEE", "DE", "shopify", "direct", "go", 2500, 2190, 780, 6240),
    ("TEE", "DE", "shopify", "warehouse", "go", 2500, 1590, 1071, 8568),
    ("TEE", "GB", "amazon", "direct", "go", 2000, 1190, 748, 7480),
    ("TEE", "GB", "shopify", "direct", "go", 2000, 1190, 873, 8730),
    ("TEE", "US", "amazon", "direct", "no-go", 3200, None, 224, 1400),
    ("TEE", "US", "amazon", "warehouse", "go", 3200, 1990, 1297, 8106),
    ("TEE", "US", "shopify", "direct", "fix", 3200, 5190, 618, 3863),
    ("TEE", "US", "shopify", "warehouse", "go", 3200, 1790, 1691, 10569),
    ("MUG", "DE", "amazon", "direct", "go", 3190, 3190, 801, 6408),
    ("MUG", "DE", "amazon", "warehouse", "go", 1690, 1690, 462, 3696),
    ("MUG", "DE", "shopify", "direct", "go", 2390, 2390, 628, 5024),
    ("MUG", "DE", "shopify", "warehouse", "go", 1490, 1490, 401, 3208),
    ("MUG", "GB", "amazon", "direct", "go", 1490, 1490, 408, 4080),
    ("MUG", "GB", "shopify", "direct", "go", 1290, 1290, 328, 3280),
    ("MUG", "US", "amazon", "direct", "no-go", None, None, None, None),
    ("MUG", "US", "amazon", "warehouse", "go", 2190, 2190, 682, 4263),
    ("MUG", "US", "shopify", "direct", "no-go", None, None, None, None),
    ("MUG", "US", "shopify", "warehouse", "go", 1790, 1790, 577, 3606),
]


def row(small, sku, market, channel, route):
    where = {"sku": sku, "market": market, "channel": channel, "route": route}
    return next(found for found in small.plan.frame.iter_rows(named=True) if all(found[name] == value for name, value in where.items()))


def test_two_products_in_three_markets_give_these_rows(small) -> None:
    columns = ["sku", "market", "channel", "route", "status", "price", "price_needed", "profit", "profit_home"]
    assert small.plan.frame.select(columns).rows() == ROWS


WATERFALLS = [
    # Germany, own site, by parcel. Price 25.00 EUR. VAT inside: 25.00 x 19 / 119 = 3.99; on the flat duty of 3.00: 0.57; together 4.56.
    # Payment: 1.5 % of 25.00 = 0.38 and 0.25. Parcel: 16 CNY + 0.2 kg x 50 CNY = 26 CNY = 3.25 EUR. Goods: 20 CNY = 2.50 EUR. Landed: 2.50 + 3.00.
    # Returns, 5 %: 20.44 -> 1.02, handling 8 CNY = 1.00 EUR -> 0.05, half of the goods come back: 5.50 x 5 % x 50 % = 0.14. So 0.93.
    # Adverts 10 % of 20.44 = 2.04, conversion 1 % = 0.20, capital 5.50 x 10 % x 17 / 365 = 0.03, wastage 1 % of 5.50 = 0.06 (0.055 half-up).
    # Costs: 0.63 + 3.25 + 3.00 + 2.50 + 0.93 + 2.04 + 0.20 + 0.03 + 0.06 = 12.64. Left: 20.44 - 12.64 = 7.80.
    (("TEE", "DE", "shopify", "direct"), {
        "price": 2500, "sale_tax": 456, "net_price": 2044, "commission": 0, "payment": 63, "fulfilment": 325, "storage": 0, "first_leg": 0,
        "duty": 300, "import_tax": 0, "import_fees": 0, "goods": 250, "returns": 93, "adverts": 204, "conversion": 20, "capital": 3,
        "wastage": 6, "costs": 1264, "profit": 780, "landed_unit_cost": 550, "price_needed": 2190,
    }),
    # Great Britain, own site, by parcel of up to 135 GBP. Price 25.00 EUR = 20.00 GBP. VAT: 20.00 x 20 / 120 = 3.33. No duty.
    # Payment: 2 % of 20.00 = 0.40 and 0.25. Parcel: 26 CNY = 2.60 GBP. Goods: 20 CNY = 2.00 GBP.
    # Returns: 16.67 x 5 % = 0.83, 0.80 x 5 % = 0.04, 2.00 x 5 % x 50 % = 0.05: 0.82. Adverts 1.67, conversion 0.17, capital 0.01, wastage 0.02.
    # Costs: 0.65 + 2.60 + 2.00 + 0.82 + 1.67 + 0.17 + 0.01 + 0.02 = 7.94. Left: 16.67 - 7.94 = 8.73.
    (("TEE", "GB", "shopify", "direct"), {
        "price": 2000, "sale_tax": 333, "net_price": 1667, "commission": 0, "payment": 65, "fulfilment": 260, "storage": 0, "first_leg": 0,
        "duty": 0, "import_tax": 0, "import_fees": 0, "goods": 200, "returns": 82, "adverts": 167, "conversion": 17, "capital": 1,
        "wastage": 2, "costs": 794, "profit": 873, "landed_unit_cost": 200, "price_needed": 1190,
    }),
    # United States, own site, from a warehouse. Price 25.00 EUR = 32.00 USD; sales tax comes on top at the checkout. Payment 2.9 % + 0.30 = 1.23.
    # A shipment of 100: 20 kg x 10 CNY + 100 CNY = 300 CNY = 48.00 USD: 0.48 each. Its duty on 320.00 USD: 16.5 % + 7.5 % + 10 % = 108.80: 1.09 each.
    # Fees: 2.69 + 0.125 % of 320.00 = 3.09: 0.03 each. Delivery 24 CNY = 3.84 USD. Store: 0.0015 m3 x 15 days x 10 CNY = 0.23 CNY = 0.04 USD.
    # Landed: 3.20 + 0.48 + 1.09 + 0.03 = 4.80. Returns 1.60 + 0.06 - 0.12 = 1.54, adverts 3.20, conversion 0.32, capital 0.07, wastage 0.05.
    # Costs: 1.23 + 3.84 + 0.04 + 0.48 + 1.09 + 0.03 + 3.20 + 1.54 + 3.20 + 0.32 + 0.07 + 0.05 = 15.09. Left: 32.00 - 15.09 = 16.91.
    (("TEE", "US", "shopify", "warehouse"), {
        "price": 3200, "sale_tax": 0, "net_price": 3200, "commission": 0, "payment": 123, "fulfilment": 384, "storage": 4, "first_leg": 48,
        "duty": 109, "import_tax": 0, "import_fees": 3, "goods": 320, "returns": 154, "adverts": 320, "conversion": 32, "capital": 7,
        "wastage": 5, "costs": 1509, "profit": 1691, "landed_unit_cost": 480, "price_needed": 1790,
    }),
]  # fmt: skip


@pytest.mark.parametrize(("way", "amounts"), WATERFALLS, ids=["-".join(way) for way, _ in WATERFALLS])
def test_the_waterfall_is_what_the_arithmetic_in_words_says(small, way, amounts) -> None:
    found = row(small, *way)
    assert {name: found[name] for name in AMOUNTS} == amounts


def test_every_row_sums_up(small) -> None:
    lines = ("commission", "payment", "fulfilment", "storage", "first_leg", "duty", "import_tax", "import_fees", "goods", "returns",
             "adverts", "conversion", "capital", "wastage")  # fmt: skip
    for found in small.plan.frame.filter(pl.col("price").is_not_null()).iter_rows(named=True):
        assert found["price"] - found["sale_tax"] == found["net_price"]
        assert sum(found[name] for name in lines) == found["costs"]
        assert found["net_price"] - found["costs"] == found["profit"]


def test_the_explanation_of_a_row_ends_in_the_row(small) -> None:
    for found in small.plan.frame.filter(pl.col("price").is_not_null()).iter_rows(named=True):
        answer = small.plan.explain(found["sku"], found["market"], found["channel"], found["route"])
        digits = minor_digits(found["currency"])
        for key in ("price", "net_price", "profit", "costs", "landed_unit_cost"):
            assert answer.amounts[key].amount == Decimal(found[key]).scaleb(-digits), (found["sku"], found["market"], key)
        waterfall = [line["amount"] for line in answer.rows["waterfall"]]
        assert len(waterfall) == 17
        assert all(line.source for line in answer.lines())


def test_the_price_needed_is_the_one_that_a_single_question_finds(small) -> None:
    situation = Situation(small.company, small.law, small.cards)
    for found in small.plan.frame.iter_rows(named=True):
        product = small.tee if found["sku"] == "TEE" else small.mug
        answer = price(PriceRequest(product, small.company, small.day, found["market"], found["channel"], found["route"]), situation)
        needed = found["price_needed"]
        assert (answer.amounts["price"].amount * 100 if "price" in answer.amounts else None) == needed, found["market"]


def test_a_row_goes_exactly_when_its_price_is_no_lower_than_the_price_needed_and_meets_the_margin(small) -> None:
    for found in small.plan.frame.filter(pl.col("price").is_not_null()).iter_rows(named=True):
        met = Decimal(found["profit"]) >= Decimal(found["net_price"]) * small.company.policy.margin_rate_target
        assert (found["status"] == "go") == met


def test_reasons_say_the_money_here_and_at_home_and_what_price_would_do(small) -> None:
    fix = row(small, "TEE", "US", "shopify", "direct")
    assert fix["reason"] == "the margin is 19.3 %, 6.18 USD (38.63 CNY) a sale; a price of 51.90 USD (324.38 CNY) would meet the target"
    assert fix["reason_zh"].startswith("毛利率")
    assert "6.18 USD (38.63 CNY)" in fix["reason_zh"]
    assert row(small, "TEE", "GB", "shopify", "direct")["reason"] == "8.73 GBP (87.30 CNY) stays of each sale, 52.3 % of the net price"


def test_a_product_without_a_shop_price_says_so_and_shows_the_smallest_price(small) -> None:
    found = row(small, "MUG", "GB", "shopify", "direct")
    assert found["reason"] == "no shop price is given; 12.90 GBP (129.00 CNY) is the smallest that leaves a margin of 30 %"
    assert (found["price"], found["price_home"]) == (1290, 12900)


def test_no_price_names_the_dearest_that_was_tried(small) -> None:
    assert row(small, "MUG", "US", "shopify", "direct")["reason"] == "no price up to 58.90 USD leaves a margin of 30 %"


def test_a_margin_that_was_asked_for_takes_the_place_of_the_policy(small) -> None:
    wanted = plan(
        small.request(small.tee, markets=("GB",), margin_rate=Decimal("0.50"), channels=("amazon",), routes=("direct",)), small.law
    )
    (found,) = wanted.frame.iter_rows(named=True)
    assert (found["status"], found["profit"]) == ("fix", 748)
    assert "would meet the target" in found["reason"]


def test_a_margin_below_the_floor_moves_the_floor(small) -> None:
    wanted = plan(
        small.request(small.tee, markets=("US",), margin_rate=Decimal("0.07"), channels=("amazon",), routes=("direct",)), small.law
    )
    assert wanted.frame["status"].to_list() == ["go"]


def test_a_channel_without_fees_is_told_once_and_has_no_rows(small) -> None:
    line = replace(small.line, countries=("DE", "CH"))
    cards = Cards((RateCard("line", "direct_line", (line,)),))
    found = plan(small.request(small.tee, small.mug, markets=("DE", "CH"), cards=cards, routes=("direct",)), small.law)
    assert not found.frame.filter((pl.col("market") == "CH") & (pl.col("channel") == "amazon")).height
    (told,) = [finding for finding in found.findings if finding.path == "markets[CH].amazon"]
    assert (told.code, told.severity) == ("FEE-404", "note")
    assert "2 ways are not in the sheet" in str(told)
    assert found.frame.height + found.ways_left_out == 2 * 2 * 2


def test_rows_and_left_out_ways_are_all_that_was_asked(small) -> None:
    assert small.plan.frame.height + small.plan.ways_left_out == 2 * 3 * 2 * 2
    assert {one.lane for one in small.plan.closed} == {Lane("GB", "amazon", "warehouse"), Lane("GB", "shopify", "warehouse")}
    assert small.plan.document()["ways_left_out"] == 4


def test_asking_for_a_closed_lane_gives_its_reason(small) -> None:
    answer = small.plan.explain("TEE", "GB", "shopify", "warehouse")
    assert [finding.code for finding in answer.findings] == ["ROUTE-404"]
    assert answer.exit_code == 1
    assert [finding.code for finding in small.plan.explain("TEE", "FR", "shopify", "warehouse").findings] == ["PLAN-404"]


def test_a_market_that_nothing_reaches_is_a_warning(small) -> None:
    found = plan(small.request(small.tee, markets=("JP",)), small.law)
    assert found.frame.is_empty()
    assert found.findings[0].code == "PLAN-301"
    assert not found.document()["answered"]


def test_cards_that_hold_on_another_day_say_from_when(small) -> None:
    late = replace(small.line, terms=replace(small.line.terms, since=date(2026, 11, 1)))
    cards = Cards((RateCard("line", "direct_line", (late,)),))
    found = plan(small.request(small.tee, markets=("GB",), routes=("direct",), cards=cards), small.law)
    (told,) = [finding for finding in found.findings if finding.code == "ROUTE-406"]
    assert "hold from 2026-11-01, not on 2026-07-15" in str(told)


def test_fba_alone_on_another_channel_is_told(small) -> None:
    found = plan(small.request(small.tee, markets=("DE",), channels=("shopify",), routes=("fba",)), small.law)
    assert {finding.code for finding in found.findings} == {"PLAN-301", "ROUTE-410"}


def test_an_own_site_takes_the_rate_for_cards_from_abroad_where_no_provider_states_one(small) -> None:
    line = replace(small.line, countries=("CH",))
    rates = Rates(small.day, {**small.rates, ("USD", "CHF"): Decimal("0.8"), ("CHF", "CNY"): Decimal(8), ("EUR", "CHF"): Decimal(1)})
    law = Law(small.day, exchange=rates)
    cards = Cards((RateCard("line", "direct_line", (line,)),))
    found = plan(small.request(small.tee, markets=("CH",), channels=("shopify",), routes=("direct",), cards=cards), law)
    (only,) = found.frame.iter_rows(named=True)
    assert "FEE-204" in only["codes"]
    # 25.00 EUR = 25.00 CHF: 4.4 % is 1.10; 0.30 USD is 0.24 CHF.
    assert only["payment"] == 134


def test_a_service_without_batteries_names_what_to_add(small) -> None:
    lamp = replace(small.mug, sku="LAMP", battery="contained", row=4)
    found = plan(small.request(lamp, markets=("GB",), channels=("shopify",), routes=("direct",)), small.law)
    assert found.frame["codes"].to_list() == [["ROUTE-405"]]
    assert "add a line that takes them to a rate card" in found.frame["reason"][0]
    assert found.frame["status"].to_list() == ["no answer"]


def test_a_card_without_legs_leaves_the_carbon_open_and_the_money_known(small) -> None:
    line = replace(small.line, terms=replace(small.line.terms, carbon_legs=()))
    cards = Cards((RateCard("line", "direct_line", (line,)),))
    found = plan(small.request(small.tee, markets=("GB",), channels=("shopify",), routes=("direct",), cards=cards), small.law)
    (only,) = found.frame.iter_rows(named=True)
    assert (only["profit"], only["carbon_g"], only["codes"]) == (873, None, ["CO2-101"])
    assert found.explain("TEE", "GB", "shopify", "direct").words["carbon"]


def test_amounts_that_do_not_fit_are_refused_row_by_row(small) -> None:
    yacht = replace(small.mug, sku="YACHT", unit_cost=Decimal(10) ** 18, row=4)
    found = plan(small.request(small.tee, yacht, markets=("GB",), channels=("shopify",), routes=("direct",)), small.law)
    by_sku = {one["sku"]: one for one in found.frame.iter_rows(named=True)}
    assert by_sku["TEE"]["profit"] == 873
    assert by_sku["YACHT"]["status"] == "no answer"


def test_findings_on_rows_are_counted(small) -> None:
    counted = {noted.finding.code: noted.rows for noted in small.plan.noted}
    listed = small.plan.frame["codes"].explode().drop_nulls().value_counts()
    assert counted["TAX-303"] == dict(listed.iter_rows())["TAX-303"] == 4


def test_the_best_way_is_the_one_that_goes_with_most_profit_at_home(small) -> None:
    best = small.plan.best().select("sku", "market", "channel", "route").rows()
    assert best == [
        ("TEE", "DE", "shopify", "warehouse"), ("TEE", "GB", "shopify", "direct"), ("TEE", "US", "shopify", "warehouse"),
        ("MUG", "DE", "amazon", "direct"), ("MUG", "GB", "amazon", "direct"), ("MUG", "US", "amazon", "warehouse"),
    ]  # fmt: skip


def test_two_products_of_one_article_number_keep_their_own_facts(small) -> None:
    dear = replace(small.tee, unit_cost=Decimal("60.00"), row=9)
    found = plan(small.request(small.tee, dear, markets=("GB",), channels=("shopify",), routes=("direct",)), small.law)
    assert found.frame["goods"].to_list() == [200, 600]
    assert found.way(1).product is dear


def test_progress_is_told_product_by_product(small) -> None:
    told = []
    plan(
        small.request(small.tee, small.mug, markets=("GB",), progress=lambda done, total, what: told.append((done, total, what))), small.law
    )
    assert told == [(1, 2, "TEE"), (2, 2, "MUG"), (2, 2, "searching prices")]


def test_an_offer_is_the_same_with_and_without_what_was_worked_out_before(small) -> None:
    shared = Situation(small.company, small.law, small.cards)
    for market in ("DE", "US"):
        for product in (small.tee, small.mug):
            before = offer(product, market, "shopify", "warehouse", "EUR" if market == "DE" else "USD", shared)
            alone = offer(
                product,
                market,
                "shopify",
                "warehouse",
                "EUR" if market == "DE" else "USD",
                Situation(small.company, small.law, small.cards),
            )
            assert before.carriage.delivery.amount == alone.carriage.delivery.amount
            assert before.facts.duty.amount == alone.facts.duty.amount


@pytest.mark.slow  # tests/house/test_words.py asks it of the whole program in the fast part
def test_the_desk_says_everything_in_both_languages() -> None:
    assert [finding for finding in check().findings if finding.code in ("WORDS-001", "WORDS-003") and "desk/" in finding.path] == []
