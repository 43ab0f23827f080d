"""What does not tie: the finding, the money that hangs on it, and the records from which it comes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.currency import is_currency, minor_digits
from supercargo.kernel.figure import Figure, padded
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from supercargo.kernel.finding import Finding

MOST = 2**62
"""No sum of a column may come near what 64 bits hold: the columns would wrap around without a word."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One finding with its money.

    ``amount_minor`` is what is at stake, never negative, in the minor unit of ``currency``; absent where nobody
    knows it. ``records`` are the ``id`` of the records of ``noun`` that a person looks at first.
    """

    finding: Finding
    channel: str
    reference: str
    currency: str
    amount_minor: int | None
    on: date | None
    noun: str
    records: tuple[int, ...] = ()


def shown(amount_minor: int, currency: str) -> str:
    """Write minor units as a person reads them.

    >>> shown(-123450, "EUR")
    '-1234.50 EUR'
    >>> shown(980, "JPY")
    '980 JPY'
    """
    if not is_currency(currency):
        return f"{amount_minor}? {currency}".rstrip()
    digits = minor_digits(currency)
    return f"{padded(Decimal(amount_minor).scaleb(-digits), digits)} {currency}"


def money(amount_minor: int, currency: str, name: str, path: str = "") -> Figure:
    """Make a figure of minor units; ``path`` says where the amount stands.

    >>> str(money(1250, "EUR", "goods sold"))
    'goods sold 12.50 EUR'
    """
    return Figure.money(Decimal(amount_minor).scaleb(-minor_digits(currency)), currency, name, path)


def with_family(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the ``family`` of each channel: ``amazon-de`` and ``amazon-fr`` are one seller account of ``amazon``."""
    known = {str(channel): family_of(str(channel)) for channel in frame["channel"].unique().drop_nulls()}
    return frame.with_columns(family=pl.col("channel").replace_strict(known, default=None, return_dtype=pl.String))


def family_of(channel: str) -> str:
    """Name the house behind one channel.

    >>> family_of("amazon-de"), family_of("shopify-payments")
    ('amazon', 'shopify-payments')
    """
    head, _, tail = channel.rpartition("-")
    return head if len(tail) == 2 and tail.isalpha() and tail.islower() and head else channel  # noqa: PLR2004 - a country has two letters


def market_of(channel: str) -> str:
    """Name the country of a channel that has one.

    >>> market_of("amazon-de"), market_of("shopify-payments")
    ('DE', '')
    """
    return "" if family_of(channel) == channel else channel.rpartition("-")[2].upper()


def bounded(frame: pl.DataFrame, columns: Iterable[str], path: str) -> pl.DataFrame:
    """Give a frame back once no sum of these columns can overflow.

    Raises:
        Refused: TIE-001.
    """
    for column in columns:
        most = frame.select(pl.max_horizontal(pl.col(column).max().abs(), pl.col(column).min().abs())).item() if frame.height else None
        if most is not None and int(most) * frame.height >= MOST:
            message = said("the amounts of {column} are too large to be summed", column=column)
            raise refuse("TIE-001", path, message, "look at the largest amounts: one of them was misread")
    return frame


def texts(values: Iterable[object], most: int = 5) -> str:
    """List values for a sentence; what is too long ends in dots.

    >>> texts([3, 5, 8], most=2)
    '3, 5, …'
    """
    listed = [str(value) for value in values]
    return ", ".join([*listed[:most], "…"] if len(listed) > most else listed)
