"""Records as the book gives them: the schemas of the record tables with ``id`` and ``document_id``; what is not said is unknown."""

from __future__ import annotations

import polars as pl
import pytest

from supercargo.connectors.records.tables import TABLES


def frame(noun, rows, **common):
    """Make records of a noun; id and row count from 1, document 1."""
    schema = {"id": pl.Int64(), "document_id": pl.Int64(), **TABLES[noun]}
    made = [{"id": n, "document_id": 1, "row": n + 1, "key": f"k{n}", **common, **row} for n, row in enumerate(rows, start=1)]
    strange = {name for row in made for name in row} - set(schema)
    assert not strange, strange
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in made], schema=schema)


@pytest.fixture(scope="session")
def records():
    """Give the maker of records."""
    return frame
