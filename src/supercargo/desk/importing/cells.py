"""The cells of a file's rows as they stood, and the sheet of faulty ones that a person corrects and imports again."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.mapped import FAULT, RECORD, SKIP
from supercargo.desk.export.delimited import escaped
from supercargo.desk.export.files import whole_file
from supercargo.desk.importing.receipt import LeftOut
from supercargo.kernel.words import translate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from supercargo.connectors.raw.table import Grid, Raw
    from supercargo.kernel.words import Language

SHOWN = 5
WRONG = "what is wrong"
_NUMBER = re.compile(r"[-+]?[\d.,\s]*%?|-+")
_NAME = re.compile(r"[^\w.-]+")


def cells_of(raw: Raw, outcome: pl.DataFrame) -> pl.DataFrame:
    """Give ``row`` and ``cells`` (a JSON list) of the rows that became no record; none where the file is no table."""
    rows = outcome.filter(pl.col("status") != RECORD).get_column("row")
    grid = _grid(raw, rows)
    if grid is None:
        return pl.DataFrame(schema={"row": pl.Int64, "cells": pl.String})
    found = grid.cells.filter(pl.col(ROW).is_in(rows.implode()))
    texts = [json.dumps(_trimmed(cells), ensure_ascii=False) for _, *cells in found.iter_rows()]
    return pl.DataFrame({"row": found.get_column(ROW).cast(pl.Int64), "cells": pl.Series(texts, dtype=pl.String)})


def first_left_out(outcome: pl.DataFrame, cells: pl.DataFrame) -> tuple[LeftOut, ...]:
    """Show the first faults and the first skips."""
    lines = outcome.filter(pl.col("status") != RECORD).join(cells.unique("row"), on="row", how="left", maintain_order="left")
    shown = pl.concat([lines.filter(pl.col("status") == status).head(SHOWN) for status in (FAULT, SKIP)])
    return tuple(
        LeftOut(row, status, code or "", reason or "", tuple(json.loads(text)) if text else ())
        for row, status, code, reason, text in shown.select("row", "status", "code", "reason", "cells").iter_rows()
    )


def write_faults(folder: Path, raw: Raw, outcome: pl.DataFrame, language: Language) -> Path | None:
    """Write the faulty rows under the file's own header, with what is wrong in a last column; ``None`` where there are none.

    A cell that a spreadsheet would run gets an apostrophe; a number never does, so that the sheet can be imported again.

    Raises:
        Refused: EXPORT-001, the sheet cannot be written.
    """
    faults = outcome.filter(pl.col("status") == FAULT)
    grid = _grid(raw, faults.get_column("row"))
    if not faults.height or grid is None:
        return None
    reasons = {row: f"{code or ''} {translate(reason or '', language)}".strip() for row, _, code, reason in faults.iter_rows()}
    rows = {number: _trimmed(cells) for number, *cells in grid.cells.filter(pl.col(ROW).is_in(list(reasons))).iter_rows()}
    heading = _heading(grid, outcome)
    width = max([len(heading), *map(len, rows.values())])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_filled(heading, width), translate(WRONG, language)])
    writer.writerows([*map(_harmless, _filled(cells, width)), reasons[number]] for number, cells in rows.items())
    path = folder / f"{_NAME.sub('-', raw.name)}-faults.csv"
    with whole_file(path) as part:
        part.write_bytes(codecs.BOM_UTF8 + text.getvalue().encode())
    return path


def _grid(raw: Raw, rows: pl.Series) -> Grid | None:
    """Find the sheet in which the rows stand."""
    if not raw.grids or not rows.len():
        return None
    return max(raw.grids, key=lambda grid: grid.cells.filter(pl.col(ROW).is_in(rows.implode())).height)


def _heading(grid: Grid, outcome: pl.DataFrame) -> list[str]:
    """Take the row above the first one that is no skip for the header."""
    first = outcome.filter(pl.col("status") != SKIP).get_column("row").min()
    above = grid.cells.filter(pl.col(ROW) < first).tail(1)
    return _trimmed(above.drop(ROW).row(0)) if above.height else []


def _trimmed(cells: Sequence[str | None]) -> list[str]:
    texts = [cell or "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _filled(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _harmless(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else escaped(cell)
