"""A bank's statement before it is ours: balances and entries as decimals, each with the row of the file where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Place = Literal["opening", "closing", "interim", "other"]
Booking = Literal["booked", "pending", "information"]

TEXT_LONGEST = 280
COUNTERPARTY_LONGEST = 70
"""What is kept of a payment's words: enough to find the payout, no more."""


@dataclass(frozen=True, slots=True)
class Balance:
    """One balance: ``amount`` is negative where the account owes, null where it cannot be read."""

    place: Place
    code: str
    """The bank's own name of it: 60F, 62M, OPBD, ITBD."""
    amount: Decimal | None
    currency: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the account: in is positive, out is negative."""

    row: int
    amount: Decimal | None = None
    currency: str = ""
    booked_on: date | None = None
    value_on: date | None = None
    counterparty: str = ""
    text: str = ""
    bank_ref: str = ""
    end_to_end_ref: str = ""
    is_reversal: bool = False
    booking: Booking = "booked"
    is_readable: bool = True
    details: Decimal | None = None
    """What the single payments of a batch come to, where the file states them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement or notification of one account."""

    row: int
    """Where its head begins; 0 if it has none."""
    account: str
    ref: str
    currency: str
    balances: tuple[Balance, ...] = ()
    entries: tuple[Entry, ...] = ()
    kind: Literal["statement", "interim", "notification"] = "statement"

    @property
    def opening(self) -> Balance | None:
        """The booked balance from which the entries start: the first of the openings, else the first interim one of two."""
        opening = self._first("opening")
        interim = self._all("interim")
        enough = 1 if self._all("closing") else 2
        return opening or (interim[0] if len(interim) >= enough else None)

    @property
    def closing(self) -> Balance | None:
        """The booked balance to which the entries lead: the last of the closings, else the last interim one."""
        closings = self._all("closing")
        interim = self._all("interim")
        return closings[-1] if closings else interim[-1] if interim else None

    def _all(self, place: Place) -> tuple[Balance, ...]:
        return tuple(balance for balance in self.balances if balance.place == place)

    def _first(self, place: Place) -> Balance | None:
        return next(iter(self._all(place)), None)


def tidy(text: str, longest: int) -> str:
    r"""Bring the words of a payment onto one line, without control signs, cut at a length.

    >>> tidy("AMAZON  PAYMENTS\nEUROPE", 20)
    'AMAZON PAYMENTS EURO'
    """
    visible = "".join(sign if sign.isprintable() else " " for sign in text.replace("\u00ad", "-"))
    return " ".join(visible.split())[:longest].rstrip()
