"""The rate of VAT or GST for a class of goods in a market on a day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.kernel.figure import EXACT, Figure
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.unit import RATIO
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.reference.fact import Fact
    from supercargo.reference.law import Law

TAX_CLASSES = (
    "standard", "food", "basic_food", "books", "ebooks", "press", "medicines", "medical_devices", "children_clothing",
    "children_footwear", "children_car_seats", "female_hygiene", "baby_products", "solar_panels", "plants", "art", "services",
)  # fmt: skip
NO_RATE_KNOWN = "TAX-404"
PROVINCIAL = ("pst", "qst")
"""The tables in which a province's own tax stands beside the federal one."""


def tax_rate(law: Law, market: str, tax_class: str, region: str = "") -> tuple[Figure, tuple[Finding, ...]]:
    """Find the rate that a class of goods bears, and what is doubtful about it.

    A reduced rate applies only where the law covers the whole class; where it covers a part, the
    standard rate is taken (the safer error) and a finding says so. A region has its own rate where
    the book has a table for it (``region_<name>``, ``regions``, or a province's own folder).

    Raises:
        Refused: TAX-404, no rate is known for the market on the day.
    """
    reduced, findings = (None, ()) if tax_class == "standard" else _reduced(law, market, tax_class)
    if region:
        regional, noted = _regional(law, market, region, reduced)
        if regional is not None:
            return regional, (*findings, *noted)
        findings = (*findings, *noted)
    return (_standard(law, market) if reduced is None else reduced), findings


def shows_prices_without_tax(law: Law, market: str) -> bool:
    """Tell whether shops of a market show their prices without tax, by its custom (``vat.price_display``)."""
    shown = f"{market.lower()}.vat.price_display"
    return law.knows(shown) and law.choice(shown) == "tax_exclusive"


def standard_rate_ppm(law: Law, market: str) -> int | None:
    """Give the standard rate of the day, or the temporary one in its place, in parts per million; ``None`` where it is not known."""
    try:
        return int(tax_rate(law, market, "standard")[0].amount.scaleb(6, EXACT))
    except Refused:
        return None


def _standard(law: Law, market: str) -> Figure:
    """Read the standard rate, or the temporary one that stands in its place."""
    key = f"{market.lower()}.vat.standard"
    for fact in law.book.subject(f"{market.lower()}.vat").values():
        if fact.extra.get("in_place_of") == key and law.knows(fact.key):
            return law.rate(fact.key, "VAT rate")
    try:
        return law.rate(key, "VAT rate")
    except Refused as refusal:
        why = refusal.findings[0]
        remedy = said('give the rate of your goods with --tax-rate, or put it in an overlay ("supercargo law history {key}")', key=key)
        raise refuse(NO_RATE_KNOWN, "tax_rate", why.message, remedy, why.source or key) from refusal


def _regional(law: Law, market: str, region: str, reduced: Figure | None) -> tuple[Figure | None, tuple[Finding, ...]]:
    """Find the rate of a region; ``None`` where the book has none, with a finding that says so."""
    folder = f"{market.lower()}-{region.lower()}.vat"
    if law.book.subject(folder):
        return _with_province(law, market, folder, reduced)
    own = f"{market.lower()}.vat.region_{region.lower().replace('-', '_')}"
    for fact in law.book.subject(f"{market.lower()}.vat").values():
        if (fact.key == own or region in fact.extra.get("regions", ())) and fact.kind == "percent" and law.knows(fact.key):
            return law.rate(fact.key, "VAT rate"), ()
    message = said("no rate of its own is known for the region {region} of {market}", region=region, market=market)
    return None, (Finding("TAX-205", "note", "region", message, "check that the region has none; otherwise give --tax-rate"),)


def _reduced(law: Law, market: str, tax_class: str) -> tuple[Figure | None, tuple[Finding, ...]]:
    partly: list[str] = []
    for fact in law.book.subject(f"{market.lower()}.vat").values():
        entry = fact.on(law.day)
        if fact.key.endswith(".standard") or entry is None or entry.repealed:
            continue
        if tax_class in _classes("covers", fact, entry.content):
            return _rate(law, fact), ()
        if tax_class in _classes("covers_partly", fact, entry.content):
            partly.append(fact.key)
    if not partly:
        return None, ()
    message = said(
        "only a part of the class {tax_class} bears a reduced rate in {market}; the standard rate is taken",
        tax_class=tax_class,
        market=market,
    )
    return None, (
        Finding(
            "TAX-203",
            "warning",
            "tax_class",
            message,
            "check the list of the reduced rate for your goods and give --tax-rate",
            ", ".join(partly),
        ),
    )


def _rate(law: Law, fact: Fact) -> Figure:
    if fact.kind == "percent":
        return law.rate(fact.key, "VAT rate")
    return Figure(Decimal(0), RATIO, "VAT rate", "fact", citation=law.cite(fact.key), as_percent=True)


def _classes(name: str, fact: Fact, content: dict[str, Any]) -> list[str]:
    return list(content.get(name, fact.extra.get(name, ())))


def _with_province(law: Law, market: str, folder: str, reduced: Figure | None) -> tuple[Figure, tuple[Finding, ...]]:
    """Join the federal rate and a province's: one harmonised rate, or the one beside the other."""
    if law.knows(f"{folder}.hst"):
        return (law.rate(f"{folder}.hst", "VAT rate") if reduced is None else reduced), ()
    federal = law.rate(f"{market.lower()}.vat.standard", "GST rate") if reduced is None else reduced
    provincial = next(
        (law.rate(f"{folder}.{table}", "provincial tax rate") for table in PROVINCIAL if law.knows(f"{folder}.{table}")), None
    )
    if provincial is None:
        return replace(federal, name="VAT rate"), ()
    joined = replace((federal + provincial).named("VAT rate", per=f"{market.lower()}.vat.standard"), as_percent=True)
    return joined, () if reduced is None else (_province_too(folder),)


def _province_too(folder: str) -> Finding:
    message = "the federal rate of these goods is reduced; whether the province's tax is reduced too is not known, so it is taken in full"
    return Finding("TAX-206", "warning", "region", message, "look the goods up in the province's list and give --tax-rate", folder)
