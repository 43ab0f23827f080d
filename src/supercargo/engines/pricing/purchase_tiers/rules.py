"""The arithmetic of buying at a price tier."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.unit import Unit
from supercargo.kernel.verdict import larger_of, smaller_of

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

PRICE_DIGITS = 6
"""A price brought into another currency keeps so many digits."""
RATE_DIGITS = 4
"""A cost per item and a year's cost of capital keep so many digits."""
YEAR = "term-calendar-year"
DAYS = Figure(Decimal(365), Unit.of("days"), "days of the year", per=YEAR)
MONTHS = Figure(Decimal(12), Unit.of("month"), "months of the year", per=YEAR)
TWICE_MONTHS = Figure(Decimal(24), Unit.of("month"), "twice the months of the year", per=YEAR)


def order_quantity(step: Quantity, least: list[Quantity]) -> Quantity:
    """An order at a tier is its smallest quantity, or the minimum order or the quantity wanted where they are larger."""
    quantity = step
    for bound in least:
        quantity = larger_of(quantity, bound)
    return quantity.named("order quantity", per="term-price-tier")


def price_in_currency(unit_price: Quantity) -> Quantity:
    """The supplier's price is brought into the currency of the answer, to six digits."""
    return unit_price.rounded(PRICE_DIGITS).named("unit price", per="term-rate-of-exchange")


def goods_cost(quantity: Quantity, unit_price: Quantity) -> Quantity:
    """The goods cost quantity times unit price, to the cent."""
    return (quantity * unit_price).rounded().named("goods at the price of the tier", per="term-price-tier")


def cover_days(quantity: Quantity, demand_per_month: Quantity) -> Quantity:
    """The stock lasts quantity over demand: so many days of a year of 365 with twelve equal months."""
    return (quantity * DAYS).over(demand_per_month * MONTHS, 0).named("days the stock lasts", per="term-stock-cover")


def holding_cost(goods: Quantity, cost_of_capital: Quantity, quantity: Quantity, demand_per_month: Quantity) -> Quantity:
    """Stock that sells evenly ties up half of the goods' cost, on average, until it is sold.

    A year's cost of capital, times quantity over twice a year's demand.
    """
    yearly = (goods * cost_of_capital).rounded(RATE_DIGITS).named("cost of capital in a year", per="term-holding-cost")
    return (yearly * quantity).over(demand_per_month * TWICE_MONTHS).named("holding cost", per="term-holding-cost")


def sold_in_time(quantity: Quantity, demand_per_month: Quantity, shelf_life: Quantity) -> Quantity:
    """What does not sell within its shelf life is lost: at most the demand of that time is sold."""
    sellable = (demand_per_month * MONTHS * shelf_life).over(DAYS, 3).named("demand within the shelf life", per="term-shelf-life")
    return smaller_of(quantity, sellable).named("items sold", per="term-shelf-life")


def total_cost(goods: Quantity, order_cost: Quantity, holding: Quantity) -> Quantity:
    """An order costs the goods, the order itself, and holding the stock."""
    return (goods + order_cost + holding).named("cost of the order", per="term-cost-per-item-sold")


def cost_per_item(total: Quantity, sold: Quantity) -> Quantity:
    """Each item sold carries its share of the whole, to four digits; what expires is paid by the rest."""
    return total.over(sold, RATE_DIGITS).named("cost per item sold", per="term-cost-per-item-sold")


def saved_by_next(here: Quantity, there: Quantity) -> Quantity:
    """The next tier saves the cost per item here less the cost there; negative where it costs more."""
    return (here - there).named("saved per item by the next tier", per="term-price-tier")


def tied_up_by_next(here: Quantity, there: Quantity) -> Quantity:
    """The next tier ties up the difference in what the goods cost."""
    return (there - here).named("further money for the next tier", per="term-price-tier")


RULES = (
    order_quantity,
    price_in_currency,
    goods_cost,
    cover_days,
    holding_cost,
    sold_in_time,
    total_cost,
    cost_per_item,
    saved_by_next,
    tied_up_by_next,
)
