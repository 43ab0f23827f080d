"""Text with delimiters -> rows: which sign parts the cells is found out, quoted line breaks are kept."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from supercargo.connectors.sheet.sheet import Row
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.connectors.sheet.limits import Limits

DELIMITERS = (",", ";", "\t", "|")
_PROBED_RECORDS = 50
_PROBED_CHARACTERS = 200_000


def read_delimited(text: str, limits: Limits) -> tuple[tuple[Row, ...], str]:
    """Give the rows and their delimiter; a row is a record, as a spreadsheet counts, blank ones included.

    Raises:
        Refused: SHEET-010 too many rows, -011 columns, -012 cells; SHEET-013 a cell is too long or a
            quotation mark is never closed.
    """
    text, delimiter = _declared(text)
    delimiter = delimiter or find_delimiter(text)
    rows: list[Row] = []
    cells = 0
    for number, record in enumerate(_records(text, delimiter, limits), start=1):
        cells += len(record)
        _check(number, record, cells, limits)
        rows.append(Row(number, tuple(record)))
    return tuple(rows), delimiter


def find_delimiter(text: str) -> str:
    r"""Find the sign that parts the rows into the most columns that agree with each other.

    >>> find_delimiter("sku;cost\nA;1,20\nB;3,40\n")
    ';'
    """
    sample = text[:_PROBED_CHARACTERS]
    return max(DELIMITERS, key=lambda sign: (_agreement(sample, sign), -DELIMITERS.index(sign)))


def _agreement(sample: str, delimiter: str) -> float:
    counts: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                counts.append(len(record))
            if len(counts) == _PROBED_RECORDS:
                break
    except csv.Error:
        return 0
    if not counts:
        return 0
    width, rows = Counter(counts).most_common(1)[0]
    return 0 if width == 1 else width * rows / len(counts)


def _declared(text: str) -> tuple[str, str]:
    """Take the line ``sep=;`` away, which a spreadsheet reads and does not count."""
    line, end, rest = text.partition("\n")
    word = line.strip().strip('"').casefold()
    if end and word.startswith("sep=") and len(word) <= len("sep=x"):
        return rest, word[4:] or "\t"
    return text, ""


def _records(text: str, delimiter: str, limits: Limits) -> Iterator[list[str]]:
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    source = _Recorder(io.StringIO(text, newline=""))
    reader = csv.reader(source, delimiter=delimiter)
    number = 0
    while True:
        source.taken.clear()
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _unclosed(number) from None
        if source.at_end and _is_open("".join(source.taken), delimiter):
            raise _unclosed(number)
        if any(len(cell) > limits.cell_characters for cell in record):
            raise _unclosed(number)
        yield record


class _Recorder:
    """Remember the lines of the record that is being read, to judge its quotation marks at the end."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.taken: list[str] = []
        self.at_end = False

    def __iter__(self) -> _Recorder:
        return self

    def __next__(self) -> str:
        try:
            line = next(self.lines)
        except StopIteration:
            self.at_end = True
            raise
        self.taken.append(line)
        return line


def _is_open(raw: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _unclosed(number: int) -> Exception:
    message = said("row {row} has a cell that is far too long; a quotation mark is probably not closed", row=number)
    return refuse("SHEET-013", f"rows[{number}]", message, "close the quotation mark, or save the sheet as XLSX and give that file")


def _check(number: int, record: list[str], cells: int, limits: Limits) -> None:
    for code, what, found, allowed in (
        ("SHEET-010", "rows", number, limits.rows),
        ("SHEET-011", "columns", len(record), limits.columns),
        ("SHEET-012", "cells", cells, limits.cells),
    ):
        if found > allowed:
            raise too_large(code, what, allowed, f"rows[{number}]")


def too_large(code: str, what: str, allowed: int, path: str = "file") -> Exception:
    """Refuse a file that is beyond a limit."""
    templates = {
        "rows": "the file has more than {allowed} rows",
        "columns": "the file has more than {allowed} columns",
        "cells": "the file has more than {allowed} cells",
        "bytes": "the file is larger than {allowed} bytes",
        "unpacked bytes": "the file unpacks to more than {allowed} bytes",
        "parts": "the file has more than {allowed} parts",
        "sheets": "the file has more than {allowed} sheets",
    }
    return refuse(code, path, said(templates[what], allowed=f"{allowed:,}"), "delete empty rows and columns, or split the file")
