"""The entries of a TOML table -> checked values; every fault is noted with its path and remedy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from supercargo.connectors.countries import country_code
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LARGEST = Decimal(10) ** 15
DECIMALS = 12


@dataclass(slots=True)
class Notes:
    """The findings of one file, and the paths for which a default was taken."""

    findings: list[Finding] = field(default_factory=list)
    defaults: set[str] = field(default_factory=set)

    def error(self, code: str, path: str, message: Text, remedy: Text) -> None:
        """Note a fault because of which the file is not used."""
        self.findings.append(Finding(code, "error", path, message, remedy))

    def default(self, path: str, value: object) -> None:
        """Note that the file leaves a value out, and what is taken instead."""
        self.defaults.add(path)
        message = said("{path} is not given: the default {value} is taken", path=path, value=value)
        self.findings.append(Finding("COMPANY-101", "note", path, message, "give your own value in the file of the company"))


@dataclass(slots=True)
class Entries:
    """One table of the file with its path; what is never asked for is reported as unknown."""

    table: dict[str, Any]
    path: str
    notes: Notes
    asked: set[str] = field(default_factory=lambda: {"sample"})

    def at(self, key: str) -> str:
        """Give the path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str) -> Any:
        """Take a value as it stands; ``None`` where there is none."""
        self.asked.add(key)
        return self.table.get(key)

    def sub(self, key: str) -> Entries:
        """Take a table below this one; an empty one where there is none."""
        value = self.get(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, value, "write a table")
        return Entries(value if isinstance(value, dict) else {}, self.at(key), self.notes)

    def each(self, key: str) -> Iterator[Entries]:
        """Take a list of tables."""
        value = self.get(key)
        if value is not None and not (isinstance(value, list) and all(isinstance(entry, dict) for entry in value)):
            self._wrong(key, value, "write a list of tables")
            return
        for place, entry in enumerate(value or []):
            yield Entries(entry, f"{self.at(key)}[{place}]", self.notes)

    def word(self, key: str, default: str = "", among: Collection[str] | None = None) -> str:
        """Take a text, one of a few words if there are such."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or (among is not None and value not in among):
            self._wrong(key, value, said("write one of {known}", known=", ".join(sorted(among))) if among else "write a text")
            return default
        return value

    def words(self, key: str, among: Collection[str]) -> tuple[str, ...]:
        """Take a list of words, all of them known."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._wrong(key, value, "write a list")
            return ()
        for place, entry in enumerate(value):
            if entry not in among:
                self.notes.error(
                    "COMPANY-003",
                    f"{self.at(key)}[{place}]",
                    said("{value} cannot stand here", value=entry),
                    said("write one of {known}", known=", ".join(sorted(among))),
                )
        return tuple(entry for entry in value if entry in among)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Take true or false."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, value, "write true or false")
        return value if isinstance(value, bool) else default

    def day(self, key: str) -> date | None:
        """Take a date."""
        value = self.get(key)
        if value is not None and type(value) is not date:
            self._wrong(key, value, "write a date, such as 2026-07-15, without quotation marks")
        return value if type(value) is date else None

    def country(self, key: str, default: str = "", also: Collection[str] = ()) -> str:
        """Take a country by its two letters."""
        value = self.word(key, default)
        if value and value not in also and country_code(value) != value:
            self.notes.error(
                "COMPANY-004", self.at(key), said("{text} is no country", text=value), "give the two letters of ISO 3166, such as CN"
            )
        return value

    def currency(self, key: str, default: str = "") -> str:
        """Take a currency by its three letters."""
        value = self.word(key, default)
        if value and not is_currency(value):
            self.notes.error(
                "COMPANY-005", self.at(key), said("{text} is no currency", text=value), "give the three letters of ISO 4217, such as CNY"
            )
        return value

    def decimal(self, key: str, low: Decimal, high: Decimal) -> Decimal | None:
        """Take an exact number, written as text, whole number or decimal, within bounds that include both ends."""
        value = self.get(key)
        if value is None:
            return None
        number = _exact(value)
        if number is None:
            self._wrong(key, value, 'write a number as text, such as "0.30"')
            return None
        if not low <= number <= high:
            self.notes.error(
                "COMPANY-006",
                self.at(key),
                said("{value} is not between {low} and {high}", value=value, low=low, high=high),
                _in_parts(number, high),
            )
            return None
        return number

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Take a whole number within bounds."""
        number = self.decimal(key, Decimal(low), Decimal(high))
        if number is not None and number != int(number):
            self._wrong(key, number, "write a whole number")
            return None
        return None if number is None else int(number)

    def close(self) -> None:
        """Report the keys that nobody asked for; a misspelt key must not be silently without effect."""
        for key in self.table:
            if key not in self.asked:
                remedy = said("known here are {known}", known=", ".join(sorted(self.asked - {"sample"})))
                self.notes.error("COMPANY-002", self.at(key), said("nothing is known by the key {key}", key=key), remedy)

    def _wrong(self, key: str, value: object, remedy: Text) -> None:
        self.notes.error("COMPANY-003", self.at(key), said("{value} cannot stand here", value=value), remedy)


def _exact(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= LARGEST:
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and -exponent <= DECIMALS else None


def _in_parts(number: Decimal, high: Decimal) -> Text:
    if high <= 1 < number <= 100:  # noqa: PLR2004 - a percentage that was meant
        return said('rates are parts of one: {number} % is "{rate}"', number=number, rate=number.scaleb(-2))
    return "correct the value"
