"""Working with the ledger: post what is new, close a month, reverse an entry, look at balances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.ledger.adjusting import adjusted, opened
from supercargo.desk.ledger.arrivals import arrivals
from supercargo.desk.ledger.journal import BALANCE, lines_of, posted_rows, standing
from supercargo.desk.ledger.stock import Costs, costs
from supercargo.engines.accounting import exchange_difference, period_close, posting
from supercargo.engines.accounting.period_close import first_of, guarded, last_of, mirrored, month_of
from supercargo.kernel.finding import Finding, refuse, worst_first
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from supercargo.desk.ledger.journal import Journal
    from supercargo.desk.ledger.records import Records
    from supercargo.desk.ledger.settings import Settings
    from supercargo.engines.accounting.posting import EntryDraft

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted (numbers and entries), what is held, the fate of every record, costs, and findings."""

    numbers: tuple[int, ...]
    entries: tuple[EntryDraft, ...]
    held: pl.DataFrame
    counts: pl.DataFrame
    costs: Costs
    findings: tuple[Finding, ...]
    checks: tuple[period_close.Check, ...] = ()
    closed: bool = False


def post_all(journal: Journal, records: Records, settings: Settings, until: date) -> Posted:
    """Post every record up to a day that is not posted yet; doing it twice changes nothing.

    What belongs to a month that is closed is booked on the first day after the closed months, and a finding says so.
    """
    costed = costs(records, settings, until)
    decision = posting.decide(_facts(journal, records, settings, until, costed), settings.law(until))
    wanted = [*opened(journal, settings), *decision.entries]
    entries, late = _in_open_months(wanted, journal.closed_months())
    known = {entry.source_key for entry in standing(journal)}
    entries = tuple(entry for entry in entries if entry.source_key not in known)
    numbers = tuple(journal.post(entries))
    return Posted(numbers, entries, decision.held, decision.counts, costed, worst_first((*decision.findings, *costed.findings, *late)))


def close(journal: Journal, records: Records, settings: Settings, month: str, today: date) -> Posted:
    """Close a month: post it, accrue, book exchange differences, check, and shut it; where a check stops it, nothing but records is posted.

    Raises:
        Refused: LED-400 it is not a month; LED-409 it is closed already.
    """
    last = last_of(month)
    if month in journal.closed_months():
        raise refuse(
            "LED-409", f"periods[{month}]", said("the month {month} is closed and takes no postings", month=month), "there is nothing to do"
        )
    done = post_all(journal, records, settings, min(last, today))
    law = settings.law(last)
    decision = period_close.decide(_closing(journal, records, settings, month, today, done), law)
    findings = worst_first((*done.findings, *decision.findings))
    if not decision.may_close:
        return replace(done, findings=findings, checks=decision.checks)
    ending = [*adjusted(journal, done.costs, settings, month), *decision.entries]
    numbers = [*done.numbers, *journal.post(ending)]
    before = lines_of(journal.entries().values(), last).select(list(exchange_difference.POSTING))
    differences = exchange_difference.decide(exchange_difference.Facts(settings.home, first_of(month), last, before), law)
    numbers += journal.post(differences.entries)
    journal.close(month)
    entries = (*done.entries, *ending, *differences.entries)
    return replace(
        done,
        numbers=tuple(numbers),
        entries=entries,
        findings=worst_first((*findings, *differences.findings)),
        checks=decision.checks,
        closed=True,
    )


def reverse(journal: Journal, number: int, on: date) -> tuple[int, EntryDraft]:
    """Mirror an entry on a day of an open month; its records may then be posted again.

    Raises:
        Refused: LED-406 there is no such entry, or it is reversed or a reversal; LED-409 the month is closed.
    """
    entry = journal.entries().get(number)
    if entry is None or number in journal.reversed_numbers() or entry.reverses:
        message = said("there is no entry {number} that could be reversed", number=number)
        raise refuse("LED-406", "entry", message, "look the number up; an entry is reversed once, and a reversal never")
    back = replace(mirrored(entry, on, journal.closed_months()), source_key=f"reversal|{number}|{entry.source_key}")
    return journal.post((back,))[0], back


def balances(journal: Journal, month: str) -> pl.DataFrame:
    """Sum the ledger up to the end of a month, by account and currency (``BALANCE``)."""
    lines = lines_of(journal.entries().values(), last_of(month))
    summed = lines.group_by("account", "currency").agg(pl.col("amount_minor", "home_minor").sum())
    return summed.filter((pl.col("amount_minor") != 0) | (pl.col("home_minor") != 0)).select(list(BALANCE)).sort("account", "currency")


def _facts(journal: Journal, records: Records, settings: Settings, until: date, costed: Costs) -> posting.Facts:
    matches, payouts = arrivals(records, settings.law(until))
    return posting.Facts(
        settings.home,
        until,
        records.channels,
        records.money_line,
        records.settlement,
        payouts,
        records.order_line,
        records.tax_line,
        records.bank_line,
        matches,
        records.customs_line,
        records.freight_line,
        records.supplier_line,
        costed.batches,
        costed.table,
        posted_rows(journal),
    )


def _closing(journal: Journal, records: Records, settings: Settings, month: str, today: date, done: Posted) -> period_close.Facts:
    entries = list(journal.entries().values())
    lines = lines_of(entries, last_of(month)).select(list(exchange_difference.POSTING))
    without = done.counts.filter(pl.col("fate") == "no value").get_column("rows").sum()
    return period_close.Facts(
        settings.home,
        month,
        today,
        journal.closed_months(),
        frozenset(month_of(entry.booked_on) for entry in entries),
        records.channels,
        records.order_line,
        records.money_line,
        lines,
        int(without),
        done.held,
        done.costs.batches,
    )


def _in_open_months(entries: Iterable[EntryDraft], closed: frozenset[str]) -> tuple[tuple[EntryDraft, ...], list[Finding]]:
    """Move entries of closed months to the first open day; say how many."""
    moved, count = [], 0
    for entry in entries:
        day = entry.booked_on
        while month_of(day) in closed:
            day = (first_of(month_of(day)).replace(day=28) + _WEEK).replace(day=1)
        count += day != entry.booked_on
        moved.append(entry if day == entry.booked_on else replace(entry, booked_on=day))
    if not count:
        return tuple(moved), []
    message = said("{count} entries belong to months that are closed; they are booked on the first open day", count=count)
    return guarded(moved, closed), [
        Finding("LED-410", "warning", "periods", message, "import files before you close their month", "term-period-close")
    ]
