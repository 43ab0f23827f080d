"""What the desk needs of a ledger: entries in, entries and closed months out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from supercargo.engines.accounting.posting import EntryDraft

LINE = {
    "booked_on": pl.Date(),
    "noun": pl.String(),
    "account": pl.String(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "home_minor": pl.Int64(),
}
BALANCE = {"account": pl.String(), "currency": pl.String(), "amount_minor": pl.Int64(), "home_minor": pl.Int64()}


class Journal(Protocol):
    """The ledger's book. An entry that was reversed, and its reversal, do not stand."""

    def post(self, entries: Sequence[EntryDraft]) -> list[int]:
        """Post entries, all or none, and give their numbers."""

    def entries(self) -> Mapping[int, EntryDraft]:
        """Give every entry by its number, in the order of posting."""

    def reversed_numbers(self) -> frozenset[int]:
        """Give the numbers of entries that were reversed."""

    def closed_months(self) -> frozenset[str]:
        """Give the closed months, as 2026-07."""

    def close(self, month: str) -> None:
        """Close a month."""


def standing(journal: Journal) -> list[EntryDraft]:
    """Give the entries that stand: neither reversed nor a reversal by hand."""
    gone = journal.reversed_numbers()
    return [entry for number, entry in journal.entries().items() if number not in gone and not entry.reverses]


def posted_rows(journal: Journal) -> dict[str, frozenset[int]]:
    """Give for every noun the records that stand in the ledger."""
    rows: dict[str, set[int]] = {}
    for entry in standing(journal):
        rows.setdefault(entry.source_noun, set()).update(entry.row_ids)
    return {noun: frozenset(ids) for noun, ids in rows.items()}


def lines_of(entries: Iterable[EntryDraft], until: date | None = None) -> pl.DataFrame:
    """Lay entries out as lines (``LINE``), up to a day inclusive."""
    rows = [
        (entry.booked_on, entry.source_noun, side.account_code, side.currency, side.amount_minor, side.home_minor)
        for entry in entries
        if until is None or entry.booked_on <= until
        for side in entry.postings
    ]
    return pl.DataFrame(rows, schema=LINE, orient="row")
