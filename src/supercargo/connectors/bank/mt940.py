"""MT940 and MT942 text -> statements; each entry is read alone, so that a broken one takes nothing else with it."""

from __future__ import annotations

import logging
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mt940 import Options
from mt940.models import Transactions
from mt940.tags import StatementGLS

from supercargo.connectors.bank import remittance
from supercargo.connectors.bank.statement import COUNTERPARTY_LONGEST, TEXT_LONGEST, Balance, Entry, Statement, tidy
from supercargo.connectors.bank.tags import Tag, blocks
from supercargo.kernel.currency import is_currency

if TYPE_CHECKING:
    from mt940.tags import Tag as MtTag

    from supercargo.connectors.bank.statement import Place

_BALANCE = re.compile(r"([DC])(\d{2})(\d{2})(\d{2})([A-Z]{3})?([\d,]+)")
_FLOOR = re.compile(r"([A-Z]{3})[DC ]?[\d,]*")
_MOVED = re.compile(r"(\d{6}[\d\s]{0,4}R?[CD][A-Z]?\s?)([\d,]+)", re.IGNORECASE)
_OPTIONS = Options.all()
_LONG_REFERENCE: dict[int | str, MtTag] = {61: StatementGLS()}
_PLACES: dict[str, Place] = {"60": "opening", "62": "closing"}
_NEXT_OF_ENTRY = frozenset({"86", "NS"})
_LONGEST_AMOUNT = 15
_REVERSALS = ("RC", "RD")

logging.getLogger("mt940").setLevel(logging.CRITICAL)  # a line that it cannot read becomes a fault with our own sentence


def read(text: str) -> tuple[Statement, ...]:
    """Read every statement of a file, in its order."""
    return tuple(_statement(tags) for tags in blocks(text))


def _statement(tags: list[Tag]) -> Statement:
    account = _first(tags, "25")
    currency = _currency(tags, account)
    balances = tuple(_balance(tag, currency) for tag in tags if tag.name in ("60", "62", "64", "65"))
    entries = tuple(_entry(group, currency) for group in _entries(tags))
    is_interim = not any(balance.place in ("opening", "closing") for balance in balances)
    ref = _first(tags, "28") or _first(tags, "20")
    head = next((tag.row for tag in tags if tag.name not in ("61", "86", "NS")), 0)
    return Statement(head, account, ref, currency, balances, entries, "interim" if is_interim else "statement")


def _first(tags: list[Tag], name: str) -> str:
    return next((tag.value.split("\n")[0].strip() for tag in tags if tag.name == name), "")


def _currency(tags: list[Tag], account: str) -> str:
    """Find the currency of the account in its balances, its floor limit, or behind its number."""
    for tag in tags:
        found = _BALANCE.match(tag.value) if tag.name in ("60", "62", "64", "65") else None
        if found and found[5]:
            return found[5]
    for tag in tags:
        found = _FLOOR.match(tag.value) if tag.name == "34" else None
        if found:
            return found[1]
    return account[-3:] if is_currency(account[-3:]) else ""


def _balance(tag: Tag, currency: str) -> Balance:
    place = _PLACES.get(tag.name, "other")
    found = _BALANCE.match(tag.value)
    if found is None:
        return Balance(place, tag.name + tag.letter, None, currency, None)
    amount = _amount(found[6])
    signed = -amount if amount is not None and found[1] == "D" else amount
    return Balance(place, tag.name + tag.letter, signed, found[5] or currency, _day(found[2], found[3], found[4]))


def _amount(text: str) -> Decimal | None:
    if text.count(",") > 1 or not text.strip(",") or len(text.lstrip("0")) > _LONGEST_AMOUNT + 1:
        return None
    return Decimal(text.replace(",", "."))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(2000 + int(year), int(month), int(day))
    except ValueError:
        return None


def _entries(tags: list[Tag]) -> list[list[Tag]]:
    """Group each entry with the details that follow it."""
    groups: list[list[Tag]] = []
    is_open = False
    for tag in tags:
        if tag.name == "61":
            groups.append([tag])
        elif is_open and tag.name in _NEXT_OF_ENTRY:
            groups[-1].append(tag)
        is_open = tag.name == "61" or (is_open and tag.name in _NEXT_OF_ENTRY)
    return groups


def _entry(tags: list[Tag], currency: str) -> Entry:
    parsed = parse_entry(tags)
    if parsed is None:
        return Entry(tags[0].row, currency=currency, is_readable=False)
    mark = str(parsed["status"]).upper()
    words = remittance.read(parsed)
    value_on = date.fromisoformat(parsed["date"].isoformat())
    entered = parsed.get("guessed_entry_date")
    return Entry(
        tags[0].row,
        amount=parsed["amount"].amount,
        currency=currency,
        booked_on=date.fromisoformat(entered.isoformat()) if entered else value_on,
        value_on=value_on,
        counterparty=tidy(words.counterparty, COUNTERPARTY_LONGEST),
        text=tidy(words.text, TEXT_LONGEST),
        bank_ref=remittance.reference(parsed, "bank_reference"),
        end_to_end_ref=words.end_to_end_ref,
        is_reversal=mark in _REVERSALS,
    )


def parse_entry(tags: list[Tag]) -> dict[str, Any] | None:
    """Give what the library makes of one ``:61:`` with its details, or nothing if it cannot.

    Some banks give a reference longer than the 16 signs of the standard; the second try takes any length.
    """
    entry, *details = tags
    text = "\n".join([f":61:{_unpadded(entry.value)}", *(f":{tag.name}{tag.letter}:{tag.value}" for tag in details)])
    return _parsed(text, None) or _parsed(text, _LONG_REFERENCE)


def _unpadded(value: str) -> str:
    """Take idle zeros off an amount: the library reads 15 signs of it and would take the rest for a reference."""
    found = _MOVED.match(value)
    if found is None or len(found[2]) <= _LONGEST_AMOUNT:
        return value
    amount = found[2].lstrip("0")
    shown = amount if amount[:1].isdigit() else f"0{amount}"
    return found[1] + shown + value[found.end() :] if len(shown) <= _LONGEST_AMOUNT else ""


def _parsed(text: str, own: dict[int | str, MtTag] | None) -> dict[str, Any] | None:
    reader = Transactions(tags=own, options=_OPTIONS)
    try:
        reader.parse(text)
    except (RuntimeError, ValueError, ArithmeticError, LookupError):
        return None
    parsed: dict[str, Any] = reader.transactions[0].data if reader.transactions else {}
    return parsed if "amount" in parsed and "date" in parsed else None
