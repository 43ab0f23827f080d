"""What Shopify's files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.raw import header
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.shopify import codes
from supercargo.connectors.shopify.orders import map_orders
from supercargo.connectors.shopify.payouts import map_payouts
from supercargo.connectors.shopify.render import render_orders, render_payouts

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw


def _is_orders(raw: Raw) -> int:
    return header.certainty(raw, codes.ORDER_COLUMNS, codes.ORDER_REQUIRED, codes.ORDER_DISTINCTIVE)


def _is_payouts(raw: Raw) -> int:
    return header.certainty(raw, codes.PAYMENT_COLUMNS, codes.PAYMENT_REQUIRED, codes.PAYMENT_DISTINCTIVE)


FORMATS = (
    Format(
        "shopify-orders",
        "shopify",
        "Shopify: orders",
        _is_orders,
        map_orders,
        render_orders,
        "columns up to Vendor are verified, those after it vary; taxes are taken from the arithmetic, refunds are sums without a date",
    ),
    Format(
        "shopify-payouts",
        "shopify",
        "Shopify Payments: transactions",
        _is_payouts,
        map_payouts,
        render_payouts,
        "columns and signs are verified; whether the column VAT stands inside the fee is not, so it is not split off",
    ),
)
