"""The landed cost of goods in a market: value, duty, tax, fees, and who collects what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.customs import duty, fees, valuation
from supercargo.engines.pricing.landed_cost import rules
from supercargo.engines.pricing.landed_cost.facts import Decision, Facts
from supercargo.engines.tax import import_tax
from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide what goods cost once they have landed, part by part.

    Raises:
        Refused: a fact that the market's law needs is not known on the day.
    """
    value = valuation.decide(valuation.Facts(facts.market, facts.goods, facts.freight, facts.insurance), law)
    owed = duty.decide(_duty_facts(facts, value), law)
    charged = fees.decide(_fee_facts(facts, value), law)
    tax = import_tax.decide(_tax_facts(facts, value, owed), law)
    charges = rules.charges_on_import(owed.duty, tax.tax, charged.total)
    cost = rules.landed_cost(value.cif_value, charges)
    each = rules.landed_cost_per_item(cost, facts.items, Figure.of(1, "1/item", "per item"))
    return Decision(
        value.customs_value, owed.duty, tax.at_sale, tax.at_import, tax.on_flat_duty, tax.tax, charged.total, charges, cost, each,
        tax.collector, tax.rate, (*owed.objections, *tax.objections), (*owed.findings, *charged.findings, *tax.findings),
    )  # fmt: skip


def _duty_facts(facts: Facts, value: valuation.Decision) -> duty.Facts:
    goods, cif, items = _consignment(facts, value)
    return duty.Facts(
        facts.market, facts.origin, facts.business, facts.currency, value.customs_value, goods, cif, items,
        facts.items, facts.categories, facts.weight, facts.terms, facts.channel, facts.schemes,
    )  # fmt: skip


def _fee_facts(facts: Facts, value: valuation.Decision) -> fees.Facts:
    goods, _, _ = _consignment(facts, value)
    return fees.Facts(
        facts.market, facts.business, facts.mode, facts.currency, value.customs_value, goods, facts.categories, facts.items, facts.weight
    )


def _tax_facts(facts: Facts, value: valuation.Decision, owed: duty.Decision) -> import_tax.Facts:
    goods, cif, items = _consignment(facts, value)
    return import_tax.Facts(
        market=facts.market, business=facts.business, channel=facts.channel, schemes=facts.schemes, tax_class=facts.tax_class,
        currency=facts.currency, goods=facts.goods, consignment_goods=goods, consignment_cif=cif, consignment_items=items,
        items=facts.items, value=value, duty=owed, rate=facts.tax_rate, region=facts.region,
    )  # fmt: skip


def _consignment(facts: Facts, value: valuation.Decision) -> tuple[Quantity, Quantity, Quantity]:
    goods = facts.consignment_goods if facts.consignment_goods is not None else facts.goods
    items = facts.consignment_items if facts.consignment_items is not None else facts.items
    if facts.consignment_goods is None or facts.consignment_freight is None:
        return goods, value.cif_value, items
    return goods, (goods + facts.consignment_freight).named("CIF value of the consignment", per="term-cif"), items
