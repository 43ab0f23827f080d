"""Landed cost in bulk: how fast, in how much memory, against hand-written code, and with how many differences."""

from __future__ import annotations

import resource
import sys
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.bench.cases import CURRENCY, DAY, SCHEMES, cases
from supercargo.bench.yardsticks import decimal_loop, decimal_quote, float_expression, float_table, parameters
from supercargo.desk.bulk import DECISION, OBJECTION, Part, quote_chunks, quotes
from supercargo.desk.quote import GoodsLine, Request, quote
from supercargo.reference.law import Law

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

CHECKED, LOOPED = 2_000, 20_000
HALF_A_CENT = Decimal("0.005")
ROWS = 10_000_000
REPEATS = 3


def run(rows: int = ROWS, tell: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Measure bulk quotes.

    Returns ``rows``, ``seconds``, ``rows_per_second`` (every named step kept as a column),
    ``decision_seconds``, ``decision_rows_per_second`` (the decision's columns only), ``steps`` (named
    steps a row, on average), ``peak_mib`` of the whole process, ``checked`` and ``differences``
    between bulk and single, ``times_decimal_loop`` (how many times as fast as a plain Decimal loop),
    ``times_float_expression`` (how many times the time of a hand-written float expression, both with
    the decision's columns only), and how many of the checked rows the floats and the loop get wrong.
    Times are the best of three passes in this run.
    """
    law, frame = Law(DAY), cases(rows)
    tell("every named step")
    seconds, steps = _best(lambda: _steps(frame, law))
    tell("the decision's columns")
    decision_seconds, _ = _best(lambda: sum(1 for _ in quote_chunks(frame, law, SCHEMES, steps=False)))
    tell("hand-written floats")
    table = float_table(parameters(law))
    float_seconds, computed = _best(lambda: float_expression(frame.lazy(), table).collect().height)
    tell("plain Decimal loop")
    loop_rate = _loop_rate(frame, law)
    tell("bulk against single")
    sample = frame.head(CHECKED)
    differences = count_differences(sample, law)
    loop_wrong, float_wrong = count_wrong_yardsticks(sample, law)
    per_row = float_seconds / max(computed, 1)
    return {
        "rows": rows,
        "seconds": round(seconds, 3),
        "rows_per_second": round(rows / seconds),
        "decision_seconds": round(decision_seconds, 3),
        "decision_rows_per_second": round(rows / decision_seconds),
        "steps": round(steps, 1),
        "peak_mib": peak_mib(),
        "checked": min(CHECKED, rows),
        "differences": differences,
        "times_decimal_loop": round(rows / seconds / loop_rate, 1),
        "times_float_expression": round(decision_seconds / rows / per_row, 2),
        "float_rows_wrong": float_wrong,
        "decimal_loop_rows_wrong": loop_wrong,
    }


def count_differences(frame: pl.DataFrame, law: Law) -> int:
    """Count the rows in which bulk and single disagree in any decided amount, or in whether there is an answer."""
    bulk: dict[int, dict[str, Decimal] | None] = {}
    for part in quotes(frame, law, SCHEMES):
        bulk.update(_decided(part))
    return sum(1 for number, row in enumerate(frame.iter_rows(named=True)) if bulk[number] != _single(row, law))


def count_wrong_yardsticks(frame: pl.DataFrame, law: Law) -> tuple[int, int]:
    """Count the rows in which the Decimal loop, and the floats, miss the rules by half a cent or more."""
    entries = {(entry.market, entry.hs_code): entry for entry in parameters(law)}
    rows = [row for row in frame.iter_rows(named=True) if (row["market"], row["hs_code"]) in entries]
    truth = [_single(row, law) for row in rows]
    floats = float_expression(frame.lazy(), float_table(list(entries.values()))).collect().iter_rows(named=True)
    loop = [decimal_quote(row, entries[row["market"], row["hs_code"]]) for row in rows]
    loop_wrong = sum(
        1 for got, right in zip(loop, truth, strict=True) if right is not None and any(got[name] != right[name] for name in right)
    )
    float_wrong = sum(1 for got, right in zip(floats, truth, strict=True) if right is not None and _far(got, right))
    return loop_wrong, float_wrong


def _far(got: dict[str, Any], right: dict[str, Decimal]) -> bool:
    return any(abs(Decimal(got[name]) - amount) >= HALF_A_CENT for name, amount in right.items())


def peak_mib() -> int:
    """Give the most memory that this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024) if sys.platform == "darwin" else most // 1024


def _steps(frame: pl.DataFrame, law: Law) -> float:
    counted = computed = 0
    for parts in quote_chunks(frame, law, SCHEMES, steps=True):
        for part in parts:
            if part.batch is not None:
                counted += len(part.batch.steps) * part.frame.height
                computed += part.frame.height
    return counted / max(computed, 1)


def _best(work: Callable[[], Any]) -> tuple[float, Any]:
    best, result = float("inf"), None
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def _loop_rate(frame: pl.DataFrame, law: Law) -> float:
    entries = {(entry.market, entry.hs_code): entry for entry in parameters(law)}
    rows = list(frame.head(LOOPED).iter_rows(named=True))
    seconds, done = _best(lambda: len(decimal_loop(rows, entries)))
    return float(done) / seconds


def _decided(part: Part) -> dict[int, dict[str, Decimal] | None]:
    if part.batch is None:
        return dict.fromkeys(part.frame["row"].to_list())
    refusals = [name for name in part.frame.columns if name.startswith(OBJECTION)]
    scales = {name: part.batch.steps[name].scale for name in DECISION}
    return {
        row["row"]: None if any(row[name] for name in refusals) else {name: Decimal(row[name]).scaleb(-scales[name]) for name in DECISION}
        for row in part.frame.iter_rows(named=True)
    }


def _single(row: dict[str, Any], law: Law) -> dict[str, Decimal] | None:
    def money(name: str) -> Decimal:
        return Decimal(row[name]).scaleb(-2)

    line = GoodsLine(row["hs_code"], money("goods"), row["items"], Decimal(row["weight_g"]) / 1000, row["origin"], row["tax_class"])
    request = Request(
        row["origin"], row["market"], law.day, CURRENCY, (line,), money("freight"), money("insurance"), row["business"], row["channel"],
        row["mode"], SCHEMES,
    )  # fmt: skip
    amounts = quote(request, law).amounts
    return {name: amounts[field].amount for name, field in DECISION.items()} if amounts else None
