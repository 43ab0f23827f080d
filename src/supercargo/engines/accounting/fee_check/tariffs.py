"""The tariffs of the reference book for just the products, markets and days that were charged."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.fee_check import rules
from supercargo.engines.pricing import channel_fees
from supercargo.engines.pricing.channel_fees.fulfilment import fulfilment
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Refused
from supercargo.reference.fees import categories, fee_rows, in_force
from supercargo.reference.law import EU

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from supercargo.engines.accounting.fee_check.facts import Facts
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law

KEY = ["family", "market", "currency", "sku", "epoch"]
MEASURES = ("weight_g", "length_mm", "width_mm", "height_mm")
STEPS = {
    "step_over": pl.Int64, "step_up_to": pl.Int64, "fee_minor": pl.Int64, "fee_more_minor": pl.Int64, "tariff": pl.String,
    "tier": pl.String, "steps": pl.Int64,
}  # fmt: skip
TIERS = {
    "mode": pl.String, "tier_over": pl.Int64, "tier_up_to": pl.Int64, "rate_ppm": pl.Int64, "least_minor": pl.Int64, "net": pl.Boolean,
    "tariff": pl.String,
}  # fmt: skip
MILLION = 1_000_000
UNLIKE = ("", "health", "clothing")
"""Categories that some tariff treats apart: a product of an unknown one is compared only where all of them cost the same."""


@dataclass(slots=True)
class Read:
    """The rows that were read, and the figures behind them by tariff row."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, tuple[Figure, Figure | None]] = field(default_factory=dict)

    def frame(self, columns: dict[str, Any]) -> pl.DataFrame:
        """Lay the rows out beside the key."""
        schema = {**dict.fromkeys(KEY, pl.String()), "epoch": pl.Int64(), **columns}
        return pl.DataFrame(self.rows, schema=schema, orient="row") if self.rows else pl.DataFrame(schema=schema)


def with_epoch(items: pl.DataFrame, table: str, facts_of: Iterable[date] = ()) -> pl.DataFrame:
    """Number the stretches of days in which no row of a table begins or ends, so that one day of each stands for all."""
    turns = sorted({day for row in fee_rows(table) for day in (row.since, row.until) if day is not None} | set(facts_of))
    numbers = {day: bisect_right(turns, day) for day in items["on"].unique().drop_nulls()}
    return items.with_columns(epoch=pl.col("on").replace_strict(numbers, default=None, return_dtype=pl.Int64))


def fulfilment_steps(items: pl.DataFrame, facts: Facts, law: Law) -> Read:
    """Read the fulfilment fee by band of price for every product, market and stretch of days."""
    read, known = Read(), dict[tuple[Any, ...], list[dict[str, Any]]]()
    for row in items.group_by([*KEY, *MEASURES, "category"]).agg(pl.col("on").min()).sort(KEY).iter_rows(named=True):
        alike = tuple(row[name] for name in ("family", "market", "currency", "epoch", *MEASURES, "category"))
        if alike not in known:
            variants = (row["category"],) if row["category"] in categories() else UNLIKE
            own = replace(law, day=row["on"])
            known[alike] = [step for category in variants for step in _steps({**row, "category": category}, facts, own, read)]
        read.rows += [{**{name: row[name] for name in KEY}, **step} for step in known[alike]]
    return read


def referral_tiers(items: pl.DataFrame, law: Law) -> Read:
    """Read the commission by band of price for every category, market and stretch of days."""
    read, known = Read(), dict[tuple[Any, ...], list[dict[str, Any]]]()
    for row in items.group_by([*KEY, "category"]).agg(pl.col("on").min()).sort(KEY).iter_rows(named=True):
        alike = tuple(row[name] for name in ("family", "market", "currency", "epoch", "category"))
        if alike not in known:
            known[alike] = _tiers(row, replace(law, day=row["on"]), read)
        read.rows += [{**{name: row[name] for name in KEY}, **tier} for tier in known[alike]]
    return read


def surcharge_key(market: str) -> str:
    """Name the fact of the fuel surcharge on fulfilment in a market."""
    return f"amazon.fees.fuel_surcharge_{'eu' if market in EU else market.lower()}"


def _steps(row: dict[str, Any], facts: Facts, law: Law, read: Read) -> list[dict[str, Any]]:
    rows = in_force("fulfilment_fees", law.day, channel=row["family"], market=row["market"], programme=facts.programme)
    if not rows or rows[0].text("currency") != row["currency"]:
        return []
    try:
        steps = fulfilment(_measured(row, facts), law)
    except Refused:
        return []
    surcharge = law.rate(key) if row["family"] == "amazon" and law.knows(key := surcharge_key(row["market"])) else None
    found: list[dict[str, Any]] = []
    over = 0
    for up_to, fee in steps.fee.steps:
        each = single(fee)
        more = None if surcharge is None else single(rules.with_surcharge(each, surcharge))
        tariff = _row_of(each)
        read.figures[tariff] = (each, more)
        top = None if up_to is None else _minor(up_to)
        found.append({"step_over": over, "step_up_to": top, "fee_minor": _minor(each), "fee_more_minor": _minor(more or each),
                      "tariff": tariff, "tier": steps.tier, "steps": len(steps.fee.steps)})  # fmt: skip
        over = top or over
    return found


def _tiers(row: dict[str, Any], law: Law, read: Read) -> list[dict[str, Any]]:
    listed = in_force("referral_fees", law.day, channel=row["family"], market=row["market"], category=row["category"])
    numbered = {found.citation.key: found for found in listed}
    if not listed or any(found.text("currency") != row["currency"] or found.text("fixed") or found.text("plan") for found in listed):
        return []
    try:
        schedule = channel_fees.decide(_measured(row, None), law).commission
    except Refused:
        return []
    found: list[dict[str, Any]] = []
    over = 0
    for tier in schedule.tiers:
        rate = single(tier.rate)
        tariff, top = _row_of(rate), None if tier.up_to is None else _minor(tier.up_to)
        ppm = rate.amount * MILLION
        if tariff not in numbered or ppm != int(ppm):
            return []
        read.figures[tariff] = (rate, None)
        found.append({"mode": schedule.mode, "tier_over": over, "tier_up_to": top, "rate_ppm": int(ppm), "tariff": tariff,
                      "least_minor": 0 if schedule.least is None else _minor(schedule.least),
                      "net": numbered[tariff].text("basis") == "net_of_sales_tax"})  # fmt: skip
        over = top or over
    return found


def _measured(row: dict[str, Any], facts: Facts | None) -> channel_fees.Facts:
    sides = sorted((Decimal(row.get(name) or 1) / 10 for name in MEASURES[1:]), reverse=True)
    path = f"product[{row['sku']}]"
    longest, median, shortest = (
        Figure.of(side, "cm", name, path=f"{path}.size")
        for side, name in zip(sides, ("longest side", "median side", "shortest side"), strict=True)
    )
    weight = Figure.of(row.get("weight_g") or 1, "g", "weight", path=f"{path}.weight_g")
    return channel_fees.Facts(
        row["family"], row["market"], row["category"] or "", row["currency"], weight, longest, median, shortest,
        programme="" if facts is None else facts.programme,
    )  # fmt: skip


def _row_of(figure: Figure) -> str:
    """Name the row of the reference book on which a fee rests; a fee with further steps rests on its first part's."""
    if figure.citation is not None:
        return figure.citation.key
    return next((found for part in figure.parts if (found := _row_of(part))), "")


def _minor(quantity: Quantity) -> int:
    figure = single(quantity).rounded()
    return int(figure.amount.scaleb(minor_digits(figure.unit.currency or "")))
