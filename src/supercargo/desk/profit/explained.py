"""From a cell of the profit table down to files and rows: cell, stages, kinds, lines, the row as it stood in the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from supercargo.desk.answer import Answer, amount_document
from supercargo.desk.profit.records import minor
from supercargo.desk.profit.request import within
from supercargo.desk.profit.table import parts_of, prices_of
from supercargo.engines.accounting.kinds import KINDS
from supercargo.engines.accounting.profit import Facts, ProfitLine, decide
from supercargo.engines.accounting.profit.cells import STEPS
from supercargo.engines.accounting.profit.cube import DAY_OF, View
from supercargo.engines.accounting.profit.decide import NAMES, amounts_unknown
from supercargo.engines.accounting.profit.rules import CODES, converted_in_bulk
from supercargo.kernel.column import Batch
from supercargo.kernel.figure import Figure, plain
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.desk.lake.store import Lake
    from supercargo.desk.profit.request import ProfitRequest
    from supercargo.desk.profit.table import ProfitTable
    from supercargo.engines.accounting.profit import Decision
    from supercargo.reference.law import Law

SHOWN = 8
"""Lines that are shown of each kind: the largest ones; the others are one line of their sum."""
_PLACE = ("order_on", "posted_on", "channel", "country", "sku", "estimated", "basis", "noun", "record_id")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line stands: the file's name, the row as its owner counts, and the row's cells as they came."""

    document: str
    row: int
    cells: tuple[str, ...] = ()


class Originals(Protocol):
    """What knows the kept files."""

    def origin(self, document_id: int, row: int) -> Origin:
        """Give the file and the raw cells of a row."""


def explain(table: ProfitTable, lake: Lake, named: str, law: Law, originals: Originals | None = None) -> Answer:
    """Walk a cell down: its waterfall as figures, and in ``rows`` its stages, kinds and lines with file, row and rate.

    Raises:
        Refused: PROF-023, there is no such cell; PROF-025, the cell keeps several currencies apart without naming one.
    """
    cell = table.cell(named)
    request = _of_cell(table.request, cell)
    lines = _lines(table, lake, request)
    shown = lines.filter(pl.col("place") < SHOWN)
    facts = Facts(request.currency or "", (*_each(shown, request, originals), *_others(lines, request)))
    decision = decide(facts, law)
    steps = decision.waterfall
    amounts = {column: step for column in STEPS.values() if isinstance(step := getattr(steps, column), Figure)}
    rates = {name: rate for name, rate in zip(("rate_1", "rate_2", "rate_3"), decision.margin_rates, strict=True) if rate is not None}
    rows = {"stages": _stages(decision), "kinds": _kinds(decision, lines), "lines": _rows(shown, request, originals)}
    asked = {**request.asked(), "by": ",".join(table.keys), "cell": ",".join(f"{key}={value or '-'}" for key, value in cell.items())}
    return Answer(
        "profit",
        asked,
        {**amounts, **rates},
        rows=rows,
        findings=(*amounts_unknown(lines.get_column("value").null_count()), *_cut_short(lines)),
    )


def _of_cell(request: ProfitRequest, cell: Mapping[str, str | None]) -> ProfitRequest:
    own = dict(cell)
    code = own.get("currency") if request.currency is None else request.currency
    if not code:
        raise refuse("PROF-025", "explain", "a cell is explained in one currency", "name the currency of the cell")
    return replace(within(request, own), currency=code)


def _lines(table: ProfitTable, lake: Lake, request: ProfitRequest) -> pl.DataFrame:
    """Read the lines of a cell with their value in the view, and each one's place among its kind, the largest first."""
    parts, day = parts_of(table.state, request), DAY_OF[request.view]
    if not parts:
        raise refuse("PROF-023", "explain", "the cell has no lines", "give the number of a row of the table")
    found = lake.scan(table.state, parts).filter(pl.col("stage") < CODES["tax"], *_conditions(request, day)).collect(engine="streaming")
    if not found.height:
        raise refuse("PROF-023", "explain", "the cell has no lines", "give the number of a row of the table")
    prices = prices_of(parts, request)
    priced = found.join(prices, left_on=[day, "currency"], right_on=["day", "currency"], how="left", maintain_order="left")
    largest = int(found.select(pl.col("amount_minor").abs().max()).item() or 0)
    batch = Batch.on_polars()
    ends = {name: (int(prices.get_column(name).min()), int(prices.get_column(name).max())) for name in ("rate", "divisor")}  # type: ignore[arg-type]
    value = converted_in_bulk(
        batch.input("amount_minor", Unit.of("minor"), 0, -largest, largest), batch.input("rate", RATIO, 0, *ends["rate"]),
        batch.input("divisor", RATIO, 0, *ends["divisor"]),
    )  # fmt: skip
    value.named("value")
    ordered = batch.run(priced).sort(
        "stage", "kind", pl.col("value").abs(), "noun", "record_id", descending=[False, False, True, False, False]
    )
    place = pl.int_range(pl.len()).over("kind").alias("place")
    return ordered.with_columns(place)  # type: ignore[no-any-return]


