"""The tie-out as one object: the list, what does not tie with its money and its rows, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.answer import VERSION, finding_document
from supercargo.desk.tie_out.statement import DIFFERS, MISSING, NAMES, counts
from supercargo.engines.accounting.discrepancy import shown
from supercargo.kernel.finding import worst_first
from supercargo.kernel.words import translate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from supercargo.desk.tie_out.answers import Answers
    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.words import Language


@dataclass(frozen=True, slots=True)
class Weighed:
    """What does not tie, what that is worth at home, and in which rows of which files it stands.

    ``home_minor`` is at the published rate of its day, rounded; it only orders the list and is no amount of any account.
    """

    discrepancy: Discrepancy
    home_minor: int | None
    rate: str
    rate_day: date | None
    rows: tuple[tuple[str, int | None], ...]
    more_rows: int = 0

    @property
    def finding(self) -> Finding:
        """Give the finding itself."""
        return self.discrepancy.finding

    @property
    def amount(self) -> str:
        """Write the money at stake; empty where nobody knows it."""
        minor = self.discrepancy.amount_minor
        return "" if minor is None else shown(minor, self.discrepancy.currency)


@dataclass(frozen=True, slots=True, eq=False)
class TieOut:
    """Every settlement, payout and bank line that was asked for, and what does not tie, the most money first."""

    asked: Mapping[str, str]
    home: str
    day: date
    statement: pl.DataFrame
    weighed: tuple[Weighed, ...]
    notes: tuple[Finding, ...]
    answers: Answers
    records_read: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List all findings, the most money first, then what has none."""
        return (*(one.finding for one in self.weighed), *self.notes)

    @property
    def ties(self) -> bool:
        """Tell that nothing differs and nothing is missing."""
        wrong = self.statement.filter(pl.col("verdict").is_in([DIFFERS, MISSING])).height
        return not wrong and not any(finding.severity == "error" for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """Give 0 when everything ties, 1 when anything differs or is missing."""
        return 0 if self.ties else 1

    def document(self, language: Language = "en") -> dict[str, Any]:
        """Give everything as plain values for JSON: amounts are text beside their currency."""
        return {
            "supercargo": VERSION,
            "question": "tie-out",
            "answered": self.ties,
            "asked": dict(self.asked) | {"on": self.day.isoformat(), "home": self.home},
            "records_read": self.records_read,
            "counts": [self._count(row, language) for row in counts(self.statement).iter_rows(named=True)],
            "rows": {"statement": [_line(row, language) for row in self.listed().iter_rows(named=True)]},
            "findings": [self._told(one, language) for one in self.weighed]
            + [finding_document(finding, language) for finding in worst_first(self.notes)],
        }

    def listed(self) -> pl.DataFrame:
        """Give the statement without bank lines that have nothing to do with a channel; those are only counted."""
        return self.statement.filter(pl.col("verdict") != "other")

    def _told(self, one: Weighed, language: Language) -> dict[str, Any]:
        found = one.discrepancy
        return {
            **finding_document(one.finding, language),
            "channel": found.channel,
            "reference": found.reference,
            "on": None if found.on is None else found.on.isoformat(),
            "amount": one.amount or None,
            "currency": found.currency,
            "amount_home": None if one.home_minor is None else shown(one.home_minor, self.home),
            "rate": one.rate or None,
            "rate_day": None if one.rate_day is None else one.rate_day.isoformat(),
            "rows": [{"file": file, "row": row} for file, row in one.rows],
            "more_rows": one.more_rows,
        }

    @staticmethod
    def _count(row: dict[str, Any], language: Language) -> dict[str, Any]:
        names = {"noun": row["noun"], "verdict": row["verdict"], "said": translate(NAMES[row["verdict"]], language), "count": row["count"]}
        return names | {"currency": row["currency"]} | _amounts(row)


def _line(row: dict[str, Any], language: Language) -> dict[str, Any]:
    names = {name: row[name] for name in ("noun", "channel", "reference", "currency", "verdict", "code", "file", "row")}
    told = {"said": translate(NAMES[row["verdict"]], language), "on": None if row["on"] is None else row["on"].isoformat()}
    return names | told | _amounts(row)


def _amounts(row: dict[str, Any]) -> dict[str, str | None]:
    return {
        name.removesuffix("_minor"): None if row[name] is None else shown(row[name], row["currency"] or "")
        for name in ("expected_minor", "found_minor", "difference_minor")
    }
