"""Why a settlement does not tie: a row that stands twice, a line that stands outside, a wrong currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting import subsets
from supercargo.engines.accounting.settlement_sum.sums import SAME

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT = (
    "channel", "order_ref", "line_ref", "transaction_ref", "related_ref", "sku", "kind", "their_type", "their_name", "currency",
    "amount_minor", "quantity", "posted_at", "posted_on", "status", "release_on", "country",
)  # fmt: skip
"""What two rows must share to be the same row twice: everything but where they stand."""
Settlement = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """One row too many: its record, where it stands, where its twin stands, and what it says."""

    id: int
    row: int | None
    twin_row: int | None
    order_ref: str
    what: str
    amount_minor: int


def copies(lines: pl.DataFrame, differing: pl.DataFrame) -> Mapping[Settlement, tuple[Copy, ...]]:
    """List the second and further copies of every row of the settlements that differ, in the order of their rows."""
    here = lines.join(differing.select(*SAME, "currency"), on=[*SAME, "currency"], how="semi").sort("document_id", "row", "id")
    keys = [*SAME, *CONTENT]
    twice = here.filter(pl.struct(keys).is_duplicated()) if here.height else here
    ranked = twice.with_columns(nth=pl.int_range(pl.len()).over(keys), twin_row=pl.col("row").first().over(keys)).filter(pl.col("nth") > 0)
    found: dict[Settlement, list[Copy]] = {}
    for row in ranked.iter_rows(named=True):
        if row["amount_minor"]:
            found.setdefault((row["family"], row["settlement_ref"]), []).append(_copy(row))
    return {settlement: tuple(rows) for settlement, rows in found.items()}


def doubled(rows: tuple[Copy, ...], difference: int) -> tuple[Copy, ...]:
    """Find the copies whose amounts are the difference: one row, all of one order, all there are, or a few of them."""
    one = next((row for row in rows if row.amount_minor == difference), None)
    if one is not None:
        return (one,)
    orders = [
        tuple(row for row in rows if row.order_ref == order) for order in dict.fromkeys(row.order_ref for row in rows if row.order_ref)
    ]
    for group in (*orders, rows):
        if group and sum(row.amount_minor for row in group) == difference:
            return group
    found = subsets.find([row.amount_minor for row in rows], difference)
    return tuple(rows[place] for place in found.places) if found is not None and found.only else ()


def outside(lines: pl.DataFrame, differing: pl.DataFrame) -> Mapping[Settlement, tuple[int, int | None]]:
    """Find, for each settlement that lacks money in its lines, the one line of its days without a settlement that is just that much."""
    wanted = differing.filter(pl.col("difference_minor") < 0).select(
        *SAME, "currency", "begins_on", "ends_on", amount_minor=-pl.col("difference_minor")
    )
    free = lines.filter(pl.col("settlement_ref").is_null() & (pl.col("kind") != "payout")).select(
        "family", "currency", "amount_minor", "posted_on", "id", "row"
    )
    near = wanted.join(free, on=["family", "currency", "amount_minor"], how="inner").filter(
        ((pl.col("posted_on") >= pl.col("begins_on")) & (pl.col("posted_on") <= pl.col("ends_on"))).fill_null(value=True)
    )
    single = near.group_by(SAME).agg(pl.len().alias("count"), pl.col("id", "row").first()).filter(pl.col("count") == 1)
    return {(row["family"], row["settlement_ref"]): (row["id"], row["row"]) for row in single.iter_rows(named=True)}


def _copy(row: dict[str, Any]) -> Copy:
    what = row["their_name"] or row["their_type"] or row["kind"]
    return Copy(row["id"], row["row"], row["twin_row"], row["order_ref"] or "", str(what), int(row["amount_minor"]))
