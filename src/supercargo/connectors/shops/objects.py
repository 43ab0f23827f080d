"""JSON from an interface -> its objects with their numbers, and the outcome of each: one object is one row."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.connectors.records.mapped import FAULT, OUTCOME, RECORD, SKIP, Control, Mapped
from supercargo.connectors.records.tables import TABLES
from supercargo.kernel.currency import is_currency, minor_digits
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from supercargo.kernel.finding import Finding

_LISTS = ("data", "orders")
_DIGITS_MAX = 18


def objects(text: str, code: str) -> list[tuple[int, Any]]:
    """List the objects of a list, of an answer that wraps one, of a single object, or of a file with one object per line.

    An object's number is its place in the list, from 1, or its line.

    Raises:
        Refused: the text is no JSON; under the code that is given.
    """
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return _lines(text, code)
    if isinstance(found, dict):
        inner = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
        found = [found] if inner is None else inner
    return list(enumerate(found, start=1)) if isinstance(found, list) else []


def _lines(text: str, code: str) -> list[tuple[int, Any]]:
    try:
        return [(number, json.loads(line, parse_float=Decimal)) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    except (ValueError, RecursionError) as error:
        raise refuse(code, "file", "the file is no JSON", "download it again; a download that broke off ends in the middle") from error


def minor(value: object, currency: str) -> int | None:
    """Read an amount that an interface gives as text or number; null where there is none.

    >>> minor("12.50", "EUR"), minor("", "EUR"), minor("500", "JPY")
    (1250, None, 500)

    Raises:
        ValueError: it is no number, or finer than the minor unit.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        raise ValueError("no amount")  # noqa: TRY004 - whoever reads a file asks for one kind of error
    try:
        scaled = Decimal(value).scaleb(minor_digits(currency))
    except InvalidOperation as error:
        raise ValueError("no number") from error
    if not scaled.is_finite() or abs(scaled.adjusted()) > _DIGITS_MAX or scaled != scaled.to_integral_value():
        raise ValueError("finer than the minor unit, or too large")
    return int(scaled)


@dataclass
class Sorted:
    """What became of the objects of a file so far."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    outcomes: dict[int, tuple[str, str | None, str | None]] = field(default_factory=dict)

    def record(self, row: int, noun: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Keep the records that an object became."""
        self.outcomes[row] = (RECORD, None, None)
        self.tables.setdefault(noun, []).extend({"row": row, **record} for record in records)

    def skip(self, row: int, code: str, reason: str) -> None:
        """Name an object that is no record."""
        self.outcomes[row] = (SKIP, code, reason)

    def fault(self, row: int, code: str, reason: str) -> None:
        """Report an object that cannot be trusted."""
        self.outcomes[row] = (FAULT, code, reason)

    def mapped(
        self, rows: Iterable[int], controls: Iterable[Control], findings: Iterable[Finding], facts: Mapping[str, str] | None = None
    ) -> Mapped:
        """Give what became of the file, proved."""
        frame = pl.DataFrame([(row, *outcome) for row, outcome in sorted(self.outcomes.items())], schema=OUTCOME, orient="row")
        tables = {noun: pl.DataFrame(made, schema=TABLES[noun]) for noun, made in self.tables.items() if made}
        return Mapped(tables, frame, tuple(controls), tuple(findings), dict(facts or {})).proved(pl.Series(list(rows), dtype=pl.Int64))

    def control(self, column: str, stated: Iterable[tuple[int, object, str]], recorded: Mapping[str, int]) -> list[Control]:
        """Sum what the objects state, and set it against what was recorded, skipped and at fault.

        Args:
            column: the name of the amount in the file.
            stated: number of the object, its amount as it stands there, its currency.
            recorded: by currency, the same sum taken from the records.
        """
        sums: dict[str, dict[str, int]] = {}
        bad: dict[str, int] = {}
        for row, value, currency in stated:
            of = sums.setdefault(currency, dict.fromkeys((RECORD, SKIP, FAULT), 0))
            amount = _attempt(value, currency)
            bad[currency] = bad.get(currency, 0) + (amount is None and value not in (None, ""))
            of[self.outcomes[row][0]] += amount or 0
        return [
            Control(column, currency, sum(of.values()), recorded.get(currency, 0), of[SKIP], of[FAULT], bad[currency])
            for currency, of in sums.items()
        ]


def _attempt(value: object, currency: str) -> int | None:
    try:
        return minor(value, currency) if is_currency(currency) else None
    except ValueError:
        return None
