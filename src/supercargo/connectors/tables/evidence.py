"""What the cells of a column say for or against what its header means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.catalogue.codes import currency_code
from supercargo.connectors.countries import country_code
from supercargo.connectors.records.tables import TABLES
from supercargo.connectors.sheet.numbers import is_date

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = re.compile(
    r"[-+(]?\s*(?:[A-Z]{3}|[^\w\s.,()+-]{1,3})?\s*[-+]?[\d.,' \u00a0]*\d[\d.,' \u00a0]*\)?-?\s*(?:[A-Za-z]{3}|[^\w\s]{1,2}|元|円)?",
    re.ASCII,
)
_WHOLE = re.compile(r"[-+]?\d{1,9}(?:[.,]0+)?", re.ASCII)
_TIMED = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-zéûä]{3,9}\.?)[-/. ]\d{2,4}|\d{8})(?:日)?(?:[T ,].*)?"
)
_MOST, _FEW = 0.8, 0.5
_ALONE = {"currency": 70, "country": 65, "sku": 90}
_PENALTY = 60
_LEAST_CELLS = 3


def fits(noun: str, ours: str, cells: list[str], score: int) -> int:
    """Weigh a header by the cells below it: money must be numbers, a day must be a date; empty columns prove nothing."""
    check = _check_of(noun, ours)
    filled = [cell for cell in cells if cell]
    if check is None or not filled:
        return score
    share = sum(map(check, filled)) / len(filled)
    return score if share >= _MOST else score - 20 if share >= _FEW else score - _PENALTY


def speaks_alone(ours: str, cells: list[str], skus: frozenset[str]) -> int:
    """Tell how sure a column is by its cells, whatever its header: currencies, countries, article numbers that we know."""
    filled = [cell for cell in cells if cell]
    if len(filled) < _LEAST_CELLS:
        return 0
    if ours == "sku" and skus:
        return _ALONE["sku"] if sum(cell in skus for cell in filled) / len(filled) >= _FEW else 0
    if ours == "currency":
        return _ALONE["currency"] if all(len(cell) == 3 and currency_code(cell) for cell in filled) else 0  # noqa: PLR2004 - ISO 4217
    if ours == "ship_country":
        return _ALONE["country"] if all(country_code(cell) and not cell.isdigit() for cell in filled) else 0
    return 0


def _check_of(noun: str, ours: str) -> Callable[[str], bool] | None:
    if ours.endswith(("_minor", "_e6")) or ours in ("amount_in", "amount_out"):
        return is_number
    kind = TABLES[noun][ours]
    if isinstance(kind, pl.Date | pl.Datetime):
        return is_day
    if kind == pl.Int64:
        return is_whole
    if ours == "currency":
        return lambda cell: bool(currency_code(cell))
    return (lambda cell: bool(country_code(cell))) if ours.endswith("country") else None


def is_number(cell: str) -> bool:
    """Tell whether a cell holds an amount, with or without a currency."""
    return bool(_NUMBER.fullmatch(cell)) and not is_day(cell)


def is_whole(cell: str) -> bool:
    """Tell whether a cell holds a count."""
    return bool(_WHOLE.fullmatch(cell))


def is_day(cell: str) -> bool:
    """Tell whether a cell holds a date, with or without a time."""
    return is_date(cell) or bool(_TIMED.fullmatch(cell))
