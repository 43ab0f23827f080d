"""The orders report -> order lines: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.countries import country_code
from supercargo.connectors.ebay.codes import FOOTER, NO_CURRENCY, NO_ORDER, OPEN_PRICE, ORDER_COLUMNS, ORDER_REQUIRED, SIGNS, SUM_ROW
from supercargo.connectors.ebay.levels import mark_levels, once
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import DIGITS, Sift
from supercargo.connectors.raw.table import ROW, Table
from supercargo.connectors.shops.parts import cells_of
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

CHANNEL = "ebay"
_MONEY = {
    "Sold For": "sold_for", "Shipping And Handling": "shipping", "eBay Collected Tax": "marketplace_tax",
    "Seller Collected Tax": "seller_tax", "Total Price": "total",
}  # fmt: skip
_OVER = "Order Number"


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map the orders report.

    Raises:
        Refused: RAW-010 a required column is missing, RAW-02x or RAW-03x a question is open.
    """
    sift = Sift(_joined_signs(locate(raw, ORDER_COLUMNS, ORDER_REQUIRED)), context)
    _drop(sift)
    _read(sift)
    _levels(sift)
    _prices(sift)
    _keys(sift, context)
    lines = _records(sift, context)
    return sift.mapped({"order_line": lines}, _open_prices(sift))


def _joined_signs(table: Table) -> Table:
    """Write AU $3,000.00 as AU$3,000.00: one sign of currency."""
    names = [name for name in _MONEY if name in table.rows.columns]
    rows = table.rows.with_columns(pl.col(name).str.replace(r"^\s*([A-Z]{1,3})\s+\$\s*", "${1}$$") for name in names)
    return Table(table.columns, rows, table.overflow, table.skipped, table.exact, table.preamble)


def _drop(sift: Sift) -> None:
    money = [name for name in _MONEY if sift.has(name)]
    no_order, no_money = pl.col("Order Number") == "", pl.all_horizontal(pl.col(name) == "" for name in money)
    is_footer = pl.concat_str(pl.col(sift.rows.columns[1:4]), separator=" ").str.contains(r"(?i)record\(s\) downloaded|^seller id\b")
    sift.skip(no_money & (no_order | is_footer), FOOTER, "is no order: an empty row, or a footer of the report")
    sift.fault(no_order, NO_ORDER, "the order number is missing")


def _read(sift: Sift) -> None:
    money = [name for name in _MONEY if sift.has(name)]
    sift.settle_decimal(money)
    signs = [_sign(pl.col(name)) for name in money]
    sift.rows = sift.rows.with_columns(pl.coalesce(signs).alias("__sign"))
    sift.rows = sift.rows.with_columns(pl.col("__sign").drop_nulls().first().over(_OVER).alias("currency"))
    differs = pl.any_horizontal((sign != pl.col("currency")).fill_null(value=False) for sign in signs)
    sift.fault(pl.col("currency").is_null() | differs, NO_CURRENCY, "the amounts of the row name no currency, or two")
    for name, ours in _MONEY.items():
        sift.amount(f"{ours} stated", column=name, currency=pl.col("currency"))
    sift.rows = sift.rows.with_columns(pl.col(f"{ours} stated").alias(ours) for ours in _MONEY.values())
    sift.whole("quantity", "Quantity")
    sift.settle_order(["Sale Date", "Paid On Date"])
    sift.day("ordered_on", "Sale Date")
    sift.day("paid_on", "Paid On Date")
    sift.rows = sift.rows.with_columns(
        pl.col("ordered_on").drop_nulls().first().over(_OVER), pl.col("paid_on").drop_nulls().first().over(_OVER)
    )


def _sign(cells: pl.Expr) -> pl.Expr:
    mark = cells.str.strip_chars().str.extract(r"^-?\(?([A-Z]{0,3}\s?\$|£|€|[A-Z]{3})", 1).str.replace_all(r"\s", "")
    after = cells.str.strip_chars().str.extract(r"(€|£|[A-Z]{3})$", 1)
    known = SIGNS | {code: code for code in DIGITS}
    return pl.coalesce(mark, after).replace_strict(known, default=None, return_dtype=pl.String)


def _levels(sift: Sift) -> None:
    """Leave out order rows that only repeat what their item rows come to."""
    amounts = ("shipping", "marketplace_tax", "seller_tax", "sold_for")
    rows = mark_levels(sift.rows, item="Item Number", over=_OVER, applies=pl.lit(value=True))
    sift.rows = once(rows, amounts, _OVER)
    left = pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in amounts[:3])
    sift.skip(pl.col("is_above") & ~left, SUM_ROW, "is the sum of the item rows of its order")


