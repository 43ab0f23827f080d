"""Months as the ledger writes them: 2026-07."""

from __future__ import annotations

from datetime import date, timedelta

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

_LENGTH = 7


def month_of(day: date) -> str:
    """Give the month of a day.

    >>> month_of(date(2026, 7, 31))
    '2026-07'
    """
    return f"{day:%Y-%m}"


def first_of(month: str) -> date:
    """Give the first day of a month.

    Raises:
        Refused: LED-400, it is not a month.
    """
    try:
        return date.fromisoformat(f"{month}-01" if len(month) == _LENGTH else "")
    except ValueError:
        raise refuse("LED-400", "month", said("{text} is not a month", text=repr(month)), "write it as 2026-07") from None


def last_of(month: str) -> date:
    """Give the last day of a month. Raises as ``first_of`` does."""
    return (first_of(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_before(month: str) -> str:
    """Give the month before."""
    return month_of(first_of(month) - timedelta(days=1))
