"""What is said about a payout that the bank does not show as it was sent, with the money that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.engines.accounting.discrepancy import Discrepancy, shown, texts
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.accounting.payout_match.conversion import Exchange
    from supercargo.engines.accounting.payout_match.sides import Line
    from supercargo.kernel.finding import Severity
    from supercargo.kernel.words import Text

Row = dict[str, Any]


def missing(row: Row, days: int) -> Discrepancy:
    """Say that a payout did not arrive, and since when it should have."""
    values = {"ref": _reference(row), "channel": row["channel"], "day": row["on"], "days": days}
    if row["amount_minor"] < 0:
        message = said(
            "payout {ref} of {channel} draws {amount} from the bank since {day}: no bank line shows it, {days} bank days late",
            **values, amount=shown(-row["amount_minor"], row["currency"]),
        )  # fmt: skip
        return _of("TIE-202", "error", row, message, "look for the debit in the bank's own pages; import the statement of that account")
    message = said(
        "payout {ref} of {channel} was sent on {day}: {amount} did not arrive, {days} bank days late",
        **values, amount=shown(row["amount_minor"], row["currency"]),
    )  # fmt: skip
    return _of(
        "TIE-201", "error", row, message, "ask the channel for the bank's trace number; import the statement of the account that it pays to"
    )


def wrong_currency(row: Row, line: Line, exchange: Exchange) -> Discrepancy:
    """Say that the payout's digits arrived in another currency; until it is cleared up, the whole payout is at stake."""
    values = {
        "ref": _reference(row), "channel": row["channel"], "amount": shown(row["amount_minor"], row["currency"]),
        "booked": shown(line.amount, line.currency), "day": line.on,
    }  # fmt: skip
    worth = exchange.back(line, row["currency"])
    if worth is None:
        message = said(
            "payout {ref} of {channel} is {amount}; the bank booked {booked} on {day}: the same digits in another currency", **values
        )
    else:
        message = said(
            "payout {ref} of {channel} is {amount}; the bank booked {booked} on {day}: the same digits in another currency, worth "
            "{difference} of difference at the rate of that day",
            **values, difference=shown(worth - row["amount_minor"], row["currency"]),
        )  # fmt: skip
    remedy = "look at the bank's own pages: either the statement names a wrong currency, or the money was paid out in a wrong one"
    return _of("TIE-205", "error", row, message, remedy)


def kept(row: Row, line: Line, difference: int) -> Discrepancy:
    """Propose that somebody on the way kept a little."""
    message = said(
        "payout {ref} of {channel} is {amount}, the bank booked {booked} on {day}: {difference} was probably kept on the way",
        ref=_reference(row), channel=row["channel"], amount=shown(row["amount_minor"], row["currency"]),
        booked=shown(line.amount, line.currency), day=line.on, difference=shown(abs(difference), row["currency"]),
    )  # fmt: skip
    return _of("TIE-203", "warning", row, message, "confirm it as a bank charge, or ask the bank", abs(difference))


def conversion(row: Row, line: Line, difference: int, exchange: Exchange) -> Discrepancy:
    """Propose that the payout was converted, and say at which rate and with which difference."""
    rate = None if line.on is None else exchange.rate(line.on, line.currency, row["currency"])
    message = said(
        "payout {ref} of {channel} is {amount}, the bank booked {booked} on {day}; converted at {rate}, difference {difference}",
        ref=_reference(row), channel=row["channel"], amount=shown(row["amount_minor"], row["currency"]),
        booked=shown(line.amount, line.currency), day=line.on, rate="" if rate is None else rate.shown(),
        difference=shown(difference, row["currency"]),
    )  # fmt: skip
    return _of("TIE-204", "warning", row, message, "confirm the match, or name the line that is this payout", abs(difference))


def ambiguous(row: Row, others: int) -> Discrepancy:
    """Propose a sum of payouts and lines that is not the only one, or of so many that chance may have made it."""
    values = {"ref": _reference(row), "channel": row["channel"], "amount": shown(row["amount_minor"], row["currency"])}
    message = (
        said("payout {ref} of {channel} of {amount}: more than one set of bank lines or payouts adds up; the first is proposed", **values)
        if others
        else said(
            "payout {ref} of {channel} of {amount}: a set of bank lines or payouts adds up, but so many may do so by chance", **values
        )
    )
    return _of("TIE-206", "warning", row, message, "confirm the match, or name the lines that belong together")


def unchecked(rows: list[Row], currency: str) -> Discrepancy:
    """Say how much cannot be checked because no statement covers its days."""
    amount = sum(abs(row["amount_minor"]) for row in rows)
    message = said(
        "{count} payouts of {amount} in all cannot be checked: no bank statement covers their days ({refs})",
        count=len(rows), amount=shown(amount, currency), refs=texts(_reference(row) for row in rows),
    )  # fmt: skip
    finding = Finding("TIE-209", "warning", "payout", message, "import the bank statements of these days")
    return Discrepancy(
        finding, rows[0]["channel"], _reference(rows[0]), currency, amount, rows[0]["on"], "payout", tuple(row["id"] for row in rows)
    )


def unexplained(row: Row) -> Discrepancy:
    """Say that a bank line that looks like a channel's belongs to no payout."""
    values = {
        "amount": shown(abs(row["amount_minor"]), row["currency"]), "day": row["on"],
        "counterparty": row["counterparty"] or row["text"] or "",
    }  # fmt: skip
    message = (
        said("{amount} arrived on {day} from {counterparty}, and no payout explains it", **values)
        if row["amount_minor"] >= 0
        else said("{amount} was drawn on {day} by {counterparty}, and no payout explains it", **values)
    )
    reference = str(row["bank_ref"] or row["id"])
    finding = Finding(
        "TIE-207", "warning", f"bank_line[{reference}]", message, "import the settlement or the list of payouts to which it belongs"
    )
    return Discrepancy(
        finding, str(row["house"]), reference, row["currency"], abs(row["amount_minor"]), row["on"], "bank_line", (row["id"],)
    )


def without_rate(pairs: set[tuple[str, str]]) -> Finding:
    """Say which conversions could not be looked at."""
    message = said(
        "bank lines were not compared with payouts in another currency, for want of a rate: {pairs}",
        pairs=texts("/".join(pair) for pair in sorted(pairs)),
    )
    return Finding("TIE-208", "note", "bank_line", message, "give planning rates with --rate")


def _reference(row: Row) -> str:
    return str(row["payout_ref"] or row["settlement_ref"] or row["id"])


def _of(code: str, severity: Severity, row: Row, message: Text, remedy: Text, stake: int | None = None) -> Discrepancy:
    reference = _reference(row)
    amount = abs(row["amount_minor"]) if stake is None else stake
    finding = Finding(code, severity, f"payout[{reference}]", message, remedy)
    return Discrepancy(finding, row["channel"], reference, row["currency"], amount, row["on"], "payout", (row["id"],))
