"""What became of a file: records, named skips, reported faults; each of its rows exactly once, and its money with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.kernel.finding import Finding

RECORD, SKIP, FAULT = "record", "skip", "fault"
OUTCOME = {"row": pl.Int64(), "status": pl.String(), "code": pl.String(), "reason": pl.String()}
"""``reason`` is a message of the word lists (English text is the key); null for a record."""


@dataclass(frozen=True, slots=True)
class Control:
    """One column of money, summed straight from the file and again over what became of its rows, in the minor unit.

    ``of_file`` is computed from the raw cells apart from the mapping; ``unreadable`` counts cells of fault rows that are no number.
    """

    column: str
    currency: str
    of_file: int
    of_records: int
    of_skips: int
    of_faults: int
    unreadable: int = 0

    @property
    def ties(self) -> bool:
        """Tell whether nothing was lost."""
        return self.of_file == self.of_records + self.of_skips + self.of_faults


@dataclass(frozen=True, slots=True)
class Mapped:
    """The records of a file by noun, the outcome of each row, the control sums, and what is worth saying about the whole."""

    tables: Mapping[str, pl.DataFrame]
    outcome: pl.DataFrame
    controls: tuple[Control, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was decided for the whole file: decimal sign, order of dates, time zone, settlement, channel."""

    def count(self, status: str) -> int:
        """Count the rows that became records, skips or faults."""
        return self.outcome.filter(pl.col("status") == status).height

    def proved(self, rows: pl.Series) -> Mapped:
        """Give it back once nothing is lost: every input row has one outcome, every record's row is a record's, every sum ties.

        Raises:
            AssertionError: the mapping loses or invents rows or money; that is a fault of the program, and nothing is saved.
        """
        judged = self.outcome.get_column("row").sort()
        if not bool((judged.diff().drop_nulls() > 0).all()) or not judged.equals(rows.cast(pl.Int64).sort(), check_names=False):
            msg = f"{rows.len()} rows came in and {judged.len()} have an outcome"
            raise AssertionError(msg)
        recorded = self.outcome.filter(pl.col("status") == RECORD).select("row")
        for noun, table in self.tables.items():
            if dict(table.schema) != TABLES[noun]:
                msg = f"{noun} does not have its schema"
                raise AssertionError(msg)
            strange = table.select("row").join(recorded, on="row", how="anti").get_column("row")
            if strange.len():
                msg = f"rows {strange.head(5).to_list()} became {noun} but are not counted as records"
                raise AssertionError(msg)
        loose = [control.column for control in self.controls if not control.ties]
        if loose:
            msg = f"the sums of {', '.join(loose)} do not tie"
            raise AssertionError(msg)
        return self
