"""Where a cube is computed: on this machine by Polars, or on a cluster by Spark; what is computed is the same."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from supercargo.desk.cluster import SETTING, session
from supercargo.kernel.column import Batch

if TYPE_CHECKING:
    from collections.abc import Sequence


class Engine(Protocol):
    """What reads Parquet and collects a table."""

    def scan(self, files: Sequence[str]) -> Any:
        """Open files as one table."""

    def table(self, frame: pl.DataFrame) -> Any:
        """Hand a small table over."""

    def batch(self) -> Batch:
        """Give a batch whose divisions are exact there."""

    def collect(self, table: Any) -> pl.DataFrame:
        """Compute a table and fetch it."""


class Here:
    """Polars on this machine, in a stream, so that memory holds the cells and not the lines."""

    def scan(self, files: Sequence[str]) -> pl.LazyFrame:
        """Open files as one table."""
        return pl.scan_parquet(list(files), glob=False)

    def table(self, frame: pl.DataFrame) -> pl.LazyFrame:
        """Hand a small table over."""
        return frame.lazy()

    def batch(self) -> Batch:
        """Give a batch of narwhals expressions."""
        return Batch()

    def collect(self, table: pl.LazyFrame) -> pl.DataFrame:
        """Compute a table."""
        return table.collect(engine="streaming")


@dataclass(frozen=True)
class OnSpark:
    """A cluster through Spark Connect; it must see the lake's files under the same names."""

    spark: Any

    def scan(self, files: Sequence[str]) -> Any:
        """Open files as one table."""
        return self.spark.read.parquet(*files)

    def table(self, frame: pl.DataFrame) -> Any:
        """Hand a small table over."""
        return self.spark.createDataFrame(frame.to_arrow())

    def batch(self) -> Batch:
        """Give a batch of narwhals expressions whose divisions are exact as doubles."""
        return Batch.for_spark()

    def collect(self, table: Any) -> pl.DataFrame:
        """Compute a table and fetch it."""
        fetched = pl.from_arrow(table.toArrow())
        return fetched if isinstance(fetched, pl.DataFrame) else fetched.to_frame()


def chosen() -> Engine:
    """Give the engine that the setting names: a cluster where it is ``sc://host:port``, else this machine.

    Raises:
        Refused: ENGINE-002, the client for Spark is not installed.
    """
    return OnSpark(session()) if os.environ.get(SETTING, "").startswith("sc://") else Here()
