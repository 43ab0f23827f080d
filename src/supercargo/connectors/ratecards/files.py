"""A rate card's file (CSV or XLSX) -> rate cards; what the file is is seen from its bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supercargo.connectors.ratecards.mapping import NO_SHEET, parse
from supercargo.connectors.ratecards.reading import Reading
from supercargo.connectors.sheet import Limits, read_bytes, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.connectors.sheet import Workbook
    from supercargo.kernel.finding import Finding

MOST = Limits(file_bytes=32 << 20, unpacked_bytes=128 << 20, rows=200_000, columns=200, cells=4_000_000, cell_characters=4_000)
"""A carrier's sheet has thousands of rows; what is far beyond is no rate card."""


def read(path: Path, limits: Limits = MOST) -> Reading:
    """Read a rate card from disk.

    Raises:
        Refused: SHEET-001 and the following, the file cannot be read or is beyond a limit.
    """
    return _read(read_workbook(path, limits))


def read_content(content: bytes, name: str, limits: Limits = MOST) -> Reading:
    """Read an uploaded rate card. Raises as ``read`` does."""
    return _read(read_bytes(content, name, limits))


def _read(book: Workbook) -> Reading:
    """Read every visible sheet; one that is no rate card is a warning beside one that is."""
    readings = {sheet.name: parse(sheet.rows, _place(book, sheet.name)) for sheet in book.sheets if not sheet.hidden}
    known = {name: reading for name, reading in readings.items() if not _is_unknown(reading)} or readings
    unknown = [finding for name, reading in readings.items() if name not in known for finding in _named(name, reading)]
    aside = [replace(finding, severity="warning") for finding in unknown]
    return Reading(
        tuple(card for reading in known.values() for card in reading.cards),
        (*book.findings, *(finding for name, reading in known.items() for finding in _named(name, reading)), *aside),
        sum(reading.rows_read for reading in known.values()),
        tuple(row for reading in known.values() for row in reading.rejected),
        book.file,
        book.sha256,
    )


def _place(book: Workbook, sheet: str) -> str:
    return f"{book.file}/{sheet}" if sheet else book.file


def _is_unknown(reading: Reading) -> bool:
    return any(finding.code == NO_SHEET for finding in reading.findings)


def _named(sheet: str, reading: Reading) -> list[Finding]:
    return [finding.at(sheet) if sheet else finding for finding in reading.findings]
