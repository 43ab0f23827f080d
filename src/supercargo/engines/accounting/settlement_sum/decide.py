"""The sum of every settlement, its reserve, its debt, and what was deferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.discrepancy import bounded, family_of, with_family
from supercargo.engines.accounting.settlement_sum import causes, chain, remarks, sums
from supercargo.engines.accounting.settlement_sum.facts import Decision, Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.reference.law import Law

SHOWN = (
    "id", "family", "channel", "settlement_ref", "currency", "begins_on", "ends_on", "on", "stated_by", "total_minor", "lines",
    "lines_minor", "difference_minor", "paid_minor", "other_currency_lines", "unreadable", "state",
)  # fmt: skip

BESIDE = ("TIE-108", "TIE-109", "TIE-110", "TIE-113")
"""Findings about what stands between settlements, or beside them."""


def decide(facts: Facts, law: Law) -> Decision:
    """Sum every settlement to the cent, and say where a difference comes from; nothing is tolerated, nothing forced.

    Raises:
        Refused: TIE-001, amounts so large that no sum of them can be trusted.
    """
    lines = bounded(with_family(facts.lines), ("amount_minor",), "money_line")
    waiting = sums.deferred(lines)
    counted = sums.counted(lines, waiting)
    totals = sums.stated(with_family(facts.settlements), sums.paid(with_family(facts.payouts), counted))
    settlements = sums.summed(totals, counted)
    kinds = sums.by_kind(counted, settlements)
    linked = chain.linked(settlements, kinds, facts.unbroken)
    held = chain.reserves(linked)
    late = waiting.filter((pl.col("state") == "deferred") & (pl.col("release_on") < law.day))
    found = (
        *_of_sums(settlements, lines, counted),
        *(remarks.reserve(row) for row in _rows(held.filter(pl.col("state") == "differs"))),
        *(remarks.gap(row) for row in _rows(chain.gaps(linked))),
        *(remarks.debt(row) for row in _rows(chain.debts(linked))),
        *(remarks.overdue(row) for row in _rows(late)),
    )
    return Decision(_coded(settlements, found), held, waiting, kinds, found)


def _of_sums(settlements: pl.DataFrame, lines: pl.DataFrame, counted: pl.DataFrame) -> Iterator[Discrepancy]:
    by_state = {state: settlements.filter(pl.col("state") == state) for state in ("missing", "unstated", "unknown", "differs")}
    yield from _of_differences(by_state["differs"], lines, counted)
    yield from (remarks.missing(row) for row in _rows(by_state["missing"]))
    yield from (remarks.unreadable(row) for row in _rows(by_state["unknown"]))
    yield from (remarks.unstated(row) for row in _rows(by_state["unstated"]))
    yield from (remarks.two_versions(row) for row in _rows(settlements.filter(pl.col("versions") > 1)))
    unlike = (pl.col("stated_by") == "settlement") & (pl.col("total_minor") > 0) & (pl.col("paid_minor") != pl.col("total_minor"))
    yield from (remarks.unlike_payout(row) for row in _rows(settlements.filter(unlike)))


def _of_differences(differing: pl.DataFrame, lines: pl.DataFrame, counted: pl.DataFrame) -> Iterator[Discrepancy]:
    if not differing.height:
        return
    copies, outside = causes.copies(counted, differing), causes.outside(lines, differing)
    foreign: dict[causes.Settlement, list[dict[str, Any]]] = {}
    for row in _rows(sums.wrong_currency(differing, counted)):
        foreign.setdefault((row["family"], row["settlement_ref"]), []).append(row)
    for row in _rows(differing):
        place = (row["family"], row["settlement_ref"])
        yield from _of_one(row, copies.get(place, ()), outside.get(place), foreign.get(place, []))


def _of_one(
    row: dict[str, Any], copies: tuple[causes.Copy, ...], outside: tuple[int, int | None] | None, foreign: list[dict[str, Any]]
) -> Iterator[Discrepancy]:
    difference = row["difference_minor"]
    ties = sum(other["amount_minor"] for other in foreign) == -difference
    yield from (remarks.wrong_currency(row, other, ties=ties) for other in foreign)
    if difference == 0 or (foreign and ties):
        return
    twice = causes.doubled(copies, difference)
    if twice:
        yield remarks.doubled(row, twice)
    elif outside is not None:
        yield remarks.loose(row, outside)
    else:
        yield remarks.differs(row)


def _coded(settlements: pl.DataFrame, found: tuple[Discrepancy, ...]) -> pl.DataFrame:
    """Give every settlement the code of its first finding."""
    own = [one for one in found if one.finding.code not in BESIDE]
    codes = pl.DataFrame(
        {
            "family": [family_of(one.channel) for one in own],
            "settlement_ref": [one.reference for one in own],
            "code": [one.finding.code for one in own],
        },
        schema=dict.fromkeys((*sums.SAME, "code"), pl.String),
    ).unique(sums.SAME, keep="first")
    return settlements.join(codes, on=sums.SAME, how="left", maintain_order="left").select(*SHOWN, "code")


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    return frame.iter_rows(named=True)
