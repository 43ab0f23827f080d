"""The footers of a settlement report: how many records there are, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.paypal.codes import NOT_COUNTED, NOT_TOTALLED
from supercargo.connectors.raw.sift import DIGITS
from supercargo.connectors.shops.writing import money_text
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Grid

_SUMS = (
    ("Gross Transaction Amount", "Gross Transaction Currency", "Transaction  Debit or Credit", "CR", "c2"),
    ("Gross Transaction Amount", "Gross Transaction Currency", "Transaction  Debit or Credit", "DR", "c3"),
    ("Fee Amount", "Fee Currency", "Fee Debit or Credit", "CR", "c4"),
    ("Fee Amount", "Fee Currency", "Fee Debit or Credit", "DR", "c5"),
)


def check_counts(grid: Grid) -> None:
    """Count the records of every section and of the report.

    Raises:
        Refused: PAY-021, a footer is missing or counts other records than there are: the file broke off or was changed.
    """
    bodies = 0
    in_section: int | None = None
    for kind, count in grid.cells.select(pl.col("c0").str.strip_chars(), pl.col("c1").str.strip_chars()).iter_rows():
        if kind == "SH":
            _must_agree(in_section, None)
            in_section = 0
        elif kind == "SB":
            bodies, in_section = bodies + 1, (in_section or 0) + 1
        elif kind == "SC":
            _must_agree(in_section, count)
            in_section = None
        elif kind in ("RC", "CF"):
            _must_agree(bodies, count)
    _must_agree(in_section, None)


def _must_agree(found: int | None, stated: str | None) -> None:
    """Compare a count; a section that is open has no footer, which is as wrong as a wrong one."""
    if (found is None and stated is None) or (stated is not None and stated.isdecimal() and found == int(stated)):
        return
    message = said("the report counts {stated} records and holds {found}", stated=stated or "-", found="-" if found is None else found)
    raise refuse(NOT_COUNTED, "file", message, "download the report again; it broke off or was changed")


def totals(grid: Grid, bodies: pl.DataFrame, is_hundredths: bool) -> list[Finding]:  # noqa: FBT001
    """Compare the sums of the section footers with the records, per currency and over all sections."""
    footers = grid.cells.filter(pl.col("c0").str.strip_chars() == "SF")
    if not footers.height or "c5" not in footers.columns:
        return []
    found = []
    for amount, code, side, mark, place in _SUMS:
        of_mark = bodies.filter(pl.col(side).str.strip_chars() == mark)
        held = _sums(of_mark, code, amount)
        stated = _sums(footers, "c1", place)
        for currency in sorted(set(held) | set(stated)):
            gap = stated.get(currency, 0) - held.get(currency, 0)
            if gap and currency in DIGITS:
                written = money_text(gap, "EUR" if is_hundredths else currency)
                message = said("the footer and the records differ by {amount} {currency}", amount=written, currency=currency)
                found.append(Finding(NOT_TOTALLED, "warning", f"footer[{amount} {mark}]", message, "download the report again"))
    return found


def _sums(rows: pl.DataFrame, code: str, amount: str) -> dict[str, int]:
    value = pl.col(amount).str.strip_chars().cast(pl.Int64, strict=False).fill_null(0)
    grouped = rows.group_by(pl.col(code).str.strip_chars().str.to_uppercase().alias("code")).agg(value.sum().alias("sum"))
    return {code: total for code, total in grouped.iter_rows() if code}
