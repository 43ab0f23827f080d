"""Entries into the ledger: only whole ones, only in open months, and never changed afterwards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction

from supercargo.book import audit, bulk
from supercargo.book.models import Account, Entry, Period, Posting
from supercargo.book.sealing import DIGEST_BYTES, SEAL_BYTES, digest_of
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supercargo.book.place import Place

_NAMED = 20


@dataclass(frozen=True, slots=True)
class NewPosting:
    """One side of an entry: debit is positive. ``home_minor`` is null where no rate is known; ``rate_text`` is home per unit."""

    account: str
    currency: str
    amount_minor: int
    home_minor: int | None = None
    rate_text: str | None = None
    rate_source: str | None = None
    rate_day: date | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One event to be posted; ``narrative`` is a text of the word lists, filled by ``arguments``."""

    booked_on: date
    narrative: str
    postings: tuple[NewPosting, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)
    source_noun: str | None = None
    source_id: int | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Hashes:
    """What entries hash to now."""

    digest: str
    altered: list[int]
    postings: int


def post(place: Place, entries: Sequence[NewEntry]) -> range:
    """Post entries, all of them or none, and give their ids.

    Raises:
        Refused: BOOK-040 an entry does not sum to zero in a currency; BOOK-041 nor at home; BOOK-042 an account is not
            there or is of another currency; BOOK-043 the month is closed; BOOK-044 an entry has no postings; BOOK-045 no
            currency. All faults at once, up to twenty.
    """
    if not entries:
        return range(0)
    with transaction.atomic():
        accounts = {code: (ident, currency) for ident, code, currency in Account.objects.values_list("id", "code", "currency")}
        _refuse_faulty(entries, accounts)
        periods = _periods({f"{entry.booked_on:%Y-%m}" for entry in entries})
        ids = _ids(len(entries))
        digest = _insert(place, entries, ids, periods, {code: ident for code, (ident, _) in accounts.items()})
        sides = sum(len(entry.postings) for entry in entries)
        audit.record("post", {"first": ids[0], "last": ids[-1], "entries": len(entries), "postings": sides, "digest": digest})
    return ids


def reversal(entry_id: int, on: date, narrative: str, arguments: Mapping[str, str] | None = None) -> NewEntry:
    """Make the entry that undoes another: every posting with the other sign, at the same home value.

    Raises:
        Refused: BOOK-046, there is no such entry, or it is reversed already.
    """
    if not Entry.objects.filter(pk=entry_id).exists() or Entry.objects.filter(reverses_id=entry_id).exists():
        message = said("entry {id} is not there, or was reversed already", id=entry_id)
        raise refuse("BOOK-046", f"entry {entry_id}", message, "look the entry up")
    sides = Posting.objects.filter(entry_id=entry_id).select_related("account").order_by("id")
    turned = tuple(
        NewPosting(
            side.account.code, side.currency, -side.amount_minor, None if side.home_minor is None else -side.home_minor,
            side.rate_text, side.rate_source, side.rate_day,
        )
        for side in sides
    )  # fmt: skip
    return NewEntry(on, narrative, turned, arguments or {}, reverses=entry_id)


def open_accounts(wanted: Iterable[tuple[str, str, str, str | None]]) -> None:
    """Enter accounts (code, name, kind, currency or nothing) that are not there yet."""
    Account.objects.bulk_create([Account(code=c, name=n, kind=k, currency=u) for c, n, k, u in wanted], ignore_conflicts=True)


def close(month: str, at: datetime | None = None) -> Period:
    """Close a month such as ``2011-11``: nothing can be posted in it any more.

    Raises:
        Refused: BOOK-043, it is closed already.
    """
    with transaction.atomic():
        period = _periods({month})[month]
        moment = at or datetime.now(UTC)
        period.closing = audit.record("close", {"month": month}, at=moment)
        period.closed_at = moment
        period.save(update_fields=["closing", "closed_at"])
    return period


def hashes(first: int, last: int, secret: bytes) -> Hashes:
    """Recompute the hashes of entries from what the database holds now."""
    key = sha256(b"entry\x00" + secret).digest()
    sides: dict[int, list[list[Any]]] = defaultdict(list)
    columns = ("entry_id", "account__code", "currency", "amount_minor", "home_minor", "rate_text", "rate_source", "rate_day")
    for ident, *side, day in (
        Posting.objects.filter(entry_id__gte=first, entry_id__lte=last)
        .order_by("entry_id", "id")
        .values_list(*columns)
        .iterator(chunk_size=bulk.BATCH)
    ):
        sides[ident].append([*side, day.isoformat() if day else None])
    altered, computed = [], []
    heads = ("id", "booked_on", "narrative", "arguments", "source_noun", "source_id", "reverses_id", "hash")
    for ident, day, *head, held in (
        Entry.objects.filter(id__range=(first, last)).order_by("id").values_list(*heads).iterator(chunk_size=bulk.BATCH)
    ):
        now = _hash(key, [day.isoformat(), *head], sides[ident])
        computed.append(f"{ident} {now}")
        if now != held:
            altered.append(ident)
    return Hashes(digest_of(computed), altered, sum(len(each) for each in sides.values()))


