"""How amounts that the desk decided are written on the page: text in, text out, nothing is computed."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal

from supercargo.kernel.currency import is_currency, minor_digits
from supercargo.kernel.figure import padded

_LONG = re.compile(r"(?<![\w.])(\d{4,})(?=(?:\.\d+)?\s[A-Z]{3}\b)|^(\d{4,})(?=\.\d+$)")
_PERCENT_DIGITS = Decimal("0.1")


def grouped(text: str) -> str:
    """Set thousands apart, in amounts of money only: codes, days and years stay as they are.

    >>> grouped("goods value 70000.00 INR, code 610910")
    'goods value 70,000.00 INR, code 610910'
    """
    return _LONG.sub(lambda found: f"{int(found[1] or found[2]):,}", text)


def minor(amount: int | None, currency: str) -> str:
    """Write minor units of a currency as the amount that a person reads; unknown stays empty.

    >>> minor(1990, "EUR"), minor(1990, "JPY")
    ('19.90', '1,990')
    """
    if amount is None or not is_currency(currency):
        return ""
    digits = minor_digits(currency)
    return f"{Decimal(amount).scaleb(-digits):,.{digits}f}"


def percent(parts_per_million: int | None) -> str:
    """Write parts per million as a percentage, cut to one digit as the desk's reasons are: 29.96 % is not 30 %.

    >>> percent(314159), percent(299600), percent(None)
    ('31.4 %', '29.9 %', '')
    """
    if parts_per_million is None:
        return ""
    return f"{padded(Decimal(parts_per_million).scaleb(-4).quantize(_PERCENT_DIGITS, ROUND_FLOOR), 1)} %"
