"""Tie a book out: read, ask, list, weigh."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.tie_out import statement
from supercargo.desk.tie_out.answers import ask
from supercargo.desk.tie_out.policy import Policy
from supercargo.desk.tie_out.records import SHOWN_MOST, Records
from supercargo.desk.tie_out.result import TieOut, Weighed
from supercargo.engines.accounting import home_value
from supercargo.engines.accounting.discrepancy import family_of
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.book.place import Place
    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.reference.law import Law

ORDER = {"error": 0, "warning": 1, "note": 2}
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def tie_out(
    place: Place, source: str | None = None, month: str | None = None, *, day: date, law: Law, policy: Policy | None = None
) -> TieOut:
    """Compare everything in a company's book that should agree, as it stands on a day.

    Args:
        place: the company's folder; the book in it is opened.
        source: a house (``amazon``) or one channel (``amazon-de``); everything if absent.
        month: ``2026-09``: only what is dated in this month is listed; compared is always everything.
        day: what is late, and what can still be claimed, is late or claimable on this day.
        law: the law of that day, with the company's overlays and planning rates.
        policy: the company's own days where the questions only assume some.

    Raises:
        Refused: TIE-002 no such month; TIE-003 nothing of that source is in the book; TIE-001 amounts beyond summing.
    """
    return tied_out(Records.of(place), place.base_currency, source, month, day=day, law=law, policy=policy)


def tied_out(
    records: Records, home: str, source: str | None = None, month: str | None = None, *, day: date, law: Law, policy: Policy | None = None
) -> TieOut:
    """Compare records that were read already; see ``tie_out``."""
    first, until = month_of(month) if month else (None, None)
    _check_source(records, source or "")
    answers = ask(records, policy or Policy(), law)
    listed = statement.chosen(statement.statement(answers, records), source or "", first, until)
    found = [one for one in answers.discrepancies if _concerns(one, source or "", first, until)]
    asked = {name: value for name, value in (("source", source), ("month", month)) if value}
    notes = answers.notes if not source else ()
    return TieOut(asked, home, day, listed, weighed(found, records, home, law), notes, answers, records.count)


def weighed(found: list[Discrepancy], records: Records, home: str, law: Law) -> tuple[Weighed, ...]:
    """Order by what is at stake in the home currency at the rate of its day; notes, and what has no value, stand at the end."""
    frame = pl.DataFrame(
        {
            "place": range(len(found)),
            "currency": [one.currency if is_currency(one.currency) else None for one in found],
            "amount": [one.amount_minor for one in found],
            "day": [min(one.on or law.day, law.day) for one in found],
        },
        schema={"place": pl.Int64, "currency": pl.String, "amount": pl.Int64, "day": pl.Date},
    )
    known = frame.drop_nulls(["currency", "amount"])
    rates, _unknown = home_value.day_rates(known, home, law)
    valued = {row["place"]: row for row in home_value.valued(known, "amount", "day", rates).iter_rows(named=True)}
    wanted: dict[str, set[int]] = {}
    for one in found:
        wanted.setdefault(one.noun, set()).update(one.records[:SHOWN_MOST])
    rows = records.rows_of(wanted)
    told = [_weigh(one, valued.get(place, {}), rows) for place, one in enumerate(found)]
    return tuple(sorted(told, key=_first))


def month_of(month: str) -> tuple[date, date]:
    """Give the first day of a month and of the next.

    >>> [str(day) for day in month_of("2026-12")]
    ['2026-12-01', '2027-01-01']

    Raises:
        Refused: TIE-002.
    """
    found = _MONTH.fullmatch(month)
    if found is None or not 1 <= int(found[1]) < date.max.year:
        raise refuse("TIE-002", "month", said("{text} is no month", text=repr(month)), "write it as 2026-07: year, month")
    year, number = int(found[1]), int(found[2])
    return date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)


def _first(one: Weighed) -> tuple[bool, bool, int, int, str]:
    severity = one.finding.severity
    return severity == "note", one.home_minor is None, -(one.home_minor or 0), ORDER[severity], one.finding.code


def _weigh(one: Discrepancy, value: dict[str, object], rows: dict[tuple[str, int], tuple[str, int | None]]) -> Weighed:
    at = tuple(rows[one.noun, key] for key in one.records[:SHOWN_MOST] if (one.noun, key) in rows)
    home, day = value.get("home_minor"), value.get("rate_day")
    return Weighed(
        one, home if isinstance(home, int) else None, str(value.get("rate") or ""), day if isinstance(day, date) else None, at,
        max(0, len(one.records) - SHOWN_MOST),
    )  # fmt: skip


def _concerns(one: Discrepancy, source: str, first: date | None, until: date | None) -> bool:
    if source and source not in (one.channel, family_of(one.channel)):
        return False
    if first is None or until is None:
        return True
    return one.on is not None and first <= one.on < until


def _check_source(records: Records, source: str) -> None:
    nouns = (records.settlement, records.money_line, records.payout, records.order_line, records.stock_move)
    channels = sorted({str(channel) for frame in nouns for channel in frame["channel"].unique().drop_nulls()})
    known = sorted({*channels, *(family_of(channel) for channel in channels)})
    if source and source not in known:
        message = said("nothing in the book is of {source}", source=source)
        raise refuse(
            "TIE-003", "source", message, said("use one of: {known}", known=", ".join(known)) if known else "import its files first"
        )
