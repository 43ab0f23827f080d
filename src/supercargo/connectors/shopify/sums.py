"""The arithmetic of an order: what its discounts come to, and whether tax stands inside or on top of its prices."""

from __future__ import annotations

import polars as pl

from supercargo.connectors.raw.sift import DIGITS
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.shopify.codes import NOT_SUBTOTAL, NOT_TOTAL
from supercargo.connectors.shops.writing import money_text
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

_MICRO_DIGITS = 6
_ORDER = "__order"


def add_sums(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``goods_minor``, ``line_discount``, ``order_discount`` (both <= 0), ``tax_included`` and the two gaps.

    The subtotal is what the goods cost after discounts. So the discount on goods is their value less the
    subtotal; the columns Lineitem discount and Discount Amount say where it comes from: both apart, the
    second holding the first, or the second given on shipping. Where none of the three fits, both are
    taken as they stand and ``subtotal_gap`` is not zero.
    """
    step = (pl.lit(10) ** (_MICRO_DIGITS - pl.col("currency").replace_strict(DIGITS, default=2, return_dtype=pl.Int64))).cast(pl.Int64)
    exact = pl.col("unit_price_e6") * pl.col("quantity")
    rows = rows.with_columns(
        pl.when(exact % step == 0).then(exact // step).otherwise((2 * exact + step) // (2 * step)).alias("goods_minor"),
        (-pl.col("lineitem discount").abs()).alias("line_discount"),
    )
    goods = pl.col("goods_minor").sum().over(_ORDER)
    of_lines = pl.col("line_discount").fill_null(0).sum().over(_ORDER)
    stated = (-_of_order("discount amount").abs()).fill_null(0)
    needed = _of_order("subtotal") - goods
    fits = {"apart": stated, "inside": stated - of_lines, "on_shipping": pl.lit(0)}
    chosen = (
        pl.when(needed == of_lines + fits["apart"])
        .then(fits["apart"])
        .when(needed == of_lines + fits["inside"])
        .then(fits["inside"])
        .when(needed == of_lines)
        .then(fits["on_shipping"])
        .otherwise(fits["apart"])
    )
    rows = rows.with_columns(pl.when(pl.col("__head")).then(chosen).alias("order_discount"))
    rows = rows.with_columns((needed - of_lines - _of_order("order_discount")).alias("subtotal_gap"))
    return _taxes(rows)


def _taxes(rows: pl.DataFrame) -> pl.DataFrame:
    before = _of_order("subtotal") + _of_order("shipping").fill_null(0) + _of_order("duties").fill_null(0)
    taxes, total = _of_order("taxes"), _of_order("total")
    inside = (taxes != 0) & (total == before)
    on_top = (taxes != 0) & (total == before + taxes)
    included = pl.when(inside).then(statement=True).when(on_top).then(statement=False)
    return rows.with_columns(
        included.alias("tax_included"),
        pl.when(~(inside | on_top)).then(total - before - taxes.fill_null(0)).otherwise(0).alias("total_gap"),
    )


def _of_order(column: str) -> pl.Expr:
    return pl.col(column).drop_nulls().first().over(_ORDER)


def doubts(rows: pl.DataFrame) -> list[Finding]:
    """Name the orders whose columns do not come to their subtotal or total, with the money between."""
    heads = rows.filter("__head")
    subtotal = _gaps(heads, "subtotal_gap", NOT_SUBTOTAL, "the lines and discounts of the order do not come to its subtotal; {gap} is open")
    total = _gaps(heads, "total_gap", NOT_TOTAL, "subtotal, shipping and taxes of the order do not come to its total; {gap} is open")
    return [*subtotal, *total]


def _gaps(heads: pl.DataFrame, column: str, code: str, sentence: str) -> list[Finding]:
    open_ = heads.filter(pl.col(column).fill_null(0) != 0).select(ROW, column, "currency", "Name")
    remedy = "look the order up in the shop: it was probably edited, or carries a tip, a duty or a gift card"
    return [
        Finding(code, "warning", f"rows[{row}]", said(sentence, gap=f"{money_text(gap, currency)} {currency}"), remedy)
        for row, gap, currency, _ in open_.head(100).iter_rows()
    ]
