"""By which words a marketplace or payment house is known in a bank's text, and whose money a bank line may be."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

COLLECTING = "collecting"
"""Houses that collect for a seller abroad and pay out at home: they may bring any channel's money."""
NAMES_AT_BANKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "amazon": ("AMAZON", "AMZN"),
        "ebay": ("EBAY",),
        "tiktok": ("TIKTOK", "TIK TOK"),
        "shopee": ("SHOPEE",),
        "lazada": ("LAZADA",),
        "mercadolibre": ("MERCADO LIBRE", "MERCADOLIBRE", "MERCADO PAGO", "MERCADOPAGO"),
        "aliexpress": ("ALIEXPRESS", "ALIPAY"),
        "shopify-payments": ("SHOPIFY",),
        "stripe": ("STRIPE",),
        "paypal": ("PAYPAL",),
        COLLECTING: ("PINGPONG", "PAYONEER", "LIANLIAN", "LIAN LIAN", "WORLDFIRST", "WORLD FIRST", "AIRWALLEX"),
    }
)
"""Company names as they stand in statements; the company may give its own."""


def house(names: Mapping[str, tuple[str, ...]]) -> pl.Expr:
    """Name the house whose words stand in a bank line, in the order of the list; none is null."""
    text = pl.concat_str(pl.col("counterparty").fill_null(""), pl.lit(" "), pl.col("text").fill_null("")).str.to_uppercase()
    found = pl.lit(None, dtype=pl.String)
    for known, words in reversed(list(names.items())):
        found = pl.when(text.str.contains_any(list(words))).then(pl.lit(known)).otherwise(found)
    return found


def may_bring(house_of_line: str | None, family: str) -> bool:
    """Tell whether a bank line that bears a house's name, or none, may be a payout of a channel's house."""
    return house_of_line in (None, family, COLLECTING)
