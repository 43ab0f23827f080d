"""What a batch cost: bills shared exactly, each day at its rate, what is missing said with its money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting import batch_cost
from supercargo.engines.accounting.home_value import day_rates, half_up_whole, in_home
from supercargo.engines.accounting.shares import part, shares
from supercargo.kernel.allocate import allocate
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure, half_up_quotient
from supercargo.kernel.finding import Refused
from supercargo.reference.law import Law

DAY = date(2026, 7, 3)


@pytest.fixture
def decide(records, law):
    def asked(supplier=(), freight=(), customs=(), receipts=(), **more):
        facts = batch_cost.Facts(
            "CNY", records("supplier_line", *supplier), records("freight_line", *freight), records("customs_line", *customs),
            records("receipt_line", *receipts), **more,
        )  # fmt: skip
        return batch_cost.decide(facts, law())

    return asked


def line(sku, quantity, amount, currency="USD", shipment="S1", **more):
    return {
        "shipment_ref": shipment,
        "sku": sku,
        "quantity": quantity,
        "currency": currency,
        "amount_minor": amount,
        "invoiced_on": DAY,
        **more,
    }


def bill(amount, by=None, currency="EUR", shipment="S1"):
    return {"shipment_ref": shipment, "share_by": by, "currency": currency, "amount_minor": amount, "billed_on": DAY}


def entry(duty, fees=None, sku=None, tax=None):
    return {
        "shipment_ref": "S1",
        "sku": sku,
        "currency": "EUR",
        "duty_minor": duty,
        "fees_minor": fees,
        "import_tax_minor": tax,
        "entered_on": DAY,
    }


def got(sku, quantity, day=date(2026, 7, 20), shipment="S1", warehouse="fba-eu"):
    return {"shipment_ref": shipment, "sku": sku, "quantity": quantity, "received_on": day, "warehouse": warehouse}


def row(decision, sku, shipment="S1"):
    return decision.batches.filter(pl.col("sku") == sku, pl.col("shipment_ref") == shipment).row(0, named=True)


def codes(decision):
    return [finding.code for finding in decision.findings]


GOODS = (line("A", 100, 100_000, weight_g=1_000, volume_cm3=9_000), line("B", 50, 60_000, "CNY", weight_g=500, volume_cm3=1_000))
ALL_HERE = (got("A", 100), got("B", 50))


def test_a_batch_costs_its_goods_its_share_of_freight_and_its_share_of_duty(decide):
    # A: 1,000.00 USD x 6.25 = 6,250.00 CNY; B: 600.00 CNY; together 6,850.00.
    # Freight 100.00 EUR x 8 = 800.00 CNY by weight 1,000 : 500 -> 533.33 and 266.67.
    # Duty 50.00 + fees 18.50 = 68.50 EUR x 8 = 548.00 CNY by value 6,250 : 600 -> 500.00 and 48.00. Import tax 999.99 EUR is not a cost.
    decision = decide(GOODS, (bill(10_000, "weight"),), (entry(5_000, 1_850, tax=99_999),), ALL_HERE)
    first, second = row(decision, "A"), row(decision, "B")
    assert (first["purchase_minor"], first["first_leg_minor"], first["duty_minor"], first["total_minor"]) == (
        625_000,
        53_333,
        50_000,
        728_333,
    )
    assert (second["purchase_minor"], second["first_leg_minor"], second["duty_minor"], second["total_minor"]) == (
        60_000,
        26_667,
        4_800,
        91_467,
    )
    assert first["unit_cost_e6"] == 72_833_300  # 7,283.33 / 100 = 72.8333
    assert (first["is_provisional"], codes(decision)) == (False, [])


@pytest.mark.parametrize(
    ("by", "first", "second"),
    [("weight", 53_333, 26_667), ("volume", 72_000, 8_000), ("quantity", 53_333, 26_667), ("value", 72_993, 7_007), (None, 72_993, 7_007)],
)
def test_a_bill_is_shared_as_it_says(decide, by, first, second):
    # 800.00 CNY: weight 1,000:500, volume 9,000:1,000, units 100:50, value 6,250:600.
    decision = decide(GOODS, (bill(10_000, by),), (), ALL_HERE)
    assert (row(decision, "A")["first_leg_minor"], row(decision, "B")["first_leg_minor"]) == (first, second)
    shared = decision.components.filter(pl.col("kind") == "cost_first_leg")
    assert (shared["amount_minor"].sum(), shared["home_minor"].sum()) == (10_000, 80_000)


def test_a_measure_that_one_line_lacks_is_not_taken_as_zero(decide):
    decision = decide((line("A", 1, 100, weight_g=5), line("B", 1, 100)), (bill(1_000, "weight"),), (), (got("A", 1), got("B", 1)))
    assert codes(decision) == ["COGS-103"]
    assert row(decision, "A")["first_leg_minor"] == row(decision, "B")["first_leg_minor"] == 4_000


def test_duty_of_one_product_is_its_own(decide):
    decision = decide(GOODS, (bill(0),), (entry(1_000, sku="B"),), ALL_HERE)
    assert (row(decision, "A")["duty_minor"], row(decision, "B")["duty_minor"]) == (0, 8_000)


def test_missing_units_are_said_with_their_money_and_the_rest_carries_the_whole_cost(decide):
    # 3 of 100 units at 62.50 CNY are 187.50 CNY.
    decision = decide((line("A", 100, 100_000),), (bill(0),), (), (got("A", 97),))
    assert (row(decision, "A")["units"], row(decision, "A")["total_minor"]) == (97, 625_000)
    assert codes(decision) == ["COGS-102"]
    assert "187.50 CNY" in str(decision.findings[0])


def test_more_units_than_invoiced_are_said_too(decide):
    decision = decide((line("A", 100, 100_000),), (bill(0),), (), (got("A", 101),))
    assert codes(decision) == ["COGS-102"]
    assert "62.50 CNY" in str(decision.findings[0])


def test_without_a_freight_bill_the_cost_is_provisional_and_the_estimate_is_stated(decide):
    # The other shipment: freight 80.00 CNY on goods of 1,000.00 CNY, 8 %. So 8 % of 6,250.00 = 500.00 CNY of 6,750.00: 7.4 %.
    other = (line("A", 10, 100_000, "CNY", "S2"),)
    decision = decide((*GOODS[:1], *other), (bill(8_000, currency="CNY", shipment="S2"),), (), (got("A", 100), got("A", 10, shipment="S2")))
    batch = row(decision, "A")
    assert (batch["is_provisional"], batch["first_leg_minor"], batch["estimated_minor"], batch["estimated_ppm"]) == (
        True,
        50_000,
        50_000,
        74_074,
    )
    assert codes(decision) == ["COGS-107"]
    assert "500.00 CNY" in str(decision.findings[0])
    assert "7.4 %" in str(decision.findings[0])


def test_the_companys_own_rate_goes_before_its_other_shipments(decide):
    decision = decide(GOODS[:1], (), (), (got("A", 100),), freight_rate_ppm=100_000)
    assert row(decision, "A")["first_leg_minor"] == 62_500


def test_with_nothing_to_estimate_by_the_cost_says_that_it_is_without_freight(decide):
    decision = decide(GOODS[:1], (), (), (got("A", 100),))
    assert row(decision, "A")["estimated_minor"] == 0
    assert codes(decision) == ["COGS-107"]


def test_what_belongs_nowhere_is_listed_with_its_money(decide):
    decision = decide(
        (*GOODS[:1], line(None, 1, 500)), (bill(0), bill(777, shipment="S9")), (entry(100, sku="Z"),), (got("A", 100), got("C", 5))
    )
    assert sorted(codes(decision)) == ["COGS-101", "COGS-104", "COGS-104", "COGS-106"]
    assert any("7.77 EUR" in str(finding) for finding in decision.findings)


def test_duty_that_is_not_stated_is_not_zero(decide):
    decision = decide(GOODS[:1], (bill(0),), (entry(None, 100),), (got("A", 100),))
    assert row(decision, "A")["total_minor"] is None
    assert "COGS-105" in codes(decision)
    assert decision.layers["purchase_minor"].to_list() == [None]


def test_a_currency_without_a_rate_leaves_the_cost_unknown(decide):
    decision = decide((line("A", 1, 100, "VND"),), (bill(0),), (), (got("A", 1),))
    assert row(decision, "A")["total_minor"] is None
    assert "LED-404" in codes(decision)


def test_without_a_receipt_the_invoice_counts(decide):
    decision = decide(GOODS[:1], (bill(0),))
    assert (row(decision, "A")["units"], row(decision, "A")["units_received"]) == (100, None)
    assert codes(decision) == ["COGS-108"]


def test_the_explanation_ends_in_the_bills_and_is_the_same_amount(decide):
    decision = decide(GOODS, (bill(10_000, "weight"), bill(3_333, "volume")), (entry(5_000, 1_850),), ALL_HERE)
    for sku in ("A", "B"):
        figure = batch_cost.cost_of(decision, "S1", sku)
        assert int(figure.amount * 100) == row(decision, sku)["total_minor"]
        paths = {step.path for step in explain(figure)}
        assert {"freight_line[freight_line-1]", "freight_line[freight_line-2]", "customs_line[customs_line-1]"} <= paths
    with pytest.raises(Refused, match="COGS-404"):
        batch_cost.cost_of(decision, "S1", "Z")


def test_the_layers_of_a_batch_sum_to_it(decide):
    decision = decide(
        GOODS,
        (bill(10_001, "weight"),),
        (entry(777),),
        (got("A", 33), got("A", 34, date(2026, 7, 21)), got("A", 33, warehouse="cn"), got("B", 50)),
    )
    for sku in ("A", "B"):
        mine = decision.layers.filter(pl.col("sku") == sku)
        for name in ("purchase_minor", "first_leg_minor", "duty_minor"):
            assert mine[name].sum() == row(decision, sku)[name]


amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=6)


@given(st.lists(st.tuples(amounts, weights), min_size=1, max_size=5))
def test_shares_in_bulk_are_those_of_allocate_one_by_one(cases):
    table = pl.DataFrame(
        [(group, whole, weight) for group, (whole, sizes) in enumerate(cases) for weight in sizes], schema=["g", "w", "x"], orient="row"
    )
    bulk = table.select(shares(pl.col("w"), pl.col("x"), ["g"])).to_series().to_list()
    single = [
        int(share.amount * 100)
        for whole, sizes in cases
        for share in allocate(Figure.money(Decimal(whole).scaleb(-2), "EUR"), [Figure.of(size, "") for size in sizes], "share")
    ]
    assert bulk == single
    assert (
        table.with_columns(pl.Series("s", bulk))
        .group_by("g")
        .agg(pl.col("s").sum(), pl.col("w").first())
        .select((pl.col("s") == pl.col("w")).all())
        .item()
    )


@given(amounts, st.integers(1, 10**6), st.data())
def test_parts_of_a_layer_that_follow_one_another_sum_to_it(total, units, drawn):
    cuts = sorted({0, units, *drawn.draw(st.lists(st.integers(0, units), max_size=5))})
    table = pl.DataFrame({"b": cuts[:-1], "e": cuts[1:]}).with_columns(pl.lit(total).alias("t"), pl.lit(units).alias("u"))
    assert table.select(part(pl.col("t"), pl.col("b"), pl.col("e"), pl.col("u")).sum()).item() == total


@given(amounts, st.integers(1, 10**9))
def test_rounding_in_whole_numbers_is_that_of_figures(dividend, divisor):
    assert half_up_whole(dividend, divisor) == int(half_up_quotient(Decimal(dividend), Decimal(divisor), 0))


@pytest.mark.parametrize(("currency", "minor"), [("EUR", 123_457), ("USD", -99_999), ("JPY", 1_234_567), ("CNY", 5), ("HUF", 10**12)])
def test_the_value_at_home_is_that_of_figures_at_the_published_rate(currency, minor):
    law = Law(DAY)
    table, _ = day_rates(pl.DataFrame({"currency": [currency], "day": [DAY]}), "CNY", law)
    bulk = table.select(in_home(pl.lit(minor), pl.col("above"), pl.col("below"))).item()
    digits = 0 if currency == "JPY" else 2
    figure = law.rates.rate(currency, "CNY")
    assert Decimal(bulk).scaleb(-2) == half_up_quotient(Decimal(minor).scaleb(-digits) * figure.amount, Decimal(1), 2)


def test_a_day_without_publication_takes_the_last_one_before_it():
    sunday = date(2026, 7, 5)
    table, _ = day_rates(pl.DataFrame({"currency": ["EUR"], "day": [sunday]}), "CNY", Law(sunday))
    assert table["rate_day"].item() == DAY
    assert table["rate_source"].item() == "ecb-reference-rates"
