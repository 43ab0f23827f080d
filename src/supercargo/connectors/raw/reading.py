"""A file from anywhere -> Raw: what it is, is seen from its bytes and not from its name."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.encoding import decode
from supercargo.connectors.raw.lines import grid_of_text
from supercargo.connectors.raw.table import ROW, Grid, Raw
from supercargo.connectors.sheet.files import read_bytes
from supercargo.connectors.sheet.limits import MEBIBYTE, Limits
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from supercargo.connectors.sheet.sheet import Row, Sheet

FILE_LIMIT = 2048 * MEBIBYTE
UNPACKED_LIMIT = 4096 * MEBIBYTE
WORKBOOK = Limits(file_bytes=512 * MEBIBYTE, unpacked_bytes=2048 * MEBIBYTE, cells=200_000_000)
_GZIP, _ZIP, _OLD_OFFICE, _PDF = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_MT940 = re.compile(r"(?:^|\n)\s*(?::940:|:20:|\{1:F01|\{4:|:20 )")
_MT940_BODY = re.compile(r"\n:(?:60[FM]|61|62[FM]|25|28C?|34F|13D?):")
_HEAD = 8_192


def read_file(path: Path, known: Mapping[str, str] | None = None) -> Raw:
    """Read a file from disk.

    Raises:
        Refused: SHEET-001 it cannot be read, SHEET-002 it is too large; all that ``read_content`` raises.
    """
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise _too_large(FILE_LIMIT)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        message = said("{file} cannot be read: {reason}", file=path, reason=reason)
        raise refuse("SHEET-001", "file", message, "check the name of the file") from error
    return read_content(content, path.name, known)


def read_content(content: bytes, name: str, known: Mapping[str, str] | None = None) -> Raw:
    """Read what was uploaded or downloaded; ``sha256`` is of the bytes as they came.

    Raises:
        Refused: RAW-001 the file is empty, RAW-002 it is a PDF, SHEET-... it is no text or beyond a limit.
    """
    digest, facts = sha256(content).hexdigest(), dict(known or {})
    plain = _unpacked(content) if content.startswith(_GZIP) else content
    if not plain.strip(b" \r\n\t\xef\xbb\xbf\xff\xfe\0"):
        raise refuse(
            "RAW-001", "file", "the file is empty", "download it again; a report without data is sometimes delivered as an empty file"
        )
    if plain.startswith(_PDF):
        raise refuse("RAW-002", "file", "the file is a PDF, not a table", "download the same report as CSV, TXT or XLSX")
    if plain.startswith(_ZIP):
        book = read_bytes(plain, name, WORKBOOK)
        return Raw(name, digest, plain, "workbook", grids=tuple(map(_grid, book.sheets)), findings=book.findings, known=facts)
    if plain.startswith(_OLD_OFFICE):
        return Raw(name, digest, plain, "workbook", grids=_old_workbook(plain), known=facts)
    text, encoding = decode(plain, facts.get("content-type", ""))
    kind = _kind(text[:_HEAD])
    findings = () if encoding == "utf-8" else (_read_as(encoding),)
    if kind != "delimited":
        return Raw(name, digest, plain, kind, text, encoding, findings=findings, known=facts)
    grid, delimiter = grid_of_text(text)
    return Raw(name, digest, plain, kind, text, encoding, delimiter, (grid,), findings, facts)


def _kind(head: str) -> str:
    start = head.lstrip(" \r\n\t")
    if _MT940.search(head) and _MT940_BODY.search(head):
        return "mt940"
    if start.startswith("<"):
        return "xml"
    return "json" if start.startswith(("{", "[")) else "delimited"


def _unpacked(content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            plain = packed.read(UNPACKED_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("RAW-003", "file", "the packed file is damaged", "download it again") from error
    if len(plain) > UNPACKED_LIMIT:
        raise _too_large(UNPACKED_LIMIT)
    return plain


def _too_large(limit: int) -> Exception:
    return refuse(
        "SHEET-002", "file", said("the file is larger than {allowed} bytes", allowed=limit), "split it by month and import the parts"
    )


def _read_as(encoding: str) -> Finding:
    message = said("the file was read as {encoding}", encoding=encoding.upper())
    return Finding("SHEET-005", "note", "file", message, "if letters look wrong, save it as CSV UTF-8")


def _grid(sheet: Sheet) -> Grid:
    rows = [row for row in sheet.rows if not row.is_empty]
    width = max((len(row.cells) for row in rows), default=0)
    columns: dict[str, pl.Series] = {ROW: pl.Series([row.number for row in rows], dtype=pl.Int64)}
    for place in range(width):
        columns[f"c{place}"] = pl.Series([row.cell(place) for row in rows], dtype=pl.String)
    widths = pl.Series([_width(row) for row in rows], dtype=pl.Int64)
    exact = {f"c{place}": pl.Series([row.kind(place) == "number" for row in rows], dtype=pl.Boolean) for place in range(width)}
    return Grid(sheet.name, pl.DataFrame(columns), widths, pl.DataFrame(exact))


def _width(row: Row) -> int:
    return max((place + 1 for place, cell in enumerate(row.cells) if cell), default=0)


def _old_workbook(content: bytes) -> tuple[Grid, ...]:
    """Read a workbook of the old binary format: numbers as the sheet holds them, at most fifteen digits."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - hardly any file needs it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise refuse(
            "RAW-004", "file", "the old workbook cannot be read", "open it in your spreadsheet program and save it as XLSX"
        ) from error
    return tuple(_old_grid(name, rows) for name, rows in sheets)


def _old_grid(name: str, rows: Sequence[Sequence[object]]) -> Grid:
    kept = [(number, row) for number, row in enumerate(rows, start=1) if any(cell not in ("", None) for cell in row)]
    width = max((len(row) for _, row in kept), default=0)
    columns = {ROW: pl.Series([number for number, _ in kept], dtype=pl.Int64)}
    exact = {}
    for place in range(width):
        cells = [row[place] if place < len(row) else "" for _, row in kept]
        columns[f"c{place}"] = pl.Series([_plain(cell) for cell in cells], dtype=pl.String)
        exact[f"c{place}"] = pl.Series([isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells], dtype=pl.Boolean)
    widths = pl.Series([len(row) for _, row in kept], dtype=pl.Int64)
    return Grid(name, pl.DataFrame(columns), widths, pl.DataFrame(exact))


def _plain(cell: object) -> str:
    if isinstance(cell, float):
        return format(cell, ".15g") if "e" not in format(cell, ".15g") else format(cell, ".0f")
    return "" if cell is None else str(cell)
