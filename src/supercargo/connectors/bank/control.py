"""The money of a bank file, added up a second time straight from its text: nothing that the mapping reads is used here."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from supercargo.connectors.bank.checks import in_minor
from supercargo.connectors.bank.mapping import fates_of
from supercargo.connectors.records.mapped import FAULT, RECORD, SKIP, Control

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from supercargo.connectors.bank.statement import Statement

_LINE = re.compile(r"^\ufeff?:61[A-Z]?:([^\n]*(?:\n(?!:)[^\n]*)?)", re.MULTILINE)
_MOVEMENT = re.compile(r"\s*\d{6}[\d\s]{0,4}(R?[CD])[A-Z]?\s?([\d,]+)", re.IGNORECASE)
_OUT = ("D", "RC")


def of_mt940(text: str, statements: Sequence[Statement]) -> tuple[Control, ...]:
    """Add up the ``:61:`` lines of a text."""
    lines = _LINE.findall(text.replace("\r\n", "\n").replace("\r", "\n"))
    currencies = [entry.currency for statement in statements for entry in statement.entries]
    return _controls([(currency, _moved(line)) for line, currency in zip(lines, currencies, strict=True)], statements)


def _moved(line: str) -> Decimal | None:
    found = _MOVEMENT.match(line)
    size = _decimal(found[2].replace(",", ".")) if found else None
    return -size if found and size is not None and found[1].upper() in _OUT else size


def of_camt(root: _Element, statements: Sequence[Statement]) -> tuple[Control, ...]:
    """Add up the amounts of all entries of a message, found by their names alone."""
    entries = [entry for entry in root.iter("{*}Ntry") if _is_counted(entry)]
    return _controls([_stated(entry) for entry in entries], statements)


def _is_counted(entry: _Element) -> bool:
    parent = entry.getparent()
    return parent is not None and str(parent.tag).rpartition("}")[2] in ("Stmt", "Rpt", "Ntfctn")


def _stated(entry: _Element) -> tuple[str, Decimal | None]:
    amount = entry.find("{*}Amt")
    size = _decimal(entry.findtext("{*}Amt") or "")
    sign = {"CRDT": 1, "DBIT": -1}.get((entry.findtext("{*}CdtDbtInd") or "").strip())
    currency = "" if amount is None else amount.get("Ccy", "")
    return currency, None if size is None or sign is None else size * sign


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _controls(amounts: Sequence[tuple[str, Decimal | None]], statements: Sequence[Statement]) -> tuple[Control, ...]:
    """Compare the sums of the file with those of what became of its entries; a fault row counts as the file states it."""
    entries = [entry for statement in statements for entry in statement.entries]
    status = {fate.row: fate.status for fate in fates_of(statements)}
    of_file: dict[str, int] = {}
    unreadable: dict[str, int] = {}
    became: dict[tuple[str, str], int] = {}
    for entry, (currency, amount) in zip(entries, amounts, strict=True):
        stated, state = in_minor(amount, currency), status[entry.row]
        ours = stated if state == FAULT else in_minor(entry.amount, entry.currency)
        of_file[currency] = of_file.get(currency, 0) + (stated or 0)
        unreadable[currency] = unreadable.get(currency, 0) + (stated is None)
        became[currency, state] = became.get((currency, state), 0) + (ours or 0)
    return tuple(
        Control(
            "amount",
            currency,
            total,
            became.get((currency, RECORD), 0),
            became.get((currency, SKIP), 0),
            became.get((currency, FAULT), 0),
            unreadable[currency],
        )
        for currency, total in sorted(of_file.items())
    )
