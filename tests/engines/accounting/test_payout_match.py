"""Did every payout arrive at the bank?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting.payout_match import Facts, Window, decide
from supercargo.engines.accounting.payout_match.days import bank_days, span
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

DAY = date(2026, 8, 31)
LAW = Law(DAY, exchange=Rates(DAY, {("EUR", "CNY"): Decimal("8.0000"), ("EUR", "GBP"): Decimal("0.8500")}))
PERIOD = {"currency": "EUR", "account": "DE1", "opening_on": date(2026, 6, 1), "closing_on": DAY}


@pytest.fixture(scope="session")
def decided(records):
    def run(payouts, bank, money=(), law=LAW, statements=(PERIOD,), **more):
        facts = Facts(
            records("payout", payouts, channel="amazon-de", currency="EUR", status="sent"), records("bank_line", bank, account="DE1", currency="EUR"),
            records("money_line", money), records("bank_statement", statements), **more,
        )  # fmt: skip
        return decide(facts, law)

    return run


def paid(amount, day=3, ref=None, **more):
    return {"amount_minor": amount, "sent_on": date(2026, 7, day), "payout_ref": ref, **more}


def booked(amount, day=6, who="AMAZON PAYMENTS EUROPE", **more):
    return {"amount_minor": amount, "booked_on": date(2026, 7, day), "counterparty": who, **more}


def states(answer):
    return answer.payouts.sort("id").select("state", "how").rows()


def told(answer):
    return [(one.finding.code, one.amount_minor, one.currency) for one in answer.discrepancies]


def test_one_payout_is_one_line(decided):
    answer = decided([paid(10000)], [booked(10000)])
    assert states(answer) == [("tied", "name")]
    assert answer.payouts.select("bank_ids", "days").rows() == [([1], 1)]
    assert told(answer) == []


@pytest.mark.parametrize(("day", "state"), [(2, "missing"), (3, "tied"), (14, "tied"), (15, "missing")])
def test_the_days_end_after_seven_bank_days(decided, day, state):
    """Sent on Friday the 3rd: Fri 3 is day 1 ... Mon 13 is day 7, so Tuesday the 14th is the last, Wednesday the 15th too late."""
    assert states(decided([paid(10000)], [booked(10000, day)]))[0][0] == state


@pytest.mark.parametrize(("day", "state"), [(7, "tied"), (8, "missing")])
def test_a_channel_may_have_its_own_days(decided, day, state):
    """Two bank days from Friday the 3rd: Tuesday the 7th."""
    assert states(decided([paid(10000)], [booked(10000, day)], windows={"amazon": Window(0, 2)}))[0][0] == state


@pytest.mark.parametrize("amount", [9999, 10001])
def test_a_cent_more_or_less_does_not_tie(decided, amount):
    assert states(decided([paid(10000)], [booked(amount)]))[0][0] != "tied"


def test_the_payouts_number_in_the_text_wins_over_an_equal_amount_of_the_day(decided):
    answer = decided([paid(10000, 3, "P-000001"), paid(10000, 3, "P-000002")], [booked(10000, 6, text="REF P-000002"), booked(10000, 7)])
    assert answer.payouts.sort("id")["bank_ids"].to_list() == [[2], [1]]
    assert states(answer) == [("tied", "name"), ("tied", "reference")]


def test_equal_payouts_take_the_lines_in_turn_so_that_none_is_left(decided):
    """Sent on the 3rd (until the 14th) and on the 8th (until the 17th); booked on the 13th and on the 15th."""
    answer = decided([paid(10000, 3), paid(10000, 8)], [booked(10000, 15), booked(10000, 13)])
    assert answer.payouts.sort("id")["bank_ids"].to_list() == [[2], [1]]


def test_another_channels_money_is_not_taken(decided):
    answer = decided([paid(10000)], [booked(10000, who="STRIPE PAYMENTS")])
    assert states(answer) == [("missing", None)]
    assert told(answer) == [("TIE-201", 10000, "EUR"), ("TIE-207", 10000, "EUR")]


def test_a_collecting_house_may_bring_any_channels_money(decided):
    assert states(decided([paid(10000)], [booked(10000, who="PINGPONG EUROPE S.A.")])) == [("tied", "name")]


def test_a_line_of_nobody_known_ties_by_amount_and_days(decided):
    assert states(decided([paid(10000)], [booked(10000, who=None)])) == [("tied", "amount")]


def test_one_payout_in_two_lines(decided):
    """60.00 + 40.00 = 100.00."""
    answer = decided([paid(10000)], [booked(6000), booked(4000, 7)])
    assert states(answer) == [("tied", "several")]
    assert answer.payouts["bank_ids"].to_list() == [[1, 2]]


def test_two_payouts_in_one_line(decided):
    """70.00 + 30.00 = 100.00; the 55.00 that came too stays for its own payout."""
    answer = decided([paid(7000), paid(3000), paid(5500)], [booked(10000), booked(5500)])
    assert states(answer) == [("tied", "shared"), ("tied", "shared"), ("tied", "name")]
    assert answer.bank["payout_ids"].to_list() == [[1, 2], [3]]


def test_two_ways_to_add_up_are_only_proposed(decided):
    """60 + 40 and 70 + 30 both come to 100."""
    answer = decided([paid(10000)], [booked(6000), booked(4000), booked(7000), booked(3000)])
    assert states(answer) == [("proposed", "several")]
    assert ("TIE-206", 10000, "EUR") in told(answer)


@pytest.mark.parametrize(("parts", "state"), [((1000, 3000, 6000), "tied"), ((1000, 1500, 2500, 5000), "proposed")])
def test_a_sum_of_more_than_three_may_be_chance(decided, parts, state):
    """10 + 30 + 60 = 100; 10 + 15 + 25 + 50 = 100 too, but four may do so by chance."""
    answer = decided([paid(10000)], [booked(part) for part in parts])
    assert states(answer) == [(state, "several")]


def test_what_was_kept_on_the_way_is_proposed(decided):
    """100.00 sent, 98.00 booked: 2.00 is just 2 %."""
    answer = decided([paid(10000)], [booked(9800)])
    assert states(answer) == [("proposed", "kept")]
    assert told(answer) == [("TIE-203", 200, "EUR")]
    assert states(decided([paid(10000)], [booked(9799)])) == [("missing", None)]


def test_a_conversion_is_proposed_with_its_rate_and_its_difference(decided):
    """100.00 EUR at 8.0000 is 800.00 CNY; 790.00 CNY are 98.75 EUR: 1.25 EUR too little."""
    answer = decided([paid(10000)], [booked(79000, currency="CNY")])
    assert states(answer) == [("proposed", "conversion")]
    assert told(answer) == [("TIE-204", 125, "EUR")]
    assert "converted at 0.125 EUR/CNY, difference -1.25 EUR" in str(answer.findings[0])
    assert answer.figures[1].shown() == "-1.25 EUR"


@pytest.mark.parametrize(("booked_minor", "state"), [(76800, "proposed"), (76799, "proposed"), (76795, "missing")])
def test_a_conversion_ends_at_four_percent(decided, booked_minor, state):
    """4 % of 100.00 is 4.00: 96.00 EUR are 768.00 CNY; 767.99 are 95.99875 EUR, which rounds to 96.00; 767.95 are 95.99."""
    assert states(decided([paid(10000)], [booked(booked_minor, currency="CNY")]))[0][0] == state


def test_without_a_rate_nothing_is_proposed_and_that_is_said(decided):
    answer = decided([paid(10000)], [booked(79000, currency="AED")])
    assert [finding.code for finding in answer.findings] == ["TIE-201", "TIE-207", "TIE-208"]


def test_the_same_digits_in_another_currency_are_a_wrong_currency(decided):
    """100.00 EUR paid, 100.00 GBP booked: at 0.8500 GBP for a euro that is worth 117.65 EUR, 17.65 apart; the whole is in doubt."""
    answer = decided([paid(10000)], [booked(10000, currency="GBP")])
    assert states(answer) == [("differs", "digits")]
    assert told(answer) == [("TIE-205", 10000, "EUR")]
    assert "worth 17.65 EUR of difference" in str(answer.findings[0])


def test_a_missing_payout_is_named_with_its_money_and_its_days(decided):
    """Sent on Friday 3 July, seven bank days end on the 14th; from the 3rd to 31 August are 41 bank days, 34 too many."""
    answer = decided([paid(123450, 3, "P-000001")], [])
    assert told(answer) == [("TIE-201", 123450, "EUR")]
    assert "1234.50 EUR did not arrive, 34 bank days late" in str(answer.findings[0])


@pytest.mark.parametrize(("day", "state"), [(date(2026, 7, 14), "open"), (date(2026, 7, 15), "missing")])
def test_until_its_last_day_a_payout_is_on_its_way(decided, day, state):
    answer = decided([paid(10000)], [], law=Law(day))
    assert states(answer)[0][0] == state


@pytest.mark.parametrize(("last", "state"), [(date(2026, 7, 13), "unchecked"), (date(2026, 7, 14), "missing")])
def test_a_payout_of_days_that_no_statement_covers_is_unchecked(decided, last, state):
    assert states(decided([paid(10000)], [], statements=({**PERIOD, "closing_on": last},)))[0][0] == state


def test_without_any_bank_nothing_is_missing(decided):
    answer = decided([paid(10000, 3, "P-000001"), paid(500, 3, "P-000002")], [], statements=())
    assert told(answer) == [("TIE-209", 10500, "EUR")]


def test_a_negative_payout_is_a_debit(decided):
    assert states(decided([paid(-5000)], [booked(-5000)])) == [("tied", "name")]
    assert states(decided([paid(-5000)], [booked(5000)])) == [("missing", None)]
    assert told(decided([paid(-5000)], [])) == [("TIE-202", 5000, "EUR")]


def test_a_payout_that_came_back_is_failed_not_missing(decided):
    back = {"channel": "amazon-de", "kind": "payout_failed", "currency": "EUR", "amount_minor": 10000, "posted_on": date(2026, 7, 9)}
    answer = decided([paid(10000), paid(10000)], [], [back])
    assert states(answer) == [("failed", None), ("missing", None)]


def test_a_failed_payout_is_not_looked_for(decided):
    assert states(decided([paid(10000, status="failed")], [booked(10000)])) == [("failed", None)]


def test_a_payout_of_which_nobody_says_whether_it_was_sent_ties_if_the_bank_shows_it_and_is_never_missing(decided):
    assert states(decided([paid(10000, status="open")], [booked(10000)])) == [("tied", "name")]
    assert states(decided([paid(10000, status="open")], [])) == [("open", None)]


def test_nothing_paid_is_tied_and_an_unknown_amount_is_unchecked(decided):
    assert states(decided([paid(0), paid(None)], [])) == [("tied", None), ("unchecked", None)]


def test_lines_of_nobody_known_are_counted_not_listed(decided):
    answer = decided([], [booked(700, who="FERNWÄRME GMBH"), booked(-300, who="AMAZON EU")])
    assert answer.bank["state"].to_list() == ["other", "unexplained"]
    assert told(answer) == [("TIE-207", 300, "EUR")]


def test_bank_days_are_the_weekdays_one_by_one():
    start = date(2026, 7, 1)
    for first in range(14):
        for length in range(30):
            begin = start + timedelta(first)
            weekdays = sum((begin + timedelta(step)).weekday() < 5 for step in range(length))
            assert bank_days(begin, begin + timedelta(length)) == weekdays


def test_a_window_may_begin_before_sending():
    assert span(date(2026, 7, 6), Window(-1, 0)) == (date(2026, 7, 3), date(2026, 7, 6))


AMOUNTS = st.integers(1, 12).map(lambda units: units * 500)


@given(st.lists(st.tuples(AMOUNTS, st.integers(1, 20)), max_size=12), st.lists(st.tuples(AMOUNTS, st.integers(1, 28)), max_size=12))
def test_no_bank_line_is_used_twice_and_what_is_tied_adds_up(decided, sent, arrived):
    answer = decided([paid(amount, day) for amount, day in sent], [booked(amount, day) for amount, day in arrived])
    amounts = {n: amount for n, (amount, _) in enumerate(arrived, start=1)}
    tied = answer.payouts.filter(answer.payouts["state"] == "tied")
    users: dict[int, list[dict[str, object]]] = {}
    for row in tied.iter_rows(named=True):
        for line in row["bank_ids"]:
            users.setdefault(line, []).append(row)
    for line, rows in users.items():
        assert len(rows) == 1 or {row["how"] for row in rows} == {"shared"}
        if len(rows) > 1:
            assert sum(row["amount_minor"] for row in rows) == amounts[line]
    used = sum(amounts[line] for line in users)
    assert tied["amount_minor"].sum() == used
    assert answer.payouts.height == len(sent)
    assert answer.bank.height == len(arrived)


@given(st.lists(st.tuples(AMOUNTS, st.integers(1, 14), st.integers(0, 5)), max_size=10))
def test_when_every_payout_arrived_none_is_missing(decided, sent):
    """Each payout's own line is there within its days: a full set of partners exists, so one is found."""
    payouts = [paid(amount, day) for amount, day, _ in sent]
    lines = [booked(amount, day + later) for amount, day, later in sent]
    assert set(decided(payouts, lines).payouts["state"]) <= {"tied"}
