"""Elements of a bank's XML by their local names."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = re.compile(r"\d{1,18}(?:\.\d{0,17})?|\.\d{1,17}", re.ASCII)


def local(element: _Element) -> str:
    """Give the name of an element without its namespace; of a comment or instruction, nothing."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: _Element | None, name: str) -> list[_Element]:
    """Give the children of a name."""
    return [] if element is None else [found for found in element if local(found) == name]


def child(element: _Element | None, name: str) -> _Element | None:
    """Give the first child of a name."""
    return next(iter(children(element, name)), None)


def at(element: _Element | None, path: str) -> _Element | None:
    """Follow a path of local names: ``Acct/Id/IBAN``."""
    for name in path.split("/"):
        element = child(element, name)
    return element


def text_at(element: _Element | None, path: str) -> str:
    """Give the text at a path, or nothing."""
    found = at(element, path)
    return (found.text or "").strip() if found is not None else ""


def number(element: _Element | None) -> Decimal | None:
    """Read an amount as the schema writes it: digits, a point, no sign."""
    written = (element.text or "").strip() if element is not None else ""
    return Decimal(written) if _NUMBER.fullmatch(written) else None
