"""Do the lines of every settlement come to what it says that it paid?"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting.settlement_sum import Facts, decide
from supercargo.kernel.figure import single
from supercargo.reference.law import Law

LAW = Law(date(2026, 8, 31))
ONE = {"channel": "amazon-de", "settlement_ref": "S1", "currency": "EUR"}
FORTNIGHT = {"begins_on": date(2026, 7, 1), "ends_on": date(2026, 7, 15), "deposit_on": date(2026, 7, 17)}


@pytest.fixture
def decided(records):
    def run(settlements, lines, payouts=(), law=LAW):
        return decide(Facts(records("settlement", settlements), records("money_line", lines), records("payout", payouts)), law)

    return run


def line(amount, kind="sale_goods", **more):
    return {**ONE, "kind": kind, "amount_minor": amount, "posted_on": date(2026, 7, 3), **more}


def states(decision):
    return dict(decision.settlements.select("settlement_ref", "state").iter_rows())


def told(decision):
    return [(one.finding.code, one.amount_minor, one.currency) for one in decision.discrepancies]


def test_goods_less_commission_less_fulfilment_are_the_deposit(decided):
    """100.00 - 15.00 - 3.39 = 81.61."""
    answer = decided([{**ONE, "total_minor": 8161}], [line(10000), line(-1500, "fee_referral"), line(-339, "fee_fulfilment")])
    assert states(answer) == {"S1": "tied"}
    assert told(answer) == []


@pytest.mark.parametrize(("total", "state"), [(8161, "tied"), (8160, "differs"), (8162, "differs")])
def test_a_cent_is_a_difference(decided, total, state):
    answer = decided([{**ONE, "total_minor": total}], [line(10000), line(-1500, "fee_referral"), line(-339, "fee_fulfilment")])
    assert states(answer) == {"S1": state}


def test_a_short_settlement_is_named_with_what_is_too_little(decided):
    """100.00 - 15.00 = 85.00; 35.00 was paid: 50.00 too little."""
    answer = decided([{**ONE, "total_minor": 3500}], [line(10000), line(-1500, "fee_referral")])
    assert told(answer) == [("TIE-101", 5000, "EUR")]
    assert "50.00 EUR too little" in str(answer.findings[0])


def test_a_row_that_stands_twice_is_named_when_it_is_the_difference(decided):
    """12.00 twice and 80.00 come to 104.00, 92.00 was paid; the second 12.00 is the difference of 12.00."""
    twice = {"order_ref": "O-1", "their_name": "Shipping"}
    answer = decided([{**ONE, "total_minor": 9200}], [line(1200, **twice), line(8000), line(1200, **twice)])
    (found,) = answer.discrepancies
    assert (found.finding.code, found.amount_minor, found.currency, found.records) == ("TIE-102", 1200, "EUR", (3,))
    assert "row 4 repeats row 2 (Shipping)" in str(found.finding)


def test_a_whole_order_that_stands_twice_is_named(decided):
    """The order comes to 20.00 - 3.00 = 17.00, twice 34.00; 17.00 was paid."""
    order = [line(2000, order_ref="O-1"), line(-300, "fee_referral", order_ref="O-1")]
    answer = decided([{**ONE, "total_minor": 1700}], [*order, *order])
    (found,) = answer.discrepancies
    assert (found.finding.code, found.amount_minor, found.records) == ("TIE-102", 1700, (3, 4))


def test_rows_that_look_alike_are_no_fault_where_the_settlement_ties(decided):
    answer = decided([{**ONE, "total_minor": 2400}], [line(1200), line(1200)])
    assert told(answer) == []


def test_a_double_that_is_not_the_difference_is_not_blamed(decided):
    """12.00 + 12.00 = 24.00 against 13.00: 11.00 is no row."""
    answer = decided([{**ONE, "total_minor": 1300}], [line(1200), line(1200)])
    assert told(answer) == [("TIE-101", 1100, "EUR")]


def test_a_line_without_a_settlement_that_is_just_what_is_missing_is_named(decided):
    """80.00 are here, 92.00 were paid; a line of 12.00 of these days names no settlement."""
    answer = decided([{**ONE, **FORTNIGHT, "total_minor": 9200}], [line(8000), line(1200, settlement_ref=None)])
    (found,) = answer.discrepancies
    assert (found.finding.code, found.amount_minor, found.records) == ("TIE-105", 1200, (2,))


@pytest.mark.parametrize(("day", "code"), [(15, "TIE-105"), (16, "TIE-101")])
def test_a_line_after_the_last_day_of_the_settlement_is_not_its_line(decided, day, code):
    outside = line(1200, settlement_ref=None, posted_on=date(2026, 7, day))
    assert decided([{**ONE, **FORTNIGHT, "total_minor": 9200}], [line(8000), outside]).findings[0].code == code


def test_a_line_in_a_wrong_currency_is_named_and_its_digits_tie(decided):
    """80.00 EUR + 45.00 "USD" in a settlement of 125.00 EUR: as 45.00 EUR it ties."""
    answer = decided([{**ONE, "total_minor": 12500}], [line(8000), line(4500, currency="USD")])
    (found,) = answer.discrepancies
    assert (found.finding.code, found.amount_minor, found.currency, found.records) == ("TIE-104", 4500, "EUR", (2,))
    assert states(answer) == {"S1": "differs"}


def test_a_foreign_line_that_explains_nothing_stands_beside_the_difference(decided):
    answer = decided([{**ONE, "total_minor": 9000}], [line(8000), line(4500, currency="USD")])
    assert told(answer) == [("TIE-104", 4500, "USD"), ("TIE-101", 1000, "EUR")]


def test_a_settlement_without_lines_and_lines_without_a_settlement(decided):
    answer = decided([{**ONE, "total_minor": 9000}], [line(500, settlement_ref="S9"), line(300, settlement_ref="S9")])
    assert states(answer) == {"S1": "missing", "S9": "unstated"}
    assert told(answer) == [("TIE-106", 9000, "EUR"), ("TIE-103", 800, "EUR")]


def test_an_empty_settlement_of_nothing_is_tied(decided):
    assert states(decided([{**ONE, "total_minor": 0}], [])) == {"S1": "tied"}


def test_an_unknown_amount_makes_the_sum_unknown(decided):
    answer = decided([{**ONE, "total_minor": 500}], [line(500), line(None)])
    assert states(answer) == {"S1": "unknown"}
    assert told(answer) == [("TIE-112", None, "EUR")]


def test_the_payout_line_itself_is_not_part_of_the_sum(decided):
    assert states(decided([{**ONE, "total_minor": 500}], [line(500), line(-500, "payout")])) == {"S1": "tied"}


def test_where_no_settlement_is_stated_the_payout_is_the_total(decided):
    """stripe: 10.00 - 0.59 = 9.41, paid out 9.41."""
    stripe = {"channel": "stripe", "settlement_ref": "po_1", "currency": "EUR"}
    lines = [{**stripe, "kind": "customer_payment", "amount_minor": 1000}, {**stripe, "kind": "fee_payment", "amount_minor": -59}]
    paid = {**stripe, "payout_ref": "po_1", "amount_minor": 941, "status": "sent"}
    assert states(decided([], lines, [paid])) == {"po_1": "tied"}
    assert told(decided([], lines, [{**paid, "amount_minor": 940}])) == [("TIE-101", 1, "EUR")]


def test_a_payouts_own_number_is_that_of_its_lines_where_no_settlement_is_named(decided):
    paid = {"channel": "stripe", "payout_ref": "po_1", "currency": "EUR", "status": "sent"}
    lines = [{"channel": "stripe", "settlement_ref": "po_1", "currency": "EUR", "kind": "customer_payment", "amount_minor": 941}]
    answer = decided([], lines, [{**paid, "amount_minor": 941}, {**paid, "payout_ref": "po_2", "amount_minor": 500}])
    assert states(answer) == {"po_1": "tied"}


@pytest.mark.parametrize(("out", "codes"), [(-10000, []), (-9999, ["TIE-104"])])
def test_what_was_sold_in_another_currency_and_converted_out_to_nothing_is_part_of_the_settlement(decided, out, codes):
    """100.00 USD sold, 100.00 USD converted out, 92.00 EUR converted in: 92.00 EUR."""
    lines = [line(10000, currency="USD"), line(out, "conversion_out", currency="USD"), line(9200, "conversion_in")]
    assert [finding.code for finding in decided([{**ONE, "total_minor": 9200}], lines).findings] == codes


def test_a_failed_payout_was_not_paid(decided):
    paid = {**ONE, "amount_minor": 500, "status": "failed"}
    assert decided([], [line(500)], [paid]).settlements["state"].to_list() == ["unstated"]


def test_a_payout_unlike_its_settlement_is_named(decided):
    answer = decided([{**ONE, "total_minor": 500}], [line(500)], [{**ONE, "amount_minor": 450, "status": "sent"}])
    assert told(answer) == [("TIE-111", 50, "EUR")]


def test_one_account_lists_a_settlement_under_several_countries(decided):
    """The file for France names the same settlement: it counts once, and its lines with it."""
    both = [{**ONE, "total_minor": 500}, {**ONE, "channel": "amazon-fr", "total_minor": 500}]
    answer = decided(both, [line(300), line(200, channel="amazon-fr")])
    assert answer.settlements.select("settlement_ref", "state").rows() == [("S1", "tied")]
    other = decided([both[0], {**both[1], "total_minor": 501}], [line(500)])
    assert "TIE-107" in [finding.code for finding in other.findings]


def chain(held, released, second_begins=date(2026, 7, 15)):
    second = {**ONE, "settlement_ref": "S2", "begins_on": second_begins, "ends_on": date(2026, 7, 29), "total_minor": 1000 + released}
    settlements = [{**ONE, **FORTNIGHT, "total_minor": 50000 + held, "deposit_on": None}, second]
    lines = [
        line(50000),
        line(held, "reserve_held"),
        line(1000, settlement_ref="S2"),
        line(released, "reserve_released", settlement_ref="S2"),
    ]
    return settlements, lines


def test_a_reserve_held_comes_back_in_the_next_settlement(decided):
    """300.00 held in S1, 300.00 given back in S2; both settlements tie on their own."""
    answer = decided(*chain(-30000, 30000))
    assert told(answer) == []
    assert answer.reserves["state"].to_list() == ["given back", "none"]


def test_a_reserve_that_comes_back_a_cent_short_is_named(decided):
    answer = decided(*chain(-30000, 29999))
    assert told(answer) == [("TIE-109", 1, "EUR")]
    assert states(answer) == {"S1": "tied", "S2": "tied"}


@pytest.mark.parametrize(("begins", "codes"), [(date(2026, 7, 16), ["TIE-109"]), (date(2026, 7, 17), ["TIE-108"])])
def test_a_day_between_two_settlements_is_a_missing_file_and_leaves_the_reserve_unknown(decided, begins, codes):
    """S1 ends on the 15th: the next begins on the 16th at the latest."""
    answer = decided(*chain(-30000, 100, begins))
    assert [finding.code for finding in answer.findings] == codes


def test_a_house_that_settles_when_there_is_something_leaves_no_gap(records):
    settlements, lines = chain(0, 0, date(2026, 7, 20))
    other = [{**row, "channel": "tiktok-gb"} for row in settlements]
    facts = Facts(
        records("settlement", other), records("money_line", [{**row, "channel": "tiktok-gb"} for row in lines]), records("payout", ())
    )
    assert decide(facts, LAW).findings == ()


def test_the_last_reserve_is_held_not_lost(decided):
    answer = decided([{**ONE, **FORTNIGHT, "total_minor": 4000}], [line(5000), line(-1000, "reserve_held")])
    assert (answer.reserves["state"].to_list(), told(answer)) == (["held"], [])


@pytest.mark.parametrize(
    ("kind", "amount", "codes"), [("balance_carried", -700, []), ("card_charged", 700, []), ("sale_goods", 700, ["TIE-110"])]
)
def test_a_debt_is_carried_or_charged(decided, kind, amount, codes):
    """S1 ends at -7.00; S2 carries -7.00, or a card pays 7.00."""
    second = {**ONE, "settlement_ref": "S2", "begins_on": date(2026, 7, 15), "ends_on": date(2026, 7, 29), "total_minor": 1000 + amount}
    first = {**ONE, **FORTNIGHT, "deposit_on": None, "total_minor": -700}
    lines = [line(-700, "fee_storage"), line(1000, settlement_ref="S2"), line(amount, kind, settlement_ref="S2")]
    assert [finding.code for finding in decided([first, second], lines).findings] == codes


def test_a_deferred_line_that_was_released_counts_once(decided):
    """20.00 deferred on 3 July and released in S1: S1 is 20.00, not 40.00."""
    lines = [line(2000, status="deferred", transaction_ref="D1"), line(2000, status="settled", transaction_ref="R1", related_ref="D1")]
    answer = decided([{**ONE, "total_minor": 2000}], lines)
    assert states(answer) == {"S1": "tied"}
    assert answer.deferred.select("state", "released_by").rows() == [("released", 2)]


@pytest.mark.parametrize(("day", "codes"), [(date(2026, 8, 31), []), (date(2026, 8, 30), ["TIE-113"])])
def test_deferred_money_is_overdue_after_the_day_of_its_release(decided, day, codes):
    waiting = line(2000, status="deferred", transaction_ref="D1", release_on=day, settlement_ref=None)
    assert [finding.code for finding in decided([], [waiting]).findings] == codes


def test_the_difference_explains_itself(decided):
    answer = decided([{**ONE, "total_minor": 3500}], [line(10000), line(-1500, "fee_referral")])
    figure = single(answer.explain("amazon", "S1"))
    assert figure.shown() == "50.00 EUR"
    assert [part.name for part in figure.parts] == ["sum of the lines", "total that the settlement states"]
    assert {part.name: part.shown() for part in figure.parts[0].parts} == {"goods sold": "100.00 EUR", "commission": "-15.00 EUR"}


def test_amounts_that_no_sum_can_hold_are_refused(decided):
    with pytest.raises(Exception, match="TIE-001"):
        decided([{**ONE, "total_minor": 1}], [line(2**62), line(2**62)])


@given(st.lists(st.tuples(st.integers(-(10**6), 10**6), st.sampled_from(("S1", "S2", "S3"))), min_size=1, max_size=40))
def test_the_states_add_up_and_the_explanation_is_the_frame(records, rows):
    """Sums of the frame are sums of the lines, and a settlement that states them is tied."""
    totals: dict[str, int] = {}
    for amount, ref in rows:
        totals[ref] = totals.get(ref, 0) + amount
    settlements = [{**ONE, "settlement_ref": ref, "total_minor": total} for ref, total in totals.items()]
    lines = [line(amount, settlement_ref=ref) for amount, ref in rows]
    none = records("payout", [])
    answer = decide(Facts(records("settlement", settlements), records("money_line", lines), none), LAW)
    assert set(answer.settlements["state"]) == {"tied"}
    assert answer.settlements["lines_minor"].sum() == sum(amount for amount, _ in rows)
    short = [{**one, "total_minor": one["total_minor"] - 1} for one in settlements]
    differing = decide(Facts(records("settlement", short), records("money_line", lines), none), LAW)
    for ref in totals:
        assert single(differing.explain("amazon", ref)).shown() == "0.01 EUR"
    assert differing.settlements.select(pl.col("difference_minor").sum()).item() == len(totals)
