"""What a bank line in another currency is worth in the payout's, at the rate of the day on which it was booked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from supercargo.engines.accounting.discrepancy import money
from supercargo.engines.accounting.payout_match import rules
from supercargo.kernel.currency import is_currency, minor_digits
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Refused

if TYPE_CHECKING:
    from datetime import date

    from supercargo.engines.accounting.payout_match.sides import Line, Paid
    from supercargo.reference.fx import Rates


@dataclass(slots=True)
class Exchange:
    """The rates of exchange of any day, each looked up once; pairs without a rate are remembered."""

    rates: Rates
    unknown: set[tuple[str, str]] = field(default_factory=set)
    _known: dict[tuple[date, str, str], Figure | None] = field(default_factory=dict)

    def rate(self, day: date, base: str, quote: str) -> Figure | None:
        """Give the price of one ``base`` in ``quote`` on a day, or nothing."""
        place = (day, base, quote)
        if place not in self._known:
            try:
                self._known[place] = replace(self.rates, day=day).rate(base, quote) if is_currency(base) and is_currency(quote) else None
            except Refused:
                self._known[place] = None
            if self._known[place] is None:
                self.unknown.add((base, quote))
        return self._known[place]

    def back(self, line: Line, currency: str) -> int | None:
        """Give a bank line's worth in another currency, in minor units rounded half-up; unknown without a rate."""
        rate = None if line.on is None else self.rate(line.on, line.currency, currency)
        if rate is None:
            return None
        worth = single(rules.converted(money(line.amount, line.currency, "booked by the bank"), rate))
        return int(worth.amount.scaleb(minor_digits(currency)))

    def explained(self, payout: Paid, line: Line) -> Figure | None:
        """Explain a difference by conversion: what the bank booked at the rate of the day, less the payout."""
        rate = None if line.on is None else self.rate(line.on, line.currency, payout.currency)
        if rate is None:
            return None
        arrived = rules.converted(money(line.amount, line.currency, "booked by the bank", f"bank_line[{line.id}]"), rate)
        return single(rules.difference(arrived, money(payout.amount, payout.currency, "paid out", f"payout[{payout.id}]")))
