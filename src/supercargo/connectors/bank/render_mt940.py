"""Bank statements and lines -> MT940, as a bank would write them: for samples and proofs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import polars as pl

_WIDTH = 65


def render(tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Write statements with their lines, details in the dialect ``/EREF/../NAME/../REMI/..``.

    Args:
        tables: ``bank_statement`` and ``bank_line``; lines follow their statement by account and number.
    """
    lines = tables["bank_line"].to_dicts()
    out = [line for statement in tables["bank_statement"].iter_rows(named=True) for line in _statement(statement, lines)]
    return ("\r\n".join(out) + "\r\n").encode()


def _statement(statement: dict[str, Any], lines: list[dict[str, Any]]) -> Iterator[str]:
    yield f":20:{(statement['statement_ref'] or 'STATEMENT')[:16]}"
    yield f":25:{statement['account']}"
    if statement["statement_ref"]:
        yield f":28C:{statement['statement_ref']}"
    if statement["opening_minor"] is not None:
        yield f":60F:{_balance(statement['opening_minor'], statement['opening_on'], statement['currency'])}"
    own = (line for line in lines if (line["account"], line["statement_ref"]) == (statement["account"], statement["statement_ref"]))
    for line in own:
        yield from _line(line)
    if statement["closing_minor"] is not None:
        yield f":62F:{_balance(statement['closing_minor'], statement['closing_on'], statement['currency'])}"
    yield "-"


def _balance(minor: int, day: date, currency: str) -> str:
    return f"{'D' if minor < 0 else 'C'}{day:%y%m%d}{currency}{_amount(minor, currency)}"


def _amount(minor: int, currency: str) -> str:
    digits = minor_digits(currency)
    text = f"{Decimal(abs(minor)).scaleb(-digits):.{digits}f}".replace(".", ",")
    return text if "," in text else f"{text},"


def _line(line: dict[str, Any]) -> Iterator[str]:
    mark = ("RC" if line["amount_minor"] < 0 else "RD") if line["is_reversal"] else ("D" if line["amount_minor"] < 0 else "C")
    ref = f"//{line['bank_ref']}" if line["bank_ref"] else ""
    amount = _amount(line["amount_minor"], line["currency"])
    yield f":61:{line['value_on']:%y%m%d}{line['booked_on']:%m%d}{mark}{amount}NTRFNONREF{ref}"
    parts = (("EREF", line["end_to_end_ref"]), ("NAME", line["counterparty"]), ("REMI", line["text"]))
    details = "".join(f"/{key}/{value}" for key, value in parts if value)
    if details:
        yield from _wrapped(f":86:{details}")


def _wrapped(text: str) -> Iterator[str]:
    """Break at 65 signs, but never before or after a blank, nor so that a line begins like a tag or an end."""
    while len(text) > _WIDTH:
        place = next((place for place in range(_WIDTH, 5, -1) if text[place - 1] != " " and text[place] not in " :-{}"), _WIDTH)
        yield text[:place]
        text = text[place:]
    yield text
