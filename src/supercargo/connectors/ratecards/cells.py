"""One cell of a rate card -> its value, or what is wrong with it and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from supercargo.connectors.sheet import DecimalSign, NumberFault, read_decimal, tidy
from supercargo.engines.logistics.ratecard import CarbonLeg
from supercargo.kernel.currency import is_currency
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

WHOLE_DIGITS, FRACTION_DIGITS, LONGEST_TEXT, MOST_DAYS = 9, 6, 200, 730
_COUNTRY = re.compile(r"[A-Z]{2}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"yes": True, "no": False, "是": True, "否": False, "true": True, "false": False}


class CellFault(ValueError):  # noqa: N818 - a fault of the file, not an error of the program
    """A cell that cannot be read."""

    def __init__(self, message: Text, remedy: Text) -> None:
        super().__init__(str(message))
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its name, how a cell is read, and whether it may be empty."""

    name: str
    read: Callable[[str, DecimalSign], Any]
    required: bool = True

    def value(self, text: str, sign: DecimalSign) -> Any:
        """Read a cell; an empty one is absent, never zero.

        Raises:
            CellFault: the cell is empty and may not be, or cannot be read.
        """
        bare = tidy(text)
        if bare:
            return self.read(bare, sign)
        if self.required:
            message = said("the cell {column} is empty", column=self.name)
            raise CellFault(message, "give it; a price that is really nothing is written 0.00")
        return None


def number(text: str, sign: DecimalSign) -> Decimal:
    """Read a number that is not negative and of sensible size."""
    try:
        value = read_decimal(text, sign)
    except NumberFault as fault:
        raise CellFault(fault.message, fault.remedy) from fault
    exponent = value.as_tuple().exponent
    if value < 0:
        raise CellFault(said("{text} is negative", text=text), "prices, weights and sizes are zero or more")
    if value.adjusted() >= WHOLE_DIGITS or (isinstance(exponent, int) and -exponent > FRACTION_DIGITS):
        raise CellFault(
            said("{text} is out of all proportion", text=text[:LONGEST_TEXT]), "give at most nine digits before the point and six after it"
        )
    return value


def positive(text: str, sign: DecimalSign) -> Decimal:
    """Read a number over zero: a divisor, a step, a limit."""
    value = number(text, sign)
    if not value:
        raise CellFault("zero makes no sense here", "leave the cell empty if it does not apply")
    return value


def at_least_one(text: str, sign: DecimalSign) -> Decimal:
    """Read a multiple: 1, 1.5, 2."""
    value = number(text, sign)
    if value < 1:
        raise CellFault(
            said("volumetric weight cannot count from {times} times the actual weight", times=text), "give 1 (always) or more, such as 2"
        )
    return value


def grams(text: str, sign: DecimalSign) -> Decimal:
    """Read grams as kilograms."""
    return number(text, sign).scaleb(-3)


def positive_grams(text: str, sign: DecimalSign) -> Decimal:
    """Read grams over zero as kilograms."""
    return positive(text, sign).scaleb(-3)


def days(text: str, sign: DecimalSign) -> int:
    """Read a whole number of days, at most two years."""
    value = whole(text, sign)
    if value > MOST_DAYS:
        raise CellFault(said("{text} days are more than two years", text=text), "give the days of the journey")
    return value


def whole(text: str, sign: DecimalSign) -> int:
    """Read a whole number."""
    value = number(text, sign)
    if value != int(value):
        raise CellFault(said("{text} is not a whole number", text=text), "give a whole number")
    return int(value)


def words(text: str, _sign: DecimalSign) -> str:
    """Read a short text without control characters."""
    if len(text) > LONGEST_TEXT or any(ord(character) < ord(" ") for character in text):
        raise CellFault(
            "the text is too long or has control characters in it", said("give at most {count} plain characters", count=LONGEST_TEXT)
        )
    return text


def code(text: str, _sign: DecimalSign) -> str:
    """Read a lower-case code such as ``sea_lcl``."""
    if not _CODE.fullmatch(text):
        raise CellFault(
            said("{text} is not a code", text=text[:LONGEST_TEXT]), "write small letters, digits and underscores, such as sea_lcl"
        )
    return text


def country(text: str, _sign: DecimalSign) -> str:
    """Read a country by its two letters."""
    if not _COUNTRY.fullmatch(text.upper()):
        raise CellFault(said("{text} is not a country code", text=text[:LONGEST_TEXT]), "write the two letters of ISO 3166, such as DE")
    return text.upper()


def countries(text: str, sign: DecimalSign) -> tuple[str, ...]:
    """Read countries joined by bars."""
    found = tuple(country(part.strip(), sign) for part in text.split("|"))
    if len(set(found)) < len(found):
        raise CellFault("a country stands here twice", "list each country once")
    return found


def one_of(*allowed: str) -> Callable[[str, DecimalSign], str]:
    """Read one word of a closed list."""

    def read(text: str, _sign: DecimalSign) -> str:
        if text not in allowed:
            message = said("{text} is not one of {allowed}", text=text[:LONGEST_TEXT], allowed=", ".join(allowed))
            raise CellFault(message, "use one of these words")
        return text

    return read


def some_of(*allowed: str) -> Callable[[str, DecimalSign], tuple[str, ...]]:
    """Read words of a closed list joined by bars."""
    one = one_of(*allowed)

    def read(text: str, sign: DecimalSign) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(part.strip(), sign) for part in text.split("|")))

    return read


def yes_or_no(text: str, _sign: DecimalSign) -> bool:
    """Read yes or no."""
    answer = _WORDS.get(text.lower())
    if answer is None:
        raise CellFault(said("{text} is neither yes nor no", text=text[:LONGEST_TEXT]), "write yes or no")
    return answer


def currency(text: str, _sign: DecimalSign) -> str:
    """Read a currency of ISO 4217."""
    if not is_currency(text.upper()):
        raise CellFault(said("{text} is not a currency", text=text[:LONGEST_TEXT]), "write three letters of ISO 4217, such as CNY")
    return text.upper()


def day(text: str, _sign: DecimalSign) -> date:
    """Read a date as 2026-11-01."""
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CellFault(said("{text} is not a date", text=text[:LONGEST_TEXT]), "write year, month and day, such as 2026-11-01")


def carbon_legs(text: str, sign: DecimalSign) -> tuple[CarbonLeg, ...]:
    """Read legs written ``mode:km`` and joined by bars."""
    return tuple(_carbon_leg(part.strip(), sign) for part in text.split("|"))


def _carbon_leg(text: str, sign: DecimalSign) -> CarbonLeg:
    mode, colon, distance = text.partition(":")
    if not colon:
        raise CellFault(
            said("{text} is not a leg", text=text[:LONGEST_TEXT]), "write mode and kilometres, such as sea_container_average:19600"
        )
    return CarbonLeg(code(mode.strip(), sign), number(distance.strip(), sign))
