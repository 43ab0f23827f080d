"""Amounts as a person reads them in a finding."""

from __future__ import annotations

from decimal import Decimal

from supercargo.kernel.currency import minor_digits


def shown(amount_minor: int, currency: str) -> str:
    """Write an amount with its currency.

    >>> shown(-123456, "EUR"), shown(500, "JPY")
    ('-1234.56 EUR', '500 JPY')
    """
    return f"{Decimal(amount_minor).scaleb(-minor_digits(currency))} {currency}"
