"""A catalogue of products -> the record table of products; the catalogue's own reader understands it."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.connectors.catalogue import Catalogue, Product
from supercargo.connectors.catalogue import read_upload as read_catalogue
from supercargo.connectors.catalogue import render as catalogue_rows
from supercargo.connectors.catalogue.product import Answers
from supercargo.connectors.market.writing import delimited
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.mapped import FAULT, OUTCOME, RECORD, SKIP, Mapped
from supercargo.connectors.records.tables import TABLES
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.sheet import DecimalSign

_SIGNS: dict[str, DecimalSign] = {",": "comma", ".": "point"}
_CENT = Decimal(1)
_SURE, _LIKELY = 100, 70


def map_catalogue(raw: Raw, context: Context) -> Mapped:
    """Map a catalogue; a product whose cost is finer than the smallest coin has no cost here, and a finding says so.

    Raises:
        Refused: the catalogue's reader refuses the file or its header (SHEET-nnn, CAT-0nn).
    """
    book = read_catalogue(raw.content, raw.name, Answers(decimal=_SIGNS.get(context.decimal)))
    blocking = [finding for finding in book.findings if finding.severity == "error" and finding.path.startswith("header")]
    if blocking:
        raise Refused(*blocking)
    grid = next((grid for grid in raw.grids if grid.name == book.sheet), raw.grids[0])
    rows = grid.cells.get_column(ROW)
    products = [_row(product) for product in book.products]
    outcome = pl.DataFrame(list(_fates(rows.to_list(), book)), schema=OUTCOME, orient="row")
    table = pl.DataFrame(products, schema=TABLES["product"])
    return Mapped({"product": table}, outcome, (), (*book.findings, *_finer(book.products)), {"noun": "product"}).proved(rows)


def certainty_of_catalogue(raw: Raw) -> int:
    """Tell how sure a file is a catalogue: one whose header the catalogue's reader takes."""
    if raw.kind not in ("delimited", "workbook"):
        return 0
    try:
        book = read_catalogue(raw.content, raw.name)
    except Refused:
        return 0
    if any(finding.severity == "error" and finding.path.startswith("header") for finding in book.findings):
        return 0
    return _SURE if book.products else _LIKELY


def render_catalogue(products: Iterable[Product] = ()) -> bytes:
    """Write a catalogue; without products, the template."""
    return delimited(catalogue_rows(products))


def _fates(rows: list[int], book: Catalogue) -> Iterator[tuple[int, str, str | None, str | None]]:
    made, rejected = {product.row for product in book.products}, set(book.rejected)
    for row in rows:
        if row in made:
            yield row, RECORD, None, None
        elif row in rejected:
            yield row, FAULT, "OWN-103", "the product is not complete; the findings of the catalogue say what is wrong"
        else:
            yield row, SKIP, "OWN-201", "is a header or note of the catalogue"


def _row(product: Product) -> dict[str, Any]:
    return {
        "row": product.row,
        "key": product.sku,
        "sku": product.sku,
        "title": product.title,
        "title_zh": product.title_zh or None,
        "category": product.category,
        "hs_code": product.hs_code,
        "origin_country": product.origin,
        "currency": product.currency,
        "unit_cost_minor": _minor(product),
        "weight_g": _up(product.weight_g),
        "length_mm": _up(product.length_cm * 10),
        "width_mm": _up(product.width_cm * 10),
        "height_mm": _up(product.height_cm * 10),
    }


def _minor(product: Product) -> int | None:
    minor = product.unit_cost.scaleb(minor_digits(product.currency))
    return int(minor) if minor == minor.to_integral_value() else None


def _up(size: Decimal) -> int:
    """Give whole grams or millimetres: a carrier measures a part of one as one."""
    return int(size.quantize(_CENT, ROUND_CEILING))


def _finer(products: tuple[Product, ...]) -> Iterator[Finding]:
    for product in products:
        if _minor(product) is None:
            message = said(
                "the unit cost of {sku} is finer than the smallest coin of {currency}", sku=product.sku, currency=product.currency
            )
            yield Finding(
                "OWN-104", "warning", f"rows[{product.row}].unit_cost", message, "the cost then comes from the supplier's invoices"
            )
