"""Whether a statement ties: opening + entries = closing, and each batch its single payments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.kernel.currency import is_currency, minor_digits
from supercargo.kernel.figure import EXACT, padded
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supercargo.connectors.bank.statement import Balance, Entry, Statement

_LARGEST = 10**17
"""In the minor unit: sums of many such amounts still fit 64 bits."""


def money(currency: str) -> int | None:
    """Give the digits of a currency's minor unit, or nothing if it is none of today's."""
    return minor_digits(currency) if is_currency(currency) else None


def in_minor(amount: Decimal | None, currency: str) -> int | None:
    """Give an amount in the minor unit, or nothing if it is finer than that, too large, or of no known currency.

    >>> in_minor(Decimal("8.85000"), "EUR"), in_minor(Decimal("8.855"), "EUR")
    (885, None)
    """
    digits = money(currency)
    if amount is None or digits is None or amount.adjusted() > len(str(_LARGEST)):
        return None
    minor = amount.scaleb(digits, EXACT)
    return int(minor) if minor == minor.to_integral_value() and abs(minor) < _LARGEST else None


def check(statement: Statement, kept: Sequence[Entry]) -> Iterator[Finding]:
    """Say what does not tie, with the money.

    Findings: BANK-101 balances, BANK-102 balances that cannot be compared, BANK-103 batches, BANK-105 no statement.
    """
    path = f"row[{statement.row}]"
    yield from _balances(statement, kept, path)
    for entry in kept:
        if entry.details is not None and entry.details != entry.amount:
            message = said(
                "the entry is {amount} {currency}, its single payments come to {details}",
                amount=_shown(entry.amount, entry.currency), currency=entry.currency, details=_shown(entry.details, entry.currency),
            )  # fmt: skip
            remedy = "the entry counts; look for charges or another currency in its details"
            yield Finding("BANK-103", "note", f"row[{entry.row}]", message, remedy)
    if statement.kind != "statement":
        yield Finding(
            "BANK-105",
            "note",
            path,
            "the file is an interim report or a notification: its entries come again in the statement",
            "import either the statements of an account or its reports, so that nothing rests on matching the two",
        )


def _balances(statement: Statement, kept: Sequence[Entry], path: str) -> Iterator[Finding]:
    opening, closing = statement.opening, statement.closing
    booked = [entry for entry in statement.entries if entry.booking == "booked"]
    if opening is None or closing is None:
        if statement.kind == "statement":
            message = "the statement lacks its opening or closing balance, so nothing proves that all entries are there"
            yield Finding("BANK-102", "warning", path, message, "ask the bank for the statement with both balances")
        return
    if len({opening.currency, closing.currency, *(entry.currency for entry in booked)}) > 1:
        message = "the balances and entries of the statement are in several currencies, so they cannot be added up"
        yield Finding("BANK-102", "warning", path, message, "ask the bank which currency the account has")
        return
    yield from _difference(statement, opening, closing, kept, path)


def _difference(statement: Statement, opening: Balance, closing: Balance, kept: Sequence[Entry], path: str) -> Iterator[Finding]:
    if opening.amount is None or closing.amount is None:
        return
    entries = sum((entry.amount for entry in kept if entry.amount is not None), Decimal())
    difference = closing.amount - opening.amount - entries
    if difference:
        figures = {"opening": opening.amount, "entries": entries, "closing": closing.amount, "difference": difference}
        message = said(
            "statement {ref}: opening {opening} plus entries {entries} is not closing {closing}; {difference} {currency} differ",
            ref=statement.ref,
            currency=closing.currency,
            **{name: _shown(amount, closing.currency) for name, amount in figures.items()},
        )
        yield Finding("BANK-101", "warning", path, message, "an entry is missing or twice; ask the bank for the statement again")


def _shown(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else padded(amount, money(currency) or 0)
