"""Every format that is known, and which one a file is."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from supercargo.kernel.finding import Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Format
    from supercargo.connectors.raw.table import Raw

SOURCES = (
    "amazon",
    "shopify",
    "ebay",
    "woocommerce",
    "stripe",
    "paypal",
    "tiktok",
    "shopee",
    "lazada",
    "mercadolibre",
    "aliexpress",
    "temu",
    "adverts",
    "bank",
    "own_sheets",
)


@cache
def formats() -> dict[str, Format]:
    """Give every format by its key, in the order of the sources."""
    listed = [one for source in SOURCES for one in import_module(f"supercargo.connectors.{source}.formats").FORMATS]
    return {one.key: one for one in listed}


def recognise(raw: Raw) -> list[tuple[Format, int]]:
    """List the formats that a file may be, the surest first, with the certainty in percent; those at 0 are left out."""
    sure = [(one, _certainty(one, raw)) for one in formats().values()]
    return sorted([(one, percent) for one, percent in sure if percent > 0], key=lambda pair: -pair[1])


def format_of(key: str) -> Format:
    """Give the format of a key.

    Raises:
        Refused: RAW-050, there is no such format.
    """
    if key not in formats():
        message = said("there is no format {key}", key=key)
        raise refuse("RAW-050", "as", message, said("the formats are {names}", names=", ".join(formats())))
    return formats()[key]


def _certainty(one: Format, raw: Raw) -> int:
    try:
        return one.certainty(raw)
    except Refused:
        return 0
