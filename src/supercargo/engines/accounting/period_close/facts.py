"""What must be known, and what is decided, about the closing of a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.posting.facts import HELD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from supercargo.engines.accounting import batch_cost
    from supercargo.engines.accounting.posting.draft import EntryDraft
    from supercargo.engines.accounting.posting.facts import ChannelFacts
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.words import Text


@dataclass(frozen=True, slots=True)
class Facts:
    """The month, today, which months are closed and have entries, and what is open.

    ``unposted`` counts records of the month that could be posted and are not. ``postings`` are all postings up to
    month end (``exchange_difference.POSTING``). ``order_lines`` and ``money_lines`` are the book's, with ``id``.
    """

    home: str
    month: str
    today: date
    closed: frozenset[str]
    with_entries: frozenset[str]
    channels: Mapping[str, ChannelFacts]
    order_lines: pl.DataFrame
    money_lines: pl.DataFrame
    postings: pl.DataFrame
    unposted: int = 0
    held: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=HELD))
    batches: batch_cost.Decision | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One closing check: what was asked, whether it holds, whether it stops the closing."""

    name: Text
    holds: bool
    stops: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the month may be closed, by which checks, what is booked at its end and reversed on the next day."""

    may_close: bool
    checks: tuple[Check, ...]
    entries: tuple[EntryDraft, ...]
    findings: tuple[Finding, ...]
