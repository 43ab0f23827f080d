"""Our own sheets: how they are recognised, mapped and written."""

from __future__ import annotations

from functools import partial

from supercargo.connectors.own_sheets.catalogue import certainty_of_catalogue, map_catalogue, render_catalogue
from supercargo.connectors.own_sheets.mapping import certainty_of, map_sheet
from supercargo.connectors.own_sheets.render import render
from supercargo.connectors.own_sheets.sheets import SHEETS
from supercargo.connectors.raw.formats import Format

NAMES = {
    "supplier-invoices": "Supplier invoices",
    "freight-bills": "First-leg freight bills",
    "customs-bills": "Customs bills",
    "goods-receipts": "Goods receipts",
    "stock-counts": "Stock counts",
}
_OURS = "our own template; the columns are those that it has"

FORMATS: tuple[Format, ...] = (
    *(
        Format(f"own-{key}", "own_sheets", NAMES[key], partial(certainty_of, key), partial(map_sheet, key), partial(render, key), _OURS)
        for key in SHEETS
    ),
    Format("own-catalogue", "own_sheets", "Catalogue of products", certainty_of_catalogue, map_catalogue, render_catalogue, _OURS),
)
