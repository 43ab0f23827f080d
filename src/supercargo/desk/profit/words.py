"""What cells and columns of the profit table are called for people."""

from __future__ import annotations

from supercargo.kernel.words import Language, Text, into, said

TITLES = {
    "country": "country",
    "channel": "channel",
    "sku": "product",
    "brand": "brand",
    "month": "month",
    "day": "day",
    "currency": "currency",
    "gross_sales": "gross sales",
    "net_revenue": "net revenue",
    "goods_minor": "cost of goods sold",
    "margin_1": "contribution margin 1",
    "channel_minor": "channel fees",
    "fulfilment_minor": "fulfilment",
    "payment_minor": "payment",
    "margin_2": "contribution margin 2",
    "marketing_minor": "marketing",
    "account_minor": "account charges",
    "unclassified_minor": "not classified",
    "margin_3": "contribution margin 3",
    "discounts_minor": "discounts",
    "refunds_minor": "refunds",
    "margin_1_ppm": "contribution margin rate 1",
    "margin_2_ppm": "contribution margin rate 2",
    "margin_3_ppm": "contribution margin rate 3",
    "units": "units sold",
    "units_returned": "units returned",
    "estimated_ppm": "share estimated",
    "settled_ppm": "share settled",
    "unknown": "lines without amount",
    "lines": "lines",
}
NAMES = {"sku": "not by product", "brand": "not by product", "country": "country not known", "channel": "channel not known"}
"""What a cell without a key's value is: charges that belong to no product stand in a row of their own."""
WATERFALL = (
    "gross_sales", "discounts_minor", "refunds_minor", "net_revenue", "goods_minor", "margin_1", "channel_minor", "fulfilment_minor",
    "payment_minor", "margin_2", "marketing_minor", "account_minor", "unclassified_minor", "margin_3",
)  # fmt: skip
"""The money of a cell in reading order."""


def shown(key: str, value: str | None, language: Language) -> str:
    """Say the value of a key: a country as it is, nothing as what nothing means there."""
    if value is None:
        return into(NAMES.get(key, "not known"), language)
    return value or into("brand not known", language)


def heading(since: object, until: object, view: str) -> Text:
    """Say over which days and on which day of a line the table was made."""
    if since is None and until is None:
        return said("Profit by day of order, all days") if view == "order" else said("Profit by day of settlement, all days")
    words = {"since": since or "…", "until": until or "…"}
    if view == "order":
        return said("Profit by day of order, {since} to before {until}", **words)
    return said("Profit by day of settlement, {since} to before {until}", **words)
