"""From records to profit lines: what is revenue, what is tax, what is estimated and what is not known."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from supercargo.desk.lake.refresh import records_of
from supercargo.desk.profit.costs import cost_lines
from supercargo.desk.profit.making import made
from supercargo.desk.profit.records import COST
from supercargo.desk.profit.tax_inside import Destinations
from supercargo.reference.law import Law

from .conftest import DAY

DESTINATIONS = Destinations(Law)


def lines(book, channel="amazon-de"):
    fact = next(fact for fact in book.channels() if fact.code == channel)
    result = made(records_of(book, fact), DESTINATIONS)
    return result.lines, {finding.code for finding in result.findings}


def by_kind(table):
    return {row["kind"]: row for row in table.iter_rows(named=True)}


def sums(table):
    return dict(table.group_by("kind").agg(pl.col("amount_minor").sum()).iter_rows())


def test_a_settled_sale_takes_the_day_and_country_of_its_order(book):
    book.order(ordered_on=date(2024, 2, 28), ship_country="FR")
    book.money("sale_goods", 10_000, quantity=1)
    book.money("sale_tax", 1_900)
    row = by_kind(lines(book)[0])["sale_goods"]
    assert (row["order_on"], row["posted_on"], row["country"], row["estimated"], row["quantity"]) == (
        date(2024, 2, 28), date(2024, 3, 12), "FR", False, 1,
    )  # fmt: skip


def test_without_its_order_the_day_is_that_of_the_posting_and_the_country_that_of_the_channel(book):
    book.money("sale_goods", 10_000, quantity=1)
    book.money("sale_tax", 1_900)
    row = by_kind(lines(book)[0])["sale_goods"]
    assert (row["order_on"], row["country"]) == (date(2024, 3, 12), "DE")


def test_a_sale_without_a_tax_line_gives_up_the_tax_inside_marked_as_estimated(book):
    """119.00 with 19 % inside: 100.00 and 19.00."""
    book.money("sale_goods", 11_900, quantity=1)
    found, _ = lines(book)
    assert {kind: amount for kind, amount in sums(found).items() if kind != "cost_of_goods"} == {"sale_goods": 10_000, "sale_tax": 1_900}
    assert set(found.filter(pl.col("kind") != "cost_of_goods").get_column("estimated")) == {True}
    assert by_kind(found)["sale_tax"]["quantity"] is None


def test_a_refund_and_a_discount_give_up_their_tax_too(book):
    book.money("refund_goods", -11_900, quantity=1)
    book.money("discount_goods", -1_190)
    found = sums(lines(book)[0])
    assert (found["refund_goods"], found["refund_tax"], found["discount_goods"], found["sale_tax"]) == (-10_000, -1_900, -1_000, -190)


def test_where_the_settlement_has_a_tax_line_nothing_is_taken_out(book):
    book.money("sale_goods", 10_000, quantity=1)
    book.money("sale_tax", 1_900)
    book.money("tax_withheld", -1_900)
    found, _ = lines(book)
    assert sums(found)["sale_goods"] == 10_000
    assert not by_kind(found)["sale_goods"]["estimated"]


def test_where_prices_are_shown_without_tax_nothing_is_inside(book):
    book.money("sale_goods", 10_000, quantity=1, country="US")
    row = by_kind(lines(book)[0])["sale_goods"]
    assert (row["amount_minor"], row["estimated"]) == (10_000, False)


def test_the_tax_report_wins_over_the_law_and_is_no_estimate(book):
    """7 % of a book: 107.00 is 100.00 and 7.00."""
    book.money("sale_goods", 10_700, quantity=1)
    book.add(
        "tax_line", channel="amazon-de", order_ref="A-1", sku="TEE", net_minor=10_000, tax_minor=700, rate_ppm=70_000, collected_by="seller"
    )
    row = by_kind(lines(book)[0])["sale_goods"]
    assert (row["amount_minor"], row["estimated"]) == (10_000, False)


def test_tax_that_the_marketplace_collects_is_not_inside(book):
    book.money("sale_goods", 10_000, quantity=1)
    book.add("tax_line", channel="amazon-de", order_ref="A-1", sku="TEE", net_minor=10_000, tax_minor=1_900, collected_by="marketplace")
    assert sums(lines(book)[0])["sale_goods"] == 10_000


def test_a_country_without_a_known_rate_is_named_with_its_money(book):
    book.money("sale_goods", 10_000, quantity=1, country="ZZ")
    found, codes = lines(book)
    assert "PROF-010" in codes
    assert by_kind(found)["sale_goods"]["estimated"]


def test_clearing_is_left_out_and_a_deferred_line_that_came_again_counts_once(book):
    book.money("payout", -10_000)
    book.money("sale_goods", 5_000, quantity=1, status="deferred", transaction_ref="T1", country="US")
    book.money("sale_goods", 5_000, quantity=1, related_ref="T1", country="US")
    found = sums(lines(book)[0])
    assert found["sale_goods"] == 5_000
    assert "payout" not in found


def test_a_deferred_line_is_known_and_not_settled(book):
    book.money("sale_goods", 5_000, quantity=1, status="deferred", country="US")
    row = by_kind(lines(book)[0])["sale_goods"]
    assert (row["posted_on"], row["estimated"]) == (None, False)


def test_a_fee_of_an_order_with_one_article_belongs_to_it_and_a_subscription_to_none(book):
    book.order()
    book.money("fee_referral", -1_500, sku=None)
    book.money("fee_subscription", -3_900, sku=None, order_ref=None)
    found = by_kind(lines(book)[0])
    assert (found["fee_referral"]["sku"], found["fee_subscription"]["sku"], found["fee_subscription"]["brand"]) == ("TEE", None, None)


def history(book):
    """Settled on the last day: 200.00 net sales with 30.00 commission and 6.00 fulfilment; an old one outside of the 90 days."""
    for order, posted, goods, fee in (("H-1", date(2024, 3, 12), 20_000, -3_000), ("H-0", date(2023, 12, 1), 20_000, -9_000)):
        book.money("sale_goods", goods, order_ref=order, quantity=2, posted_on=posted, country="US")
        book.money("fee_referral", fee, order_ref=order, posted_on=posted, country="US")
    book.money("fee_fulfilment", -600, order_ref="H-1", country="US")
    book.money("fee_storage", -5_000, order_ref=None, sku=None)


def test_a_shipped_order_without_settlement_is_estimated_with_the_channels_own_shares(book):
    """119.00 in DE: 100.00 net and 19.00 tax; 15 % commission of the last 90 days: 15.00; 3 % fulfilment: 3.00."""
    history(book)
    book.order(order_ref="A-9")
    found, codes = lines(book)
    mine = found.filter(pl.col("noun") == "order_line")
    assert {kind: amount for kind, amount in sums(mine).items() if amount is not None and kind != "cost_of_goods"} == {
        "sale_goods": 10_000, "sale_tax": 1_900, "fee_referral": -1_500, "fee_fulfilment": -300,
    }  # fmt: skip
    assert set(mine.get_column("estimated")) == {True}
    assert mine.get_column("posted_on").null_count() == mine.height
    assert by_kind(mine)["fee_referral"]["basis"] == "share -15.0000 % of 2024-03-12..2024-03-12"
    assert "PROF-011" in codes


def test_the_day_that_is_90_days_back_is_outside_and_the_next_one_inside(book):
    for order, posted in (("H-1", date(2024, 3, 31)), ("H-2", date(2024, 1, 2)), ("H-3", date(2024, 1, 1))):
        book.money("sale_goods", 10_000, order_ref=order, posted_on=posted, country="US")
        book.money("fee_referral", -1_000 if order != "H-3" else -9_000, order_ref=order, posted_on=posted)
    book.order(order_ref="A-9", ship_country="US", goods_minor=10_000)
    assert by_kind(lines(book)[0].filter(pl.col("noun") == "order_line"))["fee_referral"]["amount_minor"] == -1_000


def test_without_history_the_fee_is_not_known_and_not_zero(book):
    book.order(order_ref="A-9")
    found, codes = lines(book)
    fee = by_kind(found)["fee_referral"]
    assert (fee["amount_minor"], fee["basis"]) == (None, "no settled history")
    assert "PROF-012" in codes


def test_a_settled_order_is_not_estimated_as_well(book):
    book.order()
    book.money("sale_goods", 10_000, quantity=1)
    book.money("sale_tax", 1_900)
    assert set(lines(book)[0].filter(pl.col("kind") == "sale_goods").get_column("noun")) == {"money_line"}


@pytest.mark.parametrize("status", ["pending", "cancelled", "paid"])
def test_an_order_that_was_not_shipped_is_not_estimated(book, status):
    book.order(status=status)
    assert lines(book)[0].height == 0


def shop(book, **other):
    return book.order(channel="shopify", order_ref="S-1", **other)


def test_an_order_of_an_own_shop_is_revenue_without_its_stated_tax(book):
    shop(
        book, goods_tax_minor=1_900, tax_included=True, shipping_minor=500, shipping_tax_minor=80, goods_discount_minor=-1_000, paid_on=DAY
    )
    found, _ = lines(book, "shopify")
    assert {kind: amount for kind, amount in sums(found).items() if kind != "cost_of_goods"} == {
        "sale_goods": 10_000, "sale_shipping": 420, "discount_goods": -1_000, "sale_tax": 1_980,
    }  # fmt: skip
    assert not by_kind(found)["sale_goods"]["estimated"]
    assert by_kind(found)["sale_goods"]["posted_on"] == DAY


def test_tax_on_top_of_the_price_is_beside_the_revenue(book):
    shop(book, goods_minor=10_000, goods_tax_minor=800, tax_included=False, ship_country="US")
    found = sums(lines(book, "shopify")[0])
    assert (found["sale_goods"], found["sale_tax"]) == (10_000, 800)


def test_tax_that_is_not_stated_is_taken_out_by_law_and_estimated(book):
    shop(book, tax_included=True)
    row = by_kind(lines(book, "shopify")[0])["sale_goods"]
    assert (row["amount_minor"], row["estimated"], row["basis"]) == (10_000, True, "standard rate of the destination")


def test_a_price_that_is_stated_to_be_without_tax_stays_whole(book):
    shop(book, tax_included=False)
    row = by_kind(lines(book, "shopify")[0])["sale_goods"]
    assert (row["amount_minor"], row["estimated"]) == (11_900, False)


def test_a_line_with_a_negative_total_is_a_refund_with_units_that_came_back(book):
    shop(book, goods_minor=-11_900, quantity=-2, tax_included=False)
    row = by_kind(lines(book, "shopify")[0])["refund_goods"]
    assert (row["amount_minor"], row["quantity"]) == (-11_900, -2)


def test_a_refund_total_of_an_order_is_net_of_tax_and_estimated(book):
    """11.90 given back of an order at 19 %: 10.00 and 1.90."""
    shop(book, goods_tax_minor=1_900, tax_included=True, refunded_minor=1_190)
    found = by_kind(lines(book, "shopify")[0])
    assert (found["refund_goods"]["amount_minor"], found["refund_tax"]["amount_minor"], found["refund_goods"]["estimated"]) == (
        -1_000,
        -190,
        True,
    )


def test_the_fees_of_the_payment_house_join_the_order_and_its_payment_settles_it(book):
    shop(book, tax_included=False, paid_on=DAY)
    book.money("customer_payment", 11_900, channel="paypal", order_ref="S-1", posted_on=date(2024, 3, 7), sku=None)
    book.money("fee_payment", -400, channel="paypal", order_ref="S-1", posted_on=date(2024, 3, 7), sku=None)
    book.money("fee_payment", -99, channel="paypal", order_ref=None, posted_on=date(2024, 3, 7), sku=None)
    found = by_kind(lines(book, "shopify")[0])
    assert (found["fee_payment"]["amount_minor"], found["fee_payment"]["order_on"], found["fee_payment"]["channel"]) == (
        -400,
        DAY,
        "shopify",
    )
    assert found["sale_goods"]["posted_on"] == date(2024, 3, 7)
    assert sums(lines(book, "paypal")[0]) == {"fee_payment": -99}


def test_cost_of_goods_comes_from_the_ledger_where_it_has_it(book):
    number = book.money("sale_goods", 10_000, quantity=1, country="US")
    book.cost_lines = cost_lines(pl.DataFrame([cost("money_line", number, "sale", 2_000, 300, 0)]), "CNY").pipe(with_place)
    found, codes = lines(book)
    assert (by_kind(found)["cost_of_goods"]["amount_minor"], by_kind(found)["cost_first_leg"]["currency"]) == (-2_000, "CNY")
    assert by_kind(found)["cost_of_goods"]["country"] == "US"
    assert not {"PROF-013", "PROF-014"} & codes


def cost(noun, number, kind, purchase, first_leg, duty, channel="amazon-de", day=date(2024, 3, 9)):
    return {
        "noun": noun, "id": number, "kind": kind, "channel": channel, "country": None, "day": day,
        "purchase_minor": purchase, "first_leg_minor": first_leg, "duty_minor": duty,
    }  # fmt: skip


def with_place(table):
    return table.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in COST.items() if name not in table.columns).select(
        pl.col(name).cast(dtype) for name, dtype in COST.items()
    )


def test_goods_lost_and_goods_that_came_back_are_costs_of_their_own(book):
    book.cost_lines = cost_lines(
        pl.DataFrame([cost("stock_move", 7, "write_off", 2_000, 300, 50), cost("customer_return", 8, "return", 1_000, 0, 0)]), "CNY"
    ).pipe(with_place)
    book.money("fee_referral", -1)
    found, _ = lines(book)
    assert sums(found) == {"fee_referral": -1, "cost_write_off": -2_350, "cost_of_goods": 1_000}
    assert by_kind(found)["cost_of_goods"]["order_on"] == date(2024, 3, 9)
    assert by_kind(found)["cost_of_goods"]["country"] == "DE"


def test_units_that_the_settlement_does_not_state_are_those_of_the_order(book):
    book.order(quantity=3)
    book.money("sale_goods", 10_000, country="US")
    assert by_kind(lines(book)[0])["sale_goods"]["quantity"] == 3


def test_else_by_the_catalogues_unit_cost_estimated(book):
    book.money("sale_goods", 10_000, quantity=3, country="US")
    book.add("product", sku="TEE", brand="Norte", currency="CNY", unit_cost_minor=2_500)
    found, codes = lines(book)
    cost = by_kind(found)["cost_of_goods"]
    assert (cost["amount_minor"], cost["currency"], cost["estimated"], cost["brand"]) == (-7_500, "CNY", True, "Norte")
    assert "PROF-014" in codes


def test_a_cost_that_nobody_knows_is_a_line_without_amount_and_a_finding(book):
    book.money("sale_goods", 10_000, quantity=3, country="US")
    found, codes = lines(book)
    assert by_kind(found)["cost_of_goods"]["amount_minor"] is None
    assert "PROF-013" in codes


def test_money_that_is_not_classified_is_named(book):
    book.money("unclassified", -500)
    assert "PROF-015" in lines(book)[1]


def test_every_line_knows_its_file_and_row(book):
    history(book)
    book.order(order_ref="A-9")
    found, _ = lines(book)
    assert found.select("noun", "record_id", "document_id", "row").null_count().sum_horizontal().item() == 0
