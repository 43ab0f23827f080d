"""A file of rows, whatever spreadsheet program wrote it -> a workbook of text."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from supercargo.connectors.sheet.archive import not_a_workbook
from supercargo.connectors.sheet.decode import decode
from supercargo.connectors.sheet.delimited import read_delimited, too_large
from supercargo.connectors.sheet.limits import Limits
from supercargo.connectors.sheet.sheet import Sheet, Workbook
from supercargo.connectors.sheet.xlsx import read_xlsx
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF-"
_DEFAULT = Limits()


def read_workbook(path: Path, limits: Limits = _DEFAULT) -> Workbook:
    """Read a file from disk; what it is is seen from its bytes, not from its name.

    Raises:
        Refused: SHEET-001 there is no such file; all that ``read_bytes`` raises.
    """
    try:
        if path.stat().st_size > limits.file_bytes:
            raise too_large("SHEET-002", "bytes", limits.file_bytes)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise refuse(
            "SHEET-001", "file", said("{file} cannot be read: {reason}", file=path, reason=reason), "check the name of the file"
        ) from error
    return read_bytes(content, path.name, limits)


def read_bytes(content: bytes, name: str, limits: Limits = _DEFAULT) -> Workbook:
    """Read an uploaded file.

    Raises:
        Refused: SHEET-002 too large, -003 and -004 no text, -010 to -013 beyond a limit or a quotation
            mark that is never closed, -020 to -023 no workbook or one beyond a limit.
    """
    if len(content) > limits.file_bytes:
        raise too_large("SHEET-002", "bytes", limits.file_bytes)
    digest = sha256(content).hexdigest()
    if content.startswith((_OLD_OFFICE, _PDF)):
        raise not_a_workbook()
    if content.startswith(_ZIP):
        return Workbook(name, digest, "xlsx", read_xlsx(content, limits))
    text, encoding = decode(content)
    rows, delimiter = read_delimited(text, limits)
    findings = () if encoding == "utf-8" else (_read_as(encoding),)
    return Workbook(name, digest, "csv", (Sheet("", rows),), encoding, delimiter, findings)


def _read_as(encoding: str) -> Finding:
    message = said("the file was read as {encoding}", encoding=encoding.upper())
    return Finding("SHEET-005", "note", "file", message, "if letters look wrong, save it as CSV UTF-8")
