"""What an XLSX file really unpacks to, measured before anything trusts what it says about itself."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from supercargo.connectors.sheet.delimited import too_large
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.connectors.sheet.limits import Limits

_LOCAL_HEADER = 30
_CHUNK = 1 << 20
_REFERENCE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,9})["']""")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]{1,12})["']""")
_FAULTY = re.compile(rb"""<c\s([^>]*\bt="e"[^>]*)>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)</v>""")
_UNCOMPUTED = re.compile(rb"""<c\s([^>]*)>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v></v>|<v\s*/>)?</c>""")
_PLACE = re.compile(rb"""\br="([A-Z]{1,3})([0-9]{1,7})\"""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What a sheet's own XML says that a reader of values loses: cells with an error, formulas without a result."""

    faults: dict[Place, str]


def inspect(content: bytes, limits: Limits) -> dict[str, SheetPart]:
    """Unpack every part within the limits and give the sheets' parts by sheet name.

    Raises:
        Refused: SHEET-020 not a workbook; SHEET-02n beyond a limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise not_a_workbook() from error
    if len(infos) > limits.archive_entries:
        raise too_large("SHEET-021", "parts", limits.archive_entries)
    names = {info.filename for info in infos}
    if "xl/workbook.xml" not in names:
        raise not_a_workbook()
    return _measure(content, infos, limits)


def not_a_workbook() -> Exception:
    """Refuse a file that is neither text nor XLSX."""
    return refuse(
        "SHEET-020",
        "file",
        "the file is neither CSV nor XLSX",
        "open it in your spreadsheet program and save it as XLSX or CSV UTF-8, without a password",
    )


def _measure(content: bytes, infos: list[zipfile.ZipInfo], limits: Limits) -> dict[str, SheetPart]:
    left = limits.unpacked_bytes
    small: dict[str, bytes] = {}
    parts: dict[str, SheetPart] = {}
    for info in infos:
        body = bytearray()
        for chunk in _unpacked(content, info):
            left -= len(chunk)
            if left < 0:
                raise too_large("SHEET-022", "unpacked bytes", limits.unpacked_bytes)
            body += chunk
        name = info.filename.lstrip("/")
        if name in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
            small[name] = bytes(body)
        elif (name.startswith("xl/") and b"<sheetData" in body) or b":sheetData" in body:
            _bound(body, limits)
            parts[name] = SheetPart(_faults(body))
    return _by_sheet(small, parts, limits)


def _unpacked(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack what really stands in the file; the sizes in its directory may lie."""
    start = info.header_offset
    header = content[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04" or info.flag_bits & 1:
        raise not_a_workbook()
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    packed = memoryview(content)[start + _LOCAL_HEADER + name_length + extra_length :]
    if info.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed[: info.compress_size])
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise not_a_workbook()
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    try:
        while not engine.eof:
            chunk = engine.decompress(waiting, _CHUNK)
            waiting = engine.unconsumed_tail
            if not chunk and not waiting:
                return
            yield chunk
    except zlib.error as error:
        raise not_a_workbook() from error


def _bound(body: bytearray, limits: Limits) -> None:
    """Bound the rectangle that the cells span: one cell in the last corner makes a table of 17 billion."""
    last_row = last_column = 0
    for letters, digits in _REFERENCE.findall(body):
        last_row, last_column = max(last_row, int(digits)), max(last_column, column_of(letters) + 1)
    last_row = max(last_row, max(map(int, _ROW.findall(body)), default=0))
    unplaced = len(_ANY_CELL.findall(body))
    for code, what, found, allowed in (
        ("SHEET-010", "rows", last_row, limits.rows),
        ("SHEET-011", "columns", last_column, limits.columns),
        ("SHEET-012", "cells", max(last_row * last_column, unplaced), limits.cells),
    ):
        if found > allowed:
            raise too_large(code, what, allowed)


def column_of(letters: bytes) -> int:
    """Give the number of a column from its letters, the first being 0.

    >>> column_of(b"A"), column_of(b"AA")
    (0, 26)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _faults(body: bytearray) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for attributes, word in _FAULTY.findall(body):
        _note(found, attributes, unescape(word.decode("utf-8", "replace")))
    for (attributes,) in (match.groups() for match in _UNCOMPUTED.finditer(body)):
        _note(found, attributes, "=")
    return found


def _note(found: dict[Place, str], attributes: bytes, word: str) -> None:
    place = _PLACE.search(attributes)
    if place:
        found[int(place[2]), column_of(place[1])] = word


def _by_sheet(small: dict[str, bytes], parts: dict[str, SheetPart], limits: Limits) -> dict[str, SheetPart]:
    targets = {
        entry.get("Id", ""): entry.get("Target", "")
        for entry in _elements(small.get("xl/_rels/workbook.xml.rels", b"<none/>"), "Relationship")
    }
    sheets = list(_elements(small.get("xl/workbook.xml", b"<none/>"), "sheet"))
    if len(sheets) > limits.sheets:
        raise too_large("SHEET-023", "sheets", limits.sheets)
    named: dict[str, SheetPart] = {}
    for sheet in sheets:
        target = targets.get(sheet.get(_RELATION, ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in parts:
            named[sheet.get("name", "")] = parts[path]
    return named


def _elements(xml: bytes, tag: str) -> Iterator[ET.Element]:
    if b"<!" in xml.replace(b"<!--", b""):
        raise not_a_workbook()
    try:
        root = ET.fromstring(xml)  # noqa: S314 - a document type, and with it every entity, was refused above
    except ET.ParseError as error:
        raise not_a_workbook() from error
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == tag)
