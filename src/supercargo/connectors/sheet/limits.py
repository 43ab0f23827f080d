"""How much of a file is read before it is refused: hostile files are small on disk and huge in memory."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file; a person who trusts a file may raise them."""

    file_bytes: int = 128 * MEBIBYTE
    unpacked_bytes: int = 512 * MEBIBYTE
    archive_entries: int = 5_000
    sheets: int = 200
    rows: int = 1_048_576
    columns: int = 2_000
    cells: int = 20_000_000
    cell_characters: int = 32_767
