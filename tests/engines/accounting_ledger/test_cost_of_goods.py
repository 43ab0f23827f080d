"""What goods sold cost: first in first out and moving average, to the last cent, and never zero for want of a batch."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting import cost_of_goods
from supercargo.engines.accounting.batch_cost import LAYER
from supercargo.engines.accounting.cost_of_goods import BACK, OPENING, OUT
from supercargo.kernel.finding import Refused
from supercargo.reference.law import Law

FIRST = date(2026, 7, 1)
MONEY = ("purchase_minor", "first_leg_minor", "duty_minor")


def layer(ref, units, day=0, purchase=0, freight=0, duty=0, sku="A", warehouse="w"):
    return (ref, sku, warehouse, FIRST + timedelta(day), units, purchase, freight, duty)


def sale(key, units, day=1, sku="A", warehouse="w", kind="sale"):
    return (key, kind, sku, warehouse, FIRST + timedelta(day), units)


def back(key, of, units, day=2, sku="A", warehouse="w"):
    return (key, of, sku, warehouse, FIRST + timedelta(day), units)


def decide(layers, outs, backs=(), **more):
    frames = [pl.DataFrame(list(rows), schema=schema, orient="row") for rows, schema in ((layers, LAYER), (outs, OUT), (backs, BACK))]
    return cost_of_goods.decide(cost_of_goods.Facts("CNY", *frames, **more), Law(date(2026, 7, 31)))


def costs(decision):
    return dict(pl.concat([decision.outs, decision.backs]).select("key", "cost_minor").iter_rows())


def codes(decision):
    return [finding.code for finding in decision.findings]


BATCHES = (layer("S1", 3, 0, 1_000), layer("S2", 3, 1, 1_600))


def test_first_in_first_out_takes_the_oldest_batch_first():
    # S1: 3 units for 10.00; S2: 3 units for 16.00. Two units: 6.67; the next two: 3.33 and 5.33; the last two: 10.67.
    decision = decide(BATCHES, (sale("a", 2, 2), sale("b", 2, 3), sale("c", 2, 4)))
    assert costs(decision) == {"a": 667, "b": 333 + 533, "c": 1_067}
    assert decision.stock["units"].to_list() == [0]


def test_the_moving_average_mixes_what_arrives():
    # One unit of S1: 3.33. Left 2 for 6.67; with S2 5 units for 22.67: 4.534 each. Two units: 9.07 (running 4.53, 9.07); three: 13.60.
    decision = decide(
        (layer("S1", 3, 0, 1_000), layer("S2", 3, 2, 1_600)), (sale("a", 1, 1), sale("b", 2, 3), sale("c", 3, 4)), method="moving_average"
    )
    assert costs(decision) == {"a": 333, "b": 907, "c": 1_360}


def test_stock_arrives_before_it_is_sold_on_the_same_day():
    assert costs(decide((layer("S1", 1, 5, 100),), (sale("a", 1, 5),))) == {"a": 100}


def test_more_sold_than_held_has_no_cost_and_is_counted():
    decision = decide((layer("S1", 3, 0, 1_000),), (sale("a", 2), sale("b", 3), sale("c", 4)))
    assert costs(decision) == {"a": 667, "b": 333, "c": None}
    assert decision.outs["units_costed"].to_list() == [2, 1, 0]
    assert codes(decision) == ["COGS-201"]
    assert "6 units of A in 2 movements" in str(decision.findings[0])


def test_exactly_what_is_held_may_be_sold():
    decision = decide((layer("S1", 3, 0, 1_000),), (sale("a", 3),))
    assert (costs(decision), codes(decision)) == ({"a": 1_000}, [])


def test_units_sold_before_their_batch_take_its_cost_on_its_day():
    decision = decide((layer("S1", 3, 9, 1_000),), (sale("a", 2, 1),))
    assert costs(decision) == {"a": 667}
    assert decision.outs["costed_on"].to_list() == [FIRST + timedelta(9)]
    assert codes(decision) == ["COGS-202"]


def test_a_return_comes_back_at_the_cost_it_left_with_and_is_sold_again_after_the_rest():
    # "a" takes S1 whole: 10.00 for 3. One comes back at 3.33 and stands behind S2.
    decision = decide(BATCHES, (sale("a", 3, 2), sale("b", 3, 5), sale("c", 1, 6)), (back("r", "a", 1, 4),))
    assert costs(decision) == {"a": 1_000, "b": 1_600, "c": 333, "r": 333}


def test_all_that_is_returned_of_a_sale_is_its_cost():
    decision = decide(BATCHES, (sale("a", 5, 2),), (back("r1", "a", 1, 3), back("r2", "a", 3, 4), back("r3", "a", 1, 5)))
    found = costs(decision)
    assert found["r1"] + found["r2"] + found["r3"] == found["a"]


def test_a_return_of_an_unknown_sale_has_no_cost_and_stays_outside():
    decision = decide(BATCHES, (), (back("r", None, 2), back("q", "nobody", 1)))
    assert costs(decision) == {"r": None, "q": None}
    assert codes(decision) == ["COGS-203"]
    assert decision.stock["units"].to_list() == [6]


def test_more_returned_than_was_sold_is_said():
    decision = decide(BATCHES, (sale("a", 1, 2),), (back("r", "a", 2, 3),))
    assert (costs(decision)["r"], codes(decision)) == (333, ["COGS-203"])


def test_opening_stock_is_sold_first():
    opening = pl.DataFrame([("A", "w", FIRST, 2, 500, 0, 0)], schema=OPENING, orient="row")
    decision = decide((layer("S1", 3, 0, 1_000),), (sale("a", 2), sale("b", 1)), opening=opening)
    assert costs(decision) == {"a": 500, "b": 333}


def test_a_warehouse_sells_its_own_stock_where_the_company_says_so():
    layers = (layer("S1", 2, 0, 1_000, warehouse="eu"), layer("S2", 2, 0, 400, warehouse="us"))
    outs = (sale("a", 2, warehouse="us"), sale("b", 1, 2, warehouse="us"))
    assert costs(decide(layers, outs, pool="warehouse")) == {"a": 400, "b": None}
    assert costs(decide(layers, outs)) == {"a": 1_000, "b": 200}


def test_a_transfer_carries_its_cost_to_the_other_warehouse():
    outs = (sale("t", 1, 1, warehouse="eu", kind="transfer"), sale("a", 1, 3, warehouse="us"))
    decision = decide((layer("S1", 2, 0, 1_000, warehouse="eu"),), outs, (back("in", "t", 1, 2, warehouse="us"),), pool="warehouse")
    assert costs(decision) == {"t": 500, "in": 500, "a": 500}


def test_a_batch_without_a_cost_is_not_sold_at_zero():
    decision = decide((("S1", "A", "w", FIRST, 3, None, None, None),), (sale("a", 1),))
    assert costs(decision) == {"a": None}
    assert codes(decision) == ["COGS-204", "COGS-201"] or set(codes(decision)) == {"COGS-201", "COGS-204"}


def test_movements_that_are_not_complete_are_said():
    decision = decide(BATCHES, (sale("a", 0), sale("b", 1, sku=None)))
    assert codes(decision) == ["COGS-205"]


def test_two_movements_with_one_key_are_refused():
    with pytest.raises(Refused, match="COGS-400"):
        decide(BATCHES, (sale("a", 1), sale("a", 1)))


def test_the_explanation_of_a_sale_is_its_cost():
    layers = (layer("S1", 3, 0, 1_000, 100, 10), layer("S2", 3, 1, 1_600, 77, 5))
    for method in ("fifo", "moving_average"):
        decision = decide(layers, (sale("a", 2, 2), sale("b", 3, 3)), method=method)
        for key, cost in costs(decision).items():
            assert int(cost_of_goods.cost_of_line(decision, key).amount * 100) == cost
    with pytest.raises(Refused, match="COGS-404"):
        cost_of_goods.cost_of_line(decision, "nobody")


batch = st.tuples(
    st.integers(1, 40), st.integers(0, 20), st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 10**4), st.sampled_from("AB")
)
moved = st.tuples(st.integers(1, 9), st.integers(0, 20), st.sampled_from("AB"), st.sampled_from("uv"))
returned = st.tuples(st.integers(0, 30), st.integers(1, 4), st.integers(0, 9))


def built(batches, moves, returns):
    layers = [
        layer(f"S{place}", units, day, *money, sku=sku, warehouse="uv"[place % 2])
        for place, (units, day, *money, sku) in enumerate(batches)
    ]
    outs = [sale(f"o{place}", units, day, sku, warehouse) for place, (units, day, sku, warehouse) in enumerate(moves)]
    backs = []
    for place, (which, units, later) in enumerate(returns):
        if outs:
            key, _, sku, warehouse, day, _ = outs[which % len(outs)]
            backs.append((f"r{place}", key, sku, warehouse, day + timedelta(later), units))
    return layers, outs, backs


cases = st.tuples(st.lists(batch, max_size=6), st.lists(moved, max_size=12), st.lists(returned, max_size=5))


@given(cases, st.sampled_from(["fifo", "moving_average"]), st.sampled_from(["company", "warehouse"]))
def test_units_and_cents_are_conserved(case, method, pool):
    layers, outs, backs = built(*case)
    decision = decide(layers, outs, backs, method=method, pool=pool)
    for place, name in enumerate(MONEY):
        came = sum(row[5 + place] for row in layers) + (decision.backs[name].sum() or 0)
        assert came == (decision.outs[name].sum() or 0) + decision.stock[name].sum()
    came = sum(row[4] for row in layers) + decision.backs["units_costed"].sum()
    assert came == decision.outs["units_costed"].sum() + decision.stock["units"].sum()
    assert (decision.outs.filter(pl.col("units_costed") == 0)["cost_minor"].null_count()) == decision.outs.filter(
        pl.col("units_costed") == 0
    ).height


@given(cases)
def test_first_in_first_out_is_that_of_units_taken_one_by_one(case):
    layers, outs, _ = built(*case)
    decision = decide(layers, outs)
    for sku in "AB":
        queue = []
        for _, _, _, _day, units, *money in sorted((row for row in layers if row[1] == sku), key=lambda row: (row[3], f"{row[0]}/{sku}")):
            queue += [
                tuple((2 * whole * (n + 1) + units) // (2 * units) - (2 * whole * n + units) // (2 * units) for whole in money)
                for n in range(units)
            ]
        for key, *_, units in sorted((row for row in outs if row[2] == sku), key=lambda row: (row[4], row[0])):
            taken, queue = queue[:units], queue[units:]
            cost = dict(decision.outs.select("key", "cost_minor").iter_rows())[key]
            assert cost == (sum(map(sum, taken)) if taken else None)


def test_using_up_a_batch_uses_up_its_total():
    outs = [sale(f"o{place}", 1, 1 + place % 7) for place in range(97)]
    decision = decide((layer("S1", 97, 0, 815_209, 51_761, 85_303),), outs)
    assert decision.outs.select(pl.col(*MONEY).sum()).row(0) == (815_209, 51_761, 85_303)
