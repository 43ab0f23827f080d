"""Rows that are gathered one by one and become a record table at the end."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import polars as pl

from supercargo.connectors.records.tables import TABLES

Row = dict[str, Any]


class Rows:
    """Record tables in the making; ``row`` and ``key`` are given by the file that is written from them."""

    def __init__(self) -> None:
        self.of: dict[str, list[Row]] = defaultdict(list)

    def add(self, noun: str, **columns: object) -> Row:
        """Add a record and give it back, to be changed until the table is made."""
        row: Row = dict(columns)
        self.of[noun].append(row)
        return row

    def table(self, noun: str, **where: object) -> pl.DataFrame:
        """Make the record table of a noun, of the rows whose columns equal what is asked."""
        kept = [row for row in self.of[noun] if all(row.get(name) == value for name, value in where.items())]
        return table(noun, kept)


def table(noun: str, rows: list[Row]) -> pl.DataFrame:
    """Make a record table of rows, numbered from 2 as under a header."""
    schema = TABLES[noun]
    columns = {name: [row.get(name) for row in rows] for name in schema}
    columns["row"] = [row.get("row", number) for number, row in enumerate(rows, start=2)]
    columns["key"] = [row.get("key", str(number)) for number, row in enumerate(rows)]
    return pl.DataFrame(columns, schema=schema)
