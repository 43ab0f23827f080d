"""Statements -> bank statements and bank lines, with what became of each row and whether the balances tie."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from supercargo.connectors.bank.checks import check, in_minor, money
from supercargo.connectors.records.mapped import FAULT, OUTCOME, RECORD, SKIP, Control, Mapped
from supercargo.connectors.records.tables import TABLES
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supercargo.connectors.bank.statement import Entry, Statement
    from supercargo.connectors.raw.formats import Context

_SEPARATOR = "\x1f"
_TWICE = "BANK-303"


class Fate(NamedTuple):
    """What becomes of one row, and why."""

    row: int
    status: str
    code: str | None = None
    reason: str | None = None


def mapped(statements: Sequence[Statement], context: Context, controls: Iterable[Control], facts: dict[str, str]) -> Mapped:
    """Bring statements to our tables; a statement that does not tie is kept, and a finding says by how much.

    Raises:
        Refused: BANK-001 the file holds no statement; BANK-002 it names no account and nobody said which one it is.
    """
    _refuse_unusable(statements, context)
    findings: list[Finding] = []
    heads: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    counted: dict[str, int] = {}
    fates = {fate.row: fate for fate in fates_of(statements)}
    for statement in statements:
        account = statement.account or context.account
        if all(fates[row].code == _TWICE for row in _rows(statement)):
            findings.append(_twice(statement))
            continue
        kept = [entry for entry in statement.entries if fates[entry.row].status == RECORD]
        findings += check(statement, kept)
        heads += [_head(statement, account)] if statement.row and fates[statement.row].status == RECORD else []
        lines += [_line(entry, account, statement.ref, counted) for entry in kept]
    tables = {"bank_statement": _table("bank_statement", heads), "bank_line": _table("bank_line", lines)}
    outcome = pl.DataFrame(list(fates.values()), schema=OUTCOME, orient="row").sort("row")
    rows = pl.Series([row for statement in statements for row in _rows(statement)], dtype=pl.Int64)
    facts |= {"statements": str(len(heads)), "statements_not_tying": ", ".join(f.path for f in findings if f.code == "BANK-101")}
    return Mapped(tables, outcome, tuple(controls), tuple(findings), {name: value for name, value in facts.items() if value}).proved(rows)


def fates_of(statements: Iterable[Statement]) -> list[Fate]:
    """Tell what becomes of every statement and entry of a file."""
    seen: set[object] = set()
    fates: list[Fate] = []
    for statement in statements:
        fates += _repeated(statement) if _identity(statement) in seen else _fates(statement)
        seen.add(_identity(statement))
    return fates


def _fates(statement: Statement) -> list[Fate]:
    return [*([_head_fate(statement)] if statement.row else []), *map(_fate, statement.entries)]


def _repeated(statement: Statement) -> list[Fate]:
    return [Fate(row, SKIP, _TWICE, "the same statement stands in the file twice") for row in _rows(statement)]


def _refuse_unusable(statements: Sequence[Statement], context: Context) -> None:
    if not statements:
        raise refuse("BANK-001", "file", "the file holds no statement of an account", "ask the bank for the statement again")
    nameless = [statement for statement in statements if not statement.account]
    if nameless and not context.account:
        message = "the statement does not say of which account it is"
        raise refuse("BANK-002", f"row[{nameless[0].row}]", message, "name the account with --account")


def _rows(statement: Statement) -> list[int]:
    return [*([statement.row] if statement.row else []), *(entry.row for entry in statement.entries)]


def _identity(statement: Statement) -> object:
    entries = tuple((e.amount, e.currency, e.booked_on, e.value_on, e.text, e.bank_ref, e.end_to_end_ref) for e in statement.entries)
    return (statement.account, statement.ref, statement.currency, statement.balances, entries)


def _twice(statement: Statement) -> Finding:
    message = said("statement {ref} of {account} stands in the file twice; it counts once", ref=statement.ref, account=statement.account)
    return Finding("BANK-104", "warning", f"row[{statement.row}]", message, "compare it with the bank's own list of statements")


def _fate(entry: Entry) -> Fate:
    if not entry.is_readable:
        return Fate(entry.row, FAULT, "BANK-203", "the entry cannot be read: a date, a mark or an amount is not as the format has it")
    if not entry.currency:
        return Fate(entry.row, FAULT, "BANK-204", "the entry has no currency, and its statement names none")
    if money(entry.currency) is None:
        return Fate(entry.row, FAULT, "BANK-202", "the currency of the entry is none of ISO 4217 today")
    if in_minor(entry.amount, entry.currency) is None:
        return Fate(entry.row, FAULT, "BANK-201", "the amount is finer than the smallest coin of its currency, or too large to be one")
    if entry.booking == "pending":
        return Fate(entry.row, SKIP, "BANK-301", "the entry is not booked yet")
    if entry.booking == "information":
        return Fate(entry.row, SKIP, "BANK-302", "the entry is for information only and moves no money")
    return Fate(entry.row, RECORD)


def _head_fate(statement: Statement) -> Fate:
    broken = any(
        balance is not None and in_minor(balance.amount, balance.currency) is None for balance in (statement.opening, statement.closing)
    )
    if broken:
        return Fate(statement.row, FAULT, "BANK-205", "a balance of the statement cannot be read in its currency")
    return Fate(statement.row, RECORD)


def _head(statement: Statement, account: str) -> dict[str, Any]:
    opening, closing = statement.opening, statement.closing
    currency = statement.currency or (closing or opening or _NoBalance).currency
    own_opening = opening if opening and opening.currency == currency else None
    own_closing = closing if closing and closing.currency == currency else None
    opening_on, closing_on = opening.day if opening else None, closing.day if closing else None
    return {
        "row": statement.row,
        "key": _hashed(account, statement.ref, currency, opening_on, closing_on),
        "account": account,
        "statement_ref": statement.ref or None,
        "currency": currency or None,
        "opening_minor": in_minor(own_opening.amount, currency) if own_opening else None,
        "opening_on": opening_on,
        "closing_minor": in_minor(own_closing.amount, currency) if own_closing else None,
        "closing_on": closing_on,
    }


class _NoBalance:
    currency = ""


def _line(entry: Entry, account: str, ref: str, counted: dict[str, int]) -> dict[str, Any]:
    minor = in_minor(entry.amount, entry.currency)
    named = (entry.bank_ref,) if entry.bank_ref else (entry.end_to_end_ref, entry.counterparty, entry.text)
    content = _hashed(account, entry.booked_on, entry.value_on, entry.currency, minor, *named)
    counted[content] = counted.get(content, 0) + 1
    return {
        "row": entry.row,
        "key": f"{content}-{counted[content]}",
        "account": account,
        "statement_ref": ref or None,
        "currency": entry.currency,
        "amount_minor": minor,
        "booked_on": entry.booked_on,
        "value_on": entry.value_on,
        "counterparty": entry.counterparty or None,
        "text": entry.text or None,
        "bank_ref": entry.bank_ref or None,
        "end_to_end_ref": entry.end_to_end_ref or None,
        "is_reversal": entry.is_reversal,
    }


def _hashed(*parts: object) -> str:
    return sha256(_SEPARATOR.join("" if part is None else str(part) for part in parts).encode()).hexdigest()[:24]


def _table(noun: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TABLES[noun])
