"""Delimited text -> a grid of cells: lines at once where no cell holds a line break, record by record where one does."""

from __future__ import annotations

import csv
import io
from functools import partial

import polars as pl

from supercargo.connectors.raw.table import ROW, Grid
from supercargo.connectors.sheet.delimited import find_delimiter
from supercargo.connectors.sheet.limits import Limits
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

_LIMITS = Limits(columns=2_000, cell_characters=1_000_000)
_DECLARED = "sep="
_LONGEST = 2**30
"""A longer text is no single cell."""
_QUOTED_PART = r'"[^"]*"'


def grid_of_text(text: str) -> tuple[Grid, str]:
    """Part the text into cells and give the delimiter.

    Tab-delimited reports of marketplaces are not quoted: a quotation mark inside a title is data. A
    tab-delimited text that a spreadsheet wrote is: it is read so when only that gives even rows.

    Raises:
        Refused: RAW-005 too many columns, RAW-006 a quotation mark is never closed.
    """
    body, delimiter, first = _declared(text)
    delimiter = delimiter or find_delimiter(body)
    parted = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    lines = pl.Series("line", [parted]).str.split("\n").explode() if len(parted) < _LONGEST else pl.Series("line", parted.split("\n"))
    filled = lines.str.strip_chars(" \t,;|").str.len_bytes() > 0
    numbers = pl.int_range(first, first + lines.len(), eager=True, dtype=pl.Int64).filter(filled)
    kept = lines.filter(filled)
    by_records = partial(_by_records, body, delimiter, first)
    by_lines = partial(_by_lines, _joined(parted, filled, kept), kept, numbers, delimiter)
    marks = kept.str.count_matches('"', literal=True) if '"' in body else None
    if marks is None or (delimiter == "\t" and not _tabs_are_quoted(kept, marks)):
        return by_lines(None, kept.str.count_matches(delimiter, literal=True)) or by_records(), delimiter
    if bool((marks % 2 == 0).all()):
        bare = kept.str.replace_all(_QUOTED_PART, "")
        return by_lines('"', bare.str.count_matches(delimiter, literal=True)) or by_records(), delimiter
    return by_records(), delimiter


def _joined(text: str, filled: pl.Series, kept: pl.Series) -> str:
    """Give the lines that are kept as one text: the beginning of the file's own where blank lines stand at its end only."""
    if bool(filled.head(kept.len()).all()):
        return text[: int(kept.str.len_chars().sum() or 0) + max(kept.len() - 1, 0)]
    return "\n".join(kept.to_list())


def _declared(text: str) -> tuple[str, str, int]:
    """Take off the line by which a spreadsheet names its delimiter."""
    if text[: len(_DECLARED)].lower() == _DECLARED:
        line, _, rest = text.partition("\n")
        sign = line[len(_DECLARED) :].strip("\r\n")
        return (rest, sign, 2) if len(sign) == 1 else (text, "", 1)
    return text, "", 1


def _tabs_are_quoted(lines: pl.Series, marks: pl.Series) -> bool:
    """Tell whether quotation marks wrap cells: every line is even, or only wrapping makes the widths agree."""
    with_marks = lines.filter(marks > 0)
    wrapped = with_marks.str.contains(r'(^|\t)"([^"]|"")*"(\t|$)') & ~with_marks.str.contains(r'[^\t"]"[^\t"]')
    if not bool(wrapped.all()):
        return not bool((marks % 2 == 0).all()) and _agree_better_quoted(lines)
    return True


def _agree_better_quoted(lines: pl.Series) -> bool:
    """Tell whether records that span lines are the only way to even rows."""
    widths = lines.str.count_matches("\t", literal=True)
    usual = widths.mode().to_list()[-1]
    return bool((widths != usual).any()) and _even_as_records("\n".join(lines.to_list()), usual)


def _even_as_records(text: str, usual: int) -> bool:
    widths = {len(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter="\t") if record}
    return widths == {usual + 1}


def _by_lines(text: str, lines: pl.Series, numbers: pl.Series, delimiter: str, quote: str | None, signs: pl.Series) -> Grid | None:
    """Read every line as a record; nothing where the lines turn out to be none."""
    widths = (signs + 1).cast(pl.Int64)
    width = int(signs.max() or 0) + 1 if signs.len() else 0  # type: ignore[arg-type]
    _check_width(width)
    if not lines.len():
        return Grid("", pl.DataFrame({ROW: numbers}), widths)
    names = [f"c{place}" for place in range(width)]
    if len(delimiter.encode()) > 1:
        return None
    if short := width - int(widths[0]):  # the reader takes the number of columns from the first line
        end = len(lines[0])
        text = text[:end] + delimiter * short + text[end:]
    try:
        cells = pl.read_csv(
            text.encode(),
            has_header=False,
            separator=delimiter,
            quote_char=quote,
            schema=dict.fromkeys(names, pl.String),
            truncate_ragged_lines=True,
        ).fill_null("")
    except pl.exceptions.PolarsError:  # quotation marks that no rule explains
        return None
    if cells.height != lines.len():
        return None
    return Grid("", cells.insert_column(0, numbers.alias(ROW)), widths)


def _by_records(text: str, delimiter: str, first: int) -> Grid:
    """Read record by record; the number of a record is that of the line on which it begins."""
    csv.field_size_limit(_LIMITS.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    numbers: list[int] = []
    begins = first
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                records.append(record)
                numbers.append(begins)
            begins = first + reader.line_num
    except csv.Error as error:
        message = said("row {row} has a cell that is far too long; a quotation mark is probably not closed", row=begins)
        remedy = "close the quotation mark, or save the sheet as XLSX and give that file"
        raise refuse("RAW-006", f"rows[{begins}]", message, remedy) from error
    width = max(map(len, records), default=0)
    _check_width(width)
    columns: dict[str, pl.Series] = {ROW: pl.Series(numbers, dtype=pl.Int64)}
    for place in range(width):
        columns[f"c{place}"] = pl.Series([record[place] if place < len(record) else "" for record in records], dtype=pl.String)
    return Grid("", pl.DataFrame(columns), pl.Series([len(record) for record in records], dtype=pl.Int64))


def _check_width(width: int) -> None:
    if width > _LIMITS.columns:
        message = said("the file has more than {allowed} columns", allowed=_LIMITS.columns)
        raise refuse("RAW-005", "file", message, "delete empty rows and columns, or split the file")
