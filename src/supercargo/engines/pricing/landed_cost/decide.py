"""The landed cost of goods in a market: value, duty, tax, fees, and who collects what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.answer import PER_ITEM
from supercargo.engines.consignment import Consignment, Worth
from supercargo.engines.customs import duty, fees, valuation
from supercargo.engines.pricing.landed_cost import rules
from supercargo.engines.pricing.landed_cost.facts import Decision, Facts
from supercargo.engines.tax import import_tax

if TYPE_CHECKING:
    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide what goods cost once they have landed, part by part.

    Raises:
        Refused: a fact that the market's law needs is not known on the day.
    """
    value = valuation.decide(valuation.Facts(facts.market, facts.goods, facts.freight, facts.insurance), law)
    way = _consignment(facts, value)
    owed = duty.decide(duty.Facts(way, value.customs_value, facts.categories, facts.weight, facts.terms), law)
    whole_value = value.customs_value if facts.alone else (way.whole.cif if value.basis == "CIF" else way.whole.goods)
    charged = fees.decide(fees.Facts(way, whole_value, facts.categories, facts.weight), law)
    tax = import_tax.decide(
        import_tax.Facts(way, facts.tax_class, facts.goods, value, owed, facts.tax_rate, facts.region, facts.tax_relieved), law
    )
    charges = rules.charges_on_import(owed.duty, tax.tax, charged.total)
    cost = rules.landed_cost(value.cif_value, charges)
    each = rules.landed_cost_per_item(cost, facts.items, PER_ITEM)
    return Decision(
        value.customs_value, owed.duty, tax.at_sale, tax.at_import, tax.on_flat_duty, tax.tax, charged.total, charges, cost, each,
        tax.collector, tax.rate, (*owed.objections, *tax.objections), (*owed.findings, *charged.findings, *tax.findings),
    )  # fmt: skip


def _consignment(facts: Facts, value: valuation.Decision) -> Consignment:
    line = Worth(facts.goods, value.cif_value, facts.items)
    return Consignment(
        market=facts.market, business=facts.business, channel=facts.channel, mode=facts.mode, origin=facts.origin,
        dispatched_from=facts.dispatched_from or facts.origin, schemes=facts.schemes, currency=facts.currency, line=line,
        whole=line if facts.alone else _whole(facts, line), leads=facts.leads,
    )  # fmt: skip


def _whole(facts: Facts, line: Worth) -> Worth:
    """Give the worth of the consignment; what is not said of the whole is the line's."""
    goods = line.goods if facts.consignment_goods is None else facts.consignment_goods
    items = line.items if facts.consignment_items is None else facts.consignment_items
    if facts.consignment_freight is None:
        return Worth(goods, line.cif, items)
    return Worth(goods, (goods + facts.consignment_freight).named("CIF value of the consignment", per="term-cif"), items)
