"""What is worth saying about a settlement: sums that differ, lines that nobody knows, transfers that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import UNKNOWN
from supercargo.connectors.amazon.money import shown
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supercargo.kernel.words import Said

_NAMED = 5


def findings_of(settlements: pl.DataFrame, lines: pl.DataFrame, strange: Iterable[str]) -> list[Finding]:
    """Gather the findings of all settlements of a file."""
    found = [*_differences(settlements, lines), *_unclassified(lines), *_failed(lines), *_unpaid(settlements)]
    names = ", ".join(strange)
    if names:
        found.append(_warning("AMZ-105", "file", said("the marketplace {name} is not known", name=names), _STRANGE))
    return found


_STRANGE = "its lines are booked to the settlement's main marketplace; report the name so that it is added"
_DIFFERS = "compare the file with the one that Amazon offers for download; a row may be missing or stand twice"
_TWICE = "a row with this amount stands twice in the file: compare it with the one that Amazon offers for download"
_UNKNOWN = "they stay visible as not classified; report the names so that they are added"
_FAILED = "check your bank details at Amazon; the money comes with a later settlement"
_UNPAID = "the debt is carried into the next settlement, or charged to your card"


def _warning(code: str, path: str, message: Said, remedy: str) -> Finding:
    return Finding(code, "warning", path, message, remedy)


def _differences(settlements: pl.DataFrame, lines: pl.DataFrame) -> Iterable[Finding]:
    sums = lines.group_by("settlement_ref").agg(pl.col("amount_minor").sum().alias("lines_minor"))
    joined = settlements.join(sums, on="settlement_ref", how="left").with_columns(pl.col("lines_minor").fill_null(0))
    for row in joined.filter(pl.col("lines_minor") != pl.col("total_minor")).sort("row").iter_rows(named=True):
        currency, difference = row["currency"], row["lines_minor"] - row["total_minor"]
        message = said(
            "the lines come to {lines}, Amazon states {total}: {difference} apart",
            lines=shown(row["lines_minor"], currency),
            total=shown(row["total_minor"], currency),
            difference=shown(difference, currency),
        )
        remedy = _TWICE if _stands_twice(lines, row["settlement_ref"], difference) else _DIFFERS
        yield _warning("AMZ-101", f"settlement[{row['settlement_ref']}]", message, remedy)


def _stands_twice(lines: pl.DataFrame, settlement: str, difference: int) -> bool:
    """Tell whether a line of just this amount has a twin; the number of the twin ends its key."""
    of_it = (pl.col("settlement_ref") == settlement) & (pl.col("amount_minor") == difference)
    return bool((lines.filter(of_it).get_column("key").str.extract(r"\|(\d+)$", 1) != "1").any())


def _unclassified(lines: pl.DataFrame) -> Iterable[Finding]:
    unknown = lines.filter(pl.col("kind") == UNKNOWN)
    if not unknown.height:
        return
    sums = unknown.group_by("currency").agg(pl.col("amount_minor").sum()).sort("currency")
    names = unknown.select(pl.concat_str([pl.col("their_type"), pl.col("their_name")], separator="/", ignore_nulls=True)).to_series()
    usual = names.value_counts(sort=True).head(_NAMED).sort("count", names.name, descending=[True, False]).get_column(names.name)
    message = said(
        "{count} lines with {money} are of a kind that is not known: {names}",
        count=unknown.height,
        money=", ".join(shown(amount, currency) for currency, amount in sums.iter_rows()),
        names="; ".join(usual),
    )
    yield _warning("AMZ-102", "file", message, _UNKNOWN)


def _failed(lines: pl.DataFrame) -> Iterable[Finding]:
    failed = lines.filter(pl.col("kind") == "payout_failed")
    for settlement, currency, amount in failed.select("settlement_ref", "currency", "amount_minor").iter_rows():
        message = said("a transfer to the bank failed and {money} came back", money=shown(amount, currency))
        yield _warning("AMZ-103", f"settlement[{settlement}]", message, _FAILED)


def _unpaid(settlements: pl.DataFrame) -> Iterable[Finding]:
    for settlement, currency, total in (
        settlements.filter(pl.col("total_minor") < 0).select("settlement_ref", "currency", "total_minor").iter_rows()
    ):
        message = said("the settlement ends at {money}: nothing is paid out", money=shown(total, currency))
        yield Finding("AMZ-104", "note", f"settlement[{settlement}]", message, _UNPAID)
