"""Legs (one line per account, day and reason) -> entries that balance, with home values and a rounding line."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.home_value import day_rates, valued
from supercargo.engines.accounting.posting import rules
from supercargo.engines.accounting.posting.chart import ROUNDING
from supercargo.engines.accounting.posting.draft import EntryDraft, PostingDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supercargo.engines.accounting.shares import Schema
    from supercargo.kernel.finding import Finding
    from supercargo.reference.law import Law

LEG: Schema = {
    "noun": pl.String(),
    "event": pl.String(),  # what belongs into one entry
    "booked_on": pl.Date(),
    "narrative": pl.String(),
    "whose": pl.String(),
    "ref": pl.String(),
    "account": pl.String(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "fixed_home_minor": pl.Int64(),  # where the value at home is known already: stock and what became of it
    "row_ids": pl.List(pl.Int64()),
}
EVENT = ["noun", "event", "booked_on", "narrative", "whose", "ref"]


def leg(lines: pl.DataFrame, account: pl.Expr, amount: pl.Expr, *, traced: bool = True, home: pl.Expr | None = None) -> pl.DataFrame:
    """Sum lines (with the columns of an event, ``currency`` and ``row_id``) into legs by account.

    Lines of one account that differ in ``kind`` or ``country`` stay apart.
    """
    rows = pl.col("row_id").implode() if traced else pl.lit(None, dtype=pl.List(pl.Int64))
    apart = [name for name in ("kind", "country") if name in lines.columns and traced]
    fixed = pl.lit(None, dtype=pl.Int64) if home is None else pl.col("_home").sum()
    marked = lines.with_columns(
        account.alias("_account"), amount.alias("_amount"), (pl.lit(None, dtype=pl.Int64) if home is None else home).alias("_home")
    )
    keys = [*EVENT, "_account", "currency", *apart]
    summed = marked.group_by(keys, maintain_order=True).agg(pl.col("_amount").sum(), fixed.alias("fixed_home_minor"), rows.alias("row_ids"))
    return summed.select(
        *EVENT, pl.col("_account").alias("account"), "currency", pl.col("_amount").alias("amount_minor"), "fixed_home_minor", "row_ids"
    ).cast(LEG)  # fmt: skip


def entries_of(legs: pl.DataFrame, home: str, law: Law) -> tuple[list[EntryDraft], pl.DataFrame, tuple[Finding, ...]]:
    """Value every leg at its day's rate and make entries; events with a leg without a rate are given back apart."""
    if legs.is_empty():
        return [], legs, ()
    rates, findings = day_rates(
        legs.filter(pl.col("fixed_home_minor").is_null()).select("currency", pl.col("booked_on").alias("day")), home, law
    )
    worth = valued(legs, "amount_minor", "booked_on", rates).with_columns(pl.coalesce("fixed_home_minor", "home_minor").alias("home_minor"))
    unknown = pl.col("home_minor").is_null().any().over(EVENT)
    groups = worth.filter(~unknown).sort("booked_on", "noun", "event", maintain_order=True).partition_by(EVENT, maintain_order=True)
    return (
        [_entry(group, home) for group in groups],
        legs.join(worth.filter(unknown).select(EVENT).unique(), on=EVENT, how="semi", nulls_equal=True),
        findings,
    )


def rows_of(legs: pl.DataFrame) -> pl.DataFrame:
    """List which records legs rest on: noun and id, each once."""
    return legs.select("noun", pl.col("row_ids").alias("id")).explode("id").drop_nulls().unique()


def together(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Put legs together."""
    return pl.concat([pl.DataFrame(schema=LEG), *parts])


def _entry(group: pl.DataFrame, home: str) -> EntryDraft:
    rows = group.to_dicts()
    first = rows[0]
    postings = tuple(_postings(rows, home))
    ids = sorted({row for posting in postings for row in posting.row_ids})
    digest = sha256(",".join(map(str, ids)).encode()).hexdigest()[:16]
    arguments = {name: first[name] for name in ("whose", "ref") if first[name] and f"{{{name}}}" in first["narrative"]}
    return EntryDraft(first["booked_on"], first["narrative"], first["noun"], f"{first['event']}|{digest}", postings, arguments).proved()


def _postings(rows: list[dict[str, Any]], home: str) -> Iterator[PostingDraft]:
    for row in rows:
        fixed = row["fixed_home_minor"] is not None
        rate, day, source = ("1", row["booked_on"], "term-home-value") if fixed else (row["rate"], row["rate_day"], row["rate_source"])
        rows_traced = tuple(sorted(row["row_ids"] or ()))
        yield PostingDraft(row["account"], row["currency"], row["amount_minor"], row["home_minor"], rate, day, source, rows_traced)
    residue = rules.rounding_line([row["home_minor"] for row in rows])
    if residue:
        yield PostingDraft(ROUNDING, home, 0, residue, rate_day=rows[0]["booked_on"], rate_source="term-rounding-line")
