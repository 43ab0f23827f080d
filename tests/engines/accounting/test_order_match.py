"""Was every order paid, once, and as it was sold?"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting.order_match import Facts, decide
from supercargo.kernel.figure import single
from supercargo.reference.law import Law

LAW = Law(date(2026, 8, 31))
LATER = {
    "channel": "amazon-de",
    "order_ref": "LAST",
    "kind": "sale_goods",
    "currency": "EUR",
    "amount_minor": 100,
    "posted_on": date(2026, 8, 30),
}
EARLY = {**LATER, "order_ref": "FIRST", "posted_on": date(2026, 6, 1)}


@pytest.fixture(scope="session")
def decided(records):
    def run(orders, lines, law=LAW, around=(EARLY, LATER), **more):
        common = {"channel": "amazon-de", "currency": "EUR", "status": "shipped", "tax_included": True, "ordered_on": date(2026, 7, 10)}
        facts = Facts(
            records("order_line", orders, **common), records("money_line", [*lines, *around], channel="amazon-de", currency="EUR"), **more
        )
        return decide(facts, law)

    return run


def order(goods, ref="O-1", **more):
    return {"order_ref": ref, "sku": "A", "goods_minor": goods, "shipping_minor": 0, "giftwrap_minor": 0, **more}


def line(amount, kind="sale_goods", ref="O-1", **more):
    return {"order_ref": ref, "sku": "A", "kind": kind, "amount_minor": amount, "posted_on": date(2026, 7, 20), **more}


def state(answer, ref="O-1"):
    return answer.orders.filter(order_ref=ref)["state"].item()


def told(answer):
    return [(one.finding.code, one.amount_minor, one.currency) for one in answer.discrepancies if one.reference.startswith("O-")]


def test_goods_without_tax_and_their_tax_are_the_price(decided):
    """100.00 with tax = 84.03 + 15.97."""
    answer = decided([order(10000)], [line(8403), line(1597, "sale_tax"), line(-1500, "fee_referral")])
    assert state(answer) == "tied"
    assert told(answer) == []


@pytest.mark.parametrize(("paid", "expected"), [(9999, ("differs", -1)), (10000, ("tied", 0)), (10001, ("differs", 1))])
def test_a_cent_is_a_difference(decided, paid, expected):
    answer = decided([order(10000)], [line(paid)])
    assert answer.orders.filter(order_ref="O-1").select("state", "difference_minor").row(0) == expected


def test_paid_differently_is_named_and_explains_itself(decided):
    """100.00 charged, 90.00 paid: 10.00 are missing."""
    answer = decided([order(10000)], [line(9000)])
    assert told(answer) == [("TIE-302", 1000, "EUR")]
    assert single(answer.explain("amazon", "O-1")).shown() == "-10.00 EUR"


def test_shipping_and_discounts_belong_to_the_price(decided):
    """100.00 + 4.90 - 10.00 - 4.90 = 90.00."""
    sold = order(10000, shipping_minor=490, goods_discount_minor=-1000, shipping_discount_minor=-490)
    paid = [line(10000), line(490, "sale_shipping"), line(-1000, "discount_goods"), line(-490, "discount_shipping")]
    assert state(decided([sold], paid)) == "tied"


def test_tax_on_top_is_added_and_the_marketplaces_own_collection_passes_through(decided):
    """100.00 + 7.00 tax = 107.00; the marketplace takes its 7.00 away again."""
    sold = order(10000, tax_included=False, goods_tax_minor=700)
    assert state(decided([sold], [line(10000), line(700, "sale_tax"), line(-700, "tax_withheld")])) == "tied"


@pytest.mark.parametrize(("paid", "expected"), [(10000, "tied"), (10700, "tied"), (10350, "differs")])
def test_where_the_file_does_not_say_how_tax_stands_either_reading_ties(decided, paid, expected):
    assert state(decided([order(10000, tax_included=None, goods_tax_minor=700)], [line(paid)])) == expected


def test_a_part_that_the_file_leaves_out_makes_the_order_unknown_only_if_it_was_paid(decided):
    sold = order(10000, shipping_minor=None)
    assert state(decided([sold], [line(10000)])) == "tied"
    answer = decided([sold], [line(10000), line(490, "sale_shipping")])
    assert state(answer) == "unknown"
    assert [finding.code for finding in answer.findings if "308" in finding.code] == ["TIE-308"]


def test_an_order_without_amounts_is_unknown_and_a_pending_one_pending(decided):
    answer = decided([order(None), order(None, "O-2", status="pending")], [line(500)])
    assert (state(answer), state(answer, "O-2")) == ("unknown", "pending")


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 8, 1), "unpaid"), (date(2026, 8, 2), "open")])
def test_a_shipped_order_is_unpaid_after_thirty_days(decided, day, expected):
    """1 August + 30 days = 31 August: the 31st is the last day; an order of 31 July and 30 days is over."""
    around = (EARLY, {**LATER, "posted_on": date(2026, 9, 10)})
    answer = decided([order(10000, ordered_on=day)], [], law=Law(date(2026, 9, 1)), around=around)
    assert state(answer) == expected
    assert told(answer) == ([("TIE-301", 10000, "EUR")] if expected == "unpaid" else [])


@pytest.mark.parametrize(("days", "expected"), [(51, "unpaid"), (52, "open")])
def test_a_channel_may_have_its_own_days(decided, days, expected):
    """10 July + 51 days = 30 August, the day before; + 52 = 31 August."""
    assert state(decided([order(10000)], [], pay_days={"amazon": days})) == expected


@pytest.mark.parametrize(("last", "expected"), [(date(2026, 8, 8), "unchecked"), (date(2026, 8, 9), "unpaid")])
def test_days_that_no_settlement_reaches_are_unchecked(decided, last, expected):
    """10 July + 30 days = 9 August."""
    assert state(decided([order(10000)], [], around=(EARLY, {**LATER, "posted_on": last}))) == expected


@pytest.mark.parametrize(("status", "expected"), [("paid", "open"), ("unknown", "open"), ("pending", "pending"), ("delivered", "unpaid")])
def test_only_what_was_shipped_can_be_unpaid(decided, status, expected):
    assert state(decided([order(10000, status=status)], [])) == expected


def test_a_part_that_was_paid_within_the_days_is_open(decided):
    sold = [order(10000, ordered_on=date(2026, 8, 20))]
    assert state(decided(sold, [line(4000, posted_on=date(2026, 8, 25))])) == "open"
    assert state(decided(sold, [line(12345, posted_on=date(2026, 8, 25))])) == "differs"


def test_a_cancelled_order_is_no_fault_unless_money_moved(decided):
    answer = decided([order(10000, status="cancelled")], [])
    assert (state(answer), told(answer)) == ("cancelled", [])
    charged = decided([order(10000, status="cancelled")], [line(10000), line(-10000, "refund_goods"), line(-300, "fee_refund")])
    assert (state(charged), told(charged)) == ("charged", [("TIE-304", 300, "EUR")])


def test_cancelled_lines_of_an_order_are_not_charged(decided):
    answer = decided([order(6000), order(4000, status="cancelled", sku="B")], [line(6000)])
    assert state(answer) == "tied"


def test_an_order_line_settled_twice_is_named_with_its_product(decided):
    """A 60.00 and B 40.00 were sold; A was paid twice: 160.00, 60.00 too much."""
    answer = decided([order(6000), order(4000, sku="B")], [line(6000), line(6000), line(4000, sku="B")])
    (found,) = [one for one in answer.discrepancies if one.reference == "O-1"]
    assert (found.finding.code, found.amount_minor, found.records) == ("TIE-305", 6000, (1, 2))
    assert "A was paid 2 times" in str(found.finding)


def test_two_units_paid_in_two_parts_are_no_double(decided):
    assert state(decided([order(10000, quantity=2)], [line(5000), line(5000)])) == "tied"


def test_the_orders_digits_in_another_currency(decided):
    answer = decided([order(10000)], [line(10000, currency="USD")])
    assert state(answer) == "differs"
    assert told(answer) == [("TIE-306", 10000, "EUR")]


@pytest.mark.parametrize(("posted", "codes"), [(date(2026, 8, 8), []), (date(2026, 8, 9), [("TIE-303", 4250, "EUR")])])
def test_an_order_that_only_a_settlement_names_is_a_stranger_once_it_cannot_be_older_than_the_book(decided, posted, codes):
    """The first order is of 10 July; what was settled before 9 August may have been ordered earlier. 50.00 - 7.50 = 42.50."""
    answer = decided(
        [order(10000)], [line(10000), line(5000, ref="O-9", posted_on=posted), line(-750, "fee_referral", ref="O-9", posted_on=posted)]
    )
    assert told(answer) == codes


def test_without_any_orders_the_strangers_are_counted_once(decided):
    answer = decided([], [line(5000), line(2000, ref="O-2")])
    assert [(finding.code, finding.severity) for finding in answer.findings] == [("TIE-307", "note")]


def test_a_shops_orders_are_paid_through_payment_houses(decided):
    shop = {"channel": "shopify"}
    sold = [order(5000, "#1001", **shop), order(7000, "#1002", **shop)]
    lines = [
        line(5000, "customer_payment", "#1001", channel="shopify-payments", sku=None), line(-175, "fee_payment", "#1001", channel="shopify-payments", sku=None),
        line(7000, "customer_payment", "#1002", channel="paypal", sku=None),
    ]  # fmt: skip
    answer = decided(sold, lines)
    assert (state(answer, "#1001"), state(answer, "#1002")) == ("tied", "tied")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10**6), st.integers(-3, 3)), max_size=30))
def test_every_order_has_one_state_and_differences_add_up(decided, sold):
    """Each order was paid its price and a few cents more or less; the differences of the frame are just these cents."""
    unique = {number: (amount, off) for number, amount, off in sold}
    orders = [order(amount, f"O-{number}") for number, (amount, _) in unique.items()]
    lines = [line(amount + off, ref=f"O-{number}") for number, (amount, off) in unique.items()]
    answer = decided(orders, lines).orders.filter(pl.col("order_ref").str.starts_with("O-"))
    assert answer.height == len(unique)
    assert answer["difference_minor"].sum() == sum(off for _, off in unique.values())
    tied = {f"O-{number}" for number, (_, off) in unique.items() if off == 0}
    assert set(answer.filter(state="tied")["order_ref"]) == tied
