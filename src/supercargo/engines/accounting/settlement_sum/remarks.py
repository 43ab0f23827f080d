"""What is said about a settlement that does not tie, with the money that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.engines.accounting.discrepancy import Discrepancy, shown, texts
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.accounting.settlement_sum.causes import Copy
    from supercargo.kernel.finding import Severity
    from supercargo.kernel.words import Text

Row = dict[str, Any]
ASK = "open the settlement in the channel's own pages, compare, and open a case with the rows named here"


def differs(row: Row) -> Discrepancy:
    """Say that the lines do not come to the total, and nobody knows why."""
    amounts = _amounts(row)
    if row["difference_minor"] > 0:
        message = said("settlement {ref}: its lines come to {lines}, it pays {total}: {difference} too little", **amounts)
        return _of("TIE-101", "error", row, message, ASK, abs(row["difference_minor"]))
    message = said("settlement {ref}: its lines come to {lines}, it pays {total}: lines for {difference} are missing", **amounts)
    return _of(
        "TIE-101",
        "error",
        row,
        message,
        "import the settlement again in full, and look for rows that were cut off",
        abs(row["difference_minor"]),
    )


def doubled(row: Row, copies: tuple[Copy, ...]) -> Discrepancy:
    """Say that the difference is just what rows that stand twice come to, and name the rows."""
    message = said(
        "settlement {ref}: its lines come to {lines}, it pays {total}; the difference of {difference} is a row that stands twice: "
        "row {rows} repeats row {twins} ({what})",
        **_amounts(row),
        rows=texts(copy.row for copy in copies),
        twins=texts(copy.twin_row for copy in copies),
        what=texts(dict.fromkeys(copy.what for copy in copies)),
    )
    remedy = "compare with the channel's own pages; if the file doubled the row, import a fresh download"
    return _of("TIE-102", "error", row, message, remedy, abs(row["difference_minor"]), tuple(copy.id for copy in copies), "money_line")


def loose(row: Row, line: tuple[int, int | None]) -> Discrepancy:
    """Say that one line without a settlement would close the difference."""
    message = said(
        "settlement {ref}: its lines come to {lines}, it pays {total}; row {row}, which names no settlement, is just the "
        "missing {difference}",
        **_amounts(row),
        row=line[1],
    )
    return _of(
        "TIE-105",
        "error",
        row,
        message,
        "look whether that row belongs to this settlement",
        abs(row["difference_minor"]),
        (line[0],),
        "money_line",
    )


def wrong_currency(row: Row, foreign: Row, *, ties: bool) -> Discrepancy:
    """Say which lines stand in another currency than their settlement, and whether just their digits are missing."""
    values = {
        "ref": row["settlement_ref"], "count": len(foreign["id"]), "rows": texts(foreign["row"]), "currency": foreign["currency"],
        "own": row["currency"], "amount": shown(foreign["amount_minor"], foreign["currency"]),
    }  # fmt: skip
    if ties:
        values["digits"] = shown(foreign["amount_minor"], row["currency"])
        message = said(
            "settlement {ref} is in {own}, but {count} of its lines are in {currency} (row {rows}): {amount}; as {digits} they tie, so the "
            "currency is wrong",
            **values,
        )
    else:
        message = said("settlement {ref} is in {own}, but {count} of its lines are in {currency} (row {rows}): {amount}", **values)
    currency = row["currency"] if ties else foreign["currency"]
    remedy = "look at the currency of these rows in the file: a settlement has one currency"
    return _of(
        "TIE-104", "error", {**row, "currency": currency}, message, remedy, abs(foreign["amount_minor"]), tuple(foreign["id"]), "money_line"
    )


def missing(row: Row) -> Discrepancy:
    """Say that a settlement has no lines."""
    message = said("settlement {ref} pays {total}, but none of its lines is here", **_amounts(row))
    return _of("TIE-106", "error", row, message, "import the file that holds its lines", abs(row["total_minor"]))


def unstated(row: Row) -> Discrepancy:
    """Say that lines name a settlement that nobody stated."""
    amount = shown(row["lines_minor"], row["currency"])
    message = said(
        "{count} lines name settlement {ref}, whose total is in no file: {amount}",
        count=row["lines"],
        ref=row["settlement_ref"],
        amount=amount,
    )
    return _of("TIE-103", "warning", row, message, "import the settlement or the list of payouts", abs(row["lines_minor"]))


def unreadable(row: Row) -> Discrepancy:
    """Say that lines without an amount keep a settlement from being summed."""
    message = said(
        "settlement {ref} cannot be summed: {count} of its lines have no amount", ref=row["settlement_ref"], count=row["unreadable"]
    )
    return _of("TIE-112", "error", row, message, "complete the lines in the file and import it again", None)


def two_versions(row: Row) -> Discrepancy:
    """Say that one settlement was stated with two totals."""
    message = said("settlement {ref} stands twice with different totals", ref=row["settlement_ref"])
    return _of("TIE-107", "error", row, message, "look which of the files is the right one", None, tuple(row["ids"]))


def unlike_payout(row: Row) -> Discrepancy:
    """Say that what was paid out is not what the settlement says."""
    message = said(
        "settlement {ref} comes to {total}, but {paid} was paid out for it",
        ref=row["settlement_ref"], total=shown(row["total_minor"], row["currency"]), paid=shown(row["paid_minor"], row["currency"]),
    )  # fmt: skip
    return _of("TIE-111", "error", row, message, ASK, abs(row["total_minor"] - row["paid_minor"]))


def reserve(row: Row) -> Discrepancy:
    """Say that a reserve did not come back as it was held."""
    message = said(
        "settlement {ref} holds back a reserve of {held}; {next} gives back {released}",
        ref=row["settlement_ref"], next=row["next_ref"], held=shown(-row["held_minor"], row["currency"]),
        released=shown(row["released_minor"], row["currency"]),
    )  # fmt: skip
    return _of("TIE-109", "error", row, message, ASK, abs(row["open_minor"]))


def gap(row: Row) -> Discrepancy:
    """Say that a settlement is missing between two."""
    message = said(
        "between settlement {ref} (to {end}) and {next} (from {begin}) a settlement is missing",
        ref=row["settlement_ref"], next=row["next_settlement_ref"], end=row["ends_on"], begin=row["next_begins_on"],
    )  # fmt: skip
    return _of("TIE-108", "warning", row, message, "download it from the channel and import it", None)


def debt(row: Row) -> Discrepancy:
    """Say that a debt to the channel was neither carried, nor charged, nor drawn."""
    message = said(
        "settlement {ref} ends with a debt of {debt}; {next} does not carry it, and neither a card nor the bank has paid it",
        ref=row["settlement_ref"], next=row["next_settlement_ref"], debt=shown(-row["total_minor"], row["currency"]),
    )  # fmt: skip
    return _of("TIE-110", "warning", row, message, "look in the channel's own pages how the debt was settled", abs(row["total_minor"]))


def overdue(row: Row) -> Discrepancy:
    """Say that deferred money should have been released."""
    message = said(
        "deferred transaction {ref} was to be released on {day}, and no release of {amount} is here",
        ref=row["transaction_ref"], day=row["release_on"], amount=shown(row["amount_minor"], row["currency"]),
    )  # fmt: skip
    amended = {**row, "settlement_ref": row["transaction_ref"], "on": row["release_on"]}
    return _of(
        "TIE-113",
        "warning",
        amended,
        message,
        "import the settlement of those days, else ask the channel",
        abs(row["amount_minor"]),
        noun="money_line",
    )


def _amounts(row: Row) -> dict[str, object]:
    currency = row["currency"]
    return {
        "ref": row["settlement_ref"],
        "lines": shown(row["lines_minor"] or 0, currency),
        "total": shown(row["total_minor"], currency),
        "difference": shown(abs(row["difference_minor"]), currency),
    }


def _of(
    code: str, severity: Severity, row: Row, message: Text, remedy: Text, amount_minor: int | None, records: tuple[int, ...] = (),
    noun: str = "settlement",
) -> Discrepancy:  # fmt: skip
    reference = str(row["settlement_ref"])
    own = () if row.get("id") is None else (int(row["id"]),)
    finding = Finding(code, severity, f"settlement[{reference}]", message, remedy)
    return Discrepancy(finding, row["channel"] or "", reference, row["currency"] or "", amount_minor, row["on"], noun, records or own)
