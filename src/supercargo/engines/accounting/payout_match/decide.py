"""Every payout beside the bank: arrived, on its way, missing; and what the bank shows besides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.discrepancy import Discrepancy, bounded, with_family
from supercargo.engines.accounting.payout_match import pairs, remarks, sides
from supercargo.engines.accounting.payout_match.conversion import Exchange
from supercargo.engines.accounting.payout_match.coverage import Coverage
from supercargo.engines.accounting.payout_match.days import bank_days
from supercargo.engines.accounting.payout_match.facts import Decision, Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.payout_match.sides import Line, Paid
    from supercargo.reference.law import Law

PAYOUT: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64, "channel": pl.String, "payout_ref": pl.String, "settlement_ref": pl.String, "currency": pl.String,
    "amount_minor": pl.Int64, "on": pl.Date, "state": pl.String, "how": pl.String, "bank_ids": pl.List(pl.Int64),
    "bank_minor": pl.Int64, "bank_currency": pl.String, "difference_minor": pl.Int64, "days": pl.Int64, "code": pl.String,
}  # fmt: skip
CODES = {"kept": "TIE-203", "conversion": "TIE-204", "digits": "TIE-205"}


def decide(facts: Facts, law: Law) -> Decision:
    """Match payouts with bank lines, each line once; what is not certain is proposed, what is not there is missing.

    Raises:
        Refused: TIE-001, amounts so large that no sum of them can be trusted.
    """
    bounded(facts.payouts, ("amount_minor",), "payout")
    bounded(facts.bank_lines, ("amount_minor",), "bank_line")
    bank = sides.bank(facts)
    sent = sides.payouts(facts)
    lines = sides.candidates(bank, sent)
    exchange = Exchange(law.rates)
    pairs.match(sent, lines, facts, exchange)
    back = _came_back(sent, facts)
    by_id = {payout.id: payout for payout in sent}
    coverage = Coverage.of(facts.bank_lines, facts.statements)
    rows = facts.payouts.with_columns(on=pl.coalesce("sent_on", "arrives_on")).sort("on", "id", nulls_last=True)
    told = [_told(row, by_id.get(row["id"]), back, coverage, law, facts) for row in rows.iter_rows(named=True)]
    payouts = pl.DataFrame(told, schema=PAYOUT, orient="row") if told else pl.DataFrame(schema=PAYOUT)
    seen = _bank(bank, lines)
    figures = {
        payout.id: figure for payout in sent if payout.how == "conversion" and (figure := exchange.explained(payout, payout.lines[0]))
    }
    notes = (remarks.without_rate(exchange.unknown),) if exchange.unknown else ()
    return Decision(payouts, seen, tuple(_discrepancies(payouts, seen, by_id, exchange)), figures, notes)


def _came_back(sent: list[Paid], facts: Facts) -> set[int]:
    """Find the payouts that came back: a later line of their house says so with their amount, each line once."""
    failed = with_family(facts.money_lines.filter(pl.col("kind") == "payout_failed")).sort("posted_on", "id", nulls_last=True)
    open_payouts = [payout for payout in sent if not payout.how]
    found: set[int] = set()
    for row in failed.iter_rows(named=True):
        asked = (row["family"], row["currency"], row["amount_minor"])
        fitting = (
            payout for payout in open_payouts
            if payout.id not in found and (payout.family, payout.currency, payout.amount) == asked
            and (payout.on is None or row["posted_on"] is None or payout.on <= row["posted_on"])
        )  # fmt: skip
        payout = next(fitting, None)
        if payout is not None:
            found.add(payout.id)
    return found


def _told(row: dict[str, Any], payout: Paid | None, back: set[int], coverage: Coverage, law: Law, facts: Facts) -> dict[str, Any]:
    state, days = _state(row, payout, back, coverage, law, facts)
    told = {name: row.get(name) for name in PAYOUT} | {"state": state, "days": days, "how": None}
    if payout is not None and payout.how:
        told |= {
            "how": payout.how, "bank_ids": [line.id for line in payout.lines], "bank_minor": sum(line.amount for line in payout.lines),
            "bank_currency": payout.lines[0].currency, "difference_minor": None if payout.how == "digits" else payout.difference,
            "code": CODES.get(payout.how, None if payout.sure else "TIE-206"),
        }  # fmt: skip
    elif state == "missing":
        told["code"] = "TIE-202" if row["amount_minor"] < 0 else "TIE-201"
    elif state == "unchecked":
        told["code"] = "TIE-209"
    return told


def _state(row: dict[str, Any], payout: Paid | None, back: set[int], coverage: Coverage, law: Law, facts: Facts) -> tuple[str, int | None]:
    if payout is None:
        known = {"failed": "failed", "open": "open"}.get(row["status"] or "")
        return known or ("tied" if row["amount_minor"] == 0 else "unchecked"), None
    if payout.how:
        last = max((line.on for line in payout.lines if line.on is not None), default=None)
        days = None if payout.on is None or last is None else bank_days(payout.on, last)
        return ("tied" if payout.sure else "differs" if payout.how == "digits" else "proposed"), days
    if payout.id in back:
        return "failed", None
    if payout.on is None:
        return "unchecked", None
    if law.day <= payout.last or row["status"] == "open":
        return "open", None
    if not coverage.covers(payout.currency, payout.on, payout.last):
        return "unchecked", None
    return "missing", bank_days(payout.on, law.day) - facts.window_of(payout.channel, payout.family).most


def _bank(bank: pl.DataFrame, lines: list[Line]) -> pl.DataFrame:
    """Say of every bank line what it is."""
    taken = [line for line in lines if line.payouts]
    states = {line.id: "tied" if line.payouts[0].sure else "differs" if line.payouts[0].how == "digits" else "proposed" for line in taken}
    matched = pl.DataFrame(
        {
            "id": list(states),
            "state": list(states.values()),
            "payout_ids": [[payout.id for payout in line.payouts] for line in taken],
        },
        schema={"id": pl.Int64, "state": pl.String, "payout_ids": pl.List(pl.Int64)},
    )
    otherwise = pl.when(pl.col("house").is_not_null()).then(pl.lit("unexplained")).otherwise(pl.lit("other"))
    names = ("id", "account", "currency", "amount_minor", "on", "counterparty", "text", "bank_ref", "house")
    joined = bank.select(names).join(matched, on="id", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("state", otherwise).alias("state"))


def _discrepancies(payouts: pl.DataFrame, bank: pl.DataFrame, by_id: dict[int, Paid], exchange: Exchange) -> Iterator[Discrepancy]:
    unchecked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in payouts.filter(pl.col("code").is_not_null()).iter_rows(named=True):
        payout = by_id.get(row["id"])
        if row["state"] == "missing":
            yield remarks.missing(row, row["days"])
        elif row["state"] == "unchecked" and row["amount_minor"] is not None:
            unchecked[row["currency"]].append(row)
        elif payout is not None and payout.how:
            yield _proposal(row, payout, exchange)
    yield from (remarks.unchecked(rows, currency) for currency, rows in sorted(unchecked.items()))
    yield from (
        remarks.unexplained(row)
        for row in bank.filter((pl.col("state") == "unexplained") & (pl.col("amount_minor") != 0)).iter_rows(named=True)
    )


def _proposal(row: dict[str, Any], payout: Paid, exchange: Exchange) -> Discrepancy:
    line = payout.lines[0]
    if payout.how == "digits":
        return remarks.wrong_currency(row, line, exchange)
    if payout.how == "kept":
        return remarks.kept(row, line, payout.difference)
    if payout.how == "conversion":
        return remarks.conversion(row, line, payout.difference, exchange)
    return remarks.ambiguous(row, payout.others)
