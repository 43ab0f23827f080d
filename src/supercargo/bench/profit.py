"""Lines into the lake and the profit cube: how fast, in how much memory, against DuckDB and a Decimal loop, with how many differences."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.bench.profit_lines import chunks
from supercargo.bench.quotes import peak_mib
from supercargo.bench.timing import best
from supercargo.desk.lake.store import Lake
from supercargo.desk.profit.request import ProfitRequest
from supercargo.desk.profit.running import Here, chosen
from supercargo.desk.profit.table import parts_of, prices_of
from supercargo.engines.accounting.profit.cube import SUMS, Bounds, cube
from supercargo.engines.accounting.profit.rules import CODES, COLUMNS
from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supercargo.desk.profit.running import Engine

ROWS = 10_000_000
LOOPED = 100_000
REQUEST = ProfitRequest(by=("sku", "country", "month"), currency="EUR")
_CSV = ("order_on", "country", "sku", "kind", "currency", "amount_minor")


def run(rows: int = ROWS, tell: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Measure the way of generated lines into the lake, and the cube by product, market and month out of it.

    Returns ``rows``, ``seconds`` (lake and cube), ``rows_per_second``, ``lake_seconds``, ``lake_bytes``, ``cube_seconds``,
    ``cells``, ``peak_mib`` of the whole process, ``checked`` (cells compared) and ``differences`` from a hand-written
    DuckDB query on the same Parquet (any column of any cell), ``times_duckdb`` (how many times its time the cube
    takes; ``None`` where DuckDB is not installed) and ``times_decimal_loop`` (how many times as fast as
    reading CSV and adding decimals in a loop). The cube's and DuckDB's times are the best of three in this run. Where the
    setting SUPERCARGO_ENGINE names a cluster also ``cluster_seconds``, and its differences are counted with the others.
    """
    with tempfile.TemporaryDirectory(prefix="supercargo-bench-") as folder:
        lake = Lake(Path(folder) / "profit_line")
        tell("lines into the lake")
        lake_seconds = _fill(lake, rows)
        state = lake.manifest()
        tell("the cube")
        cube_seconds, cells = best(lambda: cells_of(lake, REQUEST))
        tell("DuckDB")
        duck_seconds, differences = _against_duckdb(lake, cells)
        cluster = _on_cluster(lake, cells)
        tell("csv and Decimal loop")
        loop_rate = _loop_rate(lake)
        seconds = lake_seconds + cube_seconds
        return {
            "rows": rows,
            "seconds": round(seconds, 3),
            "rows_per_second": round(rows / seconds),
            "lake_seconds": round(lake_seconds, 3),
            "lake_bytes": state.bytes,
            "cube_seconds": round(cube_seconds, 3),
            "cells": cells.height,
            "peak_mib": peak_mib(),
            "checked": cells.height,
            "differences": differences + cluster.pop("differences", 0),
            "times_duckdb": None if duck_seconds is None else round(cube_seconds / duck_seconds, 2),
            "times_decimal_loop": round(rows / cube_seconds / loop_rate, 1),
            **cluster,
        }


def _fill(lake: Lake, rows: int) -> float:
    """Write all lines; the time of making them up is not counted."""
    spent = 0.0
    with lake.write("bench") as writing:
        for channel, lines in chunks(rows):
            start = time.perf_counter()
            writing.put(channel, lines)
            spent += time.perf_counter() - start
        start = time.perf_counter()
    return spent + time.perf_counter() - start


def cells_of(lake: Lake, request: ProfitRequest, engine: Engine | None = None) -> pl.DataFrame:
    """Cut the lake by the cube's own expressions, on this machine or on another engine."""
    state = lake.manifest()
    parts, here = parts_of(state, request), engine or Here()
    prices = prices_of(parts, request)
    bounds = Bounds(state.lines, max(part.largest for part in parts))
    return here.collect(cube(here.scan(lake.files(state, parts)), here.table(prices), request.cut, prices, bounds, here.batch()))


