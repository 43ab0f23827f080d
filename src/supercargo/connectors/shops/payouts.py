"""Lines of a payment house that name their payout -> settlements and payouts, and where their totals come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PAYOUT_ROWS, NET_SUMS, BOTH = "payout rows", "sums of net", "payout rows, else sums of net"


def settled(rows: pl.DataFrame, channel: pl.Expr, statuses: Mapping[str, str]) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """Make one settlement and one payout per payout number and currency.

    Where the file holds the row of the payout itself, its amount is the total; where not, the nets of
    the lines are summed, and the facts say so: of a file that holds only a part of the payout's lines that sum is too small.

    Args:
        rows: ``__row``, ``payout_ref``, ``currency``, ``net_minor``, ``is_payout``, ``is_return`` (a payout that came back),
            ``posted_on``, ``sent_on``, ``arrives_on``, ``payout_status``.
        channel: of the records.
        statuses: their word for the state of a payout, in lower case -> sent, open or failed.
    """
    known = rows.filter(pl.col("payout_ref").is_not_null() & pl.col("currency").is_not_null())
    lines, own = ~pl.col("is_payout") & ~pl.col("is_return"), pl.col("is_payout")
    found = known.group_by("payout_ref", "currency", maintain_order=True).agg(
        pl.when(own.any()).then(pl.col(ROW).filter(own).first()).otherwise(pl.col(ROW).first()).alias("row"),
        own.any().alias("has_own"),
        (-pl.col("net_minor").filter(own).sum()).alias("own"),
        pl.col("net_minor").filter(lines).sum().alias("summed"),
        pl.col("posted_on").filter(lines).min().alias("begins_on"),
        pl.col("posted_on").filter(lines).max().alias("ends_on"),
        pl.col("sent_on").drop_nulls().first(),
        pl.col("arrives_on").drop_nulls().first(),
        pl.col("payout_status").drop_nulls().last(),
        pl.col("is_return").any(),
    )
    word = pl.col("payout_status").str.strip_chars().str.to_lowercase().replace_strict(statuses, default=None, return_dtype=pl.String)
    found = found.with_columns(
        total=pl.when("has_own").then("own").otherwise("summed"),
        status=pl.when("is_return").then(pl.lit("failed")).otherwise(pl.coalesce(word, pl.lit("sent"))),
    )
    return {"settlement": _settlements(found, channel), "payout": _payouts(found, channel)}, _where_from(found)


def _settlements(found: pl.DataFrame, channel: pl.Expr) -> pl.DataFrame:
    return table_of(
        "settlement",
        found.select(
            "row",
            key=_key(),
            channel=channel,
            settlement_ref="payout_ref",
            begins_on="begins_on",
            ends_on="ends_on",
            deposit_on=pl.coalesce("arrives_on", "sent_on"),
            currency="currency",
            total_minor="total",
        ),
    )


def _payouts(found: pl.DataFrame, channel: pl.Expr) -> pl.DataFrame:
    return table_of(
        "payout",
        found.select(
            "row",
            key=_key(),
            channel=channel,
            payout_ref="payout_ref",
            settlement_ref="payout_ref",
            currency="currency",
            amount_minor="total",
            sent_on="sent_on",
            arrives_on="arrives_on",
            status="status",
        ),
    )


def _key() -> pl.Expr:
    return pl.concat_str("payout_ref", "currency", separator="/")


def _where_from(found: pl.DataFrame) -> dict[str, str]:
    if not found.height:
        return {}
    own = found.get_column("has_own")
    return {"payout_totals": PAYOUT_ROWS if own.all() else BOTH if own.any() else NET_SUMS}
