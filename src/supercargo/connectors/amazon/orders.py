"""All-orders reports (by order date, by last update) -> one line of an order per item, with its money as totals of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import CODES, plain, translated
from supercargo.connectors.amazon.marketplaces import country_of, with_channels
from supercargo.connectors.amazon.repeats import NUMBER, with_numbers
from supercargo.connectors.countries import CODES as COUNTRIES
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

OFFICIAL = (
    "amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel", "sales-channel",
    "order-channel", "ship-service-level", "product-name", "sku", "asin", "item-status", "quantity", "currency", "item-price", "item-tax",
    "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount",
    "ship-city", "ship-state", "ship-postal-code", "ship-country", "promotion-ids", "cpf", "is-business-order", "purchase-order-number",
    "price-designation",
)  # fmt: skip
OPTIONAL = (
    "url", "number-of-items", "tax-collection-model", "tax-collection-responsible-party", "address-type", "ship-promotion-id",
    "customized-url", "customized-page", "is-heavy-or-bulky", "is-replacement-order", "is-exchange-order", "original-order-id",
    "buyer-company-name", "order-item-id",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys((*OFFICIAL, *OPTIONAL), ())
REQUIRED = ("amazon-order-id", "purchase-date", "order-status", "sku", "quantity", "currency", "item-price")
MONEY = {
    "item-price": "goods_minor",
    "item-tax": "goods_tax_minor",
    "shipping-price": "shipping_minor",
    "shipping-tax": "shipping_tax_minor",
    "gift-wrap-price": "giftwrap_minor",
    "gift-wrap-tax": "giftwrap_tax_minor",
}
DISCOUNTS = {"item-promotion-discount": "goods_discount_minor", "ship-promotion-discount": "shipping_discount_minor"}
_BOTH = (*MONEY, *DISCOUNTS)


def certainty(raw: Raw) -> int:
    """Tell how sure the file is an all-orders report."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("item-promotion-discount", "ship-service-level", "sales-channel", "asin"))


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map the lines of orders; a pending order has no money yet, and its currency is unknown too.

    Raises:
        Refused: AMZ-121, rows name no sales channel and none was told; what the reader raises.

    Findings:
        AMZ-106 a sales channel that is not known; its rows are faults.
    """
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context)
    sift.fault(pl.col("amazon-order-id") == "", "AMZ-114", "the row has no order number")
    currency = pl.when(pl.col("currency") != "").then(pl.col("currency").str.to_uppercase())
    no_money = pl.all_horizontal(pl.col(name) == "" for name in _BOTH if sift.has(name))
    sift.fault(currency.is_null() & ~no_money, "AMZ-115", "the row has amounts and no currency")
    sift.settle_decimal([name for name in _BOTH if sift.has(name)], default=".", trust=True)
    sift.amounts({out: name for name, out in MONEY.items()}, currency, noun="order_line")
    sift.amounts({out: name for name, out in DISCOUNTS.items()}, currency)
    sift.settle_order(["purchase-date"])
    sift.day("ordered_on", "purchase-date", required=True)
    sift.instant("ordered_at", "purchase-date")
    sift.whole("quantity_whole", "quantity")
    findings = _settle_channels(sift, context)
    _key(sift)
    return sift.mapped({"order_line": _lines(sift, currency)}, findings)


def _key(sift: Sift) -> None:
    """An item is the same one by its order and its sku; the second item with one sku is the second everywhere."""
    sift.rows = with_numbers(sift.rows, ["amazon-order-id", "sku"])
    sift.keyed(["amazon-order-id", "sku", NUMBER])


def _settle_channels(sift: Sift, context: Context) -> list[Finding]:
    if not sift.has("sales-channel"):
        sift.rows = sift.rows.with_columns(pl.lit("").alias("sales-channel"))
    sift.rows = with_channels(sift.rows, "sales-channel")
    told = pl.lit(context.channel or None, dtype=pl.String)
    silent = pl.col("sales-channel") == ""
    if not context.channel and bool(sift.rows.select(silent.any()).item()):
        silence = "some orders do not say on which marketplace they were placed"
        raise refuse("AMZ-121", "file", silence, "say which with --channel, such as --channel amazon-de")
    strange = sift.rows.filter(~silent & pl.col("named_channel").is_null()).get_column("sales-channel").unique().sort()
    sift.rows = sift.rows.with_columns(pl.coalesce(pl.col("named_channel"), pl.when(silent).then(told)).alias("channel"))
    sift.fault(pl.col("channel").is_null(), "AMZ-116", "the sales channel is not known")
    message = said("the sales channel {name} is not known", name=", ".join(strange))
    remedy = "its orders are not booked; report the name so that it is added"
    return [Finding("AMZ-106", "warning", "file", message, remedy)] if strange.len() else []


def _lines(sift: Sift, currency: pl.Expr) -> pl.DataFrame:
    money = {out: pl.col(out) for out in MONEY.values()}
    discounts = {out: -pl.col(out).abs() for out in DISCOUNTS.values()}
    return sift.record(
        "order_line",
        channel="channel",
        order_ref="amazon-order-id",
        line_ref=sift.text("order-item-id"),
        ordered_at="ordered_at",
        ordered_on="ordered_on",
        status=_status(sift),
        sku=sift.text("sku"),
        title=sift.text("product-name"),
        listing_ref=sift.text("asin"),
        quantity="quantity_whole",
        currency=currency,
        **money,
        **discounts,
        tax_included=_tax_included(),
        tax_collected_by=_collector(sift),
        ship_country=_country(sift),
        fulfilled_by=translated(sift.text("fulfillment-channel").str.to_lowercase(), _FULFILLED),
        is_business=translated_truth(sift.text("is-business-order")),
    )


_FULFILLED = {"amazon": "channel", "afn": "channel", "merchant": "seller", "seller": "seller", "mfn": "seller"}
_STATUS = {plain(word): ours for word, ours in CODES["order_status"].items()}


def _status(sift: Sift) -> pl.Expr:
    """The order's status, unless the item itself is cancelled; what is not known is said so."""
    order, item = (_plainly(sift.text(name)) for name in ("order-status", "item-status"))
    known = translated(order, _STATUS, pl.lit("unknown")).fill_null("unknown")
    return pl.when(translated(item, _STATUS).eq_missing("cancelled")).then(pl.lit("cancelled")).otherwise(known)


