"""Realised differences of a month, the valuation at its end, and the reversal on the next day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.exchange_difference.facts import DIFFERENCE, Decision, Facts
from supercargo.engines.accounting.exchange_difference.walk import walk
from supercargo.engines.accounting.home_value import day_rates, valued
from supercargo.engines.accounting.posting.chart import CONVERSION, REALISED, UNREALISED, chart
from supercargo.engines.accounting.posting.draft import EntryDraft, PostingDraft
from supercargo.kernel.finding import Finding, worst_first
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from datetime import date

    from supercargo.reference.law import Law

NARRATIVES = {
    "realised": "realised exchange difference: {account} in {currency}",
    "conversion": "exchange difference on conversion",
    "unrealised": "valuation at month end: {account} in {currency}",
    "reversal": "valuation reversed: {account} in {currency}",
}
TITLES = tuple(NARRATIVES.values())
_SOURCE = "term-exchange-difference"


def decide(facts: Facts, law: Law) -> Decision:
    """Decide the exchange differences of a month; the foreign balances are walked from their first day."""
    foreign = facts.postings.filter(pl.col("currency") != facts.home, pl.col("amount_minor") != 0, pl.col("booked_on") <= facts.last)
    realised, balances = _walked(foreign.filter(_monetary()), facts)
    converted, findings = _converted(facts)
    unrealised, unknown = _valued(balances, facts, law)
    table = pl.DataFrame([*realised, *converted, *unrealised], schema=DIFFERENCE, orient="row").filter(pl.col("difference_minor") != 0)
    table = table.sort("day", "kind", "account", "currency")
    entries = [entry for row in table.iter_rows(named=True) for entry in _entries(row, facts)]
    return Decision(facts.home, table, tuple(entries), worst_first((*findings, *unknown)))


def _monetary() -> pl.Expr:
    codes = [code for code, account in chart().items() if account.monetary]
    return pl.col("account").str.split(".").list.first().is_in(codes)


def _walked(foreign: pl.DataFrame, facts: Facts) -> tuple[list[tuple[Any, ...]], list[tuple[str, str, int, int]]]:
    """Walk every foreign balance; within a day what comes in stands before what leaves."""
    by = ["account", "currency"]
    days = foreign.group_by(*by, "booked_on", (pl.col("amount_minor") > 0).alias("is_debit")).agg(
        pl.col("amount_minor", "home_minor").sum()
    )
    realised, balances = [], []
    for (account, currency), group in days.sort(*by, "booked_on").group_by(by, maintain_order=True):
        rows = _increases_first(list(group.select("booked_on", "amount_minor", "home_minor").iter_rows()))
        amount = home = 0
        for day, part, carrying, value, amount, home in walk(rows):  # noqa: B007 - the last balance is wanted below
            if part and facts.first <= day:
                realised.append(("realised", account, currency, day, part, carrying, value, value - carrying))
        balances.append((str(account), str(currency), amount, home))
    return realised, balances


def _increases_first(rows: list[tuple[date, int, int]]) -> list[tuple[date, int, int]]:
    """Order the postings of each day so that those which make the balance larger come first."""
    ordered: list[tuple[date, int, int]] = []
    running = 0
    for day in sorted({row[0] for row in rows}):
        today = [row for row in rows if row[0] == day]
        positive = running > 0 or (running == 0 and sum(row[1] for row in today) >= 0)
        today.sort(key=lambda row: (row[1] > 0) != positive)
        ordered += today
        running += sum(row[1] for row in today)
    return ordered


def _converted(facts: Facts) -> tuple[list[tuple[Any, ...]], list[Finding]]:
    """Compare the two sides of the conversions of every day at the rates of the day."""
    mine = facts.postings.filter(
        pl.col("account") == CONVERSION, pl.col("amount_minor") != 0, pl.col("booked_on").is_between(facts.first, facts.last)
    )
    sides = mine.group_by("booked_on", "currency").agg(pl.col("amount_minor", "home_minor").sum()).filter(pl.col("amount_minor") != 0)
    rows, findings = [], []
    for (day,), group in sides.sort("booked_on", "currency").group_by(["booked_on"], maintain_order=True):
        signs = {amount > 0 for amount in group["amount_minor"]}
        if len(signs) < 2:  # noqa: PLR2004 - both sides
            message = said("one side of a conversion of {day} ({currencies}) is missing", day=day, currencies=", ".join(group["currency"]))
            findings.append(
                Finding("LED-501", "warning", f"conversions[{day}]", message, "import the statement of the other account", _SOURCE)
            )
            continue
        worth = int(group["home_minor"].sum())
        rows.append(("conversion", CONVERSION, facts.home, day, 0, worth, 0, -worth))
    return rows, findings


def _valued(balances: list[tuple[str, str, int, int]], facts: Facts, law: Law) -> tuple[list[tuple[Any, ...]], tuple[Finding, ...]]:
    schema = {"account": pl.String, "currency": pl.String, "amount_minor": pl.Int64, "carrying": pl.Int64}
    table = (
        pl.DataFrame(balances, schema=schema, orient="row")
        .filter(pl.col("amount_minor") != 0)
        .with_columns(pl.lit(facts.last).alias("day"))
    )
    rates, unknown = day_rates(table, facts.home, law)
    worth = valued(table, "amount_minor", "day", rates).drop_nulls("home_minor")
    rows = [
        ("unrealised", account, currency, facts.last, amount, carrying, value, value - carrying)
        for account, currency, amount, carrying, value in worth.select(
            "account", "currency", "amount_minor", "carrying", "home_minor"
        ).iter_rows()
    ]
    return rows, unknown


def _entries(row: dict[str, Any], facts: Facts) -> list[EntryDraft]:
    kind, other = row["kind"], UNREALISED if row["kind"] == "unrealised" else REALISED
    key = f"{kind}|{row['account']}|{row['currency']}|{row['day']}"
    arguments = {} if kind == "conversion" else {"account": row["account"], "currency": row["currency"]}
    difference = row["difference_minor"]
    entry = EntryDraft(row["day"], NARRATIVES[kind], kind, key, _sides(row, other, difference, facts), arguments).proved()
    if kind != "unrealised":
        return [entry]
    next_day = row["day"] + timedelta(days=1)
    back = EntryDraft(
        next_day, NARRATIVES["reversal"], kind, f"reversal|{key}", _sides(row, other, -difference, facts), arguments, reverses=key
    )
    return [entry, back.proved()]


def _sides(row: dict[str, Any], other: str, difference: int, facts: Facts) -> tuple[PostingDraft, ...]:
    day = row["day"]
    return (
        PostingDraft(row["account"], row["currency"], 0, difference, rate_day=day, rate_source=_SOURCE),
        PostingDraft(other, facts.home, 0, -difference, rate_day=day, rate_source=_SOURCE),
    )
