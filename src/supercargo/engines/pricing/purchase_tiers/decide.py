"""The price tier at which each item sold costs least, and what the next one would save."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from supercargo.engines.answer import Objection
from supercargo.engines.pricing.purchase_tiers import rules
from supercargo.engines.pricing.purchase_tiers.facts import Decision, Facts, Option, Tier
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.label import Label, pick_word
from supercargo.kernel.unit import Unit
from supercargo.kernel.verdict import choose
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide at which tier to buy: the cheapest for each item sold; among equals the smallest order.

    Raises:
        Refused: TIER-400 no tier; TIER-404 no demand; TIER-422 tiers out of order; FX-404 no rate of exchange.
    """
    _check(facts)
    options = _compared([_option(number, tier, facts, law) for number, tier in enumerate(facts.tiers, 1)])
    best, *others = options
    label, chosen = Label((str(best.tier),)), _with_next(best, facts)
    for option in others:
        cheaper = (option.cost_per_item < chosen[3]).named("a larger order is cheaper", per="term-price-tier")
        label = pick_word(cheaper, str(option.tier), label)
        chosen = [choose(cheaper, this, that) for this, that in zip(_with_next(option, facts), chosen, strict=True)]
    best_values = [value.named(name, per="term-price-tier") for value, name in zip(chosen, _NAMES, strict=True)]
    quantity, unit_price, goods, cost, cover, saves, ties_up = best_values
    cautions = _cautions(facts, cover)
    findings = tuple(caution.finding for caution in cautions if caution.stands)
    return Decision(options, label, quantity, unit_price, goods, cost, cover, saves, ties_up, cautions, findings)


_NAMES = (
    "quantity to buy",
    "unit price to pay",
    "goods to pay",
    "least cost per item sold",
    "days the order lasts",
    "saved per item by the tier above",
    "further money for the tier above",
)


def _check(facts: Facts) -> None:
    """Refuse what cannot be computed; in bulk the bounds of the columns prove the same."""
    if not facts.tiers:
        raise refuse("TIER-400", "tiers", said("the supplier's price list has no tier"), "give at least one quantity with its price")
    demand = facts.demand_per_month
    if isinstance(demand, Figure) and demand.amount <= 0:
        message = said("without demand no stock is ever sold, so no cost per item can be computed")
        raise refuse("TIER-404", "demand_per_month", message, "give the items sold in a month")
    for number, (lower, upper) in enumerate(pairwise(facts.tiers), 1):
        here, there = lower.least_items, upper.least_items
        if isinstance(here, Figure) and isinstance(there, Figure) and here.amount >= there.amount:
            message = said("tier {number} begins at {there}, not above {here}", number=number + 1, there=there.shown(), here=here.shown())
            raise refuse("TIER-422", f"tiers[{number}].least_items", message, "give the smallest quantity first, each once")


def _option(number: int, tier: Tier, facts: Facts, law: Law) -> Option:
    least = [bound for bound in (facts.minimum_order, facts.wanted) if bound is not None]
    quantity = rules.order_quantity(tier.least_items, least)
    price = _price_at(quantity, facts, law)
    goods = rules.goods_cost(quantity, price)
    holding = rules.holding_cost(goods, facts.cost_of_capital, quantity, facts.demand_per_month)
    total = rules.total_cost(goods, facts.order_cost, holding)
    sold = quantity if facts.shelf_life is None else rules.sold_in_time(quantity, facts.demand_per_month, facts.shelf_life)
    cover = rules.cover_days(quantity, facts.demand_per_month)
    return Option(number, quantity, price, goods, holding, total, cover, sold, rules.cost_per_item(total, sold))


def _price_at(quantity: Quantity, facts: Facts, law: Law) -> Quantity:
    """Climb the price list: a minimum order may already earn the price of a higher tier."""
    first, *higher = facts.tiers
    price = first.unit_price
    for tier in higher:
        reached = (quantity >= tier.least_items).named("the order reaches the tier", per="term-price-tier")
        price = choose(reached, tier.unit_price, price)
    if facts.price_currency == facts.currency:
        return price.named("unit price", per="term-price-tier")
    named = price.named("unit price of the supplier", per="term-price-tier")
    return rules.price_in_currency(law.rates.convert(named, facts.price_currency, facts.currency))


def _compared(options: list[Option]) -> tuple[Option, ...]:
    told = [
        replace(
            here,
            next_saves=rules.saved_by_next(here.cost_per_item, there.cost_per_item),
            next_ties_up=rules.tied_up_by_next(here.goods, there.goods),
        )
        for here, there in pairwise(options)
    ]
    return (*told, options[-1])


def _with_next(option: Option, facts: Facts) -> list[Quantity]:
    none = Figure.nothing(option.cost_per_item.unit, "no tier above", per="term-price-tier")
    no_money = Figure.nothing(Unit.of(facts.currency), "no tier above", per="term-price-tier")
    saves: Quantity = none if option.next_saves is None else option.next_saves
    ties_up: Quantity = no_money if option.next_ties_up is None else option.next_ties_up
    return [option.quantity, option.unit_price, option.goods, option.cost_per_item, option.cover_days, saves, ties_up]


def _cautions(facts: Facts, cover: Quantity) -> tuple[Objection, ...]:
    found = []
    if facts.stock_cover_most is not None:
        least = facts.minimum_order if facts.minimum_order is not None else facts.tiers[0].least_items
        by_minimum = rules.cover_days(least, facts.demand_per_month)
        too_long = (by_minimum > facts.stock_cover_most).named("the minimum order lasts too long", per="term-stock-cover")
        best_too_long = (cover > facts.stock_cover_most).named("the best order lasts too long", per="term-stock-cover")
        found += [Objection(too_long, _MINIMUM), Objection(best_too_long, _BEST)]
    if facts.shelf_life is not None:
        outlasts = (cover > facts.shelf_life).named("the best order outlasts its shelf life", per="term-shelf-life")
        found.append(Objection(outlasts, _EXPIRES))
    found.extend(_dearer(here, there, number) for number, (here, there) in enumerate(pairwise(facts.tiers), 2))
    return tuple(found)


def _dearer(here: Tier, there: Tier, number: int) -> Objection:
    question = (there.unit_price > here.unit_price).named("a larger quantity is dearer", per="term-price-tier")
    message = said("tier {number} costs more per item than the tier below it", number=number)
    return Objection(question, Finding("TIER-203", "note", f"tiers[{number - 1}].unit_price", message, "check the supplier's price list"))


_MINIMUM = Finding(
    "TIER-201", "warning", "minimum_order", "the minimum order covers more days of demand than the company allows",
    "ask for a smaller minimum order, share it with another product, or buy elsewhere", "term-stock-cover",
)  # fmt: skip
_BEST = Finding(
    "TIER-202", "warning", "quantity", "the cheapest tier covers more days of demand than the company allows",
    "take a lower tier, or let the goods come in parts at the price of the tier", "term-stock-cover",
)  # fmt: skip
_EXPIRES = Finding(
    "TIER-204", "warning", "shelf_life", "part of the order expires before it is sold; its cost is on what is sold",
    "buy less, or sell faster", "term-shelf-life",
)  # fmt: skip
