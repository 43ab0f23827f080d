"""The tax on an import: how much, at the sale or at the border, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.answer import Rung, climb, rungs, taken
from supercargo.engines.tax.import_tax import rules
from supercargo.engines.tax.import_tax.collection import AT_IMPORT, AT_SALE, CUSTOMS, Collection, collection
from supercargo.engines.tax.import_tax.facts import Decision, Facts
from supercargo.engines.tax.rates import tax_rate
from supercargo.kernel.figure import Figure
from supercargo.kernel.label import Label, pick_word
from supercargo.kernel.verdict import choose

if TYPE_CHECKING:
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Ladder, Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide the tax on goods entering a market: amount, place of collection, collector.

    Parcels climb the market's ladder (``customs.parcel_tax``); stock owes import VAT at the border.

    Raises:
        Refused: no rate or no ladder is known for the market on the day.
    """
    if facts.duty.all_in and facts.business == "parcel":
        return _in_the_duty(facts)
    rate, findings = _rate(facts, law)
    if facts.business == "commercial":
        tax = import_tax(facts, rate, law).named("tax on the import", per="term-import-vat")
        none = _none(facts, "term-import-vat")
        return Decision(none.named("tax at sale"), tax.named("tax at import"), None, tax, Label((CUSTOMS,)), rate, findings=findings)
    return _parcel(facts, rate, law, findings)


def _parcel(facts: Facts, rate: Quantity, law: Law, findings: tuple[Finding, ...]) -> Decision:
    ladder = law.ladder(law.key_for(facts.market, "customs.parcel_tax"))
    steps = rungs(ladder, _measured(facts, ladder, law), facts.consignment_items)
    where = [collection(facts, rung.band, law, ladder.key) for rung in steps]
    none = _none(facts, ladder.key)
    goods_part, flat_part = _at_sale(facts, rate, ladder) if AT_SALE in _places(where) else (none, None)
    border = import_tax(facts, rate, law) if AT_IMPORT in _places(where) else none
    at_sale = _where(steps, where, AT_SALE, goods_part, none)
    on_flat = (
        None if flat_part is None else _where(steps, where, AT_SALE, flat_part, none).named("VAT on the flat duty at sale", per=ladder.key)
    )
    at_import = _relieved(facts, law, _where(steps, where, AT_IMPORT, border, none)).named("tax at import", per=ladder.key)
    whole = (at_sale if on_flat is None else at_sale + on_flat).named("tax at sale", per=ladder.key)
    return Decision(
        whole, at_import, on_flat, (whole + at_import).named("tax on the import", per=ladder.key), _collector(steps, where), rate,
        findings=(*findings, *(finding for place in taken(steps) for finding in where[place].findings)),
    )  # fmt: skip


def import_tax(facts: Facts, rate: Quantity, law: Law) -> Quantity:
    """Compute the tax taken at the border on the market's own base."""
    key = law.key_for(facts.market, "customs.vat_base")
    base_kind, value, duty = law.choice(key), facts.value, facts.duty.duty
    match base_kind:
        case "none":
            return _none(facts, key)
        case "por_dentro":
            return rules.tax_within_itself(value.cif_value + duty, rate, key)
        case "atv":
            base = rules.added_tax_value(value.customs_value, duty, _uplift(facts.market, law), key)
        case "fob+duty+freight":
            base = rules.import_vat_base_with_freight(facts.goods, duty, value.carriage, key)
        case "fob+duty":
            base = rules.import_vat_base(facts.goods, duty, key)
        case _:
            base = rules.import_vat_base(value.cif_value, duty, key)
    if facts.fees_in_base is not None:
        base = (base + facts.fees_in_base).named("import VAT base with fees", per=key)
    return rules.import_vat(base, rate, key)


def _at_sale(facts: Facts, rate: Quantity, ladder: Ladder) -> tuple[Quantity, Quantity | None]:
    base = rules.sale_vat_base(facts.goods, facts.value.carriage, ladder.key)
    tax = rules.sale_vat(base, rate, ladder.key)
    flat = facts.duty.flat
    return tax, None if flat is None else rules.vat_on_flat_duty(flat, rate, ladder.key)


def _where(steps: tuple[Rung, ...], where: list[Collection], place: str, amount: Quantity, none: Quantity) -> Quantity:
    return climb(steps, [amount if held.where == place else none for held in where])


def _collector(steps: tuple[Rung, ...], where: list[Collection]) -> Label:
    *lower, last = where
    result: Label | str = last.collector
    for rung, held in reversed(list(zip(steps[:-1], lower, strict=True))):
        if rung.within is not None:
            result = pick_word(rung.within, held.collector, result)
    return result if isinstance(result, Label) else Label((result,))


def _relieved(facts: Facts, law: Law, tax: Quantity) -> Quantity:
    key = law.key_for(facts.market, "customs.relief_when_tax_up_to")
    if not law.knows(key):
        return tax
    limit = law.amount(key)
    currency = limit.unit.currency or facts.currency
    in_law = law.rates.convert(tax, facts.currency, currency)
    return choose((in_law <= limit).named("small enough not to be levied", per=key), _none(facts, key), tax)


def _rate(facts: Facts, law: Law) -> tuple[Quantity, tuple[Finding, ...]]:
    if facts.rate is not None:
        return facts.rate, ()
    return tax_rate(law, facts.market, facts.tax_class, facts.region)


def _measured(facts: Facts, ladder: Ladder, law: Law) -> Quantity:
    value = facts.consignment_cif if ladder.measure == "cif" else facts.consignment_goods
    if ladder.currency in ("", facts.currency):
        return value
    here = law.rates.convert(value, facts.currency, ladder.currency)
    return here.named(f"value for tax in {ladder.currency}", per=ladder.key)


def _uplift(market: str, law: Law) -> Quantity:
    key = f"{market.lower()}.customs.vat_uplift"
    return law.rate(key, "uplift rate")


def _places(where: list[Collection]) -> set[str]:
    return {held.where for held in where}


def _none(facts: Facts, per: str) -> Quantity:
    return Figure.nothing(facts.currency, "no tax here", per=per)


def _in_the_duty(facts: Facts) -> Decision:
    none = _none(facts, "term-all-in-duty")
    return Decision(none.named("tax at sale"), none.named("tax at import"), None, none.named("tax on the import"), Label((CUSTOMS,)), None)