def _conditions(request: ProfitRequest, day: str) -> list[pl.Expr]:
    conditions = [pl.col(day).is_not_null()] if request.view == "settlement" else []
    conditions += [pl.col(day) >= request.since] if request.since is not None else []
    conditions += [pl.col(day) < request.until] if request.until is not None else []
    for column, values in request.where.items():
        conditions.append(
            pl.col(column).is_in([value for value in values if value is not None]) | (pl.col(column).is_null() & (None in values))
        )
    return conditions


def _each(shown: pl.DataFrame, request: ProfitRequest, originals: Originals | None) -> tuple[ProfitLine, ...]:
    return tuple(_line(row, request, originals) for row in shown.iter_rows(named=True))


def _line(row: Mapping[str, Any], request: ProfitRequest, originals: Originals | None) -> ProfitLine:
    origin = _origin(row, originals)
    code, amount = row["currency"], row["amount_minor"]
    path = f"{origin.document} {origin.row}"
    figure = None if amount is None else Figure.money(minor(amount, code), code, "amount of the line", path)
    rate = request.exchange.rate(row[_day(request.view)], code)
    return ProfitLine(row["kind"], figure, rate, row["quantity"] or 0, row["estimated"], row["posted_on"] is not None)


def _others(lines: pl.DataFrame, request: ProfitRequest) -> tuple[ProfitLine, ...]:
    """Give the lines that are not shown as one amount of each kind, already in the currency of the view."""
    code = request.currency or ""
    rest = lines.filter((pl.col("place") >= SHOWN) & pl.col("value").is_not_null()).group_by("kind", maintain_order=True)
    same = request.exchange.rate(lines.get_column(_day(request.view)).drop_nulls()[0], code)
    return tuple(
        ProfitLine(kind, Figure.money(minor(value, code), code, "other lines", f"lake {count}"), same, units)
        for kind, value, count, units in rest.agg(pl.col("value").sum(), pl.len(), pl.col("quantity").sum()).iter_rows()
    )


def _day(view: View) -> str:
    return DAY_OF[view]


def _stages(decision: Decision) -> list[dict[str, Any]]:
    return [{"stage": NAMES[stage], **_amount(figure)} for stage, figure in decision.stages.items() if figure.amount]


def _kinds(decision: Decision, lines: pl.DataFrame) -> list[dict[str, Any]]:
    """List the kinds in the order of the waterfall; one of which no line is known has no amount."""
    counted = dict(lines.group_by("kind").len().iter_rows())
    return [
        {"kind": kind.name, "key": key, "lines": counted[key], **(_amount(decision.kinds[key]) if key in decision.kinds else _NOT_KNOWN)}
        for key, kind in KINDS.items()
        if key in counted
    ]


_NOT_KNOWN = {"amount": None, "unit": None}


def _amount(figure: Figure) -> dict[str, str]:
    return {name: value for name, value in amount_document(figure).items() if name in ("amount", "unit")}


def _rows(shown: pl.DataFrame, request: ProfitRequest, originals: Originals | None) -> list[dict[str, Any]]:
    return [_row(row, request, originals) for row in shown.iter_rows(named=True)]


def _row(row: Mapping[str, Any], request: ProfitRequest, originals: Originals | None) -> dict[str, Any]:
    origin, code, view = _origin(row, originals), row["currency"], request.currency or ""
    rate = request.exchange.rate(row[_day(request.view)], code)
    cited = rate.citation
    return {
        "kind": row["kind"],
        **{name: str(row[name]) if name.endswith("_on") and row[name] is not None else row[name] for name in _PLACE},
        "amount": None if row["amount_minor"] is None else minor(row["amount_minor"], code),
        "currency": code,
        "rate": plain(rate.amount),
        "rate_source": ", ".join(cited.sources) if cited else "",
        "rate_of": str(cited.since or "") if cited else "",
        "value": None if row["value"] is None else minor(row["value"], view),
        "document": origin.document,
        "row": origin.row,
        "cells": list(origin.cells),
    }


def _origin(row: Mapping[str, Any], originals: Originals | None) -> Origin:
    if originals is None or row["document_id"] is None or row["row"] is None:
        return Origin(f"{row['noun']} {row['record_id']}", row["row"] or 0)
    return originals.origin(row["document_id"], row["row"])


def _cut_short(lines: pl.DataFrame) -> tuple[Finding, ...]:
    hidden = lines.filter(pl.col("place") >= SHOWN).height
    if not hidden:
        return ()
    message = said("the {count} smaller lines of the cell are shown as one sum of each kind", count=hidden)
    return (Finding("PROF-004", "note", "lines", message, "cut by more keys to see them one by one"),)


__all__ = ["Origin", "Originals", "explain"]
