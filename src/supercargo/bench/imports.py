"""Files of marketplaces into the book: rows a second parsed and checked, rows a second saved, against a csv and Decimal loop."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supercargo.bench.import_files import Sample, samples
from supercargo.bench.quotes import peak_mib
from supercargo.bench.timing import best
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.registry import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supercargo.connectors.records.mapped import Mapped

ROWS = 300_000
LOOPED = 50_000
OUTSIDE = {"amazon-settlement": {}, "amazon-orders": {}, "shopify-orders": {"channel": "shopify"}}
"""What is told beside each file."""


def run(rows: int = ROWS, database: str = "", tell: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Measure imports of an Amazon settlement, an Amazon all-orders report and a Shopify export, in one run.

    Args:
        rows: of all files together.
        database: address of a PostgreSQL server with an empty database; SQLite in a temporary folder if empty.
        tell: is told what is being measured.

    Returns ``rows``, ``seconds`` and ``rows_per_second`` (read, mapped, and proved that nothing was lost), the same
    by format, ``save_seconds``, ``saved_rows``, ``saved_rows_per_second``, ``database``, ``bytes``, ``peak_mib``,
    ``checked`` (control sums) and ``differences`` (those that do not tie, and rows without an outcome),
    ``times_decimal_loop`` (how many times as fast as csv and Decimal in a loop, which checks nothing).
    """
    tell("files")
    files = samples(rows)
    measured = {}
    mapped: list[tuple[Sample, Mapped]] = []
    for file in files:
        tell(file.format)
        seconds, result = best(lambda file=file: parsed(file))  # type: ignore[misc]
        measured[file.format] = seconds
        mapped.append((file, result))
    tell("csv and Decimal loop")
    loop_rate = _loop_rate(files)
    tell("saving")
    save_seconds, saved = _saved(mapped, database)
    total, seconds = sum(file.rows for file in files), sum(measured.values())
    return {
        "rows": total,
        "seconds": round(seconds, 3),
        "rows_per_second": round(total / seconds),
        **{f"{file.format} rows_per_second": round(file.rows / measured[file.format]) for file in files},
        "bytes": sum(len(file.content) for file in files),
        "save_seconds": round(save_seconds, 3),
        "saved_rows": saved,
        "saved_rows_per_second": round(saved / save_seconds),
        "database": "PostgreSQL" if database else "SQLite",
        "peak_mib": peak_mib(),
        "checked": sum(len(result.controls) for _, result in mapped),
        "differences": sum(_lost(file, result) for file, result in mapped),
        "times_decimal_loop": round(total / seconds / loop_rate, 1),
    }


def parsed(file: Sample) -> Mapped:
    """Read a file and map it; the mapping proves that no row and no money is lost."""
    return format_of(file.format).map(read_content(file.content, file.name), Context(**OUTSIDE[file.format]))  # type: ignore[arg-type]


def _lost(file: Sample, result: Mapped) -> int:
    """Count control sums that do not tie and rows that came to nothing or became faults."""
    recorded = file.rows - result.count("record") - result.count("skip")
    return sum(not control.ties for control in result.controls) + max(0, recorded) + result.count("fault")


def _loop_rate(files: Sequence[Sample]) -> float:
    """Measure how many rows a second a plain program reads: csv, Decimal, a sum."""
    texts = [(_head(file.content), file) for file in files]
    seconds, read = best(lambda: sum(decimal_loop(text, file.delimiter, file.money)[0] for text, file in texts))
    return read / seconds


def _head(content: bytes) -> str:
    text = content.decode("utf-8-sig")
    return "".join(text.splitlines(keepends=True)[: LOOPED + 1])


def decimal_loop(text: str, delimiter: str, money: str) -> tuple[int, dict[str, Decimal]]:
    """Read a file as a plain program would: a dictionary a row, a Decimal an amount, sums by product."""
    rows, sums = 0, dict[str, Decimal]()
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        rows += 1
        if row.get(money):
            sku = row.get("sku") or row.get("Lineitem sku") or ""
            sums[sku] = sums.get(sku, Decimal(0)) + Decimal(row[money].replace(",", "."))
    return rows, sums


def _saved(mapped: Sequence[tuple[Sample, Mapped]], database: str) -> tuple[float, int]:
    """Save what was mapped into a new book, and count the rows that were kept."""
    from supercargo.book.place import Place  # noqa: PLC0415 - Django is loaded only where it is measured

    with tempfile.TemporaryDirectory(prefix="supercargo-bench-") as folder:
        place = Place.create(Path(folder) / "company", home="CN", base_currency="CNY", database=database)
        place.open()
        from supercargo.book.receipt import NewDocument  # noqa: PLC0415 - after Django
        from supercargo.book.saving import save  # noqa: PLC0415

        spent, rows = 0.0, 0
        for file, result in mapped:
            document = NewDocument(
                hashlib.sha256(file.content).hexdigest(), file.name, file.content, file.format, format_of(file.format).source
            )
            start = time.perf_counter()
            receipt = save(place, document, result.tables, result.outcome, result.controls, result.facts)
            spent += time.perf_counter() - start
            rows += receipt.records
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
    return spent, rows
