"""Entries before they are posted: two or more postings that sum to zero, in every currency and at home."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supercargo.kernel.words import Said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """One side: debit is positive, credit negative.

    ``home_minor`` is its value in the home currency; an exchange or rounding difference has an amount of 0 and a
    home value only. ``row_ids`` are the records of ``source_noun`` that it sums up.
    """

    account_code: str
    currency: str
    amount_minor: int
    home_minor: int
    rate: str = "1"
    rate_day: date | None = None
    rate_source: str = ""
    row_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One event for the ledger. ``narrative`` is a text of the word lists and ``arguments`` what fills it.

    ``source_key`` is the same for the same event: an event is posted once. ``reverses`` is the key of the entry that this one mirrors.
    """

    booked_on: date
    narrative: str
    source_noun: str
    source_key: str
    postings: tuple[PostingDraft, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)
    reverses: str = ""

    @property
    def told(self) -> Said:
        """Say what the entry is about, in any language."""
        return Said(self.narrative, dict(self.arguments))

    @property
    def row_ids(self) -> frozenset[int]:
        """Give every record that the entry rests on."""
        return frozenset(row for posting in self.postings for row in posting.row_ids)

    @property
    def sums(self) -> dict[str, int]:
        """Sum the postings per currency; all are zero in an entry that may be posted."""
        sums: dict[str, int] = defaultdict(int)
        for posting in self.postings:
            sums[posting.currency] += posting.amount_minor
        return dict(sums)

    @property
    def home_sum(self) -> int:
        """Sum the home values; zero in an entry that may be posted."""
        return sum(posting.home_minor for posting in self.postings)

    def proved(self) -> EntryDraft:
        """Give it back once it balances.

        Raises:
            AssertionError: it does not; that is a fault of the program, and nothing is posted.
        """
        if any(self.sums.values()) or self.home_sum:
            msg = f"the entry {self.source_key} does not sum to zero: {self.sums}, home {self.home_sum}"
            raise AssertionError(msg)
        return self
