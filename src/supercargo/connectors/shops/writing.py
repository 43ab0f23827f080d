"""Records written back as the source would write them: money as text, rows as bytes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def money_text(minor: int | None, currency: str, *, point: str = ".", null: str = "") -> str:
    """Write minor units in major ones, with all decimals of the currency.

    >>> money_text(-1234, "EUR", point=","), money_text(5, "JPY"), money_text(7, "KWD"), money_text(None, "EUR", null="--")
    ('-12,34', '5', '0.007', '--')
    """
    if minor is None:
        return null
    digits = minor_digits(currency)
    text = str(abs(minor)).rjust(digits + 1, "0")
    whole, rest = (text[:-digits], point + text[-digits:]) if digits else (text, "")
    return f"{'-' if minor < 0 else ''}{whole}{rest}"


def micros_text(amount_e6: int | None, currency: str, *, null: str = "") -> str:
    """Write millionths of a currency with its usual decimals, and more only where they are needed.

    >>> micros_text(12_500_000, "EUR"), micros_text(333_333, "EUR"), micros_text(5_000_000, "JPY")
    ('12.50', '0.333333', '5')
    """
    if amount_e6 is None:
        return null
    whole, rest = divmod(abs(amount_e6), 1_000_000)
    digits = f"{rest:06d}".rstrip("0").ljust(minor_digits(currency), "0")
    return f"{'-' if amount_e6 < 0 else ''}{whole}{'.' + digits if digits else ''}"


def csv_bytes(
    rows: Iterable[Sequence[str]], *, delimiter: str = ",", newline: str = "\n", is_quoted: bool = False, mark: bytes = b""
) -> bytes:
    """Write rows as the bytes of a delimited file; ``mark`` is the byte order mark, where the source writes one."""
    stream = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return mark + stream.getvalue().encode()