def _hash(key: bytes, head: list[Any], sides: list[list[Any]]) -> str:
    text = audit.canonical({"entry": head, "postings": sides})
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=SEAL_BYTES, key=key[:DIGEST_BYTES]).hexdigest()


def _refuse_faulty(entries: Sequence[NewEntry], accounts: Mapping[str, tuple[int, str | None]]) -> None:
    faults: list[Finding] = []
    for place, entry in enumerate(entries):
        faults.extend(finding.at(f"entries[{place}]") for finding in _faults(entry, accounts))
        if len(faults) >= _NAMED:
            break
    if faults:
        raise Refused(*faults)


def _faults(entry: NewEntry, accounts: Mapping[str, tuple[int, str | None]]) -> Iterable[Finding]:
    if not entry.postings:
        yield Finding("BOOK-044", "error", "postings", "the entry has no postings", "give at least two sides")
    sums: dict[str, int] = defaultdict(int)
    for side in entry.postings:
        sums[side.currency] += side.amount_minor
        if not is_currency(side.currency):
            message = said("{code} is not a currency of ISO 4217", code=side.currency)
            yield Finding("BOOK-045", "error", "currency", message, "give three capital letters, such as EUR")
        if side.account not in accounts or accounts[side.account][1] not in (None, side.currency):
            message = said("there is no account {account} that takes {currency}", account=side.account, currency=side.currency)
            yield Finding("BOOK-042", "error", "account", message, "open the account first")
    for currency, total in sums.items():
        if total:
            message = said("the postings in {currency} sum to {total} in place of 0", currency=currency, total=total)
            yield Finding("BOOK-040", "error", "postings", message, "both sides of an entry are equal in every currency")
    home = [side.home_minor for side in entry.postings if side.home_minor is not None]
    if len(home) == len(entry.postings) and sum(home) != 0:
        message = said("the home values sum to {total} in place of 0", total=sum(home))
        yield Finding("BOOK-041", "error", "postings", message, "post the exchange difference as a line of its own")


def _periods(months: set[str]) -> dict[str, Period]:
    Period.objects.bulk_create([Period(month=month) for month in sorted(months)], ignore_conflicts=True)
    found = {period.month: period for period in Period.objects.select_for_update().filter(month__in=months)}
    closed = sorted(month for month, period in found.items() if period.closed_at is not None)
    if closed:
        message = said("{months} is closed", months=", ".join(closed))
        raise refuse("BOOK-043", "booked_on", message, "post the correction in a later month")
    return found


def _ids(count: int) -> range:
    """Give ids that follow one another; others who post wait until this transaction ends."""
    if bulk.on_postgresql():
        bulk.execute("LOCK TABLE book_entry IN EXCLUSIVE MODE")
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return range(last + 1, last + 1 + count)


def _insert(place: Place, entries: Sequence[NewEntry], ids: range, periods: Mapping[str, Period], accounts: Mapping[str, int]) -> str:
    """Write entries and postings and give their digest."""
    key = sha256(b"entry\x00" + place.secret).digest()
    heads = [_head(entry, ident, periods, key) for entry, ident in zip(entries, ids, strict=True)]
    bulk.insert("book_entry", pl.DataFrame(heads, schema=_ENTRY, orient="row"))
    sides = [
        (ident, accounts[s.account], s.currency, s.amount_minor, s.home_minor, s.rate_text, s.rate_source, s.rate_day)
        for entry, ident in zip(entries, ids, strict=True)
        for s in entry.postings
    ]
    bulk.insert("book_posting", pl.DataFrame(sides, schema=_POSTING, orient="row"))
    if bulk.on_postgresql():
        bulk.execute("SELECT setval(pg_get_serial_sequence('book_entry', 'id'), %s)", [ids[-1]])
    return digest_of(f"{head[0]} {head[-1]}" for head in heads)


def _head(entry: NewEntry, ident: int, periods: Mapping[str, Period], key: bytes) -> tuple[Any, ...]:
    arguments = {name: str(value) for name, value in entry.arguments.items()}
    said_of = [entry.booked_on.isoformat(), entry.narrative, arguments, entry.source_noun, entry.source_id, entry.reverses]
    sides = [
        [s.account, s.currency, s.amount_minor, s.home_minor, s.rate_text, s.rate_source, s.rate_day.isoformat() if s.rate_day else None]
        for s in entry.postings
    ]
    month = periods[f"{entry.booked_on:%Y-%m}"]
    return (
        ident, entry.booked_on, entry.narrative, audit.canonical(arguments), entry.source_noun, entry.source_id, entry.reverses,
        month.pk, _hash(key, said_of, sides),
    )  # fmt: skip


_ENTRY: dict[str, pl.DataType] = {
    "id": pl.Int64(),
    "booked_on": pl.Date(),
    "narrative": pl.String(),
    "arguments": pl.String(),
    "source_noun": pl.String(),
    "source_id": pl.Int64(),
    "reverses_id": pl.Int64(),
    "period_id": pl.Int64(),
    "hash": pl.String(),
}
_POSTING: dict[str, pl.DataType] = {
    "entry_id": pl.Int64(),
    "account_id": pl.Int64(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "home_minor": pl.Int64(),
    "rate_text": pl.String(),
    "rate_source": pl.String(),
    "rate_day": pl.Date(),
}
