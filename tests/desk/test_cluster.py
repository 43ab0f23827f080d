"""The same recipes over Spark Connect, against a real server (Sail, a wheel without a JVM)."""

from __future__ import annotations

import sys
import warnings

import polars as pl
import pytest

from supercargo.bench.cases import DAY, SCHEMES, cases
from supercargo.desk.bulk import DECISION, OBJECTION, quotes
from supercargo.desk.cluster import SETTING, quotes_on, session
from supercargo.kernel.finding import Refused
from supercargo.reference.law import Law

sail = pytest.importorskip("pysail.spark", reason="the Spark Connect server of the tests (pysail) is not installed")
pytest.importorskip("pyspark", reason="the client for Spark (supercargo[cluster]) is not installed")


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spark():
    # Spark's client takes a process whose main module has no file, as a parallel test worker's, for its own doctests.
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        main.__file__ = __file__
    server = sail.SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = session(f"sc://127.0.0.1:{server.listening_address[1]}")
        yield opened
        opened.stop()
    server.stop()


def one_machine(frame: pl.DataFrame) -> pl.DataFrame:
    parts = []
    for part in quotes(frame, Law(DAY), SCHEMES):
        if part.batch is None:
            continue
        refusals = [name for name in part.frame.columns if name.startswith(OBJECTION)]
        refused = pl.any_horizontal(refusals) if refusals else pl.lit(False)
        parts.append(
            part.frame.select(pl.col("row").cast(pl.Int64), *(pl.col(name).cast(pl.Int64) for name in DECISION), refused.alias("refused"))
        )
    return pl.concat(parts).sort("row")


def test_a_cluster_gives_the_same_cents_as_one_machine(spark):
    frame = cases(3_000)
    arrow = quotes_on(spark, frame, Law(DAY), SCHEMES).toArrow()
    on_cluster = pl.from_arrow(arrow).drop("group").sort("row")
    here = one_machine(frame)
    assert on_cluster.height == here.height > 2_000
    assert on_cluster.equals(here)


def test_without_an_address_the_refusal_says_what_to_set(monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    with pytest.raises(Refused) as refusal:
        session()
    assert refusal.value.findings[0].code == "ENGINE-001"
