"""What is said about an order that was not paid as it was sold, with the money that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.engines.accounting.discrepancy import Discrepancy, shown, texts
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from supercargo.kernel.finding import Severity
    from supercargo.kernel.words import Text

Row = dict[str, Any]
Records = dict[str, tuple[int, ...]]


def unpaid(row: Row, records: Records) -> Discrepancy:
    """Say that a shipped order was never paid."""
    message = said(
        "order {ref} of {channel}, {day}: {amount} was charged to the buyer, and no settlement pays it",
        ref=row["order_ref"], channel=row["channel"], day=row["ordered_on"], amount=shown(row["expected_minor"], row["currency"]),
    )  # fmt: skip
    return _of("error", row, message, "open a case with the order's number", abs(row["expected_minor"]), records, "order_line")


def differs(row: Row, records: Records) -> Discrepancy:
    """Say that an order was paid with another amount than it was sold for."""
    message = said(
        "order {ref} of {channel}: {expected} was charged to the buyer, {paid} was paid for it, difference {difference}",
        ref=row["order_ref"], channel=row["channel"], expected=shown(row["expected_minor"], row["currency"]),
        paid=shown(row["paid_minor"], row["currency"]), difference=shown(row["difference_minor"], row["currency"]),
    )  # fmt: skip
    remedy = "compare the order's lines with the settlement: shipping, discount, tax, partial delivery"
    return _of("error", row, message, remedy, abs(row["difference_minor"]), records)


def stranger(row: Row, records: Records) -> Discrepancy:
    """Say that a settlement names an order that the book does not have."""
    message = said(
        "order {ref} of {channel} stands in a settlement with {amount}, and no order file has it",
        ref=row["order_ref"], channel=row["channel"], amount=shown(row["net_minor"], row["currency"]),
    )  # fmt: skip
    return _of(
        "warning",
        row,
        message,
        "import the orders of that time; look whether it is an order of another sales channel",
        abs(row["net_minor"]),
        records,
    )


def charged(row: Row, records: Records) -> Discrepancy:
    """Say that money moved for an order that was cancelled."""
    message = said(
        "order {ref} of {channel} was cancelled, yet its lines in settlements come to {amount}",
        ref=row["order_ref"], channel=row["channel"], amount=shown(row["net_minor"], row["currency"]),
    )  # fmt: skip
    return _of("error", row, message, "ask for the fees back, or expect the payment to be taken back", abs(row["net_minor"]), records)


def doubled(row: Row, records: Records) -> Discrepancy:
    """Say that the same order line was settled more than once."""
    message = said(
        "order {ref} of {channel}: {skus} was paid {times} times, {difference} more than was sold",
        ref=row["order_ref"], channel=row["channel"], skus=texts(sku or "?" for sku in row["sku"]), times=row["times"],
        difference=shown(row["difference_minor"], row["currency"]),
    )  # fmt: skip
    remedy = "look whether one of the settlements was imported twice under two names; else the channel will take it back"
    return _of(
        "error", row, message, remedy, abs(row["difference_minor"]), {"money_line": tuple(row["ids"] or ())} if row["ids"] else records
    )


def digits(row: Row, records: Records) -> Discrepancy:
    """Say that an order was paid with its digits in another currency."""
    message = said(
        "order {ref} of {channel} is {amount}; the settlement says {paid}: the same digits in another currency",
        ref=row["order_ref"], channel=row["channel"], amount=shown(row["expected_minor"], row["currency"]),
        paid=shown(row["other_minor"], row["other_currency"]),
    )  # fmt: skip
    return _of("error", row, message, "look at the currency of the order and of the settlement", abs(row["expected_minor"]), records)


def unchecked(row: Row) -> Discrepancy:
    """Say how many orders, or orders named by settlements, cannot be checked because the other side's days are not in the book."""
    if row["known"]:
        amount = row["expected_minor"]
        message = said(
            "{count} orders of {house} of {amount} in all cannot be checked: no settlement reaches over their days",
            count=row["count"], house=row["family"], amount=shown(amount, row["currency"]),
        )  # fmt: skip
        remedy = "import the settlements of these days"
    else:
        amount = row["net_minor"]
        message = said(
            "{count} orders that settlements of {house} name, {amount} in all, cannot be checked: no order file reaches over their days",
            count=row["count"], house=row["family"], amount=shown(amount, row["currency"]),
        )  # fmt: skip
        remedy = "import the orders of these days"
    finding = Finding("TIE-307", "note", f"order[{row['family']}]", message, remedy)
    return Discrepancy(finding, row["channel"] or "", row["family"], row["currency"] or "", abs(amount), row["ordered_on"], "order_line")


def unknown(row: Row) -> Discrepancy:
    """Say how many orders do not say what the buyer was charged."""
    message = said(
        "{count} orders of {house} cannot be compared: their file does not say what the buyer was charged",
        count=row["count"],
        house=row["family"],
    )
    finding = Finding("TIE-308", "note", f"order[{row['family']}]", message, "export the orders with all amounts, and import them again")
    return Discrepancy(finding, row["channel"] or "", row["family"], row["currency"] or "", None, row["ordered_on"], "order_line")


SAYS: Mapping[str, Callable[[Row, Records], Discrepancy]] = {
    "TIE-301": unpaid, "TIE-302": differs, "TIE-303": stranger, "TIE-304": charged, "TIE-305": doubled, "TIE-306": digits,
}  # fmt: skip


def _of(severity: Severity, row: Row, message: Text, remedy: Text, stake: int, records: Records, noun: str = "money_line") -> Discrepancy:
    reference = str(row["order_ref"])
    finding = Finding(row["code"], severity, f"order[{reference}]", message, remedy)
    chosen = noun if records.get(noun) else next(iter(records), noun)
    on = row["ordered_on"] or row["posted_on"]
    return Discrepancy(finding, row["channel"] or "", reference, row["currency"] or "", stake, on, chosen, records.get(chosen, ()))
