"""The two sides that are brought together: payouts, and the bank lines that may be one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.discrepancy import with_family
from supercargo.engines.accounting.payout_match.days import span
from supercargo.engines.accounting.payout_match.names import house, may_bring

if TYPE_CHECKING:
    from supercargo.engines.accounting.payout_match.facts import Facts

SHORTEST_REFERENCE = 6
"""A shorter number may stand in any text by chance."""
NEVER = date.max


@dataclass(slots=True, eq=False)
class Paid:
    """One payout on its way: its number, house, days, and what it was matched with."""

    id: int
    channel: str
    family: str
    references: tuple[str, ...]
    currency: str
    amount: int
    on: date | None
    first: date
    last: date
    lines: tuple[Line, ...] = ()
    how: str = ""
    sure: bool = False
    difference: int = 0
    others: int = 0

    def awaits(self, line: Line) -> bool:
        """Tell whether the bank line lies in the days in which the payout is expected."""
        return self.on is not None and line.on is not None and self.first <= line.on <= self.last

    def take(self, lines: tuple[Line, ...], how: str, *, sure: bool, difference: int = 0, others: int = 0) -> None:
        """Match with bank lines, which from then on are taken."""
        self.lines, self.how, self.sure, self.difference, self.others = lines, how, sure, difference, others
        for line in lines:
            line.payouts.append(self)


@dataclass(slots=True, eq=False)
class Line:
    """One bank line that may be a payout."""

    id: int
    house: str | None
    references: frozenset[str]
    currency: str
    amount: int
    on: date | None
    payouts: list[Paid] = field(default_factory=list)

    def names(self, payout: Paid) -> bool:
        """Tell whether the bank's text names the payout's number."""
        return any(reference in self.references for reference in payout.references)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The free lines that bear a house's name or a payout's number, by day."""

    lines: tuple[Line, ...]
    days: tuple[date, ...]

    @staticmethod
    def of(lines: list[Line]) -> Shelf:
        """Keep the lines that nobody has taken and that have a day and a name."""
        dated = [
            (line.on, line) for line in lines if not line.payouts and line.on is not None and (line.house is not None or line.references)
        ]
        return Shelf(tuple(line for _, line in dated), tuple(day for day, _ in dated))

    def near(self, payout: Paid) -> list[Line]:
        """List the lines, still free, of a payout's days that belong to it."""
        if payout.on is None:
            return []
        found = self.lines[bisect_left(self.days, payout.first) : bisect_right(self.days, payout.last)]
        return [line for line in found if not line.payouts and belongs(line, payout)]


def belongs(line: Line, payout: Paid) -> bool:
    """Tell whether a line bears a payout's number, or the name of a house that may bring it."""
    return line.names(payout) or (line.house is not None and may_bring(line.house, payout.family))


def payouts(facts: Facts) -> list[Paid]:
    """Take the payouts that were sent, or of which nobody says whether they were, the oldest first."""
    sent = with_family(facts.payouts).filter(
        (pl.col("status").is_null() | (pl.col("status") != "failed")) & pl.col("amount_minor").is_not_null() & (pl.col("amount_minor") != 0)
    )
    rows = sent.with_columns(on=pl.coalesce("sent_on", "arrives_on")).sort("on", "id", nulls_last=True)
    return [_paid(row, facts) for row in rows.iter_rows(named=True)]


def bank(facts: Facts) -> pl.DataFrame:
    """Add to every bank line its day and the house that it names."""
    return facts.bank_lines.with_columns(on=pl.coalesce("booked_on", "value_on"), house=house(facts.names))


def candidates(lines: pl.DataFrame, sent: list[Paid]) -> list[Line]:
    """Take the bank lines that may be a payout: those of a known house, of a payout's number, or of just its amount; the oldest first."""
    numbers = sorted({reference for payout in sent for reference in payout.references})
    text = pl.concat_str([pl.col(name).fill_null("") for name in ("text", "end_to_end_ref", "bank_ref", "counterparty")], separator=" ")
    amounts = pl.DataFrame(
        {"currency": [payout.currency for payout in sent], "amount_minor": [payout.amount for payout in sent]},
        schema={"currency": pl.String, "amount_minor": pl.Int64},
    ).unique()
    marked = lines.filter(pl.col("amount_minor").is_not_null()).join(
        amounts.with_columns(same_amount=True), on=["currency", "amount_minor"], how="left", maintain_order="left"
    )
    named = text.str.contains_any(numbers) if numbers else pl.lit(value=False)
    fitting = marked.filter(pl.col("house").is_not_null() | pl.col("same_amount").fill_null(value=False) | named)
    found = fitting.with_columns(
        references=text.str.extract_many(numbers, overlapping=True) if numbers else pl.lit([], dtype=pl.List(pl.String))
    )
    return [_line(row) for row in found.sort("on", "id", nulls_last=True).iter_rows(named=True)]


def _paid(row: dict[str, Any], facts: Facts) -> Paid:
    on = row["on"]
    first, last = (NEVER, NEVER) if on is None else span(on, facts.window_of(row["channel"], row["family"]))
    numbers = dict.fromkeys(number for number in (row["payout_ref"], row["settlement_ref"]) if number and len(number) >= SHORTEST_REFERENCE)
    return Paid(row["id"], row["channel"], row["family"], tuple(numbers), row["currency"], row["amount_minor"], on, first, last)


def _line(row: dict[str, Any]) -> Line:
    return Line(row["id"], row["house"], frozenset(row["references"] or ()), row["currency"], row["amount_minor"], row["on"])
