"""Rates of exchange of a day: the European Central Bank's, or a company's own planning rates."""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, overload

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import EXACT, Citation, Figure, half_up_quotient
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

SIGNIFICANT = 8
"""Digits of a cross rate; the bank publishes at most seven."""
STALE_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Rates:
    """What one currency was worth in another on a day, with the day of publication.

    A currency that the bank does not quote is refused unless ``planning`` has its price in another
    currency, as ``{("USD", "TWD"): Decimal("32.1")}``: one USD is 32.1 TWD.
    """

    day: date
    planning: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    planning_source: str = "planning rates"

    def rate(self, base: str, quote: str) -> Figure:
        """Give the price of one ``base`` in ``quote``, eight significant digits, unit ``quote/base``.

        Raises:
            Refused: FX-404, no rate is known for a currency on the day.
        """
        name = f"rate of exchange {base} to {quote}"
        if base == quote:
            return Figure(Decimal(1), RATIO, name, per="term-rate-of-exchange")
        own, unit = self._planned(base, quote), Unit.of(f"{quote}/{base}")
        if own is not None:
            return Figure(own, unit, name, "fact", citation=self._company_s())
        published, quoted = _published(self.day)
        value = _significant(self._per_euro(quote), self._per_euro(base))
        citation = Citation(f"ecb.rates.{quote}_{base}", published, ("ecb-reference-rates",), "high", self._stale())
        if not {base, quote} <= {"EUR", *quoted}:
            citation = self._company_s()
        return Figure(value, unit, name, "fact", citation=citation)

    @overload
    def convert(self, amount: Figure, base: str, quote: str) -> Figure: ...
    @overload
    def convert(self, amount: Quantity, base: str, quote: str) -> Quantity: ...
    def convert(self, amount: Quantity, base: str, quote: str) -> Quantity:
        """Bring an amount from one currency into another, exactly; the caller rounds. Raises as ``rate`` does."""
        return amount if base == quote else amount * self.rate(base, quote)

    def knows(self, base: str, quote: str) -> bool:
        """Tell whether a rate between two currencies is known."""
        quoted = _published(self.day)[1] if self.day >= _days()[0] else {}
        return base == quote or self._planned(base, quote) is not None or all(
            code == "EUR" or code in quoted or self._pivot(code) is not None for code in (base, quote)
        )  # fmt: skip

    def _planned(self, base: str, quote: str) -> Decimal | None:
        if (base, quote) in self.planning:
            return self.planning[base, quote]
        back = self.planning.get((quote, base))
        return None if back is None else _significant(Decimal(1), back)

    def _company_s(self) -> Citation:
        doubt = said("a planning rate of the company, not a published one")
        return Citation("company.planning_rates", None, (self.planning_source,), "low", doubt)

    def _pivot(self, currency: str) -> Decimal | None:
        """Find what a euro is worth in a currency that the company has priced in a published one."""
        quoted = _published(self.day)[1] | {"EUR": Decimal(1)}
        for (base, quote), price in self.planning.items():
            if quote == currency and base in quoted:
                return EXACT.multiply(price, quoted[base])
            if base == currency and quote in quoted:
                return _significant(quoted[quote], price)
        return None

    def _per_euro(self, currency: str) -> Decimal:
        if currency == "EUR":
            return Decimal(1)
        minor_digits(currency)
        found = _published(self.day)[1].get(currency) or self._pivot(currency)
        if found is None:
            message = said("no rate of exchange is known for {currency} on {day}", currency=currency, day=self.day)
            raise refuse(
                "FX-404", "currency", message, said("give a planning rate, such as --rate USD/{currency}=PRICE", currency=currency)
            )
        return found

    def _stale(self) -> Text:
        published = _published(self.day)[0]
        age = (self.day - published).days
        return (
            said("the latest published rate is of {published}, {age} days earlier", published=published, age=age)
            if age > STALE_AFTER_DAYS
            else ""
        )


def _significant(above: Decimal, below: Decimal) -> Decimal:
    places = SIGNIFICANT - 1 - (above / below).adjusted()
    return half_up_quotient(above, below, places).normalize()


@cache
def _table() -> tuple[tuple[str, ...], dict[date, str]]:
    file = resources.files("currency_converter") / "eurofxref-hist.zip"
    with resources.as_file(file) as path, zipfile.ZipFile(path) as archive:
        heading, *lines = archive.read("eurofxref-hist.csv").decode("ascii").splitlines()
    rows = {date.fromisoformat(line[:10]): line for line in lines if line}
    return tuple(heading.split(",")), rows


@cache
def _days() -> tuple[date, ...]:
    return tuple(sorted(_table()[1]))


@cache
def _published(day: date) -> tuple[date, dict[str, Decimal]]:
    days = _days()
    place = bisect_right(days, day)
    if place == 0:
        message = said("no rate of exchange is known before {first}", first=days[0])
        raise refuse("FX-410", "on", message, "ask for a later day or give planning rates")
    heading, rows = _table()
    fields = rows[days[place - 1]].split(",")
    quoted = {code: Decimal(text) for code, text in zip(heading[1:], fields[1:], strict=True) if text not in ("", "N/A")}
    return days[place - 1], quoted
