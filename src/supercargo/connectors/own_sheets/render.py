"""Records -> one of our own sheets, as the template has it; without records, the template itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from supercargo.connectors.market.writing import amount, delimited, workbook
from supercargo.connectors.own_sheets.sheets import SHARE_NAMES, SHEETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from supercargo.kernel.words import Language

Kind = Literal["xlsx", "csv"]
_MILLION, _PLACES = 1_000_000, 6
_RUNS: dict[Kind, tuple[str, ...]] = {"csv": ("=", "+", "-", "@", "'"), "xlsx": ("'",)}
"""Before which an apostrophe goes: what a spreadsheet would run, and an apostrophe that belongs to the text."""


def render(key: str, tables: Mapping[str, pl.DataFrame] | None = None, *, language: Language = "en", kind: Kind = "csv") -> bytes:
    """Write a sheet with a header in one of the languages.

    Args:
        key: ``supplier-invoices``, ``freight-bills``, ``customs-bills``, ``goods-receipts`` or ``stock-counts``.
        tables: the record table of its noun; nothing for an empty template.
        language: of the header.
        kind: of the file.
    """
    sheet = SHEETS[key]
    frame = (tables or {}).get(sheet.noun)
    records = frame.iter_rows(named=True) if frame is not None else ()
    rows = [sheet.header(language), *(tuple(_cell(record, name, language, kind) for name in sheet.columns) for record in records)]
    return workbook([(key, rows)]) if kind == "xlsx" else delimited(rows)


def _cell(record: dict[str, Any], name: str, language: Language, kind: Kind) -> str:
    value = record[name]
    if value is None:
        return ""
    if name.endswith("_minor"):
        return amount(value, record["currency"])
    if name.endswith("_e6"):
        return _price(value)
    if name == "share_by":
        return SHARE_NAMES[value][0 if language == "zh" else 1]
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_RUNS[kind]) else text


def _price(millionths: int) -> str:
    """Write a unit price with two decimals at least, and never with exactly three, which could be thousands."""
    whole, rest = divmod(abs(millionths), _MILLION)
    digits = f"{rest:0{_PLACES}d}".rstrip("0").ljust(2, "0")
    shown = f"{digits}0" if len(digits) == 3 else digits  # noqa: PLR2004 - thousands have three digits
    return f"{'-' if millionths < 0 else ''}{whole}.{shown}"
