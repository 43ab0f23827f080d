"""Which bank line brought which payout: the pairs of the tie-out, those that are certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting import payout_match
from supercargo.engines.accounting.posting import MATCH

if TYPE_CHECKING:
    from supercargo.desk.ledger.records import Records
    from supercargo.reference.law import Law


def arrivals(records: Records, law: Law) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pair payouts with bank lines as the tie-out does (``posting.MATCH``); what it only proposes waits for a person.

    A payout in several bank lines is parted by their amounts, several payouts in one bank line by their own.
    Gives the pairs, and the payouts: one that has arrived was sent, whatever its file said.
    """
    decided = payout_match.decide(payout_match.Facts(records.payout, records.bank_line, records.money_line), law)
    tied = decided.payouts.filter(pl.col("state") == "tied").select("id", "channel", "currency", "amount_minor", "bank_ids")
    lines = records.bank_line.select(pl.col("id").alias("bank_id"), pl.col("amount_minor").alias("line_minor"))
    alone = pl.col("bank_ids").list.len() == 1
    pairs = tied.with_columns(alone.alias("is_alone")).explode("bank_ids").rename({"bank_ids": "bank_id"}).join(lines, on="bank_id")
    portion = pl.when("is_alone").then("amount_minor").otherwise("line_minor").alias("portion_minor")
    has_arrived = pl.col("id").is_in(tied.get_column("id").to_list())
    payouts = records.payout.with_columns(pl.when(has_arrived).then(pl.lit("sent")).otherwise("status").alias("status"))
    return pairs.select("bank_id", "channel", "currency", portion).cast(MATCH), payouts