def _on_cluster(lake: Lake, ours: pl.DataFrame) -> dict[str, Any]:
    engine = chosen()
    if isinstance(engine, Here):
        return {}
    seconds, theirs = best(lambda: cells_of(lake, REQUEST, engine))
    return {"cluster_seconds": round(seconds, 3), "differences": count_differences(ours, theirs, REQUEST.cut.by)}


def _against_duckdb(lake: Lake, ours: pl.DataFrame) -> tuple[float | None, int]:
    try:
        import duckdb  # noqa: PLC0415 - a yardstick; users need none
    except ImportError:
        return None, 0
    state = lake.manifest()
    prices = prices_of(parts_of(state, REQUEST), REQUEST)
    with duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as connection:
        connection.register("given", prices.to_arrow())
        connection.execute("create table rates as select * from given")
        query = f"create or replace temp table cells as {duckdb_query(lake.files(state, state.parts))}"
        seconds, _ = best(lambda: connection.execute(query))
        theirs = pl.DataFrame(connection.table("cells").to_arrow_table())
    return seconds, count_differences(ours, theirs, REQUEST.cut.by)


def duckdb_query(files: Sequence[str]) -> str:
    """Write the same cube by hand in SQL, integers throughout, rounded half away from zero."""
    stages = ", ".join(f"sum(value) filter (where stage = {CODES[stage]}) as {column}" for stage, column in COLUMNS.items())
    names = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    return f"""
        select sku, country, month, {stages},
          sum(quantity) filter (where quantity > 0) as units, sum(-quantity) filter (where quantity < 0) as units_returned,
          sum(abs(value)) as moved, sum(abs(value)) filter (where estimated) as moved_estimated,
          sum(abs(value)) filter (where posted_on is not null) as moved_settled, count(*) - count(value) as unknown, count(*) as lines
        from (
          select line.*, rates.month,
            sign(amount_minor)::bigint * ((2 * abs(amount_minor) * rate + divisor) // (2 * divisor)) as value
          from read_parquet([{names}]) line left join rates on line.order_on = rates.day and line.currency = rates.currency
          where stage < {CODES["tax"]}
        ) group by sku, country, month"""  # noqa: S608 - file names of our own folder


def count_differences(ours: pl.DataFrame, theirs: pl.DataFrame, keys: Sequence[str]) -> int:
    """Count the cells that differ in any column, or stand on one side only."""
    other = theirs.with_columns(pl.col(name).fill_null(0).cast(pl.Int64) for name in SUMS)
    joined = ours.join(other, on=list(keys), how="full", suffix=" there", nulls_equal=True, coalesce=True)
    unlike = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name} there")) for name in SUMS)
    return joined.filter(unlike).height


def _loop_rate(lake: Lake) -> float:
    """Measure how many lines a second a plain program adds up: csv, Decimal, a dictionary."""
    state = lake.manifest()
    sample = lake.scan(state, state.parts[:1]).select(_CSV).head(LOOPED).collect()
    prices = prices_of(parts_of(state, REQUEST), REQUEST).select("day", "currency").unique()
    rates = {(str(day), code): REQUEST.exchange.rate(day, code).amount for day, code in prices.iter_rows()}
    major = [
        {**row, "amount": str(Decimal(row["amount_minor"]).scaleb(-minor_digits(row["currency"])))} for row in sample.iter_rows(named=True)
    ]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [*_CSV, "amount"])
    writer.writeheader()
    writer.writerows(major)
    text = buffer.getvalue()
    seconds, _ = best(lambda: decimal_loop(text, rates))
    return sample.height / seconds


def decimal_loop(text: str, rates: dict[tuple[str, str], Decimal]) -> dict[tuple[str, ...], Decimal]:
    """Add lines up as a plain program would."""
    cent, sums = Decimal("0.01"), dict[tuple[str, ...], Decimal]()
    for row in csv.DictReader(io.StringIO(text)):
        value = (Decimal(row["amount"]) * rates[row["order_on"], row["currency"]]).quantize(cent, ROUND_HALF_UP)
        key = (row["sku"], row["country"], row["order_on"][:7], row["kind"])
        sums[key] = sums.get(key, Decimal(0)) + value
    return sums
