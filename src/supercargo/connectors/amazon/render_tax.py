"""Writes lines of tax back as the VAT transactions report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import CODES
from supercargo.connectors.amazon.vat_columns import OFFICIAL, SINCE_2021
from supercargo.connectors.amazon.writing import file_of, instant, marketplaces, money, text, words

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPES = {ours: theirs for theirs, ours in CODES["tax_types"].items()}
_SCHEMES = {ours: theirs for theirs, ours in CODES["tax_schemes"].items()}

_MOVED = ("transfer", "inbound", "return")
"""What names no place of sale."""


def render_vat(*, tax_line: pl.DataFrame, stock_move: pl.DataFrame | None = None, columns: int = 95) -> bytes:
    """Write the report; movements of stock are implied by its lines.

    Args:
        tax_line: the records.
        stock_move: not needed; taken so that all tables of a mapping can be given.
        columns: 95, or 92 as until 2021.
    """
    del stock_move
    names = OFFICIAL if columns == len(OFFICIAL) else [name for name in OFFICIAL if name not in SINCE_2021]
    cells = dict(_cells())
    return file_of(tax_line.select(cells.get(name, pl.lit("")).alias(name) for name in names))


def _cells() -> Iterable[tuple[str, pl.Expr]]:
    kind = pl.col("transaction_type")
    day = instant("tax_point_on", "%d-%m-%Y")
    taxed = ~kind.is_in(_MOVED)
    event = pl.col("transaction_ref").fill_null("")
    rate = pl.col("rate_ppm")
    yield "ACTIVITY_PERIOD", instant("tax_point_on", "%Y-%b").str.to_uppercase()
    yield "SALES_CHANNEL", pl.lit("AFN")
    yield "MARKETPLACE", marketplaces("channel").str.to_lowercase()
    yield "TRANSACTION_TYPE", words("transaction_type", _TYPES).replace("", None).fill_null(kind.str.to_uppercase())
    yield "TRANSACTION_EVENT_ID", event
    yield "ACTIVITY_TRANSACTION_ID", text("activity_ref")
    yield "TAX_CALCULATION_DATE", pl.when(taxed).then(day).otherwise(pl.lit(""))
    yield from ((name, day) for name in ("TRANSACTION_DEPART_DATE", "TRANSACTION_ARRIVAL_DATE", "TRANSACTION_COMPLETE_DATE"))
    yield "SELLER_SKU", text("sku")
    yield "QTY", text("quantity")
    yield "COST_PRICE_OF_ITEMS", money("cost_minor")
    yield "TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL", money("net_minor")
    yield "PRICE_OF_ITEMS_VAT_RATE_PERCENT", pl.when(rate.is_not_null()).then(_rate(rate)).otherwise(pl.lit(""))
    yield "TOTAL_ACTIVITY_VALUE_VAT_AMT", money("tax_minor")
    yield "TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL", money("gross_minor")
    yield "TRANSACTION_CURRENCY_CODE", text("currency")
    yield "DEPARTURE_COUNTRY", text("dispatched_from")
    yield "ARRIVAL_COUNTRY", text("arrives_in")
    yield "SALE_DEPART_COUNTRY", pl.when(taxed).then(text("dispatched_from")).otherwise(pl.lit(""))
    yield "SALE_ARRIVAL_COUNTRY", pl.when(taxed).then(text("arrives_in")).otherwise(pl.lit(""))
    yield "BUYER_VAT_NUMBER", pl.when(pl.col("is_business")).then(pl.lit("XX000000000")).otherwise(pl.lit(""))
    yield "VAT_CALCULATION_IMPUTATION_COUNTRY", text("taxed_in")
    yield "TAX_REPORTING_SCHEME", words("scheme", _SCHEMES).replace("", None).fill_null(pl.col("scheme").str.to_uppercase()).fill_null("")
    yield "TAX_COLLECTION_RESPONSIBILITY", pl.col("collected_by").str.to_uppercase().fill_null("")


def _rate(ppm: pl.Expr) -> pl.Expr:
    """0.19 for 190,000 parts per million."""
    return (
        pl.concat_str([(ppm // 1_000_000).cast(pl.String), pl.lit("."), (ppm % 1_000_000).cast(pl.String).str.zfill(6)])
        .str.strip_chars_end("0")
        .str.strip_chars_end(".")
    )
