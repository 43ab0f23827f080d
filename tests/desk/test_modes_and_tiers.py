"""Which way a product goes at a volume, and how many to buy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from supercargo.desk.modes import compare_modes
from supercargo.desk.routes import Cards
from supercargo.desk.tiers import best_tier


def by_way(answer):
    return {row["way"]: row for row in answer.rows["ways"]}


def test_a_parcel_and_a_warehouse_compared_at_a_hundred_a_month(small) -> None:
    answer = compare_modes(small.tee, "US", small.company, small.law, small.cards, 100, "shopify")
    ways = by_way(answer)
    assert set(ways) == {"direct_mail", "overseas_warehouse"}
    # Parcel: delivery 4.16, duty 10.88, fees 1.34: 16.38. Capital on 15.42 for 17 days at 10 %: 0.0718.
    # A return costs 1.28 of handling and the goods, 16.70; 5 % of it: 0.835. Together 17.2868 a unit, 1,728.68 a month.
    assert ways["direct_mail"]["monthly_cost"]["amount"] == "1728.68"
    # Warehouse: delivery 3.84, storage 0.04, duty 1.09, fees 0.03: 5.00. Capital on 4.80 for 55 days: 0.0723.
    # A return: 1.28 + 4.80 - 2.40 = 3.68, 5 %: 0.184. Per unit 5.2563: 525.63. First leg: 100 x 2.00 CNY + 100 CNY = 48.00 USD. 573.63.
    assert ways["overseas_warehouse"]["monthly_cost"]["amount"] == "573.63"
    assert answer.words["cheapest"].into("en") == "overseas_warehouse"
    assert ways["overseas_warehouse"]["cash_tied_up"]["amount"] == "867.95"
    assert (ways["direct_mail"]["days_p50"], ways["overseas_warehouse"]["days_p50"]) == (7, 2)
    assert all(line.source for line in answer.lines())


def test_the_volume_at_which_the_choice_turns_is_exact(small) -> None:
    answer = compare_modes(small.tee, "US", small.company, small.law, small.cards, 100, "shopify")
    # The shipments of a month cost 16.00 whatever is sold, a unit 0.32 of first leg: 5.2563 + 0.32 = 5.5763 against 17.2868.
    # 16.00 / (17.2868 - 5.5763) = 1.37: from two units on the warehouse is cheaper.
    assert answer.rows["ranges"] == [
        {"way": "direct_mail", "from_units": 1, "to_units": 1}, {"way": "overseas_warehouse", "from_units": 2, "to_units": None},
    ]  # fmt: skip
    assert "MODE-202" in {finding.code for finding in answer.findings}


def test_a_way_that_cannot_be_computed_is_named_and_the_others_are_compared(small) -> None:
    answer = compare_modes(small.tee, "GB", small.company, small.law, small.cards, 100, "shopify")
    assert set(by_way(answer)) == {"direct_mail"}
    missing = {finding.path: finding for finding in answer.findings if finding.code == "ROUTE-404"}
    assert set(missing) == {"ways[overseas_warehouse].route", "ways[fba].route"}
    assert {finding.severity for finding in missing.values()} == {"warning"}
    assert answer.exit_code == 0


def test_no_way_at_all_is_no_answer(small) -> None:
    answer = compare_modes(small.tee, "GB", small.company, small.law, Cards(()), 100, "shopify")
    assert answer.exit_code == 1
    assert {finding.code for finding in answer.findings} == {"ROUTE-404"}


def test_a_volume_of_nothing_is_refused(small) -> None:
    assert [f.code for f in compare_modes(small.tee, "GB", small.company, small.law, small.cards, 0).findings] == ["MODE-422"]


def test_a_product_without_a_shop_price_is_compared_at_the_smallest_that_leaves_the_margin(small) -> None:
    answer = compare_modes(small.mug, "DE", small.company, small.law, small.cards, 100, "shopify")
    assert answer.amounts["shop_price"].amount == Decimal("23.90")


def test_the_cheaper_tier_wins_though_it_ties_up_more(small) -> None:
    answer = best_tier(small.tee, small.company, small.law)
    # 100 at 20.00: 2,000.00, held: 2,000 x 10 % x 100 / (24 x 100) = 8.33: 20.0833 each.
    # 500 at 18.00: 9,000.00, held: 9,000 x 10 % x 500 / 2,400 = 187.50: 18.3750 each.
    assert answer.words["best_tier"] == "2"
    assert [row["cost_per_item"]["amount"] for row in answer.rows["tiers"]] == ["20.0833", "18.375"]
    assert answer.rows["tiers"][0]["next_saves"]["amount"] == "1.7083"
    assert answer.amounts["cover_days"].amount == 152
    # The minimum order lasts 30 days, which the company allows; the best one 152.
    assert {finding.code for finding in answer.findings} == {"TIER-202", "TIER-205"}


def test_a_stated_cost_of_an_order_is_counted(small) -> None:
    answer = best_tier(small.tee, small.company, small.law, order_cost=Decimal("500.00"))
    assert [row["cost_per_item"]["amount"] for row in answer.rows["tiers"]] == ["25.0833", "19.375"]
    assert "TIER-205" not in {finding.code for finding in answer.findings}


def test_without_prices_or_demand_the_answer_says_what_to_supply(small) -> None:
    assert [finding.code for finding in best_tier(small.mug, small.company, small.law).findings] == ["TIER-401"]
    idle = replace(small.tee, monthly_units=None)
    assert [finding.code for finding in best_tier(idle, small.company, small.law).findings] == ["TIER-402"]
