"""The records of the book as frames: what everything analytic reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.book import bulk
from supercargo.book.models import Channel, Document, ImportRow
from supercargo.book.nouns import NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from supercargo.book.nouns import Noun
    from supercargo.book.place import Place

IDENTITY: dict[str, pl.DataType] = {"id": pl.Int64(), "document_id": pl.Int64(), "revision": pl.Int64()}
_ENDS = {"_since": ">=", "_until": "<", "_after": ">"}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a record stands: the kept file, its name when it came, the format that it was read as, and the row."""

    path: Path
    name: str
    format: str
    row: int


def frame(noun: str, **filters: Any) -> pl.DataFrame:
    """Give the current records of a noun: the columns of its record table, then ``id``, ``document_id``, ``revision``.

    Args:
        noun: a record table, such as ``order_line``.
        filters: a column and its value, or a list of values; ``<column>_since`` (inclusive), ``<column>_until`` (exclusive)
            and ``<column>_after`` bound it: ``posted_on_since=day``, ``id_after=watermark``. ``current=False`` gives all revisions.

    Raises:
        KeyError: there is no such noun or column.
    """
    kind = NOUNS[noun]
    schema = kind.schema | IDENTITY
    where, values = _conditions(kind, schema, dict(filters))
    columns = ", ".join(bulk.plain(kind.column(name), schema[name]) for name in schema)
    sql = f"SELECT {columns} FROM {bulk.quoted(kind.table)}{where} ORDER BY id"  # noqa: S608 - names are the models', values go apart
    read = {name: pl.Int64() if name == "channel" else dtype for name, dtype in schema.items()}
    found = bulk.fetch(sql, read, values)
    return found.with_columns(_codes()) if "channel" in schema else found


def documents() -> pl.DataFrame:
    """List the files that came in: ``id``, ``sha256``, ``name``, ``format``, ``source``, ``imported_at``, the counts of their rows."""
    schema: dict[str, pl.DataType] = {
        "id": pl.Int64(),
        "sha256": pl.String(),
        "name": pl.String(),
        "format": pl.String(),
        "source": pl.String(),
        "imported_at": pl.Datetime("us", "UTC"),
    }
    counts = ("rows", "records", "held", "contested", "skips", "faults")
    columns = [bulk.plain(name, kind, "held") for name, kind in schema.items()] + [f"run.{bulk.quoted(name)}" for name in counts]
    sql = f"SELECT {', '.join(columns)} FROM book_document held JOIN book_import_run run ON run.document_id = held.id ORDER BY held.id"  # noqa: S608
    return bulk.fetch(sql, schema | dict.fromkeys(counts, pl.Int64()))


def raw_row(place: Place, document_id: int, row: int) -> SourceRow:
    """Tell in which kept file, and where in it, a record's row stands.

    Raises:
        KeyError: there is no such document.
    """
    found = Document.objects.filter(pk=document_id).first()
    if found is None:
        msg = f"there is no document {document_id}"
        raise KeyError(msg)
    return SourceRow(place.originals.path_of(found.sha256), found.name, found.format, row)


def left_out(document_id: int) -> pl.DataFrame:
    """List the rows of a file that became no record: ``row``, ``status``, ``code``, ``reason``, ``cells``."""
    texts = ("status", "code", "reason", "cells")
    table = bulk.quoted(ImportRow._meta.db_table)  # noqa: SLF001 - Django's own way to ask
    columns = ", ".join(f"kept.{bulk.quoted(name)}" for name in ("row", *texts))
    sql = (
        f"SELECT {columns} FROM {table} kept JOIN book_import_run run ON run.id = kept.run_id "  # noqa: S608 - see above
        f"WHERE run.document_id = %s ORDER BY kept.{bulk.quoted('row')}"
    )
    return bulk.fetch(sql, {"row": pl.Int64(), **dict.fromkeys(texts, pl.String())}, [document_id])


def _conditions(noun: Noun, schema: dict[str, pl.DataType], filters: dict[str, Any]) -> tuple[str, list[Any]]:
    parts, values = [], []
    if filters.pop("current", True):
        parts.append("is_current")
    for name, wanted in filters.items():
        for condition, value in _condition(noun, schema, name, wanted):
            parts.append(condition)
            values.extend(value)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def _condition(noun: Noun, schema: dict[str, pl.DataType], name: str, wanted: Any) -> Iterator[tuple[str, list[Any]]]:
    end = next((each for each in _ENDS if name.endswith(each)), "")
    column = name.removesuffix(end)
    if column not in schema:
        raise KeyError(name)
    quoted = bulk.quoted(noun.column(column))
    if end:
        yield f"{quoted} {_ENDS[end]} %s", [_bound(wanted)]
    elif isinstance(wanted, list | tuple | set | frozenset):
        values = _ids(column, list(wanted))
        yield (f"{quoted} IN ({', '.join(['%s'] * len(values))})", values) if values else ("1 = 0", [])
    elif wanted is None:
        yield f"{quoted} IS NULL", []
    else:
        yield from _condition(noun, schema, name, [wanted])


def _ids(column: str, wanted: list[Any]) -> list[Any]:
    if column == "channel":
        return list(Channel.objects.filter(code__in=wanted).values_list("id", flat=True))
    return [_bound(value) for value in wanted]


def _bound(value: Any) -> Any:
    """Write a value as the database holds it."""
    if bulk.on_postgresql() or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}".removesuffix(".000000")
    return value.isoformat() if isinstance(value, date) else value


def _codes() -> pl.Expr:
    known = dict(Channel.objects.values_list("id", "code"))
    if not known:
        return pl.lit(None, dtype=pl.String).alias("channel")
    return pl.col("channel").replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
