"""The rate of VAT or GST for a class of goods in a market on a day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding
from supercargo.kernel.unit import RATIO
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.reference.fact import Fact
    from supercargo.reference.law import Law

TAX_CLASSES = (
    "standard", "food", "basic_food", "books", "ebooks", "press", "medicines", "medical_devices", "children_clothing",
    "children_footwear", "children_car_seats", "female_hygiene", "baby_products", "solar_panels", "plants", "art", "services",
)  # fmt: skip


def tax_rate(law: Law, market: str, tax_class: str, region: str = "") -> tuple[Figure, tuple[Finding, ...]]:
    """Find the rate that a class of goods bears, and what is doubtful about it.

    A reduced rate applies only where the law covers the whole class; where it covers a part, the
    standard rate is taken (the safer error) and a finding says so.

    Raises:
        Refused: no rate is known for the market on the day.
    """
    if market == "CA" and region:
        return _with_province(law, region)
    if tax_class != "standard":
        reduced, findings = _reduced(law, market, tax_class)
        if reduced is not None:
            return reduced, findings
    else:
        findings = ()
    return _standard(law, market), findings


def _standard(law: Law, market: str) -> Figure:
    """Read the standard rate, or the temporary one that stands in its place."""
    key = f"{market.lower()}.vat.standard"
    for fact in law.book.subject(f"{market.lower()}.vat").values():
        if fact.extra.get("in_place_of") == key and law.knows(fact.key):
            return law.rate(fact.key, "VAT rate")
    return law.rate(key, "VAT rate")


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


def _with_province(law: Law, region: str) -> tuple[Figure, tuple[Finding, ...]]:
    folder = f"ca-{region.lower()}.vat"
    if law.knows(f"{folder}.hst"):
        return law.rate(f"{folder}.hst", "VAT rate"), ()
    rate = law.rate("ca.vat.standard", "GST rate")
    for table in ("pst", "qst"):
        if law.knows(f"{folder}.{table}"):
            total = rate + law.rate(f"{folder}.{table}", "provincial tax rate")
            return replace(total, as_percent=True, name="VAT rate"), ()
    return law.rate("ca.vat.standard", "VAT rate"), ()
