"""The cells of one row -> values; every fault is noted with its row, column and remedy, several at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.connectors.catalogue.codes import CENTIMETRES, GRAMS, UNIT_WORDS, currency_code
from supercargo.connectors.sheet import NumberFault, Row, is_date, read_amount, read_decimal, tidy
from supercargo.kernel.figure import plain
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.connectors.catalogue.product import Answers, ColumnTaken

BLANK = frozenset({"", "-", "--", "—", "–", "/", "\\", "n/a", "na", "none", "null", "nil", "无", "暂无", "待定", "tbd", "k.a."})
"""What people write into a cell of numbers when there is nothing to write."""
LARGEST = Decimal(1_000_000_000)
DECIMALS = 6
SHOWN_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""

_CODES = {
    "words": "CAT-102",
    "ambiguous": "CAT-103",
    "date": "CAT-105",
    "error": "CAT-108",
    "exponent": "CAT-107",
    "long": "CAT-107",
    "empty": "CAT-101",
}
_UNIT = "|".join(sorted((re.escape(word) for word in UNIT_WORDS), key=len, reverse=True))
_MEASURE = re.compile(rf"(.*?)\s*({_UNIT})\.?", re.IGNORECASE)
_SIZE = re.compile(r"\s*[x×*✕]\s*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MARKUP = re.compile(r"<[!/?a-zA-Z][^>]*>|&#?\w+;|javascript:", re.IGNORECASE)
_FORMULA = re.compile(r"[=@\t\r]|[+-](?=.*[(|!])")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(slots=True)
class Cells:
    """One row under its header, and the findings made while it was read."""

    row: Row
    columns: Mapping[str, ColumnTaken]
    answers: Answers
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Tell whether an error was found, so that no product comes of this row."""
        return any(finding.severity == "error" for finding in self.findings)

    def error(self, code: str, name: str, message: Text, remedy: Text) -> None:
        """Note a fault because of which the row is not used."""
        self.findings.append(Finding(code, "error", self._path(name), message, remedy))

    def warn(self, code: str, name: str, message: Text, remedy: Text) -> None:
        """Note a doubt; the row is used."""
        self.findings.append(Finding(code, "warning", self._path(name), message, remedy))

    def has(self, name: str) -> bool:
        """Tell whether the file has a column."""
        return name in self.columns

    def raw(self, name: str) -> str:
        """Give the cell as the file has it."""
        column = self.columns.get(name)
        return self.row.cell(column.position) if column else ""

    def is_blank(self, name: str) -> bool:
        """Tell whether nothing was given."""
        return tidy(self.raw(name)).casefold() in BLANK

    def text(self, name: str) -> str:
        """Read words as plain text: signs that cannot be seen are taken out, formulas and markup are only marked."""
        raw = self.raw(name)
        text = _GUARDED.sub("", raw, count=1) if raw.startswith("'") else raw
        clean = _CONTROL.sub("", text).strip(" \u3000\u00a0\n\t\r")
        if _CONTROL.search(text):
            self.warn("CAT-203", name, "signs that cannot be seen were taken out of the text", "type the text again")
        if _FORMULA.match(text):
            self.warn(
                "CAT-201",
                name,
                "the text looks like a formula of a spreadsheet; it is kept as text and escaped in every export",
                "check where the text comes from",
            )
        if _MARKUP.search(text):
            self.warn("CAT-202", name, "the text holds markup; it is kept as text and shown as it stands", "take the markup out")
        if self._is_fault(name):
            self.error("CAT-108", name, said("{text} is an error of the spreadsheet", text=raw), "repair the formula and save again")
        return clean

    def required(self, name: str) -> bool:
        """Note an empty cell of a required column, and tell whether it holds anything."""
        if not self.is_blank(name):
            return True
        self.error("CAT-101", name, said("{field} is empty", field=name), "give a value; unknown is not zero")
        return False

    def amount(self, name: str) -> tuple[Decimal | None, frozenset[str]]:
        """Read an amount of money over zero, and the currencies that its sign may mean."""
        if self._is_unreadable(name):
            return None, frozenset()
        try:
            value, currencies = (
                (Decimal(self.raw(name)), frozenset[str]())
                if self._is_number(name)
                else read_amount(self.raw(name), self.columns[name].decimal)
            )
        except NumberFault as fault:
            self._fault(name, fault)
            return None, frozenset()
        if currencies and not any(currency_code(code) for code in currencies):
            self.error("CAT-102", name, said("{text} is not a number", text=self.raw(name)), "give a number without words")
            return None, frozenset()
        return self._over_zero(name, value), currencies

    def count(self, name: str) -> int | None:
        """Read a whole number of at least one; an empty cell is ``None``."""
        value = self._measured(name, self.raw(name), {"item": Decimal(1)}, "item")
        if value is not None and value != int(value):
            self.error("CAT-106", name, said("{text} is not a whole number", text=self.raw(name)), "give whole units")
            return None
        return None if value is None else int(value)

    def grams(self, name: str) -> Decimal | None:
        """Read a weight in grams from the unit of its cell or of its header; without one it is refused."""
        return self._measured(name, self.raw(name), GRAMS, self.columns[name].unit or self.answers.weight_unit or "")

    def centimetres(self, name: str) -> Decimal | None:
        """Read a length in centimetres; where neither cell nor header states a unit, it is taken as such."""
        return self._measured(name, self.raw(name), CENTIMETRES, self._length_unit(name))

    def size(self, name: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Read three lengths from one cell, such as ``30x25x2.5 cm``."""
        if self._is_unreadable(name):
            return None, None, None
        raw = tidy(self.raw(name))
        unit = self._length_unit(name)
        match = _MEASURE.fullmatch(raw)
        if match and UNIT_WORDS.get(match[2].casefold()) in CENTIMETRES:
            raw, unit = match[1], UNIT_WORDS[match[2].casefold()]
        sides = _SIZE.split(raw)
        if len(sides) != 3 or is_date(raw):  # noqa: PLR2004 - a box has three sides
            self.error("CAT-118", name, said("{text} is no size", text=self.raw(name)), "write length x width x height, such as 30x25x2.5")
            return None, None, None
        length, width, height = (self._measured(name, side, CENTIMETRES, unit) for side in sides)
        return length, width, height

    def _length_unit(self, name: str) -> str:
        unit = self.columns[name].unit
        return unit if unit in CENTIMETRES else self.answers.length_unit or "cm"

    def _measured(self, name: str, raw: str, factors: Mapping[str, Decimal], unit: str) -> Decimal | None:
        if tidy(raw).casefold() in BLANK or self._is_unreadable(name):
            return None
        text = tidy(raw)
        match = None if text[-1:].isdigit() else _MEASURE.fullmatch(text)
        if match and UNIT_WORDS[match[2].casefold()] in factors:
            text, unit = match[1], UNIT_WORDS[match[2].casefold()]
        try:
            value = Decimal(text) if self._is_number(name) else read_decimal(text, self.columns[name].decimal)
        except NumberFault as fault:
            self._fault(name, fault)
            return None
        if unit not in factors:
            remedy = said("write the unit into the header, such as {example}", example=f"{name.rpartition('_')[0]} (g)")
            self.error("CAT-119", name, said("{text} has no unit: grams or kilograms?", text=raw), remedy)
            return None
        measured = self._over_zero(name, value * factors[unit])
        return None if measured is None else tidied(measured)

    def _over_zero(self, name: str, value: Decimal) -> Decimal | None:
        if value <= 0:
            self.error("CAT-104", name, said("{text} is not over zero", text=self.raw(name)), "give an amount over zero")
            return None
        exponent = value.normalize().as_tuple().exponent
        if value >= LARGEST or (isinstance(exponent, int) and -exponent > DECIMALS):
            message = said("{text} is beyond what can be computed exactly", text=self.raw(name))
            self.error(
                "CAT-121",
                name,
                message,
                said("give less than {largest} with at most {digits} decimals", largest=f"{LARGEST:,}", digits=DECIMALS),
            )
            return None
        return value

    def _is_number(self, name: str) -> bool:
        return self.row.kind(self.columns[name].position) == "number"

    def _is_fault(self, name: str) -> bool:
        column = self.columns.get(name)
        return column is not None and self.row.kind(column.position) == "fault"

    def _is_unreadable(self, name: str) -> bool:
        kind = self.row.kind(self.columns[name].position)
        raw = self.raw(name)
        if kind == "date":
            message = said("{text} is a date; the spreadsheet probably turned a number into it", text=raw)
            self.error("CAT-105", name, message, "format the column as text and type the value again")
        elif kind == "fault":
            self.error("CAT-108", name, said("{text} is an error of the spreadsheet", text=raw), "repair the formula and save again")
        elif kind == "truth":
            self.error("CAT-102", name, said("{text} is not a number", text=raw), "give a number without words")
        return kind in {"date", "fault", "truth"} or self.is_blank(name)

    def _fault(self, name: str, fault: NumberFault) -> None:
        self.error(_CODES[fault.fault], name, fault.message, fault.remedy)

    def _path(self, name: str) -> str:
        return f"rows[{self.row.number}].{name}" if name else f"rows[{self.row.number}]"


def tidied(value: Decimal) -> Decimal:
    """Write a measure without the idle zeros that a change of unit leaves."""
    return Decimal(plain(value))
