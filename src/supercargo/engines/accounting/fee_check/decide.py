"""Fees of fulfilment and commission beside the tariff of their day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.discrepancy import bounded, money, with_family
from supercargo.engines.accounting.fee_check import compare, remarks, rules, tariffs
from supercargo.engines.accounting.fee_check import items as charged
from supercargo.engines.accounting.fee_check.facts import Decision, Facts
from supercargo.kernel.figure import Figure, single

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.reference.law import Law

GROUP = ["fee", "channel", "sku", "currency", "tariff"]
SHOWN = (
    "fee", "channel", "settlement_ref", "order_ref", "sku", "currency", "on", "units", "price_minor", "charged_minor", "tariff_minor",
    "over_minor", "tariff", "tier", "ids", "state",
)  # fmt: skip


def decide(facts: Facts, law: Law) -> Decision:
    """Compare every fee whose tariff, product and units are known; the rest is counted, with why.

    Raises:
        Refused: TIE-001, amounts so large that no sum of them can be trusted.
    """
    lines = with_family(bounded(facts.lines, ("amount_minor", "quantity"), "money_line"))
    items = charged.of_orders(lines, facts.products)
    fulfilled, steps = _fulfilment(items.filter(pl.col("fee") == "fulfilment"), facts, law)
    referred, tiers = _referral(items.filter((pl.col("fee") == "referral") & pl.col("family").is_in(facts.houses)), law)
    both = pl.concat([fulfilled, referred], how="diagonal").with_columns(over_minor=pl.col("charged_minor") - pl.col("tariff_minor"))
    over = pl.col("over_minor")
    checked = both.filter(pl.col("reason").is_null()).with_columns(
        state=pl.when(over > 0).then(pl.lit("above")).when(over < 0).then(pl.lit("below")).otherwise(pl.lit("tied"))
    )
    above = _above(checked)
    why = ("fee", "channel", "currency", "reason")
    silent = both.filter(pl.col("reason").is_not_null()).group_by(why)
    unchecked = silent.agg(pl.len().cast(pl.Int64).alias("items"), pl.col("charged_minor").sum(), pl.col("on").min()).sort(why)
    figures = {
        row[: len(GROUP)]: figure for row in above.iter_rows() if (figure := _figure(dict(zip(above.columns, row, strict=True)), steps))
    }
    found = tuple(_discrepancies(above, unchecked, {**steps, **tiers}))
    return Decision(checked.select(SHOWN), above, unchecked, figures, found)


def _fulfilment(items: pl.DataFrame, facts: Facts, law: Law) -> tuple[pl.DataFrame, Mapping[str, tuple[Figure, Figure | None]]]:
    dated = tariffs.with_epoch(items, "fulfilment_fees", _surcharge_days(items, law))
    asked = dated.drop_nulls(["on", "market", *tariffs.MEASURES]).filter(pl.all_horizontal(pl.col(name) > 0 for name in tariffs.MEASURES))
    read = tariffs.fulfilment_steps(asked, facts, law)
    return compare.fulfilment(dated, read.frame(tariffs.STEPS)), read.figures


def _referral(items: pl.DataFrame, law: Law) -> tuple[pl.DataFrame, Mapping[str, tuple[Figure, Figure | None]]]:
    dated = tariffs.with_epoch(items, "referral_fees")
    read = tariffs.referral_tiers(dated.drop_nulls(["on", "market", "category"]), law)
    return compare.referral(dated, read.frame(tariffs.TIERS)), read.figures


def _surcharge_days(items: pl.DataFrame, law: Law) -> Iterator[date]:
    """List the days on which a fuel surcharge of these markets changes."""
    for market in items["market"].unique().drop_nulls().sort():
        fact = law.book.find(tariffs.surcharge_key(market))
        yield from (entry.since for entry in (fact.history if fact else ()) if entry.since is not None)


def _above(checked: pl.DataFrame) -> pl.DataFrame:
    """Sum what was charged above the tariff, product by product and tariff row by tariff row."""
    each = pl.when(pl.col("charged_minor") % pl.col("units") == 0).then(pl.col("charged_minor") // pl.col("units"))
    return (
        checked.filter(pl.col("state") == "above").with_columns(each=each).group_by(GROUP)
        .agg(pl.col("tier").first(), pl.col("units", "charged_minor", "tariff_minor", "over_minor").sum(),
             charged_least_minor=pl.col("each").min(), charged_most_minor=pl.col("each").max(),
             since=pl.col("on").min(), until=pl.col("on").max(), items=pl.len().cast(pl.Int64), ids=pl.col("ids").explode().sort())
        .sort("over_minor", *GROUP, descending=[True, *[False] * len(GROUP)])
    )  # fmt: skip


def _figure(row: dict[str, object], steps: Mapping[str, tuple[Figure, Figure | None]]) -> Figure | None:
    """Explain an overcharge of fulfilment: what was charged, less the tariff's fee times the units."""
    units, whole = int(str(row["units"])), int(str(row["tariff_minor"]))
    known = steps.get(str(row["tariff"])) if row["fee"] == "fulfilment" else None
    for each in known or ():
        if each is None:
            continue
        tariff = single(rules.by_tariff(each, Figure.of(units, "", "number of units", path="money_line.quantity")))
        paid = money(int(str(row["charged_minor"])), str(row["currency"]), "charged by the channel", f"{row['channel']}[{row['sku']}]")
        if tariff.amount == money(whole, str(row["currency"]), "").amount:
            return single(rules.overcharge(paid, tariff))
    return None


def _discrepancies(above: pl.DataFrame, unchecked: pl.DataFrame, read: Mapping[str, tuple[Figure, Figure | None]]) -> Iterator[Discrepancy]:
    products: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in above.iter_rows(named=True):
        products.setdefault(tuple(row[name] for name in GROUP[:-1]), []).append(row)
    for rows in products.values():
        tariff = read.get(rows[0]["tariff"])
        yield remarks.fulfilment(rows, tariff) if rows[0]["fee"] == "fulfilment" else remarks.referral(rows, tariff)
    yield from (remarks.unchecked(row) for row in unchecked.iter_rows(named=True))
