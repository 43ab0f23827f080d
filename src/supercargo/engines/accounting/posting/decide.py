"""Records -> entries that balance: settlements, orders, bank, bills and the cost of goods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting import batch_cost
from supercargo.engines.accounting.posting import bank, orders, purchases, settlements, vat
from supercargo.engines.accounting.posting.facts import HELD, Decision, Facts
from supercargo.engines.accounting.posting.legs import entries_of, rows_of, together
from supercargo.kernel.finding import worst_first

if TYPE_CHECKING:
    from supercargo.kernel.finding import Finding
    from supercargo.reference.law import Law

NOUNS = ("money_lines", "payouts", "order_lines", "bank_lines", "supplier_lines", "freight_lines", "customs_lines")
_FATE = {"row_id": pl.Int64, "fate": pl.String}


def decide(facts: Facts, law: Law) -> Decision:
    """Decide which entries the records make that are not posted yet.

    A settlement whose lines do not sum to what it states is held. A record whose value at home is not known waits.
    """
    facts = _identified(facts)
    legs: list[pl.DataFrame] = []
    fates: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    held = pl.DataFrame(schema=HELD)
    if not facts.money_lines.is_empty():
        held, made, fates["money_line"], found = _settled(facts, law)
        legs.append(made)
        findings += found
    new = _new(facts)
    payouts, fates["payout"] = settlements.legs_of_payouts(new)
    sold, fates["order_line"], doubts = orders.legs_of_orders(new, law)
    moved, fates["bank_line"], unexplained = bank.legs_of_bank(new)
    every = together([*legs, payouts, sold, moved, *_bought(new, fates), purchases.legs_of_costs(_new_costs(facts), facts.home)])
    entries, without, unknown = entries_of(every, facts.home, law)
    counts = _counts(facts, fates, rows_of(every.join(without, on="event", how="anti")), rows_of(without))
    return Decision(tuple(entries), held, counts, worst_first((*findings, *doubts, *unexplained, *unknown)))


def _identified(facts: Facts) -> Facts:
    """Give every table its ``row_id``."""
    tables: dict[str, Any] = {name: getattr(facts, name) for name in NOUNS}
    changed: dict[str, Any] = {name: table if table.is_empty() else batch_cost.with_id(table) for name, table in tables.items()}
    return replace(facts, **changed)


def _new(facts: Facts) -> Facts:
    """Leave out the records that stand in the ledger; money lines are sifted after the tax is taken out of all of them."""
    tables: dict[str, Any] = {name: getattr(facts, name) for name in NOUNS if name != "money_lines"}
    done = {name: list(facts.posted.get(name.removesuffix("s"), ())) for name in tables}
    return replace(facts, **{n: t if t.is_empty() else t.filter(~pl.col("row_id").is_in(done[n])) for n, t in tables.items()})


def _settled(facts: Facts, law: Law) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, list[Finding]]:
    settled, held = settlements.tied(facts)
    lines, waiting = settlements.ready(facts, settled)
    taxed, doubts = vat.with_tax_inside(lines, facts.order_lines, facts.tax_lines, facts.channels, law)
    new = taxed.filter(~pl.col("row_id").is_in(list(facts.posted.get("money_line", ()))))
    return held, settlements.legs_of_lines(new), waiting, [*settlements.remarks(held), *doubts]


def _bought(facts: Facts, fates: dict[str, pl.DataFrame]) -> list[pl.DataFrame]:
    if facts.batches is None:
        return []
    bills = batch_cost.Facts(facts.home, facts.supplier_lines, facts.freight_lines, facts.customs_lines, pl.DataFrame())
    made, waiting = purchases.legs_of_bills(facts, bills, facts.batches)
    fates.update(waiting)
    return [made]


def _new_costs(facts: Facts) -> pl.DataFrame:
    costs = facts.costs.filter(pl.col("day") <= facts.until)
    for noun in costs.get_column("noun").unique().to_list():
        done = list(facts.posted.get(f"cost:{noun}", ()))
        costs = costs.filter((pl.col("noun") != noun) | ~pl.col("id").is_in(done))
    return costs


def _counts(facts: Facts, fates: dict[str, pl.DataFrame], posted: pl.DataFrame, without: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for name in NOUNS:
        noun, table = name.removesuffix("s"), getattr(facts, name)
        if table.is_empty():
            continue
        fate = fates.get(noun, pl.DataFrame(schema=_FATE))
        for word, count in fate.group_by("fate").len().sort("fate").iter_rows():
            rows.append((noun, word, count))
        rows.append((noun, "posted", posted.filter(pl.col("noun") == noun).height))
        rows.append((noun, "no value", without.filter(pl.col("noun") == noun).height))
        rows.append((noun, "posted before", table.height - sum(count for seen, _, count in rows if seen == noun)))
    return pl.DataFrame(rows, schema={"noun": pl.String, "fate": pl.String, "rows": pl.Int64}, orient="row")