def _plainly(words: pl.Expr) -> pl.Expr:
    return words.str.to_lowercase().str.replace_all(r"[^a-z]", "")


def _tax_included() -> pl.Expr:
    rule = dict.fromkeys(CODES["price_with_tax"]["yes"], True) | dict.fromkeys(CODES["price_with_tax"]["no"], False)
    return pl.col("country").replace_strict(rule, default=None, return_dtype=pl.Boolean)


def _collector(sift: Sift) -> pl.Expr:
    """The marketplace where the report names its model or Amazon as the one who collects; else unknown."""
    model = sift.text("tax-collection-model").str.to_lowercase().str.contains("marketplacefacilitator")
    party = sift.text("tax-collection-responsible-party").str.to_lowercase().str.contains("amazon")
    return pl.when(model.fill_null(value=False) | party.fill_null(value=False)).then(pl.lit("marketplace"))


def _country(sift: Sift) -> pl.Expr:
    if not sift.has("ship-country"):
        return pl.lit(None, dtype=pl.String)
    codes = {code: country_of(code) for code in sift.rows.get_column("ship-country").unique()}
    known = {code: ours for code, ours in codes.items() if ours in COUNTRIES or ours == "XI"}
    return translated(pl.col("ship-country"), known)


def translated_truth(words: pl.Expr) -> pl.Expr:
    """Read true and false; anything else is unknown."""
    return words.str.to_lowercase().replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
