"""The checks of a closing, and the accruals at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.home_value import shown
from supercargo.engines.accounting.period_close import rules
from supercargo.engines.accounting.period_close.accruals import accruals
from supercargo.engines.accounting.period_close.facts import Check, Decision, Facts
from supercargo.engines.accounting.period_close.months import last_of
from supercargo.engines.accounting.period_close.reversal import guarded
from supercargo.engines.accounting.posting.chart import IN_TRANSIT
from supercargo.kernel.finding import Finding, worst_first
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide whether a month may be closed and what is booked at its end.

    Raises:
        Refused: LED-409, the month is closed already; LED-400, it is not a month.
    """
    last = last_of(facts.month)
    entries, estimated = accruals(facts, law)
    guarded(entries, facts.closed & {facts.month})
    over = rules.is_over(last, facts.today)
    earlier = sorted(month for month in facts.with_entries if month < facts.month and month not in facts.closed)
    transit = _in_transit(facts)
    checks = (
        Check("the month is over", over, stops=True),
        Check("earlier months are closed", not earlier, stops=True),
        Check("all records that can be posted are posted", not facts.unposted, stops=True),
        Check("all settlements tie, or are listed as held", facts.held.is_empty(), stops=False),
        Check("no payout is in transit", transit.is_empty(), stops=False),
    )
    may = all(check.holds for check in checks if check.stops) and facts.month not in facts.closed
    return Decision(may, checks, tuple(entries) if may else (), worst_first((*_remarks(facts, transit, earlier, over=over), *estimated)))


def _in_transit(facts: Facts) -> pl.DataFrame:
    last = last_of(facts.month)
    mine = facts.postings.filter(pl.col("account").str.starts_with(f"{IN_TRANSIT}."), pl.col("booked_on") <= last)
    return (
        mine.group_by("account", "currency")
        .agg(pl.col("amount_minor").sum())
        .filter(pl.col("amount_minor") != 0)
        .sort("account", "currency")
    )


def _remarks(facts: Facts, transit: pl.DataFrame, earlier: list[str], *, over: bool) -> Iterator[Finding]:
    path = f"periods[{facts.month}]"
    if not over:
        yield Finding(
            "LED-411",
            "error",
            path,
            said("the month {month} is not over", month=facts.month),
            "close it after its last day",
            "term-period-close",
        )
    for month in earlier:
        message = said("the month {month} comes before and is open", month=month)
        yield Finding("LED-411", "error", f"periods[{month}]", message, "close months in their order", "term-period-close")
    if facts.unposted:
        message = said("{count} records of {month} are not posted", count=facts.unposted, month=facts.month)
        yield Finding("LED-601", "error", path, message, 'post them first with "supercargo ledger post"', "term-period-close")
    for channel, ref, currency, _, total, rows in facts.held.iter_rows():
        message = said(
            "{channel}: settlement {ref} is held ({rows} lines, {total})", channel=channel, ref=ref, rows=rows, total=shown(total, currency)
        )
        yield Finding(
            "LED-602",
            "warning",
            f"settlements[{channel}/{ref}]",
            message,
            "tie it out; it is posted in the month in which it ties",
            "term-held-settlement",
        )
    for account, currency, amount in transit.iter_rows():
        message = said(
            "{amount} of {channel} is on its way to the bank at month end",
            amount=shown(amount, currency),
            channel=account.partition(".")[2],
        )
        yield Finding(
            "LED-603",
            "note",
            f"ledger[{account}]",
            message,
            "import the bank statement, or find out where the payout is",
            "term-in-transit",
        )
