"""What must be known, and what is decided, about the entries that records make."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from supercargo.engines.accounting import batch_cost
    from supercargo.engines.accounting.posting.draft import EntryDraft
    from supercargo.engines.accounting.shares import Schema
    from supercargo.kernel.finding import Finding

RevenueFrom = Literal["settlement", "orders", "nothing"]
MATCH: Schema = {
    "bank_id": pl.Int64(),  # the bank line
    "channel": pl.String(),  # whose payout it is
    "currency": pl.String(),  # of the payout
    "portion_minor": pl.Int64(),  # part of the payout that this bank line brought
}
"""Which bank line brought which payout, as the tie-out found it."""
COST: Schema = {
    "id": pl.Int64(),
    "noun": pl.String(),  # the record that moved the stock
    "kind": pl.String(),  # sale | write_off | return
    "channel": pl.String(),
    "country": pl.String(),
    "day": pl.Date(),
    "purchase_minor": pl.Int64(),
    "first_leg_minor": pl.Int64(),
    "duty_minor": pl.Int64(),
}
"""What movements cost (positive), in minor units of the home currency; a return gives back."""
HELD: Schema = {
    "channel": pl.String(),
    "settlement_ref": pl.String(),
    "currency": pl.String(),
    "stated_minor": pl.Int64(),  # null: no settlement record
    "lines_minor": pl.Int64(),
    "rows": pl.Int64(),
}


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What the book knows of a channel: what its revenue is read from, its country, and whether it only moves money."""

    revenue_from: RevenueFrom = "settlement"
    country: str = ""
    is_payment_house: bool = False


def _none() -> pl.DataFrame:
    return pl.DataFrame()


@dataclass(frozen=True, slots=True)
class Facts:
    """Records of the book (tables of ``connectors.records`` with the book's ``id``), all of them, and what is posted already.

    ``posted`` gives for each noun the ids of records that stand in the ledger. A table may be an empty frame.
    """

    home: str
    until: date
    channels: Mapping[str, ChannelFacts]
    money_lines: pl.DataFrame = field(default_factory=_none)
    settlements: pl.DataFrame = field(default_factory=_none)
    payouts: pl.DataFrame = field(default_factory=_none)
    order_lines: pl.DataFrame = field(default_factory=_none)
    tax_lines: pl.DataFrame = field(default_factory=_none)
    bank_lines: pl.DataFrame = field(default_factory=_none)
    matches: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MATCH))
    customs_lines: pl.DataFrame = field(default_factory=_none)
    freight_lines: pl.DataFrame = field(default_factory=_none)
    supplier_lines: pl.DataFrame = field(default_factory=_none)
    batches: batch_cost.Decision | None = None
    costs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=COST))
    posted: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Decision:
    """Entries to be posted, settlements that are held (``HELD``), how many records of each noun met which fate, and findings.

    ``counts``: noun, fate (posted | posted before | waiting | held | no value), rows.
    """

    entries: tuple[EntryDraft, ...]
    held: pl.DataFrame
    counts: pl.DataFrame
    findings: tuple[Finding, ...]
