"""Whole tables in and out of the database, quickly: COPY on PostgreSQL, prepared statements on SQLite.

Names of tables and columns come from the models, never from a file; values are always sent apart from the statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BATCH = 20_000
_SQL_TYPES = {
    "postgresql": {pl.Int64: "bigint", pl.String: "text", pl.Date: "date", pl.Datetime: "timestamptz", pl.Boolean: "boolean"},
    "sqlite": {pl.Int64: "integer", pl.String: "text", pl.Date: "text", pl.Datetime: "text", pl.Boolean: "integer"},
}


def on_postgresql() -> bool:
    """Tell which of the two databases is open."""
    return connection.vendor == "postgresql"


def quoted(name: str) -> str:
    """Quote a name."""
    return connection.ops.quote_name(name)


def names(columns: Sequence[str]) -> str:
    """Quote names and set commas between them."""
    return ", ".join(quoted(column) for column in columns)


def insert(table: str, frame: pl.DataFrame, report: Callable[[int], None] | None = None) -> None:
    """Insert all rows of a frame; its columns are the table's own names. A column without any value is left to be null."""
    frame = frame.select(column for column in frame if column.null_count() < frame.height)
    for begin in range(0, frame.height, BATCH):
        part = frame.slice(begin, BATCH)
        (_copy_in if on_postgresql() else _execute_many)(table, part)
        if report is not None:
            report(part.height)


def temporary(name: str, frame: pl.DataFrame) -> None:
    """Put a frame into a table that is gone when the transaction ends."""
    kinds = _SQL_TYPES["postgresql" if on_postgresql() else "sqlite"]
    columns = ", ".join(f"{quoted(column)} {kinds[type(kind)]}" for column, kind in frame.schema.items())
    until = " ON COMMIT DROP" if on_postgresql() else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {quoted(name)}")
        cursor.execute(f"CREATE TEMPORARY TABLE {quoted(name)} ({columns}){until}")
    insert(name, frame)
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {quoted(name)}")


def update_each(table: str, column: str, values: Sequence[tuple[Any, int]]) -> None:
    """Set a column of single rows: each value with the id of its row."""
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {quoted(table)} SET {quoted(column)} = %s WHERE id = %s", values)  # noqa: S608


def drop(name: str) -> None:
    """Take a temporary table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {quoted(name)}")


def execute(sql: str, values: Sequence[Any] = ()) -> int:
    """Carry a statement out and give the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return int(cursor.rowcount)


def fetch(sql: str, schema: Mapping[str, pl.DataType], values: Sequence[Any] = (), *, strict: bool = True) -> pl.DataFrame:
    """Fetch the rows of a query as a frame, column by column in the order of the schema.

    ``strict=False`` gives null for what is not of its type: a database of SQLite lets anybody write text into a number.
    """
    return _copy_out(sql, schema, values) if on_postgresql() else _fetch_many(sql, schema, values, strict=strict)


def plain(name: str, kind: pl.DataType, of: str = "") -> str:
    """Write a column for a query so that SQLite hands it over as it is stored, without making objects of it."""
    column = f"{of}.{quoted(name)}" if of else quoted(name)
    return f"+{column}" if not on_postgresql() and isinstance(kind, pl.Date | pl.Datetime | pl.Boolean) else column


def _execute_many(table: str, frame: pl.DataFrame) -> None:
    ready = frame.select(map(_as_sqlite, frame))
    marks = ", ".join("?" * frame.width)
    connection.ensure_connection()
    connection.connection.executemany(f"INSERT INTO {quoted(table)} ({names(frame.columns)}) VALUES ({marks})", ready.rows())  # noqa: S608


def _as_sqlite(column: pl.Series) -> pl.Series:
    if isinstance(column.dtype, pl.Datetime):  # as Django writes it: without a fraction where there is none
        whole, is_whole = column.dt.strftime("%Y-%m-%d %H:%M:%S"), (column.dt.microsecond() == 0).fill_null(value=True)
        return whole if bool(is_whole.all()) else whole.zip_with(is_whole, column.dt.strftime("%Y-%m-%d %H:%M:%S%.6f"))
    return column.dt.strftime("%Y-%m-%d") if isinstance(column.dtype, pl.Date) else column


def _copy_in(table: str, frame: pl.DataFrame) -> None:
    text = frame.write_csv(include_header=False, quote_style="non_numeric", datetime_format="%Y-%m-%d %H:%M:%S%.6f+00")
    with connection.cursor() as cursor, cursor.copy(f"COPY {quoted(table)} ({names(frame.columns)}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(text)


def _fetch_many(sql: str, schema: Mapping[str, pl.DataType], values: Sequence[Any], *, strict: bool) -> pl.DataFrame:
    parts: list[pl.DataFrame] = []
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        while rows := cursor.fetchmany(BATCH):
            columns = zip(schema.items(), zip(*rows, strict=True), strict=True)
            parts.append(pl.DataFrame([_series(name, kind, values, strict=strict) for (name, kind), values in columns]))
    return pl.concat(parts) if parts else pl.DataFrame(schema=dict(schema))


def _series(name: str, kind: pl.DataType, values: tuple[Any, ...], *, strict: bool) -> pl.Series:
    if isinstance(kind, pl.Date):
        return pl.Series(name, values, dtype=pl.String, strict=strict).str.to_date("%Y-%m-%d", strict=strict)
    if isinstance(kind, pl.Datetime):
        texts = pl.Series(name, values, dtype=pl.String, strict=strict)
        return texts.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC", strict=strict)
    if isinstance(kind, pl.Boolean):
        return pl.Series(name, values, dtype=pl.Int64, strict=strict).cast(pl.Boolean)
    return pl.Series(name, values, dtype=kind, strict=strict)


def _copy_out(sql: str, schema: Mapping[str, pl.DataType], values: Sequence[Any]) -> pl.DataFrame:
    read = {name: pl.String() if isinstance(kind, pl.Date | pl.Datetime | pl.Boolean) else kind for name, kind in schema.items()}
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", list(values) or None) as copy:
        content = b"".join(copy)
    if not content:
        return pl.DataFrame(schema=dict(schema))
    frame = pl.read_csv(content, has_header=False, schema=read)
    return frame.select(_from_postgresql(name, kind) for name, kind in schema.items())


def _from_postgresql(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Date):
        return column.str.to_date("%Y-%m-%d")
    if isinstance(kind, pl.Datetime):
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%#z", time_unit="us").dt.convert_time_zone("UTC")
    return (column == "t") if isinstance(kind, pl.Boolean) else column
