"""A catalogue file, CSV or XLSX, in English, Chinese or another language of its headers -> products."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supercargo.connectors.catalogue.mapping import parse
from supercargo.connectors.catalogue.product import Answers, Catalogue
from supercargo.connectors.sheet import Limits, Workbook, read_bytes, read_workbook
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

_NO_ANSWERS = Answers()
_DEFAULT = Limits()


def read(path: Path, answers: Answers = _NO_ANSWERS, limits: Limits = _DEFAULT) -> Catalogue:
    """Read a catalogue from disk.

    Raises:
        Refused: the file is missing, hostile or no sheet (SHEET-nnn); CAT-010 which sheet is not clear.
    """
    return read_catalogue(read_workbook(path, limits), answers)


def read_upload(content: bytes, name: str, answers: Answers = _NO_ANSWERS, limits: Limits = _DEFAULT) -> Catalogue:
    """Read an uploaded catalogue; raises as ``read`` does."""
    return read_catalogue(read_bytes(content, name, limits), answers)


def read_catalogue(book: Workbook, answers: Answers = _NO_ANSWERS) -> Catalogue:
    """Read the one sheet of a workbook that holds a catalogue, or the sheet that the answers name."""
    read_sheets = [
        parse(sheet, book.file, answers)
        for sheet in book.sheets
        if (sheet.name == answers.sheet if answers.sheet else not sheet.hidden) and not all(row.is_empty for row in sheet.rows)
    ]
    usable = [catalogue for catalogue in read_sheets if not any(finding.code in {"CAT-001", "CAT-002"} for finding in catalogue.findings)]
    if len(usable) > 1:
        names = ", ".join(catalogue.sheet for catalogue in usable)
        raise refuse("CAT-010", "sheet", said("several sheets hold a catalogue: {sheets}", sheets=names), "say which sheet to read")
    if not read_sheets:
        raise refuse("CAT-011", "sheet", "the file holds no rows", "give a file with a header and one product in each row")
    chosen = usable[0] if usable else max(read_sheets, key=lambda catalogue: sum(1 for column in catalogue.columns if column.field))
    others = tuple(_not_read(catalogue) for catalogue in read_sheets if catalogue is not chosen)
    findings = (*book.findings, *others, *chosen.findings)
    return replace(chosen, findings=findings, sha256=book.sha256, encoding=book.encoding)


def _not_read(catalogue: Catalogue) -> Finding:
    message = said("the sheet {sheet} is no catalogue; its {rows} rows are not read", sheet=catalogue.sheet, rows=catalogue.rows_read)
    return Finding("CAT-012", "note", f"sheet.{catalogue.sheet}", message, "move its products into the other sheet if they belong there")
