"""The day that a page is about: today, or the one in the address."""

from __future__ import annotations

from datetime import date

from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said


def today() -> date:
    """Give the day on the wall of the person at this machine."""
    return date.today()  # noqa: DTZ011 - a day of law is a local day


def day_of(text: str) -> tuple[date, Finding | None]:
    """Read a day; one that cannot be read is today, and a finding says so."""
    if not text:
        return today(), None
    try:
        return date.fromisoformat(text), None
    except ValueError:
        message = said("“{text}” is not a day", text=text[:40])
        return today(), Finding("ASK-005", "error", "on", message, "write the day as 2026-07-15")
