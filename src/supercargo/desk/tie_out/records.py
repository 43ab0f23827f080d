"""The records that are tied out, as the book gives them, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from supercargo.book.place import Place

NOUNS = (
    "settlement", "money_line", "payout", "bank_line", "bank_statement", "order_line", "customer_return", "reimbursement", "stock_move",
    "product",
)  # fmt: skip
SHOWN_MOST = 20
"""So many rows of files are named at a finding; the rest is counted."""


@dataclass(frozen=True)
class Records:
    """The current records of the nouns that are tied out, each with ``id``, ``document_id`` and ``row``; and the names of the files."""

    settlement: pl.DataFrame
    money_line: pl.DataFrame
    payout: pl.DataFrame
    bank_line: pl.DataFrame
    bank_statement: pl.DataFrame
    order_line: pl.DataFrame
    customer_return: pl.DataFrame
    reimbursement: pl.DataFrame
    stock_move: pl.DataFrame
    product: pl.DataFrame
    documents: pl.DataFrame
    """``id, name`` of the files."""

    @staticmethod
    def read(frame: Callable[[str], pl.DataFrame], documents: pl.DataFrame) -> Records:
        """Read every noun with one function."""
        return Records(**{noun: frame(noun) for noun in NOUNS}, documents=documents)

    @staticmethod
    def of(place: Place) -> Records:
        """Read the records of a book."""
        place.open()
        from supercargo.book import reading  # noqa: PLC0415 - the tables stand once the book is open

        return Records.read(reading.frame, reading.documents().select("id", "name"))

    @property
    def count(self) -> int:
        """Count the records."""
        return sum(getattr(self, field.name).height for field in fields(self) if field.name != "documents")

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self.documents.select("id", "name").iter_rows())

    def place_of(self, document_id: int | None) -> str:
        """Name the file of a record."""
        return "" if document_id is None else self._names.get(document_id, f"#{document_id}")

    def rows_of(self, wanted: dict[str, set[int]]) -> dict[tuple[str, int], tuple[str, int | None]]:
        """Find file and row of many records at once: by noun and id."""
        found: dict[tuple[str, int], tuple[str, int | None]] = {}
        for noun, ids in wanted.items():
            frame: pl.DataFrame = getattr(self, noun)
            here = frame.filter(pl.col("id").is_in(sorted(ids))).select("id", "document_id", "row")
            found |= {(noun, key): (self.place_of(document), row) for key, document, row in here.iter_rows()}
        return found


def together(rows: Iterable[tuple[str, int | None]]) -> list[str]:
    """Name files with their rows, as ``settlement.txt 14, 15``.

    >>> together([("a.txt", 4), ("a.txt", 5), ("b.csv", 2)])
    ['a.txt 4, 5', 'b.csv 2']
    """
    by_file: dict[str, list[str]] = {}
    for file, row in rows:
        by_file.setdefault(file, []).append("?" if row is None else str(row))
    return [f"{file} {', '.join(numbers)}" for file, numbers in by_file.items()]
