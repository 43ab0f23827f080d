"""How many to buy: the supplier's price tier at which each item sold costs least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import Answer, amount_document
from supercargo.engines.pricing import purchase_tiers
from supercargo.kernel.figure import Figure, plain, single
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from decimal import Decimal

    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company, PurchaseTiers
    from supercargo.engines.pricing.purchase_tiers import Decision, Option
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law


def best_tier(product: Product, company: Company, law: Law, order_cost: Decimal | None = None, wanted: int | None = None) -> Answer:
    """Decide at which tier of the company's price list to buy, by the cost of each item sold.

    ``order_cost`` is what an order costs however large (inspection, papers, transfer), in the company's
    currency; left out, a finding says so. ``wanted`` is what replenishment asks for.
    """
    asked = {"sku": product.sku, "on": law.day.isoformat()}
    listed = company.purchase_tiers.get(product.sku)
    faults = _missing(product, listed)
    if faults or listed is None:
        return Answer("tiers", asked, findings=faults)
    try:
        decision = purchase_tiers.decide(_facts(product, company, listed, order_cost, wanted), law)
    except Refused as refusal:
        return Answer("tiers", asked, findings=refusal.findings)
    names = ("quantity", "unit_price", "goods", "cost_per_item", "cover_days", "next_saves", "next_ties_up")
    amounts = {name: single(getattr(decision, name)) for name in names}
    notes = () if order_cost is not None else (_no_order_cost(),)
    rows = {"tiers": [_row(option, decision) for option in decision.options]}
    return Answer("tiers", asked, amounts, {"best_tier": decision.best_tier.word}, rows, worst_first((*decision.findings, *notes)))


def _facts(
    product: Product, company: Company, listed: PurchaseTiers, order_cost: Decimal | None, wanted: int | None
) -> purchase_tiers.Facts:
    path, base = f"purchase_tiers.{product.sku}", company.base_currency
    policy = company.policy
    return purchase_tiers.Facts(
        currency=base,
        price_currency=listed.currency,
        tiers=tuple(
            purchase_tiers.Tier(
                Figure.of(tier.quantity_from, "item", "smallest quantity", path=f"{path}[{number}].quantity_from"),
                Figure.of(tier.unit_cost, f"{listed.currency}/item", "price of the tier", path=f"{path}[{number}].unit_cost"),
            )
            for number, tier in enumerate(listed.tiers)
        ),
        demand_per_month=Figure.of(product.monthly_units or 0, "item/month", "items sold in a month", path=f"{product.sku}.monthly_units"),
        order_cost=Figure.money(order_cost or 0, base, "cost of an order", path="order_cost"),
        cost_of_capital=company.rate("cost_of_capital_rate_yearly", "cost of capital a year"),
        minimum_order=_items(product.moq, "minimum order", f"{product.sku}.moq"),
        wanted=_items(wanted, "quantity wanted", "wanted"),
        stock_cover_most=Figure.of(policy.stock_cover_days, "days", "most days of stock", path="company.policy.stock_cover_days"),
    )


def _items(count: int | None, name: str, path: str) -> Figure | None:
    return None if count is None else Figure.of(count, "item", name, path=path)


def _missing(product: Product, listed: PurchaseTiers | None) -> tuple[Finding, ...]:
    faults = []
    if listed is None:
        message = said("the company's file has no purchase tiers for {sku}", sku=product.sku)
        remedy = "add the supplier's prices by quantity to the company's file"
        faults.append(Finding("TIER-401", "error", "purchase_tiers", message, remedy))
    if not product.monthly_units:
        message = said("the catalogue does not say how many of {sku} sell in a month", sku=product.sku)
        remedy = "fill the column monthly_units, or forecast the demand first"
        faults.append(Finding("TIER-402", "error", f"{product.sku}.monthly_units", message, remedy))
    return tuple(faults)


def _no_order_cost() -> Finding:
    message = "what an order costs besides its goods (inspection, papers, transfer) is not stated and is left out"
    return Finding("TIER-205", "note", "order_cost", message, "state it: it makes larger orders cheaper for each item")


def _row(option: Option, decision: Decision) -> dict[str, Any]:
    return {
        "tier": option.tier, "best": str(option.tier) == decision.best_tier.word, "quantity": plain(single(option.quantity).amount),
        "unit_price": _money(option.unit_price), "goods": _money(option.goods), "holding": _money(option.holding),
        "cost_per_item": _money(option.cost_per_item), "cover_days": plain(single(option.cover_days).amount),
        "next_saves": None if option.next_saves is None else _money(option.next_saves),
        "next_ties_up": None if option.next_ties_up is None else _money(option.next_ties_up),
    }  # fmt: skip


def _money(quantity: Quantity) -> dict[str, str]:
    return amount_document(single(quantity))