def _prices(sift: Sift) -> None:
    """Tell from the total price whether Sold For is of one piece or of all; of one piece it is the same.

    A total price may hold the tax that eBay collects or not. What an order leaves open, the others of the file decide
    if they agree: the report is written in one way.
    """
    is_above = pl.col("is_above")
    each = pl.when(~is_above).then(pl.col("sold_for") * pl.col("quantity"))
    of_all = pl.when(~is_above).then(pl.col("sold_for"))
    has_above = is_above.any().over(_OVER)
    whole = pl.when(has_above).then(pl.col("Order Number")).otherwise(pl.col(ROW).cast(pl.String))
    rows = sift.rows.with_columns(whole.alias("__whole"), each.alias("__each"), of_all.alias("__all"))
    rows = rows.with_columns(_fits("__each").alias("__fits_each"), _fits("__all").alias("__fits_all"))
    is_each = pl.col("__fits_each") & ~pl.col("__fits_all")
    is_all = pl.col("__fits_all") & ~pl.col("__fits_each")
    each_anywhere, all_anywhere = rows.select(is_each.any(), is_all.any()).row(0)
    goods = (
        pl.when(pl.col("quantity") == 1)
        .then("__all")
        .when(is_each | pl.lit(bool(each_anywhere and not all_anywhere)) & ~is_all)
        .then("__each")
        .when(is_all | pl.lit(bool(all_anywhere and not each_anywhere)))
        .then("__all")
    )
    sift.rows = rows.with_columns(goods.alias("goods"))


def _fits(column: str) -> pl.Expr:
    """Tell whether the order comes to its total price when the goods are read in this way."""
    over = "__whole"
    goods = pl.col(column).sum().over(over)
    around = pl.col("shipping").fill_null(0).sum().over(over) + pl.col("seller_tax").fill_null(0).sum().over(over)
    tax = pl.col("marketplace_tax").fill_null(0).sum().over(over)
    total = pl.coalesce(pl.when(pl.col("is_above")).then(pl.col("total")).max().over(over), pl.col("total"))
    return ((total == goods + around) | (total == goods + around + tax)).fill_null(value=False)


def _keys(sift: Sift, context: Context) -> None:
    item = pl.when(pl.col("Item Number") == "").then(pl.lit("order")).otherwise(pl.col("Item Number"))
    number = pl.concat_str("Order Number", item, separator="/")
    again = pl.int_range(1, pl.len() + 1).over("__number")
    sift.rows = sift.rows.with_columns(number.alias("__number"))
    key = pl.when(again == 1).then(pl.col("__number")).otherwise(pl.concat_str("__number", again.cast(pl.String), separator="|"))
    buyers = cells_of(sift, "Buyer Username")
    names = cells_of(sift, "Ship To Country")
    known = {name: country_code(name) for name in names.drop_nulls().unique()}
    country = names.replace_strict(known, default=None, return_dtype=pl.String) if known else names
    sift.rows = sift.rows.with_columns(key.alias("key"), keyed_hashes(context.secret, buyers).alias("buyer_key"), country.alias("country"))


def _records(sift: Sift, context: Context) -> pl.DataFrame:
    is_by_ebay = pl.col("marketplace_tax").fill_null(0) != 0
    is_by_seller = pl.col("seller_tax").fill_null(0) != 0
    return sift.record(
        "order_line",
        channel=pl.lit(context.channel or CHANNEL),
        order_ref="Order Number",
        line_ref=sift.text("Transaction ID"),
        ordered_on="ordered_on",
        status=_status(sift),
        sku=sift.text("Custom Label"),
        title=sift.text("Item Title"),
        listing_ref=sift.text("Item Number"),
        quantity=pl.when(~pl.col("is_above")).then("quantity"),
        currency="currency",
        goods_minor="goods",
        goods_tax_minor=pl.when(is_by_seller).then("seller_tax").otherwise("marketplace_tax"),
        shipping_minor="shipping",
        tax_included=pl.when(is_by_ebay | is_by_seller).then(statement=False),
        tax_collected_by=pl.when(is_by_seller).then(pl.lit("seller")).when(is_by_ebay).then(pl.lit("marketplace")),
        ship_country="country",
        fulfilled_by=pl.lit("seller"),
        buyer_key="buyer_key",
        paid_on="paid_on",
    )


def _status(sift: Sift) -> pl.Expr:
    is_shipped = sift.text("Shipped On Date").is_not_null()
    return (
        pl.when(is_shipped).then(pl.lit("shipped")).when(pl.col("paid_on").is_not_null()).then(pl.lit("paid")).otherwise(pl.lit("unknown"))
    )


def _open_prices(sift: Sift) -> list[Finding]:
    open_ = sift.rows.filter(~pl.col("is_above") & pl.col("sold_for").is_not_null() & pl.col("goods").is_null())
    remedy = "import the transaction report of the same days; it states the subtotal of every item"
    message = said(
        "{count} rows leave open whether Sold For is the price of one piece or of all; their value stays unknown", count=open_.height
    )
    return [Finding(OPEN_PRICE, "warning", f"rows[{open_.get_column('__row')[0]}]", message, remedy)] if open_.height else []
