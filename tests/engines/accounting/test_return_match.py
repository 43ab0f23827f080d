"""Did every refunded product come back, and every product that came back get its refund?"""

from __future__ import annotations

from datetime import date

import pytest

from supercargo.engines.accounting.return_match import Facts, decide, rules
from supercargo.kernel.figure import Figure, single
from supercargo.reference.law import Law

LAW = Law(date(2026, 8, 31))
ELSEWHERE = {"order_ref": "O-OTHER", "sku": "Z", "quantity": 1, "returned_on": date(2026, 8, 30)}


@pytest.fixture
def decided(records):
    def run(lines, returns=(), reimbursements=(), orders=(), law=LAW, others=(ELSEWHERE,), **more):
        common = {"channel": "amazon-de"}
        facts = Facts(
            records("money_line", lines, currency="EUR", **common), records("customer_return", [*returns, *others], **common),
            records("reimbursement", reimbursements, currency="EUR", **common), records("order_line", orders, **common), **more,
        )  # fmt: skip
        return decide(facts, law)

    return run


def line(amount, kind, day=date(2026, 7, 1), **more):
    return {"order_ref": "O-1", "sku": "A", "kind": kind, "amount_minor": amount, "posted_on": day, **more}


SALE = line(5000, "sale_goods", date(2026, 6, 20))
REFUND = line(-5000, "refund_goods")
BACK = {"order_ref": "O-1", "sku": "A", "quantity": 1, "returned_on": date(2026, 7, 20)}


def state(answer):
    return answer.refunds["state"].to_list()


def told(answer):
    return [(one.finding.code, one.amount_minor) for one in answer.discrepancies]


def test_what_was_refunded_and_came_back_is_settled(decided):
    answer = decided([SALE, REFUND], [BACK])
    assert (state(answer), told(answer)) == (["returned"], [])
    assert answer.returns.filter(order_ref="O-1")["state"].item() == "refunded"


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 7, 17), "waiting"), (date(2026, 7, 16), "lost")])
def test_the_goods_have_forty_five_days(decided, day, expected):
    """17 July + 45 days = 31 August, the last day; from 16 July it was the 30th."""
    answer = decided([SALE, line(-5000, "refund_goods", day)])
    assert state(answer) == [expected]
    assert told(answer) == ([("TIE-401", 5000)] if expected == "lost" else [])


@pytest.mark.parametrize(("days", "expected"), [(61, "waiting"), (60, "lost")])
def test_a_channel_may_have_its_own_days(decided, days, expected):
    """1 July + 61 days = 31 August."""
    assert state(decided([SALE, REFUND], return_days={"amazon": days})) == [expected]


@pytest.mark.parametrize(("paid", "expected", "stake"), [(5000, "reimbursed", []), (4999, "lost", [("TIE-401", 1)])])
def test_what_was_reimbursed_is_not_at_stake(decided, paid, expected, stake):
    answer = decided([SALE, REFUND], reimbursements=[{"order_ref": "O-1", "sku": "A", "amount_minor": paid}])
    assert (state(answer), told(answer)) == ([expected], stake)


def test_one_of_two_units_that_came_back_is_not_enough(decided):
    refund = line(-10000, "refund_goods", quantity=2)
    sale = line(10000, "sale_goods")
    assert state(decided([sale, refund], [BACK])) == ["lost"]
    assert state(decided([sale, refund], [{**BACK, "quantity": 2}])) == ["returned"]


def test_a_part_given_back_as_goodwill_expects_no_goods(decided):
    assert state(decided([SALE, line(-500, "refund_goods")])) == ["partial"]


def test_what_the_seller_fulfils_comes_back_to_the_seller(decided):
    assert state(decided([SALE, REFUND], orders=[{"order_ref": "O-1", "fulfilled_by": "seller"}])) == ["own"]
    assert state(decided([SALE, REFUND], orders=[{"order_ref": "O-1", "fulfilled_by": "channel"}])) == ["lost"]


def test_without_a_list_of_returns_nothing_is_lost(decided):
    answer = decided([SALE, REFUND], others=())
    assert (state(answer), told(answer)) == (["unchecked"], [("TIE-404", 5000)])


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 7, 17), "waiting"), (date(2026, 7, 16), "unrefunded")])
def test_a_return_without_a_refund_is_a_note_after_the_days(decided, day, expected):
    answer = decided([SALE], [{**BACK, "returned_on": day}])
    assert answer.returns.filter(order_ref="O-1")["state"].item() == expected
    assert told(answer) == ([("TIE-402", 5000)] if expected == "unrefunded" else [])


def test_a_refund_that_names_no_product_settles_the_returns_of_its_order(decided):
    answer = decided([line(-5000, "refund_goods", sku=None)], [BACK])
    assert answer.returns.filter(order_ref="O-1")["state"].item() == "refunded"


def test_the_commission_kept_is_summed_by_channel(decided):
    """15 % of 50.00 = 7.50; 6.00 given back, of which 1.50 are kept as a refund fee in a line of its own."""
    lines = [SALE, line(-750, "fee_referral"), REFUND, line(750, "fee_referral"), line(-150, "fee_refund")]
    answer = decided(lines, [BACK])
    assert answer.kept.rows() == [("amazon-de", "EUR", 1, -150)]
    assert told(answer) == []


def test_a_refund_in_full_without_its_commission_is_named(decided):
    answer = decided([SALE, line(-750, "fee_referral"), REFUND], [BACK])
    assert told(answer) == [("TIE-403", 750)]


def test_the_rules_are_the_arithmetic_of_the_frame():
    """50.00 refunded less 10.00 reimbursed; -7.50 commission and 6.00 back are -1.50."""
    euros = [Figure.money(amount, "EUR", "x") for amount in ("50.00", "10.00", "-7.50", "6.00")]
    assert single(rules.at_stake(*euros[:2])).shown() == "40.00 EUR"
    assert single(rules.commission_kept(*euros[2:])).shown() == "-1.50 EUR"
