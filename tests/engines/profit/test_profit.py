"""One cell by hand, and every cell of a table by the cube and by single decisions: the same to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting.kinds import KINDS, MARGIN_3
from supercargo.engines.accounting.profit import Facts, ProfitLine, decide
from supercargo.engines.accounting.profit.cells import RATES, SHARES, STEPS, cells
from supercargo.engines.accounting.profit.cube import DAY_OF, Bounds, Cut, cube, pairs_without_rate
from supercargo.engines.accounting.profit.exchange import Exchange, rate_table
from supercargo.engines.accounting.profit.lines import LINE, STAGE_OF_KIND, profit_lines
from supercargo.engines.accounting.profit.rules import CODES, COLUMNS
from supercargo.kernel.column import Batch
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.explain import explain_all
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused
from supercargo.reference.law import Law

from .conftest import CURRENCIES, PLANNING, tables

LAW = Law(date(2026, 7, 15))
DAY = date(2024, 2, 28)


def exchange(currency):
    return Exchange(currency, tuple(sorted(PLANNING.items())))


def line(kind, amount, currency="EUR", quantity=0, **other):
    figure = None if amount is None else Figure.money(amount, currency, "amount of the line", "orders.csv 7")
    return ProfitLine(kind, figure, exchange("EUR").rate(DAY, currency), quantity, **other)


def test_a_sale_of_two_currencies_walks_down_the_waterfall():
    """40.00 EUR and 25.00 USD at 1.25 (20.00 EUR) sold; 5.00 off, 10.00 back: net 45.00.

    Goods 12.00: 33.00. Commission 6.75 and fulfilment 3.25: 23.00. Adverts 4.50, subscription 1.00: 17.50.
    Tax and a payout are there too and change nothing. 17.50 of 45.00 is 38.8889 %.
    """
    decision = decide(
        Facts("EUR", (
            line("sale_goods", "40.00", quantity=2), line("sale_goods", "25.00", "USD", quantity=1, settled=False), line("discount_goods", "-5.00"),
            line("refund_goods", "-10.00", quantity=-1), line("cost_of_goods", "-12.00", estimated=True), line("fee_referral", "-6.75"),
            line("fee_fulfilment", "-3.25"), line("advertising", "-4.50"), line("fee_subscription", "-1.00"), line("sale_tax", "7.60"),
            line("payout", "-1000.00"),
        )),
        LAW,
    )  # fmt: skip
    steps = decision.waterfall
    assert [str(step.amount) for step in (steps.gross_sales, steps.net_revenue, steps.margin_1, steps.margin_2, steps.margin_3)] == [
        "60.00", "45.00", "33.00", "23.00", "17.50",
    ]  # fmt: skip
    assert [str(rate.amount) for rate in decision.margin_rates] == ["0.733333", "0.511111", "0.388889"]
    assert (decision.units.amount, decision.units_returned.amount) == (3, 1)
    assert str(decision.moved.amount) == "102.50"
    assert decision.estimated_share.amount == Decimal("0.117073")
    assert decision.settled_share.amount == Decimal("0.804878")
    assert not decision.findings


def test_an_amount_that_is_not_known_is_named_and_is_not_zero():
    decision = decide(Facts("EUR", (line("sale_goods", "40.00", quantity=1), line("cost_of_goods", None, estimated=True))), LAW)
    assert decision.unknown == 1
    assert "cost_of_goods" not in decision.kinds
    assert [finding.code for finding in decision.findings] == ["PROF-001"]


def test_without_net_revenue_there_is_no_margin_rate():
    assert decide(Facts("EUR", (line("advertising", "-4.50"),)), LAW).margin_rates == (None, None, None)


def test_every_line_of_the_explanation_has_a_source_or_a_place():
    decision = decide(Facts("EUR", (line("fee_referral", "-3.75"), line("sale_goods", "25.00", "USD", quantity=1))), LAW)
    for told in explain_all((decision.waterfall.margin_3, decision.margin_rates[2])):
        assert told.source not in ("", "arithmetic") or told.formula, told
        assert told.source != "given" or told.path, told
    formulas = {told.name: told.formula for told in explain_all((decision.waterfall.margin_3,))}
    assert formulas["value of the line"] == "amount of the line 25.00 USD × rate of exchange USD to EUR 0.8 EUR/USD → 20.00 EUR"


def test_the_stages_of_the_lake_are_those_of_the_kinds():
    assert [stage for stage, code in CODES.items() if code < CODES["tax"]] == list(MARGIN_3)
    assert set(STAGE_OF_KIND) == set(KINDS)


def test_a_kind_that_nobody_knows_is_not_let_in():
    with pytest.raises(ValueError, match="fee_of_the_moon"):
        profit_lines(pl.DataFrame({"kind": ["fee_of_the_moon"]}))


def measured(table, cut, currency, batch=None):
    exchanged = exchange(currency)
    days = sorted({day for name in ("order_on", "posted_on") for day in table.get_column(name) if day is not None})
    prices = rate_table(exchanged, days, table.get_column("currency"))
    bounds = Bounds(table.height, int(table.get_column("amount_minor").abs().max() or 0))
    sums = cube(table.lazy(), prices.lazy(), cut, prices, bounds, batch or Batch()).collect()
    return cells(sums, cut, currency)


def single(rows, currency, view):
    exchanged = exchange(currency)
    lines = []
    for row in rows.iter_rows(named=True):
        code, amount = row["currency"], row["amount_minor"]
        figure = None if amount is None else Figure.money(Decimal(amount).scaleb(-minor_digits(code)), code, "amount", "x 1")
        rate = exchanged.rate(row[DAY_OF[view]], code)
        lines.append(ProfitLine(row["kind"], figure, rate, row["quantity"] or 0, row["estimated"], row["posted_on"] is not None))
    return decide(Facts(currency, tuple(lines)), LAW)


def in_minor(figure, currency):
    return int(figure.amount.scaleb(minor_digits(currency)))


def ppm(figure):
    return None if figure is None else int(figure.amount.scaleb(6))


@given(tables(), st.sampled_from(CURRENCIES), st.sampled_from(("order", "settlement")))
def test_the_cube_is_the_sum_of_single_decisions_to_the_cent(table, currency, view):
    cut = Cut(("country", "sku"), view)
    counted = table.filter(pl.col("stage") < CODES["tax"], *([pl.col("posted_on").is_not_null()] if view == "settlement" else []))
    if not counted.height:
        return
    found = measured(table, cut, currency)
    assert found.height == counted.select("country", "sku").unique().height
    for cell in found.iter_rows(named=True):
        rows = counted.filter(
            pl.col("country").eq_missing(cell["country"]) & pl.col("sku").eq_missing(pl.lit(cell["sku"], dtype=pl.String))
        )
        decision = single(rows, currency, view)
        for step in STEPS.values():
            assert cell[step] == in_minor(getattr(decision.waterfall, step), currency), step
        for stage, column in COLUMNS.items():
            assert cell[column] == in_minor(decision.stages[stage], currency), stage
        assert [cell[name] for name in RATES] == [ppm(rate) for rate in decision.margin_rates]
        assert [cell[name] for name in SHARES] == [ppm(decision.estimated_share), ppm(decision.settled_share)]
        assert (cell["units"], cell["units_returned"], cell["unknown"], cell["lines"]) == (
            int(decision.units.amount), int(decision.units_returned.amount), decision.unknown, rows.height,
        )  # fmt: skip


@given(tables())
def test_in_its_own_currency_nothing_is_converted_and_nothing_is_added_across(table):
    counted = table.filter((pl.col("stage") < CODES["tax"]) & pl.col("amount_minor").is_not_null())
    found = measured(table, Cut(("currency",)), None)
    for cell in found.iter_rows(named=True):
        assert cell["margin_3"] == counted.filter(pl.col("currency") == cell["currency"]).get_column("amount_minor").sum()


def of(**columns):
    rows = {
        "order_on": [DAY],
        "posted_on": [DAY],
        "kind": ["sale_goods"],
        "currency": ["EUR"],
        "amount_minor": [100],
        "estimated": [False],
    } | columns
    return profit_lines(pl.DataFrame(rows, schema_overrides={"amount_minor": pl.Int64}))


@pytest.mark.parametrize(("cents", "euro_cents"), [(1, 1), (2, 2), (3, 2), (5, 4), (-1, -1), (-2, -2), (-3, -2), (62, 50), (63, 50)])
def test_a_dollar_at_exactly_0_80_rounds_half_away_from_zero(cents, euro_cents):
    """0.02 USD is 0.016 EUR: 2 cents; 0.03 is 0.024: 2; 0.63 is 0.504: 50; 0.625 would be the tie."""
    assert measured(of(currency=["USD"], amount_minor=[cents]), Cut(("currency",)), "EUR").get_column("gross_sales").to_list() == [
        euro_cents
    ]


def test_ties_round_away_from_zero_on_both_sides():
    """1 JPY is 0.00625 EUR: 0.625 cents, so 4 JPY are 2.5 cents: 3, and -4 JPY are -3."""
    found = measured(
        of(
            currency=["JPY", "JPY"],
            amount_minor=[4, -4],
            order_on=[DAY, DAY],
            posted_on=[DAY, DAY],
            kind=["sale_goods", "refund_goods"],
            estimated=[False, False],
        ),
        Cut(("currency",)),
        "EUR",
    )
    assert (found.get_column("gross_sales")[0], found.get_column("refunds_minor")[0]) == (3, -3)


def test_amounts_that_could_overflow_are_refused_before_anything_is_read():
    with pytest.raises(Refused) as refusal:
        measured(of(amount_minor=[2**62]), Cut(("currency",)), "EUR")
    assert refusal.value.findings[0].code == "PROF-030"


def test_sums_that_could_overflow_are_refused_too():
    table, prices = of(amount_minor=[10**15]), rate_table(exchange(None), [DAY], ["EUR"])
    with pytest.raises(Refused) as refusal:
        cube(table.lazy(), prices.lazy(), Cut(("currency",)), prices, Bounds(10_000, 10**15), Batch())
    assert refusal.value.findings[0].code == "PROF-030"


def test_a_currency_without_a_rate_is_counted_and_named_never_zero():
    table = of(currency=["TWD"])
    prices = rate_table(Exchange("EUR"), [DAY], ["TWD"])
    assert prices.height == 0
    sums = cube(table.lazy(), prices.lazy(), Cut(("currency",)), prices, Bounds(1, 100), Batch()).collect()
    assert sums.get_column("unknown").to_list() == [1]
    assert pairs_without_rate(table.lazy(), prices.lazy(), Cut(("currency",))).collect().rows() == [(DAY, "TWD")]


@pytest.mark.parametrize("view", CURRENCIES)
@pytest.mark.parametrize("base", CURRENCIES)
def test_a_rate_as_integers_is_the_rate_between_the_minor_units(base, view):
    rate, divisor = exchange(view).factor(DAY, base)
    assert Decimal(rate) / divisor == exchange(view).rate(DAY, base).amount.scaleb(minor_digits(view) - minor_digits(base))
    assert rate < 10**8 or divisor == 1


def test_the_rate_carries_its_source():
    cited = Exchange("EUR").rate(DAY, "USD").citation
    assert cited.sources == ("ecb-reference-rates",)
    assert cited.since == DAY


def test_the_table_of_the_lake_has_its_columns_in_order():
    assert of().schema == dict(LINE)
