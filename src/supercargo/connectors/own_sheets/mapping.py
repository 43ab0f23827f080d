"""One of our own sheets -> records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.own_sheets.sheets import SHARES, SHEETS, Sheet
from supercargo.connectors.raw.header import certainty, locate
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.tables.apply import fill
from supercargo.connectors.tables.mapping import Mapping

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped


def map_sheet(key: str, raw: Raw, context: Context) -> Mapped:
    """Map a sheet; every row that lacks what it must have is a fault with its reason.

    Raises:
        Refused: RAW-010 a needed column is missing; RAW-02x, -03x the decimal sign or the order of dates is open.
    """
    sheet = SHEETS[key]
    sift = Sift(locate(raw, sheet.columns, sheet.needed), context)
    for name in sheet.needed:
        if name not in ("duty_minor", "sellable"):
            sift.fault(sift.text(name).is_null(), "OWN-101", "a cell that must be filled is empty")
    if key == "supplier-invoices":
        sift.fault(
            sift.text("unit_price_e6").is_null() & sift.text("amount_minor").is_null(), "OWN-102", "neither unit price nor amount is given"
        )
    return fill(sift, _mapping(sheet, sift))


def certainty_of(key: str, raw: Raw) -> int:
    """Tell how sure a file is this sheet."""
    sheet = SHEETS[key]
    return certainty(raw, sheet.columns, sheet.needed, sheet.marks)


def _mapping(sheet: Sheet, sift: Sift) -> Mapping:
    columns = {name: name for name in sheet.columns if sift.has(name)}
    words = {"share_by": SHARES} if "share_by" in columns else {}
    return Mapping(sheet.noun, columns, name=sheet.key, words=words)
