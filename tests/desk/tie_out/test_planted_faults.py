"""The demonstration company's three months: every fault that was planted in them is found and named, with just its money."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from supercargo.connectors.amazon.render import render_settlement
from supercargo.connectors.amazon.settlement import map_settlement
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.desk.demo_company import banks
from supercargo.desk.demo_company.company import trade
from supercargo.desk.demo_company.rows import table
from supercargo.desk.tie_out import Records, tied_out
from supercargo.engines.accounting.discrepancy import shown
from supercargo.reference.law import Law

DAY = date(2026, 11, 7)
CODES = {
    "short_settlement": "TIE-101",
    "doubled_row": "TIE-102",
    "missing_payout": "TIE-201",
    "wrong_currency": "TIE-205",
    "fba_overcharge": "TIE-501",
}


def numbered(frame):
    return frame.with_row_index("id", 1).with_columns(pl.col("id").cast(pl.Int64), document_id=pl.lit(1, pl.Int64))


def products(traded):
    rows = [
        {
            "sku": one.sku, "category": one.category, "currency": one.currency, "unit_cost_minor": int(one.unit_cost * 100),
            "weight_g": int(one.weight_g), "length_mm": int(one.length_cm * 10), "width_mm": int(one.width_cm * 10),
            "height_mm": int(one.height_cm * 10),
        }
        for one in traded.products.values()
    ]  # fmt: skip
    return table("product", rows)


@pytest.fixture(scope="module")
def traded():
    return trade()


def settled(traded):
    """Write Amazon's settlements as files and read them again: only the importer names the kinds of money."""
    found = {"settlement": [], "payout": [], "money_line": []}
    for settlement in traded.rows.table("settlement").iter_slices(1):
        lines = traded.rows.table("money_line", settlement_ref=settlement.item(0, "settlement_ref"))
        content = render_settlement(settlement=settlement, money_line=lines)
        mapped = map_settlement(read_content(content, "settlement.txt"), Context(channel=settlement.item(0, "channel")))
        for noun, frames in found.items():
            frames.append(mapped.tables[noun])
    amazon = pl.col("channel").str.starts_with("amazon")
    others = {noun: traded.rows.table(noun).filter(~amazon) for noun in ("money_line", "payout")}
    return {noun: pl.concat([*frames, *([others[noun]] if noun in others else [])]) for noun, frames in found.items()}


@pytest.fixture(scope="module")
def answer(traded):
    statements = table(
        "bank_statement", [statement for currency in banks.ACCOUNTS for statement, _ in banks.statements(traded.rows, currency)]
    )
    made = settled(traded) | {"product": products(traded), "bank_statement": statements}
    records = Records.read(
        lambda noun: numbered(made[noun] if noun in made else traded.rows.table(noun)), pl.DataFrame({"id": [1], "name": ["the trade"]})
    )
    return tied_out(records, "CNY", day=DAY, law=Law(DAY))


@pytest.mark.parametrize("kind", CODES)
def test_a_planted_fault_is_named_with_its_money_and_its_rows(traded, answer, kind):
    (fault,) = [fault for fault in traded.faults if fault.kind == kind]
    found = [one for one in answer.weighed if one.finding.code == CODES[kind]]
    assert [(one.discrepancy.reference, one.amount) for one in found] == [(fault.place, shown(fault.amount, fault.currency))]
    assert found[0].rows


def test_every_planted_fault_is_one_that_is_looked_for(traded):
    assert {fault.kind for fault in traded.faults} == set(CODES)


def test_nothing_else_of_amazon_differs_or_is_missing(answer):
    """Two settlements differ (short, doubled); all of its payouts are at the bank."""
    own = answer.statement.filter(pl.col("house") == "amazon", pl.col("verdict") != "tied")
    assert own.select("noun", "verdict").rows() == [("settlement", "differs")] * 2


def test_the_orders_of_amazon_were_paid_as_sold(answer):
    """The doubled row does not count again for its order."""
    orders = answer.answers.orders.orders.filter(family="amazon")
    assert orders.filter(pl.col("code").is_not_null()).height == 0
    assert orders.filter(state="tied").height > 1000
