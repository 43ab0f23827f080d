"""The profit of the company as a table of cells, each of which can be walked down to its files and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.answer import VERSION, finding_document
from supercargo.desk.lake.refresh import found
from supercargo.desk.profit.records import minor
from supercargo.desk.profit.request import ProfitRequest, cell_of
from supercargo.desk.profit.running import Engine, Here
from supercargo.engines.accounting.profit.cells import AMOUNTS, COUNTS, RATES, SHARES, cells, together
from supercargo.engines.accounting.profit.cube import DAY_OF, SUMS, Bounds, cube, pairs_without_rate
from supercargo.engines.accounting.profit.exchange import rate_table
from supercargo.kernel.finding import Finding, refuse, worst_first
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supercargo.desk.lake.manifest import Manifest, Part
    from supercargo.desk.lake.store import Lake
    from supercargo.engines.accounting.profit.cube import Cut
    from supercargo.kernel.words import Language

_IN_DOCUMENT = {"goods_minor": "cost_of_goods", "channel_minor": "channel_fees", "account_minor": "account_charges"}
LONGEST_DAYS = 36_600
"""A lake that spans more days than a century holds a day that was read wrongly."""


@dataclass(frozen=True, slots=True)
class ProfitTable:
    """The cells of a cut, largest net revenue first, or in the order of time where the cut begins with it.

    ``frame``: the keys, ``currency``, amounts in its minor units, ``*_ppm`` rates, counts (``engines.accounting.profit.cells``);
    ``month`` is text such as 2011-11. ``total`` has one row per currency.
    """

    request: ProfitRequest
    frame: pl.DataFrame
    total: pl.DataFrame
    findings: tuple[Finding, ...]
    state: Manifest

    @property
    def keys(self) -> tuple[str, ...]:
        """What the cells are cut by, currencies that stay apart included."""
        return self.request.cut.by

    def cell(self, named: str) -> dict[str, str | None]:
        """Find a cell by the number of its row or by its keys.

        Raises:
            Refused: PROF-023, there is no such cell.
        """
        if not named.isascii() or not named.isdigit():
            return cell_of(named, self.keys)
        number = int(named)
        if not 1 <= number <= self.frame.height:
            message = said("there is no row {number}; the table has {rows}", number=number, rows=self.frame.height)
            raise refuse(
                "PROF-023",
                "explain",
                message,
                said("give the number of the row, or {keys}", keys=",".join(f"{key}=..." for key in self.keys)),
            )
        row = self.frame.row(number - 1, named=True)
        return {key: None if row[key] is None else str(row[key]) for key in self.keys}

    def document(self, language: Language = "en") -> dict[str, Any]:
        """Give the table as plain values for JSON: amounts are text in units of the currency beside them."""
        return {
            "supercargo": VERSION,
            "question": "profit",
            "asked": self.request.asked(),
            "cells": [{"row": number, **entry} for number, entry in enumerate(_entries(self.frame, self.keys), 1)],
            "total": list(_entries(self.total, ())),
            "lake": {"generation": self.state.generation, "lines": self.state.lines, "watermark": dict(self.state.watermark)},
            "findings": [finding_document(finding, language) for finding in worst_first(self.findings)],
        }


def profit_of(lake: Lake, request: ProfitRequest, engine: Engine | None = None) -> ProfitTable:
    """Cut the lake's lines into cells and walk each down its waterfall.

    Raises:
        Refused: LAKE-001 to -003, there is no lake to read; PROF-404, rates of exchange are missing; PROF-030, amounts too
            large; PROF-024, the days of the lake span more than a century.
    """
    state = lake.manifest()
    parts = parts_of(state, request)
    lake.files(state, parts)
    sums = _sums(lake, state, parts, request, engine or Here())
    frame = _ordered(cells(sums, request.cut, request.currency), request)
    total = cells(together(sums, ("currency",) if request.currency is None else ()), _total_cut(request), request.currency).sort("currency")
    return ProfitTable(request, frame, total if sums.height else total.clear(), (*_about(sums), *found(state)), state)


def parts_of(state: Manifest, request: ProfitRequest) -> list[Part]:
    """Choose the files that can hold lines of the question, from the manifest alone."""
    channels = request.where.get("channel")
    return [part for part in state.parts if (channels is None or part.channel in channels) and _within(part, request)]


def days_of(parts: Sequence[Part], request: ProfitRequest) -> list[date]:
    """List every day on which a line of the question may stand.

    Raises:
        Refused: PROF-024, they span more than a century.
    """
    ends = [day for part in parts for day in _ends(part, request) if day is not None]
    if not ends:
        return []
    first, last = max(min(ends), request.since or min(ends)), min(max(ends), (request.until or date.max) - timedelta(days=1))
    span = (last - first).days + 1
    if span > LONGEST_DAYS:
        message = said("the lines are of days from {first} to {last}; one of them was read wrongly", first=first, last=last)
        raise refuse(
            "PROF-024", "lake", message, "give the days with --from and --until, and correct the order of day and month of that file"
        )
    return [first + timedelta(days=number) for number in range(max(0, span))]


def prices_of(parts: Sequence[Part], request: ProfitRequest) -> pl.DataFrame:
    """Give the rates of exchange of all days and currencies of the question. Raises as ``days_of`` does."""
    currencies = {code for part in parts for code in part.currencies}
    return rate_table(request.exchange, days_of(parts, request), currencies)


def _sums(lake: Lake, state: Manifest, parts: Sequence[Part], request: ProfitRequest, engine: Engine) -> pl.DataFrame:
    cut = request.cut
    if not parts:
        return pl.DataFrame(schema={**dict.fromkeys(cut.by, pl.String), **dict.fromkeys(SUMS, pl.Int64)})
    prices = prices_of(parts, request)
    bounds = Bounds(sum(part.lines for part in parts), max((part.largest for part in parts), default=0))
    lines = engine.scan(lake.files(state, parts))
    sums = engine.collect(cube(lines, engine.table(prices), cut, prices, bounds, engine.batch()))
    if sums.get_column("unknown").sum():
        _refuse_unpriced(engine.collect(pairs_without_rate(lines, engine.table(prices), cut)), request)
    return sums


def _refuse_unpriced(pairs: pl.DataFrame, request: ProfitRequest) -> None:
    if not pairs.height:
        return
    ordered = pairs.sort("currency", "day")
    codes = ", ".join(sorted(ordered.get_column("currency").drop_nulls().unique()))
    message = said(
        "no rate of exchange to {view} is known for {codes} on {count} days, such as {day}",
        view=request.currency,
        codes=codes or "-",
        count=ordered.get_column("day").n_unique(),
        day=ordered.get_column("day")[0],
    )
    remedy = said("give planning rates, such as --rate {code}/{view}=PRICE, or keep currencies apart with --currency original",
                  code=codes.split(", ", maxsplit=1)[0] or "-", view=request.currency)  # fmt: skip
    raise refuse("PROF-404", "currency", message, remedy)


def _within(part: Part, request: ProfitRequest) -> bool:
    first, last = _ends(part, request)
    if first is None or last is None:
        return request.view == "order" and request.since is None and request.until is None
    return (request.since is None or last >= request.since) and (request.until is None or first < request.until)


def _ends(part: Part, request: ProfitRequest) -> tuple[date | None, date | None]:
    day = DAY_OF[request.view]
    return getattr(part, f"first_{day}"), getattr(part, f"last_{day}")


def _total_cut(request: ProfitRequest) -> Cut:
    return replace(request.cut, by=("currency",) if request.currency is None else ())


def _ordered(frame: pl.DataFrame, request: ProfitRequest) -> pl.DataFrame:
    """Write months as text and put the cells in their order."""
    if "month" in frame.columns:
        month = pl.col("month").cast(pl.String)
        frame = frame.with_columns((month.str.slice(0, 4) + "-" + month.str.slice(4, 2)).alias("month"))
    keys = list(request.cut.by)
    if request.by[:1] in (("month",), ("day",)) or not keys:
        return frame.sort(keys) if keys else frame
    apart = ["currency"] if request.currency is None else []
    return frame.sort([*apart, "net_revenue", *keys], descending=[*[False] * len(apart), True, *[False] * len(keys)])


def _about(sums: pl.DataFrame) -> Iterator[Finding]:
    if not sums.height:
        yield Finding(
            "PROF-002",
            "warning",
            "lines",
            "there are no lines in these days",
            'widen the days, or bring the lake up to the book with "supercargo lake write"',
        )
    unknown = int(sums.get_column("unknown").sum())
    if unknown:
        message = said("{count} lines have no known amount; the margins of their cells are too high by them", count=unknown)
        yield Finding("PROF-003", "warning", "lines", message, "see which ones below")


def _entries(frame: pl.DataFrame, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    for row in frame.iter_rows(named=True):
        code = row["currency"]
        yield {
            **{key: None if row[key] is None else str(row[key]) for key in keys},
            "currency": code,
            **{_IN_DOCUMENT.get(name, name.removesuffix("_minor")): minor(row[name], code) for name in AMOUNTS},
            **{name: row[name] for name in (*RATES, *SHARES, *COUNTS)},
        }
