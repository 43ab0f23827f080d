"""Bank days: Monday to Friday; the holidays of single countries are not known here."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.accounting.payout_match.facts import Window

WEEK, WORKED = 7, 5


def bank_days(start: date, end: date) -> int:
    """Count the bank days from one day to another, the first not counted when the bank is closed on it.

    >>> bank_days(date(2026, 7, 3), date(2026, 7, 6)), bank_days(date(2026, 7, 4), date(2026, 7, 6))
    (1, 0)
    """
    weeks, rest = divmod((end - start).days, WEEK)
    return weeks * WORKED + sum((start.weekday() + step) % WEEK < WORKED for step in range(rest))


@cache
def span(sent: date, window: Window) -> tuple[date, date]:
    """Give the first and the last day on which a payout may be booked.

    >>> from supercargo.engines.accounting.payout_match.facts import Window
    >>> [str(day) for day in span(date(2026, 7, 3), Window(0, 7))]
    ['2026-07-03', '2026-07-14']
    """
    first = sent
    while window.least < 0 and bank_days(sent, first - timedelta(1)) >= window.least:
        first -= timedelta(1)
    while bank_days(sent, first) < window.least:
        first += timedelta(1)
    last = first
    while bank_days(sent, last + timedelta(1)) <= window.most:
        last += timedelta(1)
    return first, last
