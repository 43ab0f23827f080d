"""An entry as other books take it: numbered in its month, its lines with amount, rate and value at home."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.accounting.period_close import month_of
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from supercargo.engines.accounting.posting import EntryDraft
    from supercargo.kernel.words import Said


@dataclass(frozen=True, slots=True)
class Side:
    """One line of a voucher; ``amount`` is 0 where only the value at home changes."""

    account: str
    currency: str
    amount: Decimal
    home: Decimal
    rate: Decimal

    @property
    def only_home(self) -> bool:
        """Tell that the line is an exchange or rounding difference."""
        return not self.amount


@dataclass(frozen=True, slots=True)
class Voucher:
    """One balanced voucher; ``key`` is the ledger's own."""

    number: int
    day: date
    text: Said
    key: str
    sides: tuple[Side, ...]


def vouchers_of(entries: Iterable[EntryDraft], month: str, home: str) -> tuple[Voucher, ...]:
    """Number the entries of a month and bring their lines into decimals; lines of nothing are left out.

    Raises:
        AssertionError: an entry does not balance; that is a fault of the program.
    """
    mine = sorted((entry for entry in entries if month_of(entry.booked_on) == month), key=lambda entry: (entry.booked_on, entry.source_key))
    made: list[Voucher] = []
    for entry in mine:
        sides = tuple(
            Side(
                side.account_code,
                side.currency,
                major(side.amount_minor, side.currency),
                major(side.home_minor, home),
                Decimal(side.rate or 1),
            )
            for side in entry.proved().postings
            if side.amount_minor or side.home_minor
        )
        if sides:
            made.append(Voucher(len(made) + 1, entry.booked_on, entry.told, entry.source_key, sides))
    return tuple(made)


def major(minor: int, currency: str) -> Decimal:
    """Bring minor units into the currency's own, with its digits.

    >>> major(-1205, "EUR")
    Decimal('-12.05')
    """
    return EXACT.scaleb(Decimal(minor), -minor_digits(currency))
