"""Which days the book's bank statements cover: a payout of other days is not missing, nobody has looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Coverage:
    """The first and last day known of the accounts of each currency, and of all accounts together."""

    spans: dict[str, tuple[date, date]]
    whole: tuple[date, date] | None

    @staticmethod
    def of(lines: pl.DataFrame, statements: pl.DataFrame | None) -> Coverage:
        """Read the days from the bank lines and, where they are stated, from the statements."""
        seen = [lines.select("currency", day=pl.coalesce("booked_on", "value_on"))]
        if statements is not None:
            seen += [statements.select("currency", day=pl.col(name)) for name in ("opening_on", "closing_on")]
        days = pl.concat(seen).drop_nulls()
        by_currency = days.group_by("currency").agg(pl.col("day").min().alias("first"), pl.col("day").max().alias("last"))
        spans = {currency: (first, last) for currency, first, last in by_currency.iter_rows()}
        whole = (min(first for first, _ in spans.values()), max(last for _, last in spans.values())) if spans else None
        return Coverage(spans, whole)

    def covers(self, currency: str, first: date, last: date) -> bool:
        """Tell whether these days are covered for a currency: by its own accounts, else by any, which may have converted it."""
        known = self.spans.get(currency, self.whole)
        return known is not None and known[0] <= first and last <= known[1]
