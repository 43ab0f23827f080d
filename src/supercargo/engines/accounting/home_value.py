"""Amounts of many currencies and days in the home currency: whole numbers of minor units, rounded half-up, each with its rate.

The value of one amount is ``amount x rate`` rounded half away from zero to the minor unit of the home currency.
Rates are the European Central Bank's of the day (the latest published on or before it), or the company's planning
rates. What has no rate stays unknown: its value is null and a finding says so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.currency import UnknownCurrencyError, minor_digits
from supercargo.kernel.figure import EXACT, Figure, plain
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said
from supercargo.reference.fx import Rates

if TYPE_CHECKING:
    from datetime import date

    from supercargo.reference.law import Law

RATES = {
    "currency": pl.String(),
    "day": pl.Date(),
    "above": pl.Int128(),
    "below": pl.Int128(),
    "rate": pl.String(),
    "rate_day": pl.Date(),
    "rate_source": pl.String(),
}
"""A rate as a fraction that already brings minor units into minor units: ``above / below``."""
WIDE = pl.Int128


def day_rates(pairs: pl.DataFrame, home: str, law: Law) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Look up the rate of every currency on every day of a table with the columns ``currency`` and ``day``.

    Findings: LED-404, a currency has no rate on a day or is unknown, or a record has no day or no currency.
    """
    rows, findings = [], []
    for currency, day in pairs.select("currency", "day").unique().sort("currency", "day").iter_rows():
        try:
            rows.append(_rate(currency, day, home, law))
        except (Refused, UnknownCurrencyError) as fault:
            findings.append(_unknown(currency, day, fault))
    return pl.DataFrame(rows, schema=RATES, orient="row"), tuple(findings)


def in_home(amount: pl.Expr, above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Multiply by a rate and round half away from zero; null where the rate is."""
    return half_up(amount.cast(WIDE) * above.cast(WIDE), below.cast(WIDE)).cast(pl.Int64)


def half_up(dividend: pl.Expr, divisor: pl.Expr) -> pl.Expr:
    """Divide whole numbers and round half away from zero; the divisor is positive."""
    size = (2 * dividend.abs() + divisor) // (2 * divisor)
    return pl.when(dividend < 0).then(pl.lit(0, dtype=WIDE) - size).otherwise(size)


def valued(frame: pl.DataFrame, amount: str, day: str, rates: pl.DataFrame) -> pl.DataFrame:
    """Add ``home_minor``, ``rate``, ``rate_day`` and ``rate_source`` to a table that has ``currency``; the order of rows is kept."""
    joined = frame.join(rates.rename({"day": day}), on=["currency", day], how="left", maintain_order="left")
    home = in_home(pl.col(amount), pl.col("above"), pl.col("below"))
    return joined.with_columns(home.alias("home_minor")).drop("above", "below")


def half_up_whole(dividend: int, divisor: int) -> int:
    """Divide two whole numbers and round half away from zero; the divisor is positive.

    >>> half_up_whole(-5, 2)
    -3
    """
    size = (2 * abs(dividend) + divisor) // (2 * divisor)
    return size if dividend >= 0 else -size


def money(minor: int, currency: str, name: str = "", path: str = "") -> Figure:
    """Make the figure of an amount in minor units.

    >>> print(money(1234, "EUR", "freight"))
    freight 12.34 EUR
    """
    return Figure.money(EXACT.scaleb(Decimal(minor), -minor_digits(currency)), currency, name, path)


def shown(minor: int, currency: str) -> str:
    """Write an amount in minor units as a person reads it: ``12.34 EUR``."""
    return money(minor, currency).shown()


def rates_of(day: date, law: Law) -> Rates:
    """Give the rates of another day, with the same planning rates as the law that was handed in."""
    own = law.exchange
    return Rates(day) if own is None else Rates(day, own.planning, own.planning_source)


def _rate(currency: str, day: date, home: str, law: Law) -> tuple[str, date, int, int, str, date, str]:
    if currency is None or day is None:
        raise UnknownCurrencyError
    figure = rates_of(day, law).rate(currency, home)
    above, below = figure.amount.as_integer_ratio()
    shift = minor_digits(home) - minor_digits(currency)
    above, below = (above * 10**shift, below) if shift >= 0 else (above, below * 10**-shift)
    citation = figure.citation
    published = day if citation is None or citation.since is None else citation.since
    source = figure.per if citation is None else citation.sources[0]
    return currency, day, above, below, plain(figure.amount), published, source


def _unknown(currency: str | None, day: date | None, fault: Exception) -> Finding:
    if isinstance(fault, Refused):
        first = fault.findings[0]
        return Finding("LED-404", "error", f"rates.{currency}", first.message, first.remedy)
    message = said("no value in the home currency: currency {currency}, day {day}", currency=currency or "?", day=day or "?")
    return Finding("LED-404", "error", f"rates.{currency or '?'}", message, "correct the record: it needs a currency of ISO 4217 and a day")
