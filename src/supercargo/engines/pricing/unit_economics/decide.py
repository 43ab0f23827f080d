"""The economics of one unit: the waterfall from shop price to profit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.pricing import landed_cost
from supercargo.engines.pricing.unit_economics import rules
from supercargo.engines.pricing.unit_economics.facts import Decision, Facts
from supercargo.engines.tax.import_tax.collection import stock_collector
from supercargo.kernel.figure import Figure
from supercargo.kernel.label import Label

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law


@dataclass(frozen=True, slots=True)
class Border:
    """What a unit owes on its way in, and which tax leaves the price."""

    sale_tax: Quantity
    net_price: Quantity
    duty: Quantity
    import_tax: Quantity
    fees: Quantity
    collector: Label
    objections: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()


def decide(facts: Facts, law: Law) -> Decision:
    """Take every cost off the shop price, one by one, and say what is left.

    Raises:
        Refused: a fact that the market's law needs is not known on the day.
    """
    border = _parcel(facts, law) if facts.route == "direct" and facts.parcel is not None else _stock(facts, law)
    price, policy, net = facts.price, facts.policy, border.net_price
    fee = rules.commission(price, facts.commission)
    payment = rules.payment_fee(price, facts.payment_rate, facts.payment_fixed)
    delivery = rules.fee_by_price(price, facts.fulfilment)
    goods = (facts.unit_cost + facts.packaging).named("goods and packaging", per="term-unit-cost")
    landed = (goods + facts.first_leg + border.duty + border.fees).named("landed unit cost", per="term-landed-cost")
    returns = rules.returns_cost(net, fee, landed, policy.return_handling, policy.returns_rate, policy.resaleable_share)
    adverts = rules.share_of(net, policy.advert_share, "advertising", "term-tacos")
    conversion = rules.share_of(net, policy.conversion_spread, "currency conversion", "term-conversion-spread")
    capital = rules.cost_of_capital(landed, policy.capital_rate, policy.days_tied)
    wastage = rules.share_of(landed, policy.wastage_rate, "wastage", "term-wastage")
    lines = (
        fee, payment, delivery, facts.storage, facts.first_leg, border.duty, border.import_tax, border.fees, goods,
        returns, adverts, conversion, capital, wastage,
    )  # fmt: skip
    costs = _sum(lines).named("all costs", per="term-unit-economics")
    profit = (net - costs).named("profit", per="term-profit")
    return Decision(
        price, net, (border.sale_tax, *lines), costs, profit, landed, border.collector, border.objections, border.findings,
    )  # fmt: skip


def _stock(facts: Facts, law: Law) -> Border:
    tax = rules.tax_inside(facts.price, facts.tax_rate) if facts.tax_inside else _none(facts, "tax added at the checkout")
    nothing = _none(facts, "import tax is recovered as input tax").named("import tax not recovered", per="term-input-tax")
    collector = stock_collector(law, facts.market, marketplace=facts.marketplace, established=facts.established)
    return Border(tax, rules.net_price(facts.price, tax), facts.duty, nothing, facts.import_fees, Label((collector,)))


def _parcel(facts: Facts, law: Law) -> Border:
    parcel = facts.parcel
    if parcel is None:
        msg = "a direct route needs the facts of the parcel"
        raise TypeError(msg)
    inside = rules.tax_inside(facts.price, facts.tax_rate) if facts.tax_inside else _none(facts, "no tax inside the price")
    declared = (facts.price - inside).named("declared value", per="term-customs-value")
    none, item = _none(facts, "carriage is in the price"), Figure.constant(1, "item", "one item", per="term-unit-economics")
    landed = landed_cost.decide(
        landed_cost.Facts(
            market=facts.market, origin=parcel.origin, business="parcel", channel=parcel.channel, mode=parcel.mode,
            schemes=parcel.schemes, tax_class=parcel.tax_class, currency=facts.currency, goods=declared,
            freight=none, insurance=none, items=item, categories=item, weight=parcel.weight, terms=parcel.terms,
            tax_rate=facts.tax_rate, dispatched_from=parcel.dispatched_from,
        ),
        law,
    )  # fmt: skip
    paid = landed.tax_at_sale.named("tax paid at the sale", per="term-sale-tax")
    net = rules.net_price(facts.price, paid)
    return Border(
        paid, net, landed.duty, landed.tax_at_import, landed.fees, landed.collector, landed.objections, landed.findings
    )  # fmt: skip


def _sum(lines: tuple[Quantity, ...]) -> Quantity:
    whole, *others = lines
    for line in others:
        whole = whole + line
    return whole


def _none(facts: Facts, why: str) -> Figure:
    return Figure.nothing(facts.currency, why, per="term-tax-inclusive-price")
