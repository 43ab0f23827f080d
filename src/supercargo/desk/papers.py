"""How many kinds of papers a market asks of a catalogue: certificates and registrations by kind of product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Citation, Figure
from supercargo.reference.law import EU

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supercargo.connectors.catalogue import Product
    from supercargo.reference.fact import Fact
    from supercargo.reference.law import Law

EVERY_PRODUCT = frozenset({"any", "packaging"})
KINDS_BY_HEADING = {
    "33": "cosmetics", "61": "textiles", "62": "textiles", "63": "textiles", "9404": "textiles", "64": "footwear", "71": "jewellery",
    "84": "electronics", "85": "electronics", "9405": "electronics", "8507": "batteries", "9503": "toys", "87": "vehicles",
    "16": "food", "17": "food", "18": "food", "19": "food", "20": "food", "21": "food", "22": "food",
    "8517": "radio", "8525": "radio", "8526": "radio", "8527": "radio", "8528": "radio",
    "3924": "food_contact", "4419": "food_contact", "6911": "food_contact", "6912": "food_contact", "7013": "food_contact",
    "7323": "food_contact", "9617": "food_contact", "9018": "medical", "9019": "medical", "9021": "medical",
}  # fmt: skip
"""Chapter or heading of the tariff -> the word that the reference book's lists of papers use."""


def kinds_of(product: Product) -> frozenset[str]:
    """Say which kinds of product the lists of papers mean when they mean this one."""
    kinds = {kind for heading, kind in KINDS_BY_HEADING.items() if product.hs_code.startswith(heading)}
    if product.battery != "none":
        kinds |= {"batteries", "electronics"}
    if product.category == "baby" or product.tax_class.startswith("children"):
        kinds.add("children")
    return EVERY_PRODUCT | kinds


def papers(market: str, products: Iterable[Product], law: Law) -> Figure | None:
    """Count the certificates that a market asks of any product; ``None`` where its list was never made.

    A count measures how much was recorded as well as how much is asked, so it never says "none".
    """
    wanted = frozenset(kind for product in products for kind in kinds_of(product))
    known = list(_certificates(market, law))
    if not known:
        return None
    asked = [fact for fact in known if law.knows(fact.key) and wanted & set(_products(fact))]
    citation = Citation(f"{market.lower()}.certificates", None, (), "medium")
    return Figure.of(len(asked), "", "papers and certificates needed", path=f"{citation.key}: {', '.join(fact.key for fact in asked)}")


def doubts_about(market: str, law: Law) -> Figure:
    """Count the facts about a market that are doubtful on the day: unverified, weak, or with a stated doubt."""
    facts = [fact for folder in _folders(market) for fact in law.book.facts(folder)]
    doubtful = [fact for fact in facts if _is_doubtful(fact, law)]
    return Figure.of(len(doubtful), "", "doubtful facts", path=f"law.{market.lower()}")


def _is_doubtful(fact: Fact, law: Law) -> bool:
    entry = fact.on(law.day)
    if entry is None or entry.repealed:
        return False
    return entry.unknown or bool(entry.doubt or fact.doubt) or entry.confidence == "low" or "unverified" in entry.sources


def _certificates(market: str, law: Law) -> Iterator[Fact]:
    for folder in _folders(market):
        yield from law.book.subject(f"{folder}.certificates").values()


def _folders(market: str) -> tuple[str, ...]:
    return (market.lower(), "eu") if market in EU else (market.lower(),)


def _products(fact: Fact) -> tuple[str, ...]:
    stated = fact.extra.get("product", ())
    return (stated,) if isinstance(stated, str) else tuple(stated)
