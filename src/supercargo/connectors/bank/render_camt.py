"""Bank statements and lines -> CAMT.053 version 8, as a bank would write them: for samples and proofs."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lxml import etree

from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from lxml.etree import _Element

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_NAMESPACES: Any = {None: NAMESPACE}
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_PIECE = 140


def render(tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Write one message with every statement and its lines.

    Args:
        tables: ``bank_statement`` and ``bank_line``; lines follow their statement by account and number.
    """
    root = etree.Element(_name("Document"), nsmap=_NAMESPACES)
    message = _add(root, "BkToCstmrStmt")
    statements = tables["bank_statement"].to_dicts()
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", statements[0]["statement_ref"] if statements else "EMPTY")
    _add(header, "CreDtTm", _created(statements[0]) if statements else "2000-01-01T00:00:00")
    lines = tables["bank_line"].to_dicts()
    for statement in statements:
        _statement(message, statement, lines)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _add(parent: _Element, path: str, text: str | None = None, **attributes: str) -> _Element:
    """Add a chain of elements: ``Acct/Id/IBAN``; the text goes into the last one."""
    for local in path.split("/"):
        parent = etree.SubElement(parent, _name(local))
    parent.text = text
    for name, value in attributes.items():
        parent.set(name, value)
    return parent


def _created(statement: dict[str, Any]) -> str:
    return f"{statement['closing_on'] or statement['opening_on'] or '2000-01-01'}T00:00:00"


def _statement(message: _Element, statement: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    element = _add(message, "Stmt")
    _add(element, "Id", statement["statement_ref"])
    _add(element, "CreDtTm", _created(statement))
    account = _add(element, "Acct")
    _add(account, "Id/IBAN" if _IBAN.fullmatch(statement["account"]) else "Id/Othr/Id", statement["account"])
    if statement["currency"]:
        _add(account, "Ccy", statement["currency"])
    for code, name in (("OPBD", "opening"), ("CLBD", "closing")):
        if statement[f"{name}_minor"] is not None:
            balance = _add(element, "Bal")
            _add(balance, "Tp/CdOrPrtry/Cd", code)
            _amount(balance, statement[f"{name}_minor"], statement["currency"])
            _add(balance, "Dt/Dt", str(statement[f"{name}_on"]))
    for line in lines:
        if (line["account"], line["statement_ref"]) == (statement["account"], statement["statement_ref"]):
            _entry(element, line)


def _amount(parent: _Element, minor: int, currency: str) -> None:
    digits = minor_digits(currency)
    _add(parent, "Amt", f"{Decimal(abs(minor)).scaleb(-digits):.{digits}f}", Ccy=currency)
    _add(parent, "CdtDbtInd", "DBIT" if minor < 0 else "CRDT")


def _entry(statement: _Element, line: dict[str, Any]) -> None:
    entry = _add(statement, "Ntry")
    _amount(entry, line["amount_minor"], line["currency"])
    if line["is_reversal"]:
        _add(entry, "RvslInd", "true")
    _add(entry, "Sts/Cd", "BOOK")
    _add(entry, "BookgDt/Dt", str(line["booked_on"]))
    if line["value_on"] is not None:
        _add(entry, "ValDt/Dt", str(line["value_on"]))
    if line["bank_ref"]:
        _add(entry, "AcctSvcrRef", line["bank_ref"])
    _add(entry, "BkTxCd/Prtry/Cd", "NTRF")
    payment = _add(entry, "NtryDtls/TxDtls")
    if line["end_to_end_ref"]:
        _add(payment, "Refs/EndToEndId", line["end_to_end_ref"])
    _amount(payment, line["amount_minor"], line["currency"])
    _words(payment, line)


def _words(payment: _Element, line: dict[str, Any]) -> None:
    if line["counterparty"]:
        is_credit = (line["amount_minor"] >= 0) != line["is_reversal"]
        _add(payment, f"RltdPties/{'Dbtr' if is_credit else 'Cdtr'}/Pty/Nm", line["counterparty"])
    pieces = _pieces(line["text"] or "")
    if pieces:
        information = _add(payment, "RmtInf")
        for piece in pieces:
            _add(information, "Ustrd", piece)


def _pieces(text: str) -> list[str]:
    """Cut a text at blanks into pieces of at most 140 signs; a longer word stays whole."""
    pieces: list[str] = []
    for word in text.split():
        if pieces and len(pieces[-1]) + 1 + len(word) <= _PIECE:
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return pieces
