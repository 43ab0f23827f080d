"""The formats of Mercado Libre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.mercadolibre.codes import COLUMNS, MARKS, REQUIRED
from supercargo.connectors.mercadolibre.render import render_sales
from supercargo.connectors.mercadolibre.sales import map_sales
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROVEN = "the total is dated on the day of the sale: the report does not say when the money was released"


def _sales(raw: Raw) -> int:
    return certainty(raw, COLUMNS, REQUIRED, MARKS)


FORMATS: tuple[Format, ...] = (
    Format("mercadolibre-sales", "mercadolibre", "Mercado Libre: sales", _sales, map_sales, render_sales, _PROVEN),
)
