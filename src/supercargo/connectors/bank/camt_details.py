"""The single payments within an entry: who, for what, and whether they come to the entry."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.connectors.bank.camt_tree import at, child, children, number, text_at
from supercargo.connectors.bank.remittance import Words
from supercargo.kernel.figure import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MEANINGLESS = frozenset({"", "NOTPROVIDED", "NONREF"})
_MARKS = {"CRDT": 1, "DBIT": -1}


def words_of(entry: _Element) -> Words:
    """Take the words of an entry: of its only payment, or what all of its payments share."""
    payments = list(_payments(entry))
    names = _distinct(_counterparty(payment, entry) for payment in payments)
    refs = _distinct(_reference(payment) for payment in payments)
    texts = _distinct(part for payment in payments for part in _remittance(payment))
    added = _distinct([*(text_at(payment, "AddtlTxInf") for payment in payments), text_at(entry, "AddtlNtryInf")])
    parts = [*texts, *added, *_charges(entry), *(_charges(payments[0]) if len(payments) == 1 and not _charges(entry) else ())]
    return Words(
        names[0] if len(names) == 1 else "",
        " ".join(parts),
        refs[0] if len(refs) == 1 and len(payments) == 1 else text_at(entry, "NtryRef") if not refs else "",
    )


def single_payments(entry: _Element, total: Decimal | None, currency: str) -> Decimal | None:
    """Add the payments of a batch up; nothing where there is no batch, an amount is missing, or charges explain the rest.

    ``Btch`` states a total of its own, which is compared where the payments are not listed.
    """
    payments = list(_payments(entry))
    batch = at(entry, "NtryDtls/Btch/TtlAmt")
    amounts = [_amount(payment) for payment in payments]
    if not payments or any(child(payment, "Amt") is None for payment in payments):
        stated = number(batch)
        return None if stated is None or total is None else (stated if total >= 0 else -stated)
    if any(amount is None or found != currency for amount, found in amounts) or total is None:
        return None
    listed = abs(sum((amount for amount, _ in amounts if amount is not None), Decimal()))
    charges = sum((number(charge) or Decimal() for charge in _charge_elements(entry, payments)), Decimal())
    size = abs(total)
    found = size if size in (listed, listed + charges, listed - charges) else listed
    return found if total >= 0 else -found


def _payments(entry: _Element) -> Iterator[_Element]:
    for details in children(entry, "NtryDtls"):
        yield from children(details, "TxDtls")


def _amount(payment: _Element) -> tuple[Decimal | None, str]:
    element = child(payment, "Amt")
    size = number(element)
    sign = _MARKS.get(text_at(payment, "CdtDbtInd"), 1)
    return (None if size is None else size * sign), ("" if element is None else element.get("Ccy", ""))


def _counterparty(payment: _Element, entry: _Element) -> str:
    """Give the other side's name: who paid for what came in, who was paid for what went out, turned round in a reversal."""
    is_credit = (text_at(entry, "CdtDbtInd") == "CRDT") != (text_at(entry, "RvslInd") in ("true", "1"))
    parties = child(payment, "RltdPties")
    for role in ("Dbtr", "UltmtDbtr") if is_credit else ("Cdtr", "UltmtCdtr"):
        name = text_at(parties, f"{role}/Nm") or text_at(parties, f"{role}/Pty/Nm")
        if name:
            return name
    return ""


def _reference(payment: _Element) -> str:
    ref = text_at(payment, "Refs/EndToEndId")
    return "" if ref.upper() in _MEANINGLESS else ref


def _remittance(payment: _Element) -> Iterator[str]:
    for information in children(payment, "RmtInf"):
        for free in children(information, "Ustrd"):
            yield (free.text or "").strip()
        for structured in children(information, "Strd"):
            yield text_at(structured, "CdtrRefInf/Ref")
            yield from ((found.text or "").strip() for found in children(structured, "AddtlRmtInf"))


def _charges(element: _Element) -> list[str]:
    """Say the charges that the bank kept, so that a payout that arrives short can be explained."""
    total = at(element, "Chrgs/TtlChrgsAndTaxAmt")
    found = [total] if total is not None else _charge_elements(element, [])
    said = [f"/CHRG/{plain(size)} {charge.get('Ccy', '')}" for charge in found if (size := number(charge))]
    return [text.strip() for text in said]


def _charge_elements(entry: _Element, payments: list[_Element]) -> list[_Element]:
    """Find the charges: of the entry if it states any, else of its payments; v1 and v2 state one amount, later versions records."""
    own = [found for charges in children(entry, "Chrgs") for found in _amounts_of(charges)]
    return own or [found for payment in payments for charges in children(payment, "Chrgs") for found in _amounts_of(charges)]


def _amounts_of(charges: _Element) -> list[_Element]:
    records = [amount for record in children(charges, "Rcrd") for amount in children(record, "Amt")]
    return records or children(charges, "Amt") or children(charges, "TtlChrgsAndTaxAmt")


def _distinct(texts: Iterator[str] | list[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
