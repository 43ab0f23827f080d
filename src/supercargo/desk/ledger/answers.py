"""The steps of the ledger on the book of the working folder, as answers: the command line shows them, a page may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import Answer
from supercargo.desk.ledger import working
from supercargo.desk.ledger.settings import Settings, read_settings
from supercargo.desk.vouchers import export as write
from supercargo.desk.vouchers import template, vouchers_of
from supercargo.desk.vouchers.voucher import major
from supercargo.engines.accounting.period_close import first_of
from supercargo.engines.accounting.posting import name_of
from supercargo.kernel.words import Language, Text, into

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from supercargo.book.place import Place
    from supercargo.desk.ledger.book_journal import BookJournal
    from supercargo.desk.ledger.working import Posted
    from supercargo.engines.accounting.posting import EntryDraft


def opened(start: Path | None = None) -> tuple[Place, BookJournal, Settings]:
    """Open the book of a folder (the working one) and its ledger.

    Raises:
        Refused: BOOK-404 there is no book; LED-004 the settings of the ledger are faulty.
    """
    from supercargo.book.place import Place  # noqa: PLC0415 - Django is loaded only when a book is opened

    place = Place.find(start)
    place.open()
    from supercargo.desk.ledger.book_journal import BookJournal  # noqa: PLC0415

    return place, BookJournal(place), read_settings(place.folder, place.base_currency)


def post(until: date) -> Answer:
    """Post what is new."""
    from supercargo.desk.ledger.records import from_book  # noqa: PLC0415

    _, journal, settings = opened()
    return _told("ledger post", {"until": until.isoformat()}, working.post_all(journal, from_book(), settings, until))


def close(month: str, today: date) -> Answer:
    """Close a month."""
    from supercargo.desk.ledger.records import from_book  # noqa: PLC0415

    first_of(month)
    _, journal, settings = opened()
    return _told("ledger close", {"month": month}, working.close(journal, from_book(), settings, month, today))


def reverse(number: int, on: date) -> Answer:
    """Reverse an entry."""
    _, journal, _ = opened()
    made, entry = working.reverse(journal, number, on)
    return Answer("ledger reverse", {"entry": str(number)}, rows={"entries": [_entry(made, entry)]})


def balances(month: str) -> Answer:
    """Give the balances at the end of a month."""
    first_of(month)
    _, journal, settings = opened()
    rows = [
        {
            "account": code, "name": name_of(code).en, "currency": currency, "amount": f"{major(amount, currency):f}",
            "value at home": f"{major(home, settings.home):f} {settings.home}",
        }
        for code, currency, amount, home in working.balances(journal, month).iter_rows()
    ]  # fmt: skip
    return Answer("ledger balances", {"month": month}, rows={"balances": rows})


def export(system: str, month: str, out: Path, language: Language) -> Answer:
    """Write a month for another book, or the mapping of accounts to be edited."""
    if system == "accounts":
        out.mkdir(parents=True, exist_ok=True)
        path = out / "accounts.toml"
        path.write_text(template(), encoding="utf-8")
        return Answer("export", {"system": system}, rows={"files": [{"file": str(path)}]})
    first_of(month)
    place, journal, settings = opened()
    vouchers = vouchers_of(journal.entries().values(), month, settings.home)
    paths, findings = write(system, vouchers, month, settings.home, out, place.folder, language)  # type: ignore[arg-type]
    return Answer("export", {"system": system, "month": month}, rows={"files": [{"file": str(path)} for path in paths]}, findings=findings)


def _told(question: str, asked: dict[str, str], done: Posted) -> Answer:
    entries = [_entry(number, entry) for number, entry in zip(done.numbers, done.entries, strict=True)]
    records = [{"record": noun, "fate": fate, "rows": rows} for noun, fate, rows in done.counts.iter_rows() if rows]
    checks = [{"check": into(check.name, "en"), "holds": "yes" if check.holds else "no"} for check in done.checks]
    words: dict[str, Text] = {"ledger": "closed" if done.closed else "posted"}
    rows = {name: table for name, table in (("entries", entries), ("records", records), ("checks", checks)) if table}
    return Answer(question, asked, words=words, rows=rows, findings=done.findings)


def _entry(number: int, entry: EntryDraft) -> dict[str, Any]:
    return {"number": number, "booked on": entry.booked_on.isoformat(), "narrative": str(entry.told), "lines": len(entry.postings)}
