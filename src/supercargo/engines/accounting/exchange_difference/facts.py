"""What must be known, and what is decided, about exchange differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import date

    from supercargo.engines.accounting.posting.draft import EntryDraft
    from supercargo.engines.accounting.shares import Schema
    from supercargo.kernel.finding import Finding

POSTING: Schema = {
    "booked_on": pl.Date(),
    "account": pl.String(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "home_minor": pl.Int64(),
}
DIFFERENCE: Schema = {
    "kind": pl.String(),  # realised | unrealised | conversion
    "account": pl.String(),
    "currency": pl.String(),
    "day": pl.Date(),
    "part_minor": pl.Int64(),  # of the foreign balance
    "carrying_minor": pl.Int64(),  # at home, at the moving average
    "value_minor": pl.Int64(),  # at home, at the day's rate
    "difference_minor": pl.Int64(),  # value less carrying amount; positive on an asset is a gain
}


@dataclass(frozen=True, slots=True)
class Facts:
    """All postings (``POSTING``) up to the end of a month, and the month's first and last day."""

    home: str
    first: date
    last: date
    postings: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Decision:
    """The differences of the month (``DIFFERENCE``), and their entries: realised, unrealised, and its reversal."""

    home: str
    differences: pl.DataFrame
    entries: tuple[EntryDraft, ...]
    findings: tuple[Finding, ...]
