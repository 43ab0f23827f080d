"""The ledger of an open book: drafts become entries of the database, and come back as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from supercargo.book import posting
from supercargo.book.models import Entry, Period, Posting
from supercargo.engines.accounting.posting import EntryDraft, PostingDraft, account, name_of
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supercargo.book.place import Place

KEY, ROWS = "source_key", "rows"
"""Arguments of an entry beside those that fill its narrative: its key, and the records behind each posting."""


class BookJournal:
    """The ledger of one book, which is open."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def post(self, entries: Sequence[EntryDraft]) -> list[int]:
        """Post entries, all or none; a reversal finds the entry that it mirrors by its key. Raises as ``book.posting.post`` does."""
        codes = sorted({side.account_code for entry in entries for side in entry.postings})
        first = [entry for entry in entries if not entry.reverses]
        backs = [entry for entry in entries if entry.reverses]
        with transaction.atomic():
            posting.open_accounts((code, name_of(code).en, account(code).kind, None) for code in codes)
            numbers = list(posting.post(self.place, [_new(entry, None) for entry in first]))
            if backs:
                known = {entry.source_key: number for number, entry in self.entries().items()}
                numbers += posting.post(self.place, [_new(entry, known.get(entry.reverses)) for entry in backs])
        return numbers

    def entries(self) -> Mapping[int, EntryDraft]:
        """Give every entry by its number."""
        sides: dict[int, list[Any]] = {}
        columns = ("entry_id", "account__code", "currency", "amount_minor", "home_minor", "rate_text", "rate_day", "rate_source")
        for number, *side in Posting.objects.order_by("entry_id", "id").values_list(*columns).iterator(chunk_size=10_000):
            sides.setdefault(number, []).append(side)
        heads = Entry.objects.order_by("id").values_list("id", "booked_on", "narrative", "arguments", "source_noun", "reverses_id")
        found: dict[int, EntryDraft] = {}
        for number, day, narrative, arguments, noun, reverses in heads.iterator(chunk_size=10_000):
            mirrored = found[reverses].source_key if reverses in found else ""
            rows = _rows(arguments.get(ROWS, ""))
            made = tuple(
                PostingDraft(code, currency, amount, _at_home(home, code), rate or "", rate_day, source or "", rows.get(place, ()))
                for place, (code, currency, amount, home, rate, rate_day, source) in enumerate(sides.get(number, []))
            )
            told = {name: value for name, value in arguments.items() if name not in (KEY, ROWS)}
            found[number] = EntryDraft(day, narrative, noun or "", arguments.get(KEY, ""), made, told, mirrored)
        return found

    def reversed_numbers(self) -> frozenset[int]:
        """Give the numbers of entries that were reversed."""
        return frozenset(Entry.objects.filter(reverses__isnull=False).values_list("reverses_id", flat=True))

    def closed_months(self) -> frozenset[str]:
        """Give the closed months."""
        return frozenset(Period.objects.filter(closed_at__isnull=False).values_list("month", flat=True))

    def close(self, month: str) -> None:
        """Close a month. Raises as ``book.posting.close`` does."""
        posting.close(month)


def _new(entry: EntryDraft, reverses: int | None) -> posting.NewEntry:
    rows = ";".join(f"{place}:{ranges(side.row_ids)}" for place, side in enumerate(entry.postings) if side.row_ids)
    arguments = {**entry.arguments, KEY: entry.source_key, **({ROWS: rows} if rows else {})}
    sides = tuple(
        posting.NewPosting(
            side.account_code, side.currency, side.amount_minor, side.home_minor, side.rate or None, side.rate_source or None, side.rate_day
        )
        for side in entry.postings
    )
    return posting.NewEntry(entry.booked_on, entry.narrative, sides, arguments, entry.source_noun, None, reverses)


def _at_home(home: int | None, account: str) -> int:
    """Take a posting's value at home; one that has none, posted by another hand, would falsify every balance.

    Raises:
        Refused: LED-411, the value is not known.
    """
    if home is None:
        message = said("a posting on {account} has no value in the home currency, so no balance can be given", account=account)
        raise refuse("LED-411", "postings", message, "whoever posted it must reverse it there, and post it again with a rate of exchange")
    return home


def ranges(ids: Sequence[int]) -> str:
    """Write numbers briefly: those that follow one another as a range.

    >>> ranges((1, 2, 3, 7))
    '1-3,7'
    """
    parts: list[list[int]] = []
    for number in sorted(ids):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(f"{first}-{last}" if first != last else str(first) for first, last in parts)


def _rows(text: str) -> dict[int, tuple[int, ...]]:
    rows: dict[int, tuple[int, ...]] = {}
    for part in filter(None, text.split(";")):
        place, _, listed = part.partition(":")
        numbers: list[int] = []
        for span in listed.split(","):
            first, _, last = span.partition("-")
            numbers.extend(range(int(first), int(last or first) + 1))
        rows[int(place)] = tuple(numbers)
    return rows
