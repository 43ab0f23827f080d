"""What must be known, and what is decided, about orders and what was paid for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from supercargo.engines.accounting.discrepancy import money
from supercargo.engines.accounting.order_match import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity

_HOUSES = ("stripe", "paypal", "shopify-payments")
PAID_BY_HOUSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {shop: (shop, *_HOUSES) for shop in ("shopify", "woocommerce", "shopee", "lazada", "aliexpress")}
)
"""Shops whose buyers' payments arrive, gross, through these houses; everybody else pays by settlement of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The current order lines and every money line, as the book gives them.

    orders: ``id, channel, order_ref, sku, ordered_on, status, currency, goods_minor, goods_tax_minor, shipping_minor, shipping_tax_minor,
    giftwrap_minor, giftwrap_tax_minor, goods_discount_minor, shipping_discount_minor, tax_included``.
    lines: ``id, channel, order_ref, sku, kind, currency, amount_minor, posted_on``.

    ``pay_days`` by channel or house: how many days after the order it is paid at the latest, else ``pay_days_otherwise``; an assumption
    unless the company knows better. ``paid_by_houses``: shops whose payments are lines of kind ``customer_payment``.
    """

    orders: pl.DataFrame
    lines: pl.DataFrame
    pay_days: Mapping[str, int] = field(default_factory=dict)
    pay_days_otherwise: int = 30
    paid_by_houses: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: PAID_BY_HOUSES)


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Every order with what the buyer was charged and what the channel says that it received.

    orders: ``family, channel, order_ref, currency, ordered_on, status, expected_minor, paid_minor, difference_minor`` (paid less
    expected), ``goods_minor, paid_goods_minor, net_minor`` (all its money lines), ``other_minor, other_currency`` (lines in another
    currency), ``lines, state``: tied | differs | doubled | unpaid | charged (cancelled, yet money moved) | stranger (no such order) |
    open (within its days) | cancelled | pending | unknown (the order's amount is) | unchecked (no settlement of its days); ``code``.
    """

    orders: pl.DataFrame
    discrepancies: tuple[Discrepancy, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings without their money."""
        return tuple(discrepancy.finding for discrepancy in self.discrepancies)

    def explain(self, family: str, order_ref: str) -> Quantity:
        """Explain the difference of one order.

        Raises:
            KeyError: there is no such order with both amounts known.
        """
        for row in (
            self.orders.filter(family=family, order_ref=order_ref).drop_nulls(["expected_minor", "paid_minor"]).iter_rows(named=True)
        ):
            path = f"order[{order_ref}]"
            paid = money(row["paid_minor"], row["currency"], "paid by the channel for the order", f"{path}.paid")
            return rules.difference(paid, money(row["expected_minor"], row["currency"], "charged to the buyer", f"{path}.order"))
        raise KeyError(order_ref)
