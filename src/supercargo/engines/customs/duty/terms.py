"""The terms of the tariff for a code, an origin and a market: what the duty rules compute with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from supercargo.engines.customs.duty.additional import additional_duties
from supercargo.engines.customs.duty.facts import Terms
from supercargo.kernel.figure import Citation, Figure
from supercargo.kernel.finding import Finding
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import said
from supercargo.reference.law import EU
from supercargo.reference.tariff import Found, NotComputable, NotFound, chapter

if TYPE_CHECKING:
    from supercargo.reference.fact import Fact
    from supercargo.reference.law import Law
    from supercargo.reference.tariff.expression import DutyRate, SpecificTerm
    from supercargo.reference.tariff.expression import Terms as Bound

_PER = {"kg": "kg", "item": "item", "pair": "item"}


@dataclass(frozen=True, slots=True)
class Tariffed:
    """The terms, absent when no duty can be computed, and what is doubtful about them."""

    terms: Terms | None
    findings: tuple[Finding, ...] = ()


def terms_of(law: Law, market: str, hs_code: str, origin: str, currency: str) -> Tariffed:
    """Read the tariff of a market for a code: rates and amounts in the currency of the question.

    Where the tariff table has no line, a general rate of the law (``customs.general_rate`` and rates
    by chapter) answers; where that is silent too the terms are absent, never zero.
    """
    tariffed = _by_tariff(law, market, hs_code, origin, currency)
    own = _parcel_rate(law, market, hs_code)
    if own is None:
        return tariffed
    terms = replace(tariffed.terms or Terms(), parcel_rate=own, parcel_source=_key(own))
    return Tariffed(terms, tariffed.findings)


def _by_tariff(law: Law, market: str, hs_code: str, origin: str, currency: str) -> Tariffed:
    area = "EU" if market in EU else market
    found = law.tariff.lookup(area, hs_code, law.day)
    if isinstance(found, NotFound):
        general = _general(law, market, hs_code)
        base = Tariffed(None, (_silent(found),)) if general is None else Tariffed(Terms(ad_valorem=general, source=_key(general)))
    else:
        base = _computable(law, area, found, currency)
    if base.terms is None:
        return base
    added = additional_duties(law, area, hs_code, origin)
    if added.rates is None:
        return Tariffed(None, (*base.findings, *added.findings))
    return Tariffed(replace(base.terms, additional=added.rates), (*base.findings, *added.findings))


def _parcel_rate(law: Law, market: str, hs_code: str) -> Figure | None:
    """Find the rate that stands in place of the market's one rate for parcels, for goods of these headings."""
    ladder = f"{market.lower()}.customs.parcel_duty"
    for fact in law.book.subject(f"{market.lower()}.customs").values():
        headings = tuple(str(code).replace(".", "") for code in fact.extra.get("hs", ()))
        if fact.extra.get("in_place_of") == ladder and hs_code.startswith(headings) and law.knows(fact.key):
            return law.rate(fact.key)
    return None


def given_terms(rate: Figure) -> Terms:
    """Take the duty rate that a person gave in place of the tariff's, and of a simplified rate for parcels."""
    return Terms(ad_valorem=rate, source="term-ad-valorem-duty", parcel_rate=rate, parcel_source="term-ad-valorem-duty")


def _computable(law: Law, area: str, found: Found, currency: str) -> Tariffed:
    key = f"tariff.{area.lower()}.{found.line.code}"
    citation = Citation(key, found.since, (found.source,), found.confidence, found.doubt or "", found.layer)
    if isinstance(found.rate, NotComputable):
        return Tariffed(None, (_beyond(key, found.rate.reason),))
    rate = found.rate
    unusable = [unit for unit in rate.units if unit not in _PER]
    if unusable:
        why = said("the duty is charged by {unit}, which the catalogue does not state", unit=", ".join(unusable))
        return Tariffed(None, (_beyond(key, why),))
    return Tariffed(_terms(law, rate, citation, currency))


def _terms(law: Law, rate: DutyRate, citation: Citation, currency: str) -> Terms:
    def amount(terms: tuple[SpecificTerm, ...], per: str, name: str) -> Figure | None:
        parts = [_each(law, term, per, name, citation, currency) for term in terms if _PER[term.unit] == per]
        return reduce(add, parts).named(name, per=citation.key) if len(parts) > 1 else next(iter(parts), None)

    def percent(bound: Bound | None, name: str) -> Figure | None:
        return (
            None
            if bound is None or not bound.ad_valorem
            else Figure(bound.ad_valorem.scaleb(-2), RATIO, name, "fact", citation=citation, as_percent=True)
        )

    least, most = rate.minimum, rate.maximum
    has_percent = bool(rate.ad_valorem) or not rate.specific
    return Terms(
        ad_valorem=Figure(rate.ad_valorem.scaleb(-2), RATIO, "duty rate", "fact", citation=citation, as_percent=True)
        if has_percent
        else None,
        per_kg=amount(rate.specific, "kg", "specific duty rate"),
        per_item=amount(rate.specific, "item", "specific duty rate"),
        least_rate=percent(least, "least duty rate"),
        least_per_kg=amount(least.specific, "kg", "least duty rate") if least else None,
        least_per_item=amount(least.specific, "item", "least duty rate") if least else None,
        most_rate=percent(most, "most duty rate"),
        most_per_kg=amount(most.specific, "kg", "most duty rate") if most else None,
        most_per_item=amount(most.specific, "item", "most duty rate") if most else None,
        source=citation.key,
    )


def _each(law: Law, term: SpecificTerm, per: str, name: str, citation: Citation, currency: str) -> Figure:
    """Give an amount such as 30.40 EUR for every 100 kg for each kg, in the currency of the question."""
    figure = Figure(term.amount / term.quantity, Unit.of(f"{term.currency}/{per}"), name, "fact", citation=citation)
    return law.rates.convert(figure, term.currency, currency)


def _general(law: Law, market: str, hs_code: str) -> Figure | None:
    facts = law.book.subject(f"{market.lower()}.customs")
    named = [
        fact for fact in facts.values() if fact.kind == "percent" and "chapters" in fact.extra and not fact.key.endswith("general_rate")
    ]
    for fact in (*named, *(facts[key] for key in (f"{market.lower()}.customs.general_rate",) if key in facts)):
        if law.knows(fact.key) and _covers(fact, hs_code):
            return law.rate(fact.key, "duty rate")
    return None


def _covers(fact: Fact, hs_code: str) -> bool:
    chapters = str(fact.extra.get("chapters", "01-97"))
    number = int(chapter(hs_code))
    ranges = (part.partition("-") for part in chapters.replace(" ", "").split(","))
    return any(int(first) <= number <= int(last or first) for first, _, last in ranges)


def _key(figure: Figure) -> str:
    return figure.citation.key if figure.citation else ""


def _silent(found: NotFound) -> Finding:
    remedy = 'load the official tariff ("supercargo law load") or put your ruling in an overlay'
    return Finding("DUTY-402", "warning", "hs_code", found.reason, remedy)


def _beyond(key: str, why: object) -> Finding:
    return Finding(
        "DUTY-403",
        "warning",
        "hs_code",
        said("the tariff's duty cannot be computed: {why}", why=why),
        "give the rate with --duty-rate",
        key,
    )
