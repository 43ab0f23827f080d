"""The profit cube: millions of lines into cells, in exact integers, by the same expressions on Polars and on Spark.

Every line is brought into the currency of the view at the rate of its own day, rounded half-up to the
minor unit, and then added; so a cell is the sum of what ``decide`` would say of its lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw

from supercargo.engines.accounting.profit.rules import CODES, COLUMNS, converted_in_bulk
from supercargo.kernel.dialect import INT64
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import polars as pl

    from supercargo.kernel.column import Batch

View = Literal["order", "settlement"]
DAY_OF: Mapping[View, str] = {"order": "order_on", "settlement": "posted_on"}
KEYS = ("country", "channel", "sku", "brand", "currency", "month", "day")
"""What a cube may be cut by."""
_VALUE, _MINOR = "value", Unit.of("minor")
_KEPT = ("stage", "currency", "amount_minor", "quantity", "estimated", "posted_on")
SUMS = (*COLUMNS.values(), "units", "units_returned", "moved", "moved_estimated", "moved_settled", "unknown", "lines")
"""What is added up for each cell: the stages and the measures, in minor units of the view or as counts.

``unknown`` counts lines without a value: the amount is not known, or no rate of exchange is (``pairs_without_rate`` tells).
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """How the lines are cut: by what, seen on which day, within which days (``until`` is exclusive), of what alone.

    ``where`` keeps the lines whose column has one of some values; ``None`` among them keeps those without a value.
    """

    by: tuple[str, ...]
    view: View = "order"
    since: date | None = None
    until: date | None = None
    where: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of the lines before they are read: how many there are and the largest amount without its sign."""

    lines: int
    largest: int


def cube(lines: Any, rates: Any, cut: Cut, prices: pl.DataFrame, bounds: Bounds, batch: Batch) -> Any:
    """Add lines up by cell.

    Args:
        lines: table of ``profit_line`` that narwhals knows (a lazy frame of Polars, a table of Spark).
        rates: ``prices`` as a table of the same engine.
        cut: the cells.
        prices: the rates of exchange of all days and currencies (``exchange.rate_table``).
        bounds: of the lines; they prove that no product and no sum overflows.
        batch: for the engine: ``Batch()`` or ``Batch.for_spark()``.

    Returns:
        A table of the same engine: the keys of the cut and ``SUMS``, all integers.

    Raises:
        Refused: PROF-030, an amount or a sum could leave what 64 bits hold.
    """
    day = DAY_OF[cut.view]
    priced = _chosen(nw.from_native(lines), cut, day).join(nw.from_native(rates).rename({"day": day}), on=[day, "currency"], how="left")
    valued = nw.from_native(batch.run(_with_value(batch, priced, prices, bounds)))
    keyed = valued.with_columns(nw.col(day).alias("day")) if "day" in cut.by else valued
    return keyed.group_by(*cut.by).agg(*_sums()).select(*cut.by, *(nw.col(name).fill_null(0).cast(nw.Int64) for name in SUMS)).to_native()


def pairs_without_rate(lines: Any, rates: Any, cut: Cut) -> Any:
    """List the days and currencies of lines for which no rate is known, as a table of the same engine."""
    day = DAY_OF[cut.view]
    chosen = _chosen(nw.from_native(lines), cut, day).filter(~nw.col("amount_minor").is_null()).select(day, "currency").unique()
    priced = chosen.join(nw.from_native(rates).rename({"day": day}), on=[day, "currency"], how="left")
    return priced.filter(nw.col("rate").is_null()).select(nw.col(day).alias("day"), "currency").to_native()


def _chosen(lines: Any, cut: Cut, day: str) -> Any:
    kept = [name for name in dict.fromkeys((day, *_KEPT, *cut.by)) if name not in ("month", "day")]
    chosen = lines.filter(nw.col("stage") < CODES["tax"])
    if cut.view == "settlement":
        chosen = chosen.filter(~nw.col(day).is_null())
    if cut.since is not None:
        chosen = chosen.filter(nw.col(day) >= nw.lit(cut.since))
    if cut.until is not None:
        chosen = chosen.filter(nw.col(day) < nw.lit(cut.until))
    for column, values in cut.where.items():
        chosen = chosen.filter(_one_of(column, values))
    return chosen.select(*kept)


def _one_of(column: str, values: tuple[str | None, ...]) -> Any:
    named = nw.col(column).is_in([value for value in values if value is not None])
    return named | nw.col(column).is_null() if None in values else named


def _with_value(batch: Batch, priced: Any, prices: pl.DataFrame, bounds: Bounds) -> Any:
    """Add the step that brings each line into the view, once it is proved that neither it nor the sums can overflow."""
    rate, divisor = (_ends(prices, name) for name in ("rate", "divisor"))
    try:
        amount = batch.input("amount_minor", _MINOR, 0, -bounds.largest, bounds.largest)
        value = converted_in_bulk(amount, batch.input("rate", RATIO, 0, *rate), batch.input("divisor", RATIO, 0, *divisor))
    except OverflowError as error:
        raise _too_large(bounds) from error
    value.named(_VALUE)
    if bounds.lines * _largest_value(prices, bounds) > INT64:
        raise _too_large(bounds)
    return priced.to_native()


def _ends(prices: pl.DataFrame, name: str) -> tuple[int, int]:
    column = prices.get_column(name)
    return (int(column.min() or 1), int(column.max() or 1)) if column.len() else (1, 1)  # type: ignore[arg-type]


def _largest_value(prices: pl.DataFrame, bounds: Bounds) -> int:
    """Find the most that a line can come to in the view: the largest amount at the highest rate, rounded up."""
    return max((bounds.largest * rate // divisor + 1 for rate, divisor in prices.select("rate", "divisor").unique().iter_rows()), default=1)


def _too_large(bounds: Bounds) -> Exception:
    message = said("a line of {largest} minor units, or {lines} such lines together, could leave what integers of 64 bits hold",
                   largest=bounds.largest, lines=bounds.lines)  # fmt: skip
    return refuse("PROF-030", "lines", message, "take fewer months or one currency at a time")


def _sums() -> list[Any]:
    value, none = nw.col(_VALUE), nw.lit(0, nw.Int64)
    size = value.abs()
    stages = [nw.when(nw.col("stage") == CODES[stage]).then(value).otherwise(none).sum().alias(column) for stage, column in COLUMNS.items()]
    quantity = nw.col("quantity")
    return [
        *stages,
        nw.when(quantity > 0).then(quantity).otherwise(none).sum().alias("units"),
        nw.when(quantity < 0).then(quantity * -1).otherwise(none).sum().alias("units_returned"),
        size.sum().alias("moved"),
        nw.when(nw.col("estimated")).then(size).otherwise(none).sum().alias("moved_estimated"),
        nw.when(~nw.col("posted_on").is_null()).then(size).otherwise(none).sum().alias("moved_settled"),
        value.is_null().cast(nw.Int64).sum().alias("unknown"),
        nw.len().alias("lines"),
    ]
