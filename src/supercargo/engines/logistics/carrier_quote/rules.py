"""The arithmetic of a carrier's price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import larger_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.kernel.quantity import Quantity

CARRIER_PRICE = "term-carrier-price"
FIRST_LEG = "term-first-leg"


def by_weight(billed: Quantity, price_per_unit: Quantity) -> Quantity:
    """Carriage is the billed weight (or volume) times its price, to the minor unit of the card's currency."""
    return (billed * price_per_unit).rounded()


def remote_surcharge(billed: Quantity, per_kg: Quantity | None, least: Quantity | None) -> Quantity | None:
    """A remote address costs so much per kilogram billed, at least the minimum."""
    if per_kg is None:
        return None if least is None else least.rounded().named("remote area surcharge", per="term-remote-surcharge")
    amount = by_weight(billed, per_kg)
    amount = amount if least is None else larger_of(amount, least)
    return amount.named("remote area surcharge", per="term-remote-surcharge")


def fuel_surcharge(carriage: Sequence[Quantity], rate: Quantity) -> Quantity:
    """The fuel surcharge is a percentage of the freight and of the surcharges for the address."""
    return (total(carriage) * rate).rounded().named("fuel surcharge", per="term-fuel-surcharge")


def extra_items_fee(items: Quantity, fee_per_item: Quantity) -> Quantity:
    """A warehouse packs the first item with the order and charges each further one."""
    further = items - Figure.of(1, "item").named("the first item", per="term-fulfilment-fee")
    return (further * fee_per_item).rounded().named("further items packed", per="term-fulfilment-fee")


def extra_lines_fee(lines: int, free: int, fee: Figure) -> Figure:
    """Customs handling contains some tariff lines; each further one costs a fee."""
    further = Figure.of(max(0, lines - free), "", "further tariff lines", path="hs_lines")
    return (further * fee).rounded().named("further tariff lines declared", per=FIRST_LEG)


def share_per_unit(cost: Quantity, units: Quantity) -> Quantity:
    """A unit's share of a shipment is its cost over the units, rounded once, at the end."""
    among = (units * Figure.of(1, "1/item")).named("number of units", per=FIRST_LEG)
    return cost.over(among).named("first leg per unit", per=FIRST_LEG)


def total(parts: Sequence[Quantity]) -> Quantity:
    """Add amounts of one currency."""
    first, *others = parts
    for other in others:
        first = first + other
    return first


RULES = (by_weight, remote_surcharge, fuel_surcharge, extra_items_fee, extra_lines_fee, share_per_unit, total)
