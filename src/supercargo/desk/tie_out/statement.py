"""One list: every settlement, payout and bank line with its verdict, its file and its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.discrepancy import family_of

if TYPE_CHECKING:
    from datetime import date

    from supercargo.desk.tie_out.answers import Answers
    from supercargo.desk.tie_out.records import Records

TIED, DIFFERS, MISSING = "tied", "differs", "missing"
VERDICTS = (TIED, DIFFERS, MISSING, "proposed", "open", "unchecked", "failed", "other")
"""``other``: a bank line that has nothing to do with a channel."""
NAMES = {
    "tied": "ties",
    "differs": "differs",
    "missing": "not there",
    "proposed": "to be confirmed",
    "open": "on its way",
    "unchecked": "cannot be checked",
    "failed": "came back",
    "other": "not a channel's",
}
TITLES = {"settlement": "settlement", "payout": "payout", "bank_line": "bank line"}
_SETTLEMENT = {"unstated": MISSING, "unknown": "unchecked"}
_BANK = {"unexplained": MISSING}
COLUMNS = (
    "noun", "house", "channel", "reference", "on", "currency", "expected_minor", "found_minor", "difference_minor", "verdict", "code", "id",
    "document_id", "file", "row",
)  # fmt: skip


def statement(answers: Answers, records: Records) -> pl.DataFrame:
    """List everything; ``expected_minor`` is what a total or payout says, ``found_minor`` what lines or the bank say."""
    parts = [_settlements(answers, records), _payouts(answers, records), _bank(answers, records)]
    files = dict(records.documents.select("id", "name").iter_rows())
    whole = pl.concat(parts, how="diagonal").with_columns(
        file=pl.col("document_id").replace_strict(files, default=None, return_dtype=pl.String),
    )
    order = pl.col("noun").replace_strict({name: place for place, name in enumerate(TITLES)}, return_dtype=pl.Int64)
    return whole.select(COLUMNS).sort(order, "on", "channel", "reference", nulls_last=True, maintain_order=True)


def chosen(frame: pl.DataFrame, source: str, first: date | None, until: date | None) -> pl.DataFrame:
    """Keep what belongs to a source (a house or one channel) and to the days asked for."""
    if source:
        frame = frame.filter((pl.col("house") == source) | (pl.col("channel") == source))
    if first is not None:
        frame = frame.filter((pl.col("on") >= first).fill_null(value=False))
    return frame if until is None else frame.filter((pl.col("on") < until).fill_null(value=False))


def counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Count by noun and verdict, with the difference and the amounts in each currency."""
    return (
        frame.group_by("noun", "verdict", "currency", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("count"), *(_known_sum(name) for name in ("expected_minor", "found_minor", "difference_minor")))
        .sort(
            pl.col("noun").replace_strict({name: place for place, name in enumerate(TITLES)}, return_dtype=pl.Int64),
            pl.col("verdict").replace_strict({name: place for place, name in enumerate(VERDICTS)}, return_dtype=pl.Int64), "currency",
        )
    )  # fmt: skip


def _known_sum(name: str) -> pl.Expr:
    """Sum what is known; where nothing is, the sum is unknown, not zero."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)


def _settlements(answers: Answers, records: Records) -> pl.DataFrame:
    found = answers.settlements.settlements.select(
        "id", "channel", "currency", "on", "code", house="family", reference="settlement_ref", expected_minor="total_minor",
        found_minor="lines_minor",
        difference_minor=pl.col("difference_minor"), verdict=pl.col("state").replace(_SETTLEMENT), noun=pl.lit("settlement"),
    )  # fmt: skip
    return _located(found, records.settlement)


def _payouts(answers: Answers, records: Records) -> pl.DataFrame:
    same = pl.col("bank_currency") == pl.col("currency")
    found = answers.payouts.payouts.select(
        "id", "channel", "currency", "on", "code", reference=pl.coalesce("payout_ref", "settlement_ref"), expected_minor="amount_minor",
        found_minor=pl.when(pl.col("how") == "shared").then("amount_minor").when(same).then("bank_minor"),
        difference_minor="difference_minor", verdict="state", noun=pl.lit("payout"), house=_house("channel", answers.payouts.payouts),
    )  # fmt: skip
    return _located(found, records.payout)


def _bank(answers: Answers, records: Records) -> pl.DataFrame:
    channels = dict(answers.payouts.payouts.select("id", "channel").iter_rows())
    lines = answers.payouts.bank.with_columns(
        channel=pl.col("payout_ids").list.first().replace_strict(channels, default=None, return_dtype=pl.String)
    )
    found = lines.with_columns(channel=pl.coalesce("channel", "house")).select(
        "id", "channel", "currency", "on", reference=pl.coalesce("bank_ref", "counterparty", "text"), found_minor="amount_minor",
        verdict=pl.col("state").replace(_BANK), noun=pl.lit("bank_line"), house=pl.coalesce(_house("channel", lines), "house"),
        code=pl.when(pl.col("state") == "unexplained").then(pl.lit("TIE-207")),
    )  # fmt: skip
    return _located(found, records.bank_line)


def _located(found: pl.DataFrame, source: pl.DataFrame) -> pl.DataFrame:
    return found.join(source.select("id", "document_id", "row"), on="id", how="left", maintain_order="left")


def _house(column: str, frame: pl.DataFrame) -> pl.Expr:
    known = {channel: family_of(channel) for channel in frame[column].unique().drop_nulls()}
    return pl.col(column).replace_strict(known, default=None, return_dtype=pl.String)
