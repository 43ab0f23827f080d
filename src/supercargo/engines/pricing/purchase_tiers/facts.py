"""What must be known, and what is decided, about the quantity to buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Tier:
    """From ``least_items`` (item) on, every item of the order costs ``unit_price`` (money/item)."""

    least_items: Quantity
    unit_price: Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """A supplier's price list, and what an order and its stock cost the buyer.

    ``tiers``: smallest quantity first, prices in ``price_currency``. ``demand_per_month``: item/month,
    above zero. ``order_cost``: what one order costs however large (inspection, papers, transfer), in
    ``currency``, the currency of the answer. ``cost_of_capital``: rate for a year. ``minimum_order`` and
    ``wanted`` (what replenishment asks for): item. ``shelf_life`` and ``stock_cover_most`` (the company's
    limit): days. What is ``None`` does not apply.
    """

    currency: str
    price_currency: str
    tiers: tuple[Tier, ...]
    demand_per_month: Quantity
    order_cost: Quantity
    cost_of_capital: Quantity
    minimum_order: Quantity | None = None
    wanted: Quantity | None = None
    shelf_life: Quantity | None = None
    stock_cover_most: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Buying at one tier: the order, what it costs in all, and for each item that is sold.

    ``next_saves`` is what each item sold would cost less at the next tier (negative: more), ``next_ties_up``
    the further money for goods; both are absent for the last tier.
    """

    tier: int
    quantity: Quantity
    unit_price: Quantity
    goods: Quantity
    holding: Quantity
    total: Quantity
    cover_days: Quantity
    sold: Quantity
    cost_per_item: Quantity
    next_saves: Quantity | None = None
    next_ties_up: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The cheapest tier (its number in ``best_tier``), the order it means, and every option beside it.

    ``next_saves`` and ``next_ties_up`` compare with the tier above the best; zero when there is none.
    ``cautions`` are findings that hang on the amounts: in one case those that stand are in ``findings``,
    in bulk each is a column of yes and no.
    """

    options: tuple[Option, ...]
    best_tier: Label
    quantity: Quantity
    unit_price: Quantity
    goods: Quantity
    cost_per_item: Quantity
    cover_days: Quantity
    next_saves: Quantity
    next_ties_up: Quantity
    cautions: tuple[Objection, ...]
    findings: tuple[Finding, ...]
