"""The kept files of a company, read again row by row for an explanation."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.reading import read_file
from supercargo.connectors.raw.table import ROW
from supercargo.desk.profit.explained import Origin
from supercargo.kernel.finding import Refused

if TYPE_CHECKING:
    from supercargo.book.place import Place
    from supercargo.connectors.raw.table import Raw


class KeptFiles:
    """The originals in a company's folder."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._read = lru_cache(maxsize=8)(self._raw)

    def origin(self, document_id: int, row: int) -> Origin:
        """Give the file's name and the row's cells; none where the file is no table of cells or cannot be read any more."""
        from supercargo.book.reading import raw_row  # noqa: PLC0415 - Django is set up by then

        source = raw_row(self.place, document_id, row)
        raw = self._read(str(source.path))
        return Origin(source.name, row, _cells(raw, row) if raw is not None else ())

    def _raw(self, path: str) -> Raw | None:
        try:
            return read_file(Path(path))
        except (Refused, OSError):
            return None


def _cells(raw: Raw, row: int) -> tuple[str, ...]:
    for grid in raw.grids:
        found = grid.cells.filter(pl.col(ROW) == row)
        if found.height:
            return tuple(str(cell) for cell in found.drop(ROW).row(0))
    return ()
