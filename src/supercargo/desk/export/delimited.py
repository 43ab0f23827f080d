"""A table -> CSV that Excel opens with its letters intact and without running anything."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.export.files import whole_file
from supercargo.desk.export.values import NUMBERS, exact_texts, is_dangerous, title, words

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.desk.export.table import Table
    from supercargo.kernel.words import Language


def write_csv(path: Path, table: Table, language: Language = "en") -> None:
    """Write UTF-8 with its mark; amounts with a decimal point and no thousands, rates as parts of one.

    A text that a spreadsheet would run gets an apostrophe in front; a number never does, so that a
    negative amount stays a number. The notes of a table are not written.

    Raises:
        Refused: EXPORT-001, the file cannot be written.
    """
    columns = []
    for place, spec in enumerate(table.columns):
        if spec.kind in NUMBERS:
            columns.append(exact_texts(table.frame, spec).alias(str(place)))
        else:
            texts = [None if text is None else escaped(text) for text in words(table.frame, spec, language)]
            columns.append(pl.Series(str(place), texts, dtype=pl.String))
    heading = io.StringIO(newline="")
    csv.writer(heading, lineterminator="\r\n").writerow([escaped(title(spec, language)) for spec in table.columns])
    with whole_file(path) as part, part.open("wb") as stream:
        stream.write(codecs.BOM_UTF8 + heading.getvalue().encode())
        pl.DataFrame(columns).write_csv(stream, include_header=False, line_terminator="\r\n", quote_style="necessary")


def escaped(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run.

    >>> escaped("=1+1"), escaped("T-shirt")
    ("'=1+1", 'T-shirt')
    """
    return f"'{text}" if is_dangerous(text) else text
