"""The tax on an import: how much, at the sale or at the border, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.answer import Objection, Rung, climb, objections, rungs, taken
from supercargo.engines.consignment import ladder_for, measured
from supercargo.engines.tax.import_tax import rules
from supercargo.engines.tax.import_tax.collection import AT_IMPORT, AT_SALE, CUSTOMS, NOWHERE, Collection, collection
from supercargo.engines.tax.import_tax.facts import Decision, Facts
from supercargo.engines.tax.rates import tax_rate
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.label import Label, pick_word
from supercargo.kernel.verdict import choose

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Band, Ladder, Law


@dataclass(frozen=True, slots=True)
class Step:
    """A band of the ladder for tax: where its tax is taken, and at which rate (``None``: not known)."""

    rung: Rung
    held: Collection
    rate: Quantity | None


def decide(facts: Facts, law: Law) -> Decision:
    """Decide the tax on goods entering a market: amount, place of collection, collector.

    Parcels climb the market's ladder (``customs.parcel_tax``); stock owes import VAT at the border.

    Raises:
        Refused: no rate or no ladder is known for the market on the day.
    """
    way = facts.consignment
    ladder = ladder_for(way, "parcel_tax", law) if way.business == "parcel" else None
    if ladder is None:
        return _at_border(facts, law)
    try:
        general, findings = _rate(facts, law)
    except Refused as refusal:
        return _parcel(facts, ladder, None, refusal.findings, law)
    return _parcel(facts, ladder, general, findings, law)


def _at_border(facts: Facts, law: Law) -> Decision:
    rate, findings = _rate(facts, law)
    tax = import_tax(facts, rate, law).named("tax on the import", per="term-import-vat")
    none = Figure.nothing(facts.currency, "tax at sale", per="term-import-vat")
    at_import = tax.named("tax at import", per="term-import-vat")
    return Decision(none, at_import, None, tax, Label((CUSTOMS,)), rate, findings=findings)


def _parcel(facts: Facts, ladder: Ladder, general: Quantity | None, findings: tuple[Finding, ...], law: Law) -> Decision:
    """Climb the ladder; without a general rate (``findings`` say why) the bands that need it are objected to."""
    found = rungs(ladder, *measured(facts.consignment, ladder, law))
    steps = [_step(facts, rung, general, law, ladder.key) for rung in found]
    missing = () if general is not None else _missing(found, steps, findings)
    none = Figure.nothing(facts.currency, "no tax here", per=ladder.key)
    at_sale = climb(found, [_sold(facts, step, ladder) if step.held.where == AT_SALE else none for step in steps])
    at_import = climb(found, _imported(facts, steps, none, law))
    at_import = _relieved(facts, law, at_import).named("tax at import", per=ladder.key)
    on_flat = _on_flat_duty(facts, found, steps, none, ladder)
    whole = (at_sale if on_flat is None else at_sale + on_flat).named("tax at sale", per=ladder.key)
    noted = tuple(finding for place in taken(found) for finding in steps[place].held.findings)
    return Decision(
        whole, at_import, on_flat, (whole + at_import).named("tax on the import", per=ladder.key), _collector(steps), general,
        objections=missing, findings=(*(findings if general is not None else ()), *noted),
    )  # fmt: skip


def _step(facts: Facts, rung: Rung, general: Quantity | None, law: Law, key: str) -> Step:
    own = rung.band.tax if facts.rate is None else None
    return Step(rung, collection(facts.consignment, rung.band, law, key), general if own is None else own)


def _missing(found: tuple[Rung, ...], steps: list[Step], findings: tuple[Finding, ...]) -> tuple[Objection, ...]:
    needing = [step.rung.band for step in steps if step.rate is None and step.held.where != NOWHERE]
    return objections(found, lambda band: any(band is needed for needed in needing), findings[0])


def _sold(facts: Facts, step: Step, ladder: Ladder) -> Quantity:
    if step.rate is None:
        return Figure.nothing(facts.currency, "no tax here", per=ladder.key)
    base = rules.sale_vat_base(facts.goods, _carriage_sold(facts, step.rung.band), ladder.key)
    return rules.sale_vat(base, step.rate, ladder.key)


def _carriage_sold(facts: Facts, band: Band) -> Quantity | None:
    return None if band.tax_base == "goods" else facts.value.carriage


def _imported(facts: Facts, steps: list[Step], none: Quantity, law: Law) -> list[Quantity]:
    """Compute the border's tax once for each rate; all bands of a ladder have the same base."""
    computed: dict[int, Quantity] = {}
    outcomes = []
    for step in steps:
        if step.held.where != AT_IMPORT or step.rate is None:
            outcomes.append(none)
            continue
        if id(step.rate) not in computed:
            computed[id(step.rate)] = import_tax(facts, step.rate, law)
        outcomes.append(computed[id(step.rate)])
    return outcomes


def _on_flat_duty(facts: Facts, found: tuple[Rung, ...], steps: list[Step], none: Quantity, ladder: Ladder) -> Quantity | None:
    flat = facts.duty.flat
    if flat is None or not any(step.held.where == AT_SALE for step in steps):
        return None
    parts = [
        rules.vat_on_flat_duty(flat, step.rate, ladder.key) if step.held.where == AT_SALE and step.rate is not None else none
        for step in steps
    ]
    return climb(found, parts).named("VAT on the flat duty at sale", per=ladder.key)


def import_tax(facts: Facts, rate: Quantity, law: Law) -> Quantity:
    """Compute the tax taken at the border on the market's own base."""
    key = law.key_for(facts.consignment.market, "customs.vat_base")
    base_kind, value, duty = law.choice(key), facts.value, facts.duty.duty
    match base_kind:
        case "none":
            return Figure.nothing(facts.currency, "no tax at the border", per=key)
        case "por_dentro":
            return rules.tax_within_itself(value.cif_value + duty, rate, key)
        case "atv":
            uplift = law.rate(law.key_for(facts.consignment.market, "customs.vat_uplift"), "uplift rate")
            base = rules.added_tax_value(value.customs_value, duty, uplift, key)
        case "fob+duty+freight":
            base = rules.import_vat_base_with_freight(facts.goods, duty, value.carriage, key)
        case "fob+duty":
            base = rules.import_vat_base(facts.goods, duty, key)
        case _:
            base = rules.import_vat_base(value.cif_value, duty, key)
    return rules.import_vat(base, rate, key)


def _collector(steps: list[Step]) -> Label:
    *lower, last = steps
    result: Label | str = last.held.collector
    for step in reversed(lower):
        if step.rung.within is not None:
            result = pick_word(step.rung.within, step.held.collector, result)
    return result if isinstance(result, Label) else Label((result,))


def _relieved(facts: Facts, law: Law, tax: Quantity) -> Quantity:
    """Leave out a tax so small that it is not levied; the tax of the whole consignment decides."""
    key = law.key_for(facts.consignment.market, "customs.relief_when_tax_up_to")
    if facts.relieved is False or not law.knows(key):
        return tax
    none = Figure.nothing(facts.currency, "no tax here", per=key)
    if facts.relieved:
        return none
    limit = law.amount(key)
    in_law = law.rates.convert(tax, facts.currency, limit.unit.currency or facts.currency)
    return choose((in_law <= limit).named("small enough not to be levied", per=key), none, tax)


def _rate(facts: Facts, law: Law) -> tuple[Quantity, tuple[Finding, ...]]:
    if facts.rate is not None:
        return facts.rate, ()
    return tax_rate(law, facts.consignment.market, facts.tax_class, facts.region)
