"""Balances while their postings are walked day by day: what leaves, what it carried, what it was worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.accounting.exchange_difference.rules import carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


@dataclass(slots=True)
class Balance:
    """One account in one currency: the amount and its home value at the moving average."""

    amount: int = 0
    home: int = 0

    def take(self, amount: int, home: int) -> tuple[int, int, int] | None:
        """Take one posting in; where it makes the balance smaller, give the part that left, what it carried and what it was worth."""
        if self.amount == 0 or (self.amount > 0) == (amount > 0):
            self.amount, self.home = self.amount + amount, self.home + home
            return None
        part = min(abs(amount), abs(self.amount))
        carrying = carried(self.home, part, abs(self.amount))
        value = -carried(home, part, abs(amount))
        gone = part if self.amount > 0 else -part
        self.home += home + value - carrying
        self.amount += amount
        return gone, carrying, value


def walk(postings: Iterable[tuple[date, int, int]]) -> Iterator[tuple[date, int, int, int, int, int]]:
    """Walk postings of one account and currency in order; give day, part, carrying amount, value, and the balance after it."""
    balance = Balance()
    for day, amount, home in postings:
        left = balance.take(amount, home)
        yield (day, *(left or (0, 0, 0)), balance.amount, balance.home)
