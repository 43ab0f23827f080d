"""Tables -> XLSX: numbers are numbers that show the exact cents, texts are texts that nothing runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from supercargo.desk.export.files import whole_file
from supercargo.desk.export.layout import Formats, column_width, sheet_names
from supercargo.desk.export.table import ColumnSpec, Properties, Table
from supercargo.desk.export.values import NUMBERS, currencies, exact_texts, is_dangerous, title, words
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Language, into, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

EXACT_DIGITS = 15
"""Significant digits that the binary float of a spreadsheet keeps."""
ROWS_PER_SHEET = 1_048_575
LONGEST_TEXT = 32_767
LINKS_PER_SHEET = 65_000
LONGEST_LINK = 2_000
_LARGE = 2_000_000
_LINK = re.compile(r"https?://[^\s<>\"]+")
_NO_PROPERTIES = Properties()


def write_xlsx(
    path: Path, tables: Sequence[Table], properties: Properties = _NO_PROPERTIES, language: Language = "en"
) -> tuple[Finding, ...]:
    """Write one sheet per table, and tell what a spreadsheet could not hold as it is.

    Findings: EXPORT-101 amounts beyond fifteen digits are written as text, EXPORT-102 a text is longer
    than a cell, EXPORT-103 a table is continued on another sheet.

    Raises:
        Refused: EXPORT-001, the file cannot be written.
    """
    findings: list[Finding] = []
    parts = [part for table in tables for part in _parts(table, findings, language)]
    cells = sum(table.frame.height * len(table.columns) for table in parts)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": cells > _LARGE}
    with whole_file(path) as unfinished:
        book = xlsxwriter.Workbook(str(unfinished), options)
        _describe(book, properties, language)
        formats = Formats(book)
        for table, name in zip(parts, sheet_names([into(table.name, language) for table in parts]), strict=True):
            _Sheet(book.add_worksheet(name), table, formats, language, findings).write()
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error
    return tuple(findings)


def _describe(book: Workbook, properties: Properties, language: Language) -> None:
    day = properties.created_on
    created = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime.now(UTC)
    book.set_properties(
        {
            "title": into(properties.title, language), "subject": into(properties.subject, language), "author": properties.author,
            "company": properties.company, "comments": into(properties.comments, language), "created": created.replace(tzinfo=None),
        }
    )  # fmt: skip


def _parts(table: Table, findings: list[Finding], language: Language) -> list[Table]:
    if table.frame.height <= ROWS_PER_SHEET:
        return [table]
    message = said(
        "the table {table} has {rows} rows and is continued on further sheets",
        table=into(table.name, language),
        rows=f"{table.frame.height:,}",
    )
    findings.append(Finding("EXPORT-103", "note", into(table.name, "en"), message, "export as Parquet or CSV to have it in one piece"))
    return [replace(table, frame=table.frame.slice(start, ROWS_PER_SHEET)) for start in range(0, table.frame.height, ROWS_PER_SHEET)]


class _Sheet:
    """One sheet while it is being written."""

    def __init__(self, sheet: Worksheet, table: Table, formats: Formats, language: Language, findings: list[Finding]) -> None:
        self.sheet, self.table, self.formats, self.language, self.findings = sheet, table, formats, language, findings
        self.links = 0
        self.reported: set[tuple[str, str]] = set()

    def write(self) -> None:
        """Write set-up, header, rows and notes; row by row, so that a large table needs little memory."""
        columns = [self._values(spec) for spec in self.table.columns]
        titles = [title(spec, self.language) for spec in self.table.columns]
        self._set_up(titles, columns)
        for place, text in enumerate(titles):
            self.sheet.write_string(0, place, text, self.formats.heading)
        specs = list(
            zip(range(len(columns)), self.table.columns, columns, [self._currencies(spec) for spec in self.table.columns], strict=True)
        )
        for row in range(self.table.frame.height):
            for place, spec, values, codes in specs:
                value = values[row]
                if value is not None:
                    self._cell(row + 1, place, spec, value, codes[row] if codes else "")
        for number, note in enumerate(self.table.notes, start=self.table.frame.height + 2):
            self.sheet.write_string(number, 0, into(note, self.language), self.formats.note)

    def _values(self, spec: ColumnSpec) -> list[Any]:
        if spec.kind in NUMBERS:
            return exact_texts(self.table.frame, spec).to_list()
        if spec.kind == "date":
            return self.table.frame.get_column(spec.name).to_list()
        return list(words(self.table.frame, spec, self.language))

    def _currencies(self, spec: ColumnSpec) -> list[str]:
        """Give the codes that stand in the cells themselves: those of a column that the table does not show."""
        shown = {column.name for column in self.table.columns}
        return (
            currencies(self.table.frame, spec)
            if spec.kind == "money" and spec.currency_column and spec.currency_column not in shown
            else []
        )

    def _cell(self, row: int, place: int, spec: ColumnSpec, value: Any, code: str) -> None:
        if spec.kind in NUMBERS:
            self._number(row, place, spec, value, code)
        elif spec.kind == "date" and isinstance(value, date):
            self.sheet.write_datetime(row, place, value.replace(tzinfo=None) if isinstance(value, datetime) else value, self.formats.day)
        elif spec.kind == "link" and _LINK.fullmatch(str(value)) and len(str(value)) <= LONGEST_LINK and self.links < LINKS_PER_SHEET:
            self.links += 1
            self.sheet.write_url(row, place, str(value), self.formats.link, str(value))
        else:
            self._text(row, place, spec, str(value))

    def _number(self, row: int, place: int, spec: ColumnSpec, text: str, code: str) -> None:
        digits = len(text.partition(".")[2])
        significant = len(text.lstrip("-").replace(".", "").strip("0"))
        if significant > EXACT_DIGITS:
            self._report(
                "EXPORT-101",
                spec,
                "an amount has more digits than a spreadsheet keeps; it is written as text",
                "export as Parquet or CSV to compute with it",
            )
            self.sheet.write_string(row, place, text, self.formats.right)
        else:
            self.sheet.write_number(row, place, float(text), self.formats.number(spec.kind, digits, code))

    def _text(self, row: int, place: int, spec: ColumnSpec, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            self._report(
                "EXPORT-102", spec, "a text is longer than a cell holds; its end is cut off", "export as CSV or Parquet to have all of it"
            )
            text = text[: LONGEST_TEXT - 1] + "…"
        if is_dangerous(text):
            self.sheet.write_string(row, place, text, self.formats.quoted)
        elif "\n" in text:
            self.sheet.write_string(row, place, text, self.formats.wrapped)
        else:
            self.sheet.write_string(row, place, text, self.formats.text)

    def _report(self, code: str, spec: ColumnSpec, message: str, remedy: str) -> None:
        if (code, spec.name) not in self.reported:
            self.reported.add((code, spec.name))
            self.findings.append(Finding(code, "warning", f"{into(self.table.name, 'en')}.{spec.name}", message, remedy))

    def _set_up(self, titles: list[str], columns: list[list[Any]]) -> None:
        last = max(0, len(titles) - 1)
        self.sheet.freeze_panes(1, self.table.freeze_columns)
        if titles:
            self.sheet.autofilter(0, 0, self.table.frame.height, last)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_footer("&L&A&R&P / &N")
        for place, (spec, text, values) in enumerate(zip(self.table.columns, titles, columns, strict=True)):
            self.sheet.set_column(place, place, spec.width or column_width(text, values))
            if spec.kind == "verdict" and self.table.frame.height:
                self.formats.colour_verdicts(self.sheet, place, self.table.frame.height, self.language)
