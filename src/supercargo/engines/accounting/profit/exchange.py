"""Rates of exchange as integers: one row for each day and currency, once, for a table of any length."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Refused
from supercargo.reference.fx import SIGNIFICANT, Rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from supercargo.kernel.figure import Figure

RATE: Mapping[str, pl.DataType] = {
    "day": pl.Date(), "currency": pl.String(), "rate": pl.Int64(), "divisor": pl.Int64(), "month": pl.Int32(),
}  # fmt: skip
"""``rate / divisor`` minor units of the view are one minor unit of the currency; ``month`` is 201111."""
_EIGHT_DIGITS = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Exchange:
    """How lines come into the currency of a view: its code (``None``: each stays in its own) and the company's planning rates."""

    currency: str | None
    planning: tuple[tuple[tuple[str, str], Decimal], ...] = ()

    def rate(self, day: date, currency: str) -> Figure:
        """Give the rate of a day to eight significant digits, with its source.

        Raises:
            Refused: FX-404, FX-410, no rate is known.
        """
        return _rate(day, currency, self.currency or currency, self.planning)

    def factor(self, day: date, currency: str) -> tuple[int, int]:
        """Give the rate between the minor units as a whole number and the power of ten below it. Raises as ``rate`` does."""
        view = self.currency or currency
        sign, digits, exponent = self.rate(day, currency).amount.as_tuple()
        if sign or not isinstance(exponent, int):
            msg = f"a rate of exchange {currency} to {view} is a positive number"
            raise ValueError(msg)
        mantissa = int("".join(map(str, digits)))
        power = exponent + minor_digits(view) - minor_digits(currency)
        return (mantissa * 10**power, 1) if power >= 0 else (mantissa, 10**-power)


def rate_table(exchange: Exchange, days: Sequence[date], currencies: Iterable[str]) -> pl.DataFrame:
    """List the rates of all days and currencies; one that is not known has no row, and lines that need it are counted."""
    rows: list[tuple[date, str, int, int, int]] = []
    for currency in sorted(set(currencies)):
        for day in days:
            try:
                rate, divisor = exchange.factor(day, currency)
            except Refused:
                continue
            rows.append((day, currency, rate, divisor, day.year * 100 + day.month))
    return pl.DataFrame(rows, schema=dict(RATE), orient="row")


@cache
def _rate(day: date, base: str, quote: str, planning: tuple[tuple[tuple[str, str], Decimal], ...]) -> Figure:
    figure = Rates(day, dict(planning)).rate(base, quote)
    return replace(figure, amount=_EIGHT_DIGITS.plus(figure.amount).normalize())
