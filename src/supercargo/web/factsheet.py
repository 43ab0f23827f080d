"""The value of an entry of the reference book as a person reads it: a number with its unit, a text, a ladder."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.desk.lawbook import value_text
from supercargo.kernel.figure import plain
from supercargo.kernel.words import Language, into, said, translate
from supercargo.reference.fact import bilingual
from supercargo.web.shown import grouped

if TYPE_CHECKING:
    from supercargo.reference.fact import Entry, Fact

TREATMENTS = {
    "free": "no charge", "tariff": "the tariff's rate", "flat": "a flat amount", "rate": "its own rate",
    "at_sale": "taken at the sale", "at_import": "taken at the border", "sales_tax": "sales tax of the buyer's state",
    "in_duty": "contained in the duty", "refuse": "not admitted",
}  # fmt: skip
CONFIDENCE = {"high": "High", "medium": "Medium", "low": "Low"}
FEE_PARTS = (
    ("rate", "Rate"), ("amount", "Amount"), ("min", "At least"), ("max", "At most"),
    ("over", "For values over"), ("up_to", "For values up to"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value to be shown: one line, and rows where it is a ladder or a fee of several parts."""

    text: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    state: str = ""


def value_of(fact: Fact, entry: Entry, language: Language) -> Value:
    """Write what an entry says."""
    if entry.repealed or entry.unknown:
        return Value(into(value_text(fact, entry), language), state="repealed" if entry.repealed else "unknown")
    if fact.kind == "bands":
        return Value("", [_band(fact, band, language) for band in entry.content.get("bands", ())])
    if fact.kind == "fee":
        return Value("", _fee(fact, entry, language))
    return Value(grouped(into(value_text(fact, entry), language)))


def summary(fact: Fact, entry: Entry, language: Language) -> str:
    """Write an entry on one line of a list."""
    value = value_of(fact, entry, language)
    return value.text or "; ".join(" ".join(part for part in row if part) for row in value.rows)


def confidence_word(entry: Entry) -> str:
    """Give the confidence as a word of the catalogue."""
    return CONFIDENCE.get(entry.confidence, "Not stated")


def _number(value: Any, unit: str) -> str:
    return grouped(f"{plain(Decimal(value))} {unit}".strip())


def _band(fact: Fact, band: dict[str, Any], language: Language) -> tuple[str, str, str]:
    limit = band.get("up_to")
    reach = said("above that") if limit is None else said("up to {limit}", limit=_number(limit, fact.unit))
    above = into(reach, language)
    treatment = str(band.get("treatment", ""))
    rate = _number(band["rate"], "%") if "rate" in band else ""
    why = into(bilingual(band.get("why")), language) if band.get("why") else ""
    rest = " · ".join(part for part in (rate, str(band.get("scheme", "")), why) if part)
    return above, translate(TREATMENTS.get(treatment, treatment), language), rest


def _fee(fact: Fact, entry: Entry, language: Language) -> list[tuple[str, str, str]]:
    content = fact.extra | entry.content
    limit = str(content.get("limit_unit", fact.unit))
    units = {"rate": "%", "over": limit, "up_to": limit}
    named = [(word, name) for name, word in FEE_PARTS if content.get(name) is not None]
    return [(translate(word, language), _number(content[name], units.get(name, fact.unit)), "") for word, name in named]
