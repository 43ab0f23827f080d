"""Corrections: an entry that mirrors another one, in an open month; and the guard of closed months."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supercargo.engines.accounting.period_close.months import month_of
from supercargo.engines.accounting.posting.draft import EntryDraft
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

NARRATIVE = "reversal: {what}"


def mirrored(entry: EntryDraft, on: date, closed: Iterable[str] = ()) -> EntryDraft:
    """Mirror an entry, posting by posting, so that the two together are nothing.

    Raises:
        Refused: LED-409, the day is in a closed month.
    """
    postings = tuple(replace(posting, amount_minor=-posting.amount_minor, home_minor=-posting.home_minor) for posting in entry.postings)
    key = f"reversal|{entry.source_key}"
    back = EntryDraft(on, NARRATIVE, entry.source_noun, key, postings, {"what": str(entry.told)}, reverses=entry.source_key)
    return guarded((back.proved(),), closed)[0]


def guarded(entries: Iterable[EntryDraft], closed: Iterable[str]) -> tuple[EntryDraft, ...]:
    """Give entries back if none of them stands in a closed month.

    Raises:
        Refused: LED-409 for every month that is closed.
    """
    drafts, shut = tuple(entries), frozenset(closed)
    months = sorted({month_of(entry.booked_on) for entry in drafts} & shut)
    if months:
        raise Refused(*(_closed(month) for month in months))
    return drafts


def _closed(month: str) -> Finding:
    message = said("the month {month} is closed and takes no postings", month=month)
    return Finding(
        "LED-409", "error", f"periods[{month}]", message, "book the correction in an open month, with a reversal", "term-period-close"
    )
