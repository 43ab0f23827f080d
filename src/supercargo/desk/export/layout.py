"""How sheets look: formats of numbers by currency, widths, names, and colours that everybody can tell apart."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from supercargo.desk.export.values import VERDICTS
from supercargo.kernel.words import Language, translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NARROWEST, WIDEST = 8, 60
LONGEST_NAME = 31
_MEASURED_ROWS = 200
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))

# Tints of blue, yellow and vermilion from the palette of Okabe and Ito: told apart with every kind of
# colour vision and in grey. The word stands in the cell, so that no meaning rests on colour alone.
_COLOURS = {
    "go": {"bg_color": "#CFE6F5", "font_color": "#003B5C"},
    "fix": {"bg_color": "#FFF1B8", "font_color": "#4A3B00", "italic": True},
    "no-go": {"bg_color": "#F5C6B0", "font_color": "#5C1A00", "bold": True},
}


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EDEDED"})
        self.text = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.quoted = book.add_format({"valign": "top", "quote_prefix": True})
        self.right = book.add_format({"valign": "top", "align": "right"})
        self.note = book.add_format({"italic": True, "font_color": "#444444"})
        self.link = book.add_format({"valign": "top", "font_color": "#0B5394", "underline": 1})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self._numbers: dict[str, Format] = {}
        self._verdicts = {word: book.add_format(style) for word, style in _COLOURS.items()}

    def number(self, kind: str, digits: int, currency: str = "") -> Format:
        """Give the format that shows all digits of a number; negative ones carry a minus, not only a colour."""
        pattern = number_pattern(kind, digits, currency)
        if pattern not in self._numbers:
            self._numbers[pattern] = self.book.add_format({"valign": "top", "num_format": pattern})
        return self._numbers[pattern]

    def colour_verdicts(self, sheet: Worksheet, place: int, rows: int, language: Language) -> None:
        """Colour the cells by their word, so that they keep their colour when a person edits or sorts them."""
        for word in VERDICTS:
            rule = {"type": "cell", "criteria": "==", "value": f'"{translate(word, language)}"', "format": self._verdicts[word]}
            sheet.conditional_format(1, place, rows, place, rule)


@cache
def number_pattern(kind: str, digits: int, currency: str = "") -> str:
    """Write the pattern of a spreadsheet for a number.

    >>> number_pattern("money", 2), number_pattern("money", 0, "JPY"), number_pattern("percent", 3)
    ('#,##0.00', '#,##0" JPY"', '0.0%')
    """
    if kind == "percent":
        shown = max(0, digits - 2)
        return f"0.{'0' * shown}%" if shown else "0%"
    point = f".{'0' * digits}" if digits else ""
    whole = "0" if kind == "integer" and not currency else "#,##0"
    return f"{whole}{point}" + (f'" {currency}"' if currency else "")


def column_width(title: str, values: Iterable[Any]) -> int:
    """Find a width that shows the title in two lines and the first rows in one; Chinese signs take two places."""
    longest = max((_places(str(value)) for value in islice(values, _MEASURED_ROWS) if value is not None), default=0)
    return max(NARROWEST, min(WIDEST, max(longest + 2, _places(title) // 2 + 4)))


def sheet_names(wanted: Sequence[str]) -> list[str]:
    r"""Make names that a spreadsheet accepts: at most 31 signs, none of ``[]:*?/\\``, none twice."""
    taken: set[str] = {"history"}
    names = []
    for place, name in enumerate(wanted, start=1):
        plain = "".join(sign for sign in name.translate(_FORBIDDEN) if sign.isprintable()).strip(" '") or f"Sheet {place}"
        candidate, number = plain[:LONGEST_NAME], 2
        while candidate.casefold() in taken:
            ending = f" ({number})"
            candidate, number = plain[: LONGEST_NAME - len(ending)] + ending, number + 1
        taken.add(candidate.casefold())
        names.append(candidate)
    return names


def _places(text: str) -> int:
    line = max(text.splitlines() or [""], key=len)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line[: WIDEST * 2])
