"""The table of the lake: one row per component of money, from where it comes, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.kinds import KINDS
from supercargo.engines.accounting.profit.rules import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE: Mapping[str, pl.DataType] = {
    "order_on": pl.Date(),  # the day of the order; of the posting where the line belongs to no order
    "posted_on": pl.Date(),  # null while it is not settled
    "channel": pl.String(),
    "country": pl.String(),
    "sku": pl.String(),  # null: a charge that belongs to no article
    "brand": pl.String(),  # null with the article; "" where the catalogue does not say
    "kind": pl.String(),  # engines.accounting.kinds
    "stage": pl.Int8(),  # rules.CODES of the kind
    "currency": pl.String(),
    "amount_minor": pl.Int64(),  # null: not known, which is not zero
    "quantity": pl.Int64(),  # units sold (+) or returned (-); null on lines that are no goods
    "estimated": pl.Boolean(),
    "basis": pl.String(),  # what an estimate rests on; null where the amount is the source's own
    "noun": pl.String(),  # the record table from which the line comes
    "record_id": pl.Int64(),
    "document_id": pl.Int64(),
    "row": pl.Int64(),
}
"""The columns of ``profit_line`` in order."""
STAGE_OF_KIND: Mapping[str, int] = {kind.key: CODES[kind.stage] for kind in KINDS.values()}


def profit_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Bring a frame to the table of the lake: columns in order, those that it lacks as unknown, the stage by the kind.

    Raises:
        ValueError: a kind is not in the list, or the frame has a column that the table does not know.
    """
    strange = [name for name in frame.columns if name not in LINE]
    kinds = frame.get_column("kind").unique().drop_nulls()
    new = [kind for kind in kinds if kind not in STAGE_OF_KIND]
    if strange or new:
        msg = f"a profit line knows neither the columns {strange} nor the kinds {new}"
        raise ValueError(msg)
    stage = pl.col("kind").replace_strict(STAGE_OF_KIND, return_dtype=pl.Int8())
    held = frame.with_columns(stage.alias("stage"))
    return held.select(
        pl.col(name).cast(dtype) if name in held.columns else pl.lit(None, dtype=dtype).alias(name) for name, dtype in LINE.items()
    )


def nothing() -> pl.DataFrame:
    """Give the table without a line."""
    return pl.DataFrame(schema=dict(LINE))
