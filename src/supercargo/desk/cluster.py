"""Bulk quotes on a Spark cluster through Spark Connect: the same recipes, the same integers, the same cents.

Chosen by one setting, ``SUPERCARGO_ENGINE=sc://host:port``; needs the extra ``supercargo[cluster]``.
"""

from __future__ import annotations

import os
from functools import reduce
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.bulk import AMOUNTS, DECISION, OBJECTION, Recipe, bounds_of, grouped, recipe
from supercargo.kernel.column import Batch
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.reference.law import Law

SETTING = "SUPERCARGO_ENGINE"
REFUSED, GROUP = "refused", "group"


def session(address: str | None = None) -> Any:
    """Open a session with the cluster that the setting names, such as ``sc://127.0.0.1:15002``.

    Raises:
        Refused: ENGINE-001 no address is set, ENGINE-002 the extra is not installed.
    """
    where = address or os.environ.get(SETTING, "")
    if not where.startswith("sc://"):
        message = said("no cluster is named: {setting} is {value}", setting=SETTING, value=where or "empty")
        raise refuse("ENGINE-001", SETTING, message, "set it to the address of a Spark Connect server, such as sc://127.0.0.1:15002")
    try:
        from pyspark.sql import SparkSession as Session  # noqa: PLC0415 - an extra; most never install it
    except ImportError as missing:
        absent = "the client for Spark is not installed"
        raise refuse("ENGINE-002", SETTING, absent, 'install it with "pip install supercargo[cluster]"') from missing
    return Session.builder.remote(where).getOrCreate()


def quotes_on(spark: Any, frame: pl.DataFrame, law: Law, schemes: frozenset[str] = frozenset()) -> Any:
    """Decide the landed cost of every row on a cluster, as ``desk.bulk.quotes`` does on one machine.

    Returns a Spark table with ``row``, ``group``, the decision's columns as integers in the minor unit,
    and ``refused``: true where the amounts say nothing. Rows of groups without an answer are left out of
    the table and named by ``refused_groups``.
    """
    keys, table = grouped(frame, law)
    bounds = bounds_of(frame, table)
    recipes = {number: recipe(group, law, schemes, bounds, Batch.for_spark(), steps=True) for number, group in table.groups.items()}
    rates = [series.gather(keys).alias(name) for name, series in table.rates.items()]
    rows = frame.select(*AMOUNTS).with_columns(table.number.gather(keys).alias(GROUP), *rates).with_row_index("row")
    sent = spark.createDataFrame(rows.with_columns(pl.all().cast(pl.Int64)).to_arrow())
    parts = [_decided(sent.filter(sent[GROUP] == number), made) for number, made in recipes.items() if made.batch is not None]
    if not parts:
        raise refuse("ENGINE-003", "rows", "no row of the table can be answered", "see the findings of the same table on one machine")
    return reduce(lambda left, right: left.union(right), parts)


def _decided(rows: Any, made: Recipe) -> Any:
    from pyspark.sql import functions as spark_functions  # noqa: PLC0415 - an extra

    batch = made.batch
    if batch is None:
        msg = "a refused group has no recipe"
        raise ValueError(msg)
    computed = batch.run(rows)
    refusals = [spark_functions.col(f"`{name}`") for name in batch.steps if name.startswith(OBJECTION)]
    refused = reduce(lambda left, right: left | right, refusals) if refusals else spark_functions.lit(False)
    decision = [spark_functions.col(f"`{name}`").cast("long").alias(name) for name in DECISION]
    return computed.select("row", GROUP, *decision, refused.alias(REFUSED))
