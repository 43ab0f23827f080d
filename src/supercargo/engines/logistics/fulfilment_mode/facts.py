"""What must be known, and what is decided, about the way in which a product is fulfilled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of fulfilment for one product and market; money in one currency, per unit sold.

    ``name`` is ``direct_mail``, ``overseas_warehouse``, ``fba`` or the company's own word.
    ``unit_cost`` is everything that grows with the units: carriage, duty, fulfilment, storage.
    ``monthly_cost`` does not: shipment documents, subscription, minimum fees that always fall due.
    ``batch_cost`` grows with the units but is at least ``batch_least`` a month: a first leg with a
    minimum bill. ``stock_days`` are the days from paying for a unit to selling it, ``unit_value`` what
    is tied up in it. ``returns_rate`` of the units come back and cost ``return_cost`` each.
    ``carbon`` is kg of CO2 equivalent per unit.
    """

    name: str
    unit_cost: Quantity
    days_p50: Quantity
    days_p90: Quantity
    stock_days: Quantity
    unit_value: Quantity
    returns_rate: Quantity
    return_cost: Quantity
    carbon: Quantity
    monthly_cost: Quantity | None = None
    batch_cost: Quantity | None = None
    batch_least: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The ways to compare, units sold a month (item) and the yearly cost of capital (a ratio)."""

    market: str
    currency: str
    monthly_volume: Quantity
    cost_of_capital: Quantity
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One way with everything that it costs.

    ``unit_total`` is the running cost of a unit (with returns and capital, without what falls due by
    the month), ``monthly_total`` the whole cost of the month, ``per_unit`` that month over its units,
    ``cash_tied_up`` the money lying in stock.
    """

    name: str
    unit_total: Quantity
    capital_cost: Quantity
    returns_cost: Quantity
    monthly_total: Quantity
    per_unit: Quantity
    cash_tied_up: Quantity
    days_p50: Quantity
    days_p90: Quantity
    carbon: Quantity


@dataclass(frozen=True, slots=True)
class Range:
    """A way is the cheapest from so many units a month, up to and including so many (open when absent)."""

    name: str
    from_units: int
    to_units: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The ways compared, and the cheapest at the month's volume.

    For a single case also: ``frontier`` (ways that no other beats in cost, days, cash and carbon at
    once), ``ranges`` (which way is the cheapest at which volume, from one unit on) and ``break_even``
    (from which monthly volume on each way is the cheapest for good; absent when it never is). In bulk
    these are empty.
    """

    compared: tuple[Compared, ...]
    cheapest: Label
    least_monthly_total: Quantity
    frontier: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    break_even: dict[str, int | None] | None = None
    findings: tuple[Finding, ...] = ()
