"""An XLSX file -> sheets of text: numbers exact as the spreadsheet shows them, dates as dates."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from supercargo.connectors.sheet.archive import SheetPart, inspect, not_a_workbook
from supercargo.connectors.sheet.sheet import Kind, Row, Sheet
from supercargo.kernel.figure import plain

if TYPE_CHECKING:
    from supercargo.connectors.sheet.limits import Limits

SHOWN_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; those beyond are noise of the binary float."""

Value = int | float | str | bool | time | date | datetime | timedelta
Range = tuple[tuple[int, int], tuple[int, int]]


def read_xlsx(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Read every sheet; a merged range has its value in each of its cells.

    A cell with an error (``#N/A``) or with a formula that was never computed (``=``) has the kind ``fault``.

    Raises:
        Refused: SHEET-020 not a workbook, SHEET-01n and SHEET-02n beyond a limit.
    """
    parts = inspect(content, limits)
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        return tuple(
            _sheet(book.get_sheet_by_name(entry.name), parts.get(entry.name, SheetPart({})), entry.visible != SheetVisibleEnum.Visible)
            for entry in book.sheets_metadata
            if entry.typ == SheetTypeEnum.WorkSheet
        )
    except (CalamineError, PasswordError, XmlError, ZipError, ValueError, OSError) as error:
        raise not_a_workbook() from error


def shown(value: float) -> str:
    """Write a number as a spreadsheet does, at most fifteen digits and without an exponent.

    >>> shown(12.299999999999999), shown(610910.0), shown(0.1 + 0.2)
    ('12.3', '610910', '0.3')
    """
    return plain(Decimal(f"{value:.{SHOWN_DIGITS}g}")).replace("-0", "0") if value == 0 else plain(Decimal(f"{value:.{SHOWN_DIGITS}g}"))


def _sheet(sheet: CalamineSheet, part: SheetPart, hidden: bool) -> Sheet:  # noqa: FBT001 - a fact about the sheet
    table = sheet.to_python(skip_empty_area=False)
    merged = tuple(sheet.merged_cell_ranges or ())
    _spread(table, merged)
    rows = tuple(_row(number, values, part) for number, values in enumerate(table, start=1))
    return Sheet(sheet.name, rows, tuple(((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in merged), hidden)


def _spread(table: list[list[Value]], merged: tuple[Range, ...]) -> None:
    width = max(map(len, table), default=0)
    for (top, left), (bottom, right) in merged:
        if top >= len(table) or left >= len(table[top]) or table[top][left] == "":
            continue
        for row in range(top, min(bottom + 1, len(table))):
            for column in range(left, min(right + 1, width, len(table[row]))):
                table[row][column] = table[top][left]


def _row(number: int, values: list[Value], part: SheetPart) -> Row:
    cells: list[str] = []
    kinds: dict[int, Kind] = {}
    for position, value in enumerate(values):
        fault = part.faults.get((number, position)) if part.faults and value == "" else None
        text, kind = _cell(value)
        if fault is not None:
            text, kind = fault, "fault"
        cells.append(text)
        if kind != "text":
            kinds[position] = kind
    return Row(number, tuple(cells), kinds) if kinds else Row(number, tuple(cells))


def _cell(value: Value) -> tuple[str, Kind]:
    match value:
        case str():
            return value, "text"
        case bool():
            return ("TRUE" if value else "FALSE"), "truth"
        case int() | float():
            return shown(value), "number"
        case datetime():
            return value.isoformat(" ", "seconds").removesuffix(" 00:00:00"), "date"
        case date() | time():
            return value.isoformat(), "date"
        case _:
            return str(value), "date"
