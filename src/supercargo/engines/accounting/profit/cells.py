"""From sums by cell to the waterfall of every cell, by the same rules as a single one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.profit.cube import SUMS, Cut
from supercargo.engines.accounting.profit.decide import LABELS
from supercargo.engines.accounting.profit.facts import Waterfall
from supercargo.engines.accounting.profit.rules import COLUMNS, COUNTED, RATE_DIGITS, margin_rate, share_moved, waterfall
from supercargo.kernel.column import Batch, Column
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.kernel.quantity import Quantity

STEPS = {"gross sales": "gross_sales", "net revenue": "net_revenue", "contribution margin 1": "margin_1",
         "contribution margin 2": "margin_2", "contribution margin 3": "margin_3"}  # fmt: skip
"""The named steps of the waterfall and the columns in which they stand."""
MARGINS = ("margin_1", "margin_2", "margin_3")
RATES = ("margin_1_ppm", "margin_2_ppm", "margin_3_ppm")
SHARES = {"estimated_ppm": "moved_estimated", "settled_ppm": "moved_settled"}
AMOUNTS = (*COLUMNS.values(), *STEPS.values(), "moved", "moved_estimated", "moved_settled")
"""Columns of money, in minor units of the cell's currency."""
COUNTS = ("units", "units_returned", "unknown", "lines")
_CURRENCY = "cell currency"


def cells(sums: pl.DataFrame, cut: Cut, currency: str | None) -> pl.DataFrame:
    """Walk each cell down its waterfall.

    Columns: the keys of the cut; ``currency`` of the cell; the stages and ``STEPS`` in its minor units;
    ``margin_N_ppm`` over net revenue (null where that is not positive); ``units``, ``units_returned``;
    ``estimated_ppm`` and ``settled_ppm`` of all money moved (null where none moved); ``unknown`` lines, ``lines``.
    """
    code = pl.lit(currency) if currency is not None else pl.col("currency")
    coded = sums.with_columns(code.alias(_CURRENCY))
    parts = [_walked(part, str(part.get_column(_CURRENCY)[0])) for part in coded.partition_by(_CURRENCY, maintain_order=True)]
    table = pl.concat(parts) if parts else _walked(coded, currency or "EUR")
    ordered = [*cut.by, *([] if "currency" in cut.by else ["currency"]), *AMOUNTS, *RATES, *SHARES, *COUNTS]
    named = table if "currency" in table.columns else table.rename({_CURRENCY: "currency"})
    return named.select(ordered)


def together(sums: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Add cells of one currency up to fewer ones: a line was rounded on its own, so sums of cells are sums of their lines."""
    if by:
        return sums.group_by(*by, maintain_order=True).agg(pl.col(name).sum() for name in SUMS)
    return sums.select(pl.col(name).sum() for name in SUMS)


def _walked(part: pl.DataFrame, currency: str) -> pl.DataFrame:
    batch = Batch.on_polars()
    inputs = {stage: _input(batch, part, COLUMNS[stage], currency) for stage in COUNTED}
    waterfall(inputs)
    stepped = batch.run(part).rename(STEPS)
    rated = _rates(stepped.with_row_index("cell"), currency)
    return rated.drop("cell")


def _input(batch: Batch, part: pl.DataFrame, name: str, currency: str) -> Column:
    column = part.get_column(name)
    low, high = int(column.min() or 0), int(column.max() or 0)  # type: ignore[arg-type]
    return batch.input(name, Unit.of(currency), minor_digits(currency), low, high, name)


def _rates(table: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Add margin rates and shares; where there is nothing to divide by there is no rate."""
    sold, moved = table.filter(pl.col("net_revenue") > 0), table.filter(pl.col("moved") > 0)
    margins = _divided(sold, currency, "net_revenue", dict(zip(RATES, zip(MARGINS, LABELS, strict=True), strict=True)), "margin")
    shares = _divided(moved, currency, "moved", {name: (part, part) for name, part in SHARES.items()}, "share")
    return table.join(margins, on="cell", how="left").join(shares, on="cell", how="left")


def _divided(table: pl.DataFrame, currency: str, below: str, wanted: dict[str, tuple[str, str]], sort: str) -> pl.DataFrame:
    batch = Batch.on_polars()
    if not table.height:
        return table.select("cell", *(pl.lit(None, dtype=pl.Int64).alias(name) for name in wanted))
    divisor = _input(batch, table, below, currency)
    for name, (part, label) in wanted.items():
        _rate(_input(batch, table, part, currency), divisor, label, sort).named(name)
    return batch.run(table).select("cell", *wanted)  # type: ignore[no-any-return]


def _rate(part: Quantity, whole: Quantity, label: str, sort: str) -> Quantity:
    return margin_rate(part, whole, label) if sort == "margin" else share_moved(part, whole, label, "term-money-moved")


__all__ = ["AMOUNTS", "COUNTS", "MARGINS", "RATES", "RATE_DIGITS", "SHARES", "STEPS", "Waterfall", "cells", "together"]
