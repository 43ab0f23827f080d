"""The cost of what left the stock, what came back, and what is left, by first in first out or moving average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.cost_of_goods import remarks
from supercargo.engines.accounting.cost_of_goods.facts import COSTED, MONEY, Decision, Facts
from supercargo.engines.accounting.cost_of_goods.stock import Book, Pool
from supercargo.engines.accounting.shares import part
from supercargo.kernel.finding import refuse, worst_first
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from supercargo.reference.law import Law

_ARRIVES, _LEAVES, _RETURNS = 0, 1, 2
_EVERYWHERE = "company"
_SEGMENT = {"event": pl.Int64, "begins": pl.Int64, "ends": pl.Int64, "layer": pl.Int64, "layer_from": pl.Int64, "costed_on": pl.Date}


def decide(facts: Facts, law: Law) -> Decision:  # noqa: ARG001 - one shape for all questions; stock needs no law
    """Decide what every movement cost.

    Raises:
        Refused: COGS-400, two movements have one key, so that nothing could be traced.
    """
    _check(facts)
    outs, backs = _pooled(facts.outs, facts), _pooled(facts.backs, facts)
    wrong = pl.concat([table.filter(~_sound()).select("key", "sku", "units") for table in (outs, backs)])
    outs, backs = _placed(outs.filter(_sound())), backs.filter(_sound())
    arrivals = _arrivals(facts)
    backs = _located(backs, outs)
    book, pools, returned = _walk(arrivals.drop_nulls("purchase_minor"), outs, backs, facts)
    segments = pl.DataFrame(book.segments, schema=_SEGMENT, orient="row").sort("event", "begins")
    layers = _layer_table(book)
    pieces = _pieces(outs, segments, layers)
    costed = outs.select("key", "units", "day").join(_summed(pieces), on="key", how="left", maintain_order="left")
    costed = costed.with_columns(pl.col("units_costed").fill_null(0))
    returns = pl.DataFrame(returned, schema=COSTED, orient="row")
    findings = (
        *remarks.of_outs(outs, costed, pieces), *remarks.of_backs(backs, returns), *remarks.of_arrivals(arrivals),
        *remarks.of_wrong(wrong),
    )  # fmt: skip
    return Decision(
        facts.home, facts.method, costed.select(list(COSTED)), returns, _stock(pools), pieces, layers, worst_first(findings)
    )  # fmt: skip


def _check(facts: Facts) -> None:
    keys = pl.concat([facts.outs.get_column("key"), facts.backs.get_column("key")])
    twice = keys.filter(keys.is_duplicated()).unique().sort().to_list()
    if twice:
        raise refuse(
            "COGS-400",
            "movements",
            said("{count} movements share a key, such as {key}", count=len(twice), key=twice[0]),
            "give each its own",
        )


def _sound() -> pl.Expr:
    return pl.col("sku").is_not_null() & pl.col("day").is_not_null() & (pl.col("units").fill_null(0) > 0)


def _pooled(table: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    name = pl.lit(_EVERYWHERE) if facts.pool == "company" else pl.col("warehouse").fill_null("?")
    return table.with_columns(name.alias("pool"))


def _placed(outs: pl.DataFrame) -> pl.DataFrame:
    """Put the lines of a product, pool and day into one event, each with its place among the event's units.

    Their keys decide the order within the day, so that the cents fall the same however the lines were read.
    """
    event = ["sku", "pool", "day"]
    ordered = outs.sort("sku", "day", "pool", "key").with_columns(pl.struct(event).rle_id().cast(pl.Int64).alias("event"))
    ends = pl.col("units").cum_sum().over("event")
    return ordered.with_columns(ends.alias("ends"), (ends - pl.col("units")).alias("begins"))


def _arrivals(facts: Facts) -> pl.DataFrame:
    """Give opening balances and batches in the order of their days; opening stock stands first."""
    opening = facts.opening.with_columns(pl.lit("opening").alias("origin"), pl.lit(0).alias("rank"))
    layers = facts.layers.with_columns((pl.col("shipment_ref") + "/" + pl.col("sku")).alias("origin"), pl.lit(1).alias("rank"))
    wanted = ["origin", "rank", "sku", "warehouse", "arrived_on", "units", *MONEY]
    both = pl.concat([_pooled(table.select(wanted), facts) for table in (opening, layers)], how="vertical_relaxed")
    return both.filter(pl.col("units") > 0).sort("sku", "arrived_on", "rank", "origin", maintain_order=True)


def _located(backs: pl.DataFrame, outs: pl.DataFrame) -> pl.DataFrame:
    """Find the units that come back: the first of the line that have not come back yet."""
    lines = outs.select(pl.col("key").alias("of_key"), "event", pl.col("begins").alias("line_begins"), pl.col("ends").alias("line_ends"))
    found = backs.sort("sku", "day", "key").join(lines, on="of_key", how="left", maintain_order="left")
    before = pl.col("units").cum_sum().over("of_key") - pl.col("units")
    begins = pl.min_horizontal(pl.col("line_begins") + before, "line_ends")
    return found.with_columns(begins.alias("begins")).with_columns(
        pl.min_horizontal(pl.col("begins") + pl.col("units"), "line_ends").alias("ends")
    )


def _walk(
    arrivals: pl.DataFrame, outs: pl.DataFrame, backs: pl.DataFrame, facts: Facts
) -> tuple[Book, dict[tuple[str, str], Pool], list[tuple[Any, ...]]]:  # fmt: skip
    """Walk the days of every product: stock arrives, sales leave, returns come in."""
    book = Book()
    book.kept = {event: [] for event in backs.get_column("event").drop_nulls().unique().to_list()}
    pools: dict[tuple[str, str], Pool] = {}
    returned: list[tuple[Any, ...]] = []
    for sku, day, phase, pool_name, row in _events(arrivals, outs, backs):
        pool = pools.get((sku, pool_name))
        if pool is None:
            pool = pools[sku, pool_name] = Pool(book, sku, pool_name, facts.method)
        if phase == _ARRIVES:
            pool.arrive(row[0], day, row[1], row[2:])
        elif phase == _LEAVES:
            pool.leave(row[0], 0, row[1], day)
        else:
            returned.append(_come_back(book, pool, day, row))
    return book, pools, returned


def _events(arrivals: pl.DataFrame, outs: pl.DataFrame, backs: pl.DataFrame) -> Iterator[tuple[str, date, int, str, tuple[Any, ...]]]:
    together = outs.group_by("sku", "day", "pool", "event").agg(pl.col("units").sum())
    rows = [
        *((sku, day, _ARRIVES, number, pool, rest) for number, (sku, day, pool, *rest) in enumerate(
            arrivals.select("sku", "arrived_on", "pool", "origin", "units", *MONEY).iter_rows())),
        *((sku, day, _LEAVES, number, pool, rest) for number, (sku, day, pool, *rest) in enumerate(
            together.select("sku", "day", "pool", "event", "units").sort("event").iter_rows())),
        *((sku, day, _RETURNS, number, pool, rest) for number, (sku, day, pool, *rest) in enumerate(
            backs.select("sku", "day", "pool", "key", "event", "begins", "ends").iter_rows())),
    ]  # fmt: skip
    rows.sort(key=lambda row: row[:4])
    for sku, day, phase, _number, pool, rest in rows:
        yield sku, day, phase, pool, tuple(rest)


def _come_back(book: Book, pool: Pool, day: date, row: tuple[Any, ...]) -> tuple[Any, ...]:
    key, event, begins, ends = row
    units, totals = (0, (0, 0, 0)) if event is None else book.cost(event, begins, ends)
    if units == 0:
        return key, 0, None, None, None, None, None
    pool.arrive(f"return {key}", day, units, totals)
    return key, units, *totals, sum(totals), day


def _layer_table(book: Book) -> pl.DataFrame:
    columns = {
        "layer": range(len(book.units)), "origin": book.origin, "sku": book.sku, "pool": book.pool, "arrived_on": book.arrived_on,
        "units": book.units, **{name: [totals[place] for totals in book.totals] for place, name in enumerate(MONEY)},
    }  # fmt: skip
    schema = {"layer": pl.Int64, "origin": pl.String, "sku": pl.String, "pool": pl.String, "arrived_on": pl.Date, "units": pl.Int64}
    return pl.DataFrame(columns, schema={**schema, **dict.fromkeys(MONEY, pl.Int64)})


def _pieces(outs: pl.DataFrame, segments: pl.DataFrame, layers: pl.DataFrame) -> pl.DataFrame:
    """Lay lines and segments of every event over one another: which units of which layer each line took."""
    marks = pl.concat([table.select("event", "ends") for table in (outs, segments)]).unique().sort("event", "ends")
    marks = marks.with_columns(pl.col("ends").shift(1, fill_value=0).over("event").alias("begins")).with_columns(_mark().alias("mark"))
    lines = outs.select("key", _mark().alias("mark")).sort("mark")
    taken = segments.with_columns(_mark().alias("mark")).sort("mark").rename({"event": "seg_event", "begins": "seg_begins"}).drop("ends")
    laid = marks.sort("mark").join_asof(lines, on="mark", strategy="forward").join_asof(taken, on="mark", strategy="forward")
    laid = laid.filter(pl.col("event") == pl.col("seg_event")).join(layers.drop("sku", "pool", "arrived_on", "origin"), on="layer")
    first = pl.col("layer_from") + pl.col("begins") - pl.col("seg_begins")
    laid = laid.with_columns(first.alias("layer_from"), (first + pl.col("ends") - pl.col("begins")).alias("layer_to"))
    money = [part(pl.col(name), pl.col("layer_from"), pl.col("layer_to"), pl.col("units")).alias(name) for name in MONEY]
    return laid.select("key", "layer", "layer_from", "layer_to", "costed_on", *money)


def _mark() -> pl.Expr:
    """Give event and place within it as one number, for one search in place of one per event."""
    return pl.col("event") * (1 << 31) + pl.col("ends")


def _summed(pieces: pl.DataFrame) -> pl.DataFrame:
    units = (pl.col("layer_to") - pl.col("layer_from")).sum().alias("units_costed")
    summed = pieces.group_by("key").agg(units, *(pl.col(name).sum() for name in MONEY), pl.col("costed_on").max())
    return summed.with_columns(pl.sum_horizontal(MONEY).alias("cost_minor"))


def _stock(pools: dict[tuple[str, str], Pool]) -> pl.DataFrame:
    rows = []
    for (sku, name), pool in pools.items():
        left = list(pool.left())
        rows.append(
            (name, sku, sum(units for units, _ in left), *(sum(totals[place] for _, totals in left) for place in range(len(MONEY))))
        )
    schema = {"pool": pl.String, "sku": pl.String, "units": pl.Int64, **dict.fromkeys(MONEY, pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("pool", "sku")
