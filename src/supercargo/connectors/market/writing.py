"""Rows of text -> the bytes of a file as a marketplace writes it; nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | float
_MADE_AT = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's own time has no zone; fixed, so that the same rows give the same bytes
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(sheets: Sequence[tuple[str, Iterable[Sequence[Cell]]]]) -> bytes:
    """Write sheets of rows as XLSX; an empty cell is left out."""
    content = io.BytesIO()
    book = Workbook(content, _PLAIN)
    book.set_properties({"created": _MADE_AT})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, place, cell)
    book.close()
    return content.getvalue()


def delimited(rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", mark: bool = True, line_end: str = "\r\n") -> bytes:
    """Write rows as delimited text in UTF-8, with the mark that a spreadsheet program wants unless told otherwise."""
    content = io.StringIO(newline="")
    csv.writer(content, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return content.getvalue().encode("utf-8-sig" if mark else "utf-8")


def amount(minor: int | None, currency: str, *, sign: int = 1) -> str:
    """Write an amount in the minor unit with a decimal point and all its digits.

    >>> amount(-123456, "MXN"), amount(1990, "CLP"), amount(None, "EUR")
    ('-1234.56', '1990', '')
    """
    if minor is None:
        return ""
    digits = minor_digits(currency)
    value = minor * sign
    whole, rest = divmod(abs(value), 10**digits)
    text = f"{whole}.{rest:0{digits}d}" if digits else str(whole)
    return f"-{text}" if value < 0 else text


def number(minor: int | None, currency: str, *, sign: int = 1) -> Cell:
    """Give an amount as the number of a spreadsheet's cell; an unknown one leaves the cell empty."""
    text = amount(minor, currency, sign=sign)
    return float(text) if text else ""
