"""What stock was lost or damaged by the channel, and until when can it be claimed?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting.lost_stock import Facts, decide
from supercargo.reference.law import Law

LAW = Law(date(2026, 8, 31))
CUP = {"sku": "A", "currency": "CNY", "unit_cost_minor": 2350}


@pytest.fixture(scope="session")
def decided(records):
    def run(moves, reimbursements=(), products=(CUP,), **more):
        facts = Facts(
            records("stock_move", moves, channel="amazon-de", sku="A"), records("reimbursement", reimbursements, channel="amazon-de", sku="A"),
            records("product", products), **more,
        )  # fmt: skip
        return decide(facts, LAW)

    return run


def move(kind, quantity, day=1, month=8):
    return {"kind": kind, "quantity": quantity, "moved_on": date(2026, month, day)}


def paid(units, day=20, **more):
    return {"units_paid": units, "approved_on": date(2026, 8, day), "reason": "Lost_Warehouse", **more}


def open_units(answer):
    return answer.losses.sort("id")["open_units"].to_list()


def told(answer):
    return [(one.finding.code, one.amount_minor, one.currency) for one in answer.discrepancies]


def test_lost_units_are_valued_at_cost_and_have_a_last_day(decided):
    """3 x 23.50 = 70.50 CNY; 1 August + 60 days = 30 September, 30 days after 31 August."""
    answer = decided([move("lost", -3)])
    assert told(answer) == [("TIE-601", 7050, "CNY")]
    assert answer.losses.select("last_day", "days_left").rows() == [(date(2026, 9, 30), 30)]
    assert answer.figures["amazon-de", "A"].shown() == "70.50 CNY"
    (finding,) = answer.findings
    assert finding.source == "unverified"
    assert "claim by 2026-09-30, 30 days left" in str(finding)


@pytest.mark.parametrize(("day", "state", "left"), [(2, "claim", 0), (1, "expired", -1)])
def test_the_last_day_to_claim_is_the_sixtieth(decided, day, state, left):
    """2 July + 60 days = 31 August."""
    answer = decided([move("lost", -3, day, 7)])
    assert answer.losses.select("state", "days_left").rows() == [(state, left)]


def test_a_company_that_knows_the_policy_is_not_told_of_an_assumption(decided):
    answer = decided([move("lost", -3)], claim_days={"amazon": 90})
    assert answer.losses["days_left"].to_list() == [60]
    assert answer.findings[0].source == ""


def test_what_is_found_again_is_not_lost_the_oldest_first(decided):
    """3 lost on the 1st, 2 on the 5th, 4 found on the 9th: one of the second loss is open."""
    answer = decided([move("lost", -3), move("lost", -2, 5), move("found", 4, 9)])
    assert open_units(answer) == [0, 1]
    assert told(answer) == [("TIE-601", 2350, "CNY")]


def test_what_was_found_before_makes_nothing_good(decided):
    assert open_units(decided([move("found", 4, 1), move("lost", -3, 5)])) == [3]


def test_what_was_found_on_the_day_of_the_loss_makes_it_good(decided):
    assert open_units(decided([move("found", 3, 5), move("lost", -3, 5)])) == [0]


@pytest.mark.parametrize(
    ("given", "left"),
    [({"units_paid": 2}, 1), ({"units_paid": None, "units_restocked": 3}, 0), ({"units_paid": 1, "units_restocked": 1}, 1)],
)
def test_what_was_reimbursed_in_money_or_in_units_is_settled(decided, given, left):
    assert open_units(decided([move("lost", -3)], [paid(0) | given])) == [left]


def test_a_reimbursement_that_was_reversed_counts_back(decided):
    assert open_units(decided([move("lost", -3)], [paid(3), paid(-3, 25, reverses_ref="R1", reason="Reimbursement_Reversal")])) == [3]


@pytest.mark.parametrize(("reason", "left"), [("CustomerReturn", 3), ("Damaged_Warehouse", 0), (None, 0)])
def test_only_a_reimbursement_for_lost_or_damaged_goods_counts_or_one_without_a_reason(decided, reason, left):
    assert open_units(decided([move("damaged", -3)], [paid(3, reason=reason)])) == [left]


def test_other_moves_are_no_losses(decided):
    assert decided([move("sale", -3), move("disposed", -1), move("adjustment", -1)]).losses.height == 0


def test_without_a_cost_the_value_is_unknown_not_zero(decided):
    answer = decided([move("lost", -3)], products=())
    assert told(answer) == [("TIE-601", None, "")]
    assert "value unknown" in str(answer.findings[0])


def test_an_unknown_day_is_said(decided):
    assert told(decided([{"kind": "lost", "quantity": -1}])) == [("TIE-603", 2350, "CNY")]


def one_by_one(events):
    """Keep the losses in a queue, day by day; a good takes from its front, and what is too much is gone."""
    queue = []
    for place, event in enumerate(events):
        units = event
        if units < 0:
            queue.append([place, -units])
        while units > 0 and queue:
            taken = min(units, queue[0][1])
            queue[0][1] -= taken
            units -= taken
            if queue[0][1] == 0:
                queue.pop(0)
    return dict(queue)


@given(st.lists(st.integers(-5, 5).filter(bool), max_size=15))
def test_the_table_is_the_queue(decided, events):
    moves = [
        {"kind": "lost" if units < 0 else "found", "quantity": units, "moved_on": date(2026, 7, 1) + timedelta(n)}
        for n, units in enumerate(events)
    ]
    answer = decided(moves)
    left = {row["id"] - 1: row["open_units"] for row in answer.losses.iter_rows(named=True) if row["open_units"]}
    assert left == one_by_one(events)
