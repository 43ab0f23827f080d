"""CAMT.052, .053 and .054 of any version -> statements; elements are found by their local names, whatever the namespace."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from supercargo.connectors.bank.camt_details import single_payments, words_of
from supercargo.connectors.bank.camt_tree import child, children, local, number, text_at
from supercargo.connectors.bank.statement import COUNTERPARTY_LONGEST, TEXT_LONGEST, Balance, Entry, Statement, tidy
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any, Literal

    from lxml.etree import _Element

    from supercargo.connectors.bank.statement import Booking, Place

_KINDS: dict[str, Literal["statement", "interim", "notification"]] = {"Stmt": "statement", "Rpt": "interim", "Ntfctn": "notification"}
_PLACES: dict[str, Place] = {"OPBD": "opening", "PRCD": "opening", "CLBD": "closing", "ITBD": "interim"}
_BOOKINGS: dict[str, Booking] = {"BOOK": "booked", "PDNG": "pending", "FUTR": "pending", "INFO": "information"}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T+Z-].*)?", re.ASCII)
_TRUE = frozenset({"true", "1"})
_MARKS = {"CRDT": 1, "DBIT": -1}


def root_of(content: bytes) -> _Element:
    """Parse a file without entities, document types, network or huge trees.

    Raises:
        Refused: BANK-003 the file is no well-formed XML, or has a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _malformed() from error
    information: Any = root.getroottree().docinfo
    if information.doctype:
        raise _malformed()
    return root


def _malformed() -> Exception:
    return refuse("BANK-003", "file", "the file is no sound XML of a bank", "download the statement from the bank again")


def read(root: _Element) -> tuple[Statement, ...]:
    """Read every statement, report and notification of a message, in its order."""
    found = [element for element in root.iter("{*}Stmt", "{*}Rpt", "{*}Ntfctn") if local(element) in _KINDS]
    entries = [entry for element in found for entry in children(element, "Ntry")]
    lines = [_line(element) for element in (*found, *entries)]
    order = {element: place for place, element in enumerate(root.iter("{*}Stmt", "{*}Rpt", "{*}Ntfctn", "{*}Ntry"), start=1)}
    by_line = 0 not in lines and len(set(lines)) == len(lines)
    rows = {element: _line(element) if by_line else order[element] for element in (*found, *entries)}
    return tuple(_statement(element, rows) for element in found)


def _line(element: _Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _statement(element: _Element, rows: dict[_Element, int]) -> Statement:
    balances = tuple(_balance(balance) for balance in children(element, "Bal"))
    booked = next((balance.currency for balance in balances if balance.place == "opening"), "")
    any_balance = next((balance.currency for balance in balances), "")
    return Statement(
        rows[element],
        account=text_at(element, "Acct/Id/IBAN") or text_at(element, "Acct/Id/Othr/Id") or text_at(element, "Acct/Id/PrtryAcct/Id"),
        ref=text_at(element, "Id"),
        currency=text_at(element, "Acct/Ccy") or booked or any_balance,
        balances=balances,
        entries=tuple(_entry(entry, rows[entry]) for entry in children(element, "Ntry")),
        kind=_KINDS[local(element)],
    )


def _balance(element: _Element) -> Balance:
    code = text_at(element, "Tp/CdOrPrtry/Cd") or text_at(element, "Tp/Cd")
    amount, currency = signed(element)
    return Balance(_PLACES.get(code, "other"), code, amount, currency, day_of(child(element, "Dt")))


def signed(element: _Element) -> tuple[Decimal | None, str]:
    """Give the ``Amt`` of an element with the sign of its ``CdtDbtInd``; a reversal already states the side to which it is booked."""
    amount = child(element, "Amt")
    size = number(amount)
    sign = _MARKS.get(text_at(element, "CdtDbtInd"))
    return (None if size is None or sign is None else size * sign), ("" if amount is None else amount.get("Ccy", ""))


def day_of(element: _Element | None) -> date | None:
    """Give the day of ``Dt`` or ``DtTm`` as it is written, in the bank's own time."""
    written = (text_at(element, "Dt") or text_at(element, "DtTm") or (element.text or "").strip()) if element is not None else ""
    found = _DAY.fullmatch(written)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _entry(element: _Element, row: int) -> Entry:
    amount, currency = signed(element)
    status = text_at(element, "Sts/Cd") or text_at(element, "Sts")
    words = words_of(element)
    booked_on, value_on = day_of(child(element, "BookgDt")), day_of(child(element, "ValDt"))
    return Entry(
        row,
        amount=amount,
        currency=currency,
        booked_on=booked_on or value_on,
        value_on=value_on,
        counterparty=tidy(words.counterparty, COUNTERPARTY_LONGEST),
        text=tidy(words.text, TEXT_LONGEST),
        bank_ref=text_at(element, "AcctSvcrRef"),
        end_to_end_ref=words.end_to_end_ref,
        is_reversal=text_at(element, "RvslInd") in _TRUE,
        booking=_BOOKINGS.get(status, "booked"),
        is_readable=amount is not None and bool(booked_on or value_on),
        details=single_payments(element, amount, currency),
    )
