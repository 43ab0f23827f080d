"""The arithmetic of one unit sold: from the shop price down to what comes home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import choose, larger_of, smaller_of

if TYPE_CHECKING:
    from supercargo.engines.pricing.unit_economics.facts import Commission, FeeByPrice
    from supercargo.kernel.quantity import Quantity

ONE = Figure.constant(1, "", "one", per="term-tax-inclusive-price")
YEAR = Figure.constant(365, "days", "days in a year", per="term-cost-of-capital")


def fixed_costs(unit_cost: Quantity, packaging: Quantity, first_leg: Quantity, storage: Quantity) -> Quantity:
    """The costs of a unit that do not hang on its price: goods, packaging, first leg and storage."""
    return (unit_cost + packaging + first_leg + storage).named("costs that do not hang on the price", per="term-unit-cost")


def tax_inside(price: Quantity, rate: Quantity) -> Quantity:
    """The tax inside a price is the price times the rate, divided by one plus the rate.

    A price of 179.00 with 19 % inside is 150.42 and 28.58 of tax.
    """
    return (price * rate).over(ONE + rate).named("tax inside the price", per="term-tax-inclusive-price")


def net_price(price: Quantity, tax: Quantity) -> Quantity:
    """The net price is what remains of the shop price without tax."""
    return (price - tax).named("net price", per="term-net-price")


def commission(price: Quantity, schedule: Commission) -> Quantity:
    """The platform's commission: its schedule on the price that the buyer pays, at least the minimum."""
    match schedule.mode:
        case "marginal":
            charge = _marginal(price, schedule)
        case "whole_price":
            charge = (price * _rate_for(price, schedule)).rounded()
        case _:
            charge = (price * schedule.tiers[0].rate).rounded()
    if schedule.least is not None:
        charge = larger_of(charge, schedule.least)
    if schedule.fixed is not None:
        charge = charge + schedule.fixed
    return charge.named("commission", per="term-commission")


def fee_by_price(price: Quantity, fee: FeeByPrice) -> Quantity:
    """A fee whose amount depends on the band that the price lies in."""
    *lower, (_, charge) = fee.steps
    for up_to, amount in reversed(lower):
        if up_to is not None:
            charge = choose((price <= up_to).named("within the price band", per="term-fee-by-price"), amount, charge)
    return charge.named("fulfilment and delivery", per="term-fulfilment-fee")


def share_of(amount: Quantity, rate: Quantity, name: str, per: str) -> Quantity:
    """A cost that is a share of an amount, to the cent."""
    return (amount * rate).rounded().named(name, per=per)


def payment_fee(price: Quantity, rate: Quantity, fixed: Quantity) -> Quantity:
    """The payment provider takes a share of what the buyer pays, and a fixed part."""
    return ((price * rate).rounded() + fixed).named("payment fee", per="term-payment-fee")


def cost_of_capital(value: Quantity, rate: Quantity, days: Quantity) -> Quantity:
    """Cash tied up costs its yearly rate for the days that it is away."""
    return (value * rate * days).over(YEAR).named("cost of capital", per="term-cost-of-capital")


def returns_cost(net: Quantity, fee: Quantity, unit_value: Quantity, handling: Quantity, rate: Quantity, resaleable: Quantity) -> Quantity:
    """Returns cost the refunded price and the handling, less the commission returned and the goods sold again."""
    refunded = (net * rate).rounded().named("refunds to buyers", per="term-returns")
    handled = (handling * rate).rounded().named("handling of returns", per="term-returns")
    commission_back = (fee * rate).rounded().named("commission returned", per="term-returns")
    goods_back = (unit_value * rate * resaleable).rounded().named("returned goods sold again", per="term-returns")
    return (refunded + handled - commission_back - goods_back).named("returns", per="term-returns")


def meets_margin(profit: Quantity, net: Quantity, margin_rate: Quantity) -> tuple[Quantity, Quantity]:
    """A margin is met when the profit is at least that share of the net price: (profit, share)."""
    return profit, (net * margin_rate).named("margin wanted", per="term-margin-rate")


def _rate_for(price: Quantity, schedule: Commission) -> Quantity:
    *lower, last = schedule.tiers
    rate = last.rate
    for tier in reversed(lower):
        if tier.up_to is not None:
            rate = choose((price <= tier.up_to).named("within the commission tier", per="term-commission"), tier.rate, rate)
    return rate


def _marginal(price: Quantity, schedule: Commission) -> Quantity:
    *lower, last = schedule.tiers
    floor: Quantity = Figure.nothing(price.unit, "start of the first tier", per="term-commission")
    charge: Quantity | None = None
    for tier in lower:
        if tier.up_to is not None:
            within = larger_of(smaller_of(price, tier.up_to) - floor, _zero(price))
            part = within * tier.rate
            charge = part if charge is None else charge + part
            floor = tier.up_to
    rest = larger_of(price - floor, _zero(price)) * last.rate
    return (rest if charge is None else charge + rest).rounded()


def _zero(price: Quantity) -> Figure:
    return Figure.nothing(price.unit, "nothing in this tier", per="term-commission")


RULES = (fixed_costs, tax_inside, net_price, commission, fee_by_price, share_of, payment_fee, cost_of_capital, returns_cost, meets_margin)
