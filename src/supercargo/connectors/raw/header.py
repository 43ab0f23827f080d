"""Where the header stands and what its columns are called with us, in whatever language and with whatever blanks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.table import ROW, Grid, Raw, Table
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supercargo.kernel.finding import Refused

PROBED_ROWS = 40
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS = re.compile(r"[\s_]+")
_MANY = 4
SKIPPED = {"row": pl.Int64(), "code": pl.String(), "reason": pl.String()}

Aliases = "Mapping[str, Iterable[str]]"


def plain(name: str) -> str:
    """Bring a column's name to the form in which names are compared: case, width, blanks and a trailing star do not matter.

    >>> plain("Order/adjustment ID  "), plain("Tracking Number*"), plain("Website URL (Ad level）")
    ('order/adjustment id', 'tracking number', 'website url (ad level)')
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name)).casefold()
    return _BLANKS.sub(" ", text).strip(" *:'\"")


def locate(raw: Raw, columns: Mapping[str, Iterable[str]], required: Iterable[str], *, grid: str | None = None) -> Table:
    """Find the header row and give the rows below it, known columns under our names.

    Args:
        raw: the file.
        columns: our name -> the names that the source uses for it, in any language; our name itself counts.
        required: our names of the columns without which the file is not of this kind.
        grid: the sheet to look in; all of them, the first that fits, if absent.

    Raises:
        Refused: RAW-010, no header is found; says which columns are missing in the likeliest row.
    """
    wanted, known = frozenset(required), names_of(columns)
    best: tuple[int, Sequence[str]] = (-1, ())
    for sheet in raw.grids:
        if grid is not None and plain(sheet.name) != plain(grid):
            continue
        for place, cells in enumerate(_head(sheet)):
            ours = _canonical(cells, known)
            if wanted <= set(ours):
                return _table(sheet, place, ours)
            matched = len(set(ours) & set(columns))
            if matched > best[0]:
                best = (matched, ours)
    raise _no_header(wanted - set(best[1]), columns)


def certainty(
    raw: Raw, columns: Mapping[str, Iterable[str]], required: Iterable[str], distinctive: Iterable[str] = (), *, grid: str | None = None
) -> int:
    """Tell how sure a file is of a kind, in percent.

    0 if a required column is missing; 60 with all required ones; up to 100 with every distinctive one, by which
    no other source's file can be mistaken for this kind.
    """
    wanted, marks, known = frozenset(required), frozenset(distinctive), names_of(columns)
    found = 0
    for sheet in raw.grids:
        if grid is not None and plain(sheet.name) != plain(grid):
            continue
        for cells in _head(sheet):
            ours = set(_canonical(cells, known))
            if wanted <= ours:
                share = len(marks & ours) * 100 // len(marks) if marks else 100
                found = max(found, 60 + share * 40 // 100)
    return found


def names_of(columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Turn our names with their aliases round: a plain alias -> our name; the first one that claims it has it."""
    known: dict[str, str] = {}
    for ours in columns:
        known.setdefault(plain(ours), ours)
    for ours, aliases in columns.items():
        for alias in aliases:
            known.setdefault(plain(alias), ours)
    return known


def _head(sheet: Grid) -> list[tuple[str, ...]]:
    return sheet.cells.head(PROBED_ROWS).drop(ROW).rows()


def _canonical(cells: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Name every column: ours where it is known and not yet taken, else the file's own, made unique."""
    taken: set[str] = set()
    names: list[str] = []
    for place, cell in enumerate(cells):
        own = " ".join(cell.split()) or f"column {place + 1}"
        name = known.get(plain(cell), own)
        if name in taken:
            name, number = own, 2
            while name in taken:
                name, number = f"{own} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return names


def _table(sheet: Grid, place: int, names: list[str]) -> Table:
    heading = sheet.cells.row(place)[1:]
    width = max((number + 1 for number, cell in enumerate(heading) if cell.strip()), default=0)
    cells = sheet.cells
    probe = [f"c{number}" for number in range(width) if heading[number].strip()][:_MANY]
    above = pl.int_range(cells.height, eager=True) < place
    same = cells.select(
        pl.all_horizontal(*(pl.col(name).str.strip_chars() == heading[int(name[1:])].strip() for name in probe))
    ).to_series()
    is_data = ~(above | same)
    rest = [f"c{number}" for number in range(width, cells.width - 1)]
    spills = pl.any_horizontal(*(pl.col(name).str.strip_chars() != "" for name in rest)) if rest else pl.lit(False)
    overflow = cells.filter(is_data).filter(spills).get_column(ROW)
    renamed = {f"c{number}": names[number] for number in range(width)}
    rows = cells.filter(is_data).select(ROW, *(pl.col(old).alias(new) for old, new in renamed.items()))
    exact = sheet.exact.filter(is_data).select(pl.col(old).alias(new) for old, new in renamed.items()) if sheet.exact is not None else None
    skipped = pl.concat(
        [_skips(cells.filter(above), "RAW-011", "stands above the header"), _skips(cells.filter(same), "RAW-012", "is the header")]
    )
    return Table(tuple(names[:width]), rows, overflow, skipped, exact, tuple(cells.head(place).drop(ROW).rows()))


def _skips(rows: pl.DataFrame, code: str, reason: str) -> pl.DataFrame:
    return rows.select(pl.col(ROW).alias("row"), pl.lit(code).alias("code"), pl.lit(reason).alias("reason"))


def _no_header(missing: frozenset[str], columns: Mapping[str, Iterable[str]]) -> Refused:
    names = ", ".join(sorted(next(iter(columns.get(name, ())), name) for name in missing))
    message = said("no header with the columns {columns} is found in the first {rows} rows", columns=names, rows=PROBED_ROWS)
    return refuse("RAW-010", "file", message, "download the report again without changing it, or say with --as what the file is")
