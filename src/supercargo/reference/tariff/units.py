"""By what a specific duty is charged: one name for each measure, however a tariff spells it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

_SPELLINGS: Final = {
    "item": ("item", "items", "each", "no", "head", "article", "pc", "piece"),
    "pair": ("pair", "pairs", "pr", "prs"),
    "dozen": ("dozen", "doz", "dz"),
    "dozen pairs": ("dozen pairs", "doz pr", "doz prs"),
    "gross": ("gross",),
    "jewel": ("jewel",),
    "g": ("g", "gram"),
    "kg": ("kg", "kilogram", "kg net", "kg/net"),
    "t": ("t", "tonne", "tonnes"),
    "l": ("l", "liter", "litre"),
    "hl": ("hl",),
    "bbl": ("bbl",),
    "proof l": ("proof l", "pfliter", "pf liter"),
    "m": ("m",),
    "m2": ("m2",),
    "m3": ("m3",),
    "kg gross weight": ("kg gross weight", "kg/gross", "kg/br", "kg on contents and container"),
    "kg entire contents": ("kg entire contents", "kg on entire contents of container"),
    "kg drained": ("kg drained", "kg on drained weight", "kg/net drained wt", "kg eda"),
    "kg dry matter": ("kg dry matter", "kg/net dry", "kg mas"),
    "kg clean": ("kg clean", "clean kg"),
    "kg total sugars": ("kg total sugars", "kg of total sugars"),
    "kg lactic matter": ("kg lactic matter", "kg/lactic matter"),
    "kg dry lactic matter": ("kg dry lactic matter", "kg/dry lactic matter"),
    "kg total alcohol": ("kg total alcohol", "kg/tot alc"),
    "kg standard quality": ("kg standard quality", "kg std qual", "kg/std qual"),
    "kg % sucrose": ("kg % sucrose", "kg/net/% sacchar", "kg/net/%sacchar"),
    "hl % vol": ("hl % vol", "% vol/hl", "%vol/hl"),
    **{
        f"kg {metal} content": (f"kg {metal} content", f"kg on {metal} content")
        for metal in ("copper", "lead", "magnesium", "molybdenum", "tungsten")
    },
}

UNITS: Final = tuple(_SPELLINGS)
"""Every unit in which a specific term may be expressed."""

_UNIT_OF: Final = {spelling: unit for unit, all_ in _SPELLINGS.items() for spelling in all_}
_THOUSAND_PIECES: Final = frozenset({"thousand", "1000"})
_PIECES: Final = frozenset({"pins"})


def canonical_unit(words: str, quantity: str | None) -> tuple[str, Decimal] | None:
    """The unit and the count that a tariff means; None when the words are not known.

    `¢/1000`, `¢/thousand` and `¢/1,000 pins` of the United States' tariff count pieces.
    """
    spelling = re.sub(r" ?/ ?", "/", words.strip().replace(".", "")).casefold()
    if not spelling and quantity is not None:
        spelling, quantity = quantity.replace(",", ""), None
    count = _count(quantity)
    if spelling in _THOUSAND_PIECES and count == 1:
        return "item", Decimal(1000)
    unit = "item" if spelling in _PIECES else _UNIT_OF.get(spelling)
    return None if unit is None or count is None else (unit, count)


def _count(quantity: str | None) -> Decimal | None:
    try:
        count = Decimal((quantity or "1").replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the expression's pattern admits numbers only
        return None
    return count if count > 0 else None
