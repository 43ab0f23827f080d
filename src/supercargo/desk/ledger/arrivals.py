"""Which bank line brought which payout, where both say the same amount: what the ledger can tell without the tie-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.posting import MATCH

if TYPE_CHECKING:
    from datetime import date

    from supercargo.desk.ledger.records import Records

EARLIEST_DAYS, LATEST_DAYS = -1, 14
"""How many days after it was sent a payout may arrive."""


def arrivals(records: Records) -> pl.DataFrame:
    """Match payouts with bank lines one to one (``posting.MATCH``): same currency and amount, within the days, the earliest first."""
    open_lines: dict[tuple[str, int], list[tuple[date, int]]] = {}
    lines = records.bank_line.filter(pl.col("amount_minor") > 0).drop_nulls("booked_on").sort("booked_on", "id")
    for currency, amount, day, number in lines.select("currency", "amount_minor", "booked_on", "id").iter_rows():
        open_lines.setdefault((currency, amount), []).append((day, number))
    found = []
    for channel, currency, amount, sent in _payouts(records).iter_rows():
        waiting = open_lines.get((currency, amount), [])
        place = next((place for place, (day, _) in enumerate(waiting) if EARLIEST_DAYS <= (day - sent).days <= LATEST_DAYS), None)
        if place is not None:
            found.append((waiting.pop(place)[1], channel, currency, amount))
    return pl.DataFrame(found, schema=MATCH, orient="row")


def _payouts(records: Records) -> pl.DataFrame:
    """List payouts once: those that lines of money state, and the records of channels whose lines state none."""
    stated = records.money_line.filter(pl.col("kind") == "payout", pl.col("amount_minor") < 0)
    told = stated.select("channel", "currency", (0 - pl.col("amount_minor")).alias("amount_minor"), pl.col("posted_on").alias("sent_on"))
    others = records.payout.filter(
        ~pl.col("channel").is_in(stated.get_column("channel").unique().implode()),
        pl.col("status").fill_null("sent") == "sent",
        pl.col("amount_minor") > 0,
    ).select("channel", "currency", "amount_minor", "sent_on")
    return pl.concat([told, others]).drop_nulls("sent_on").sort("sent_on", "channel", "amount_minor")
