"""The FBA customer returns report -> what buyers sent back, in which condition and why; their comments are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.inventory import pool
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

OFFICIAL = (
    "return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "fulfillment-center-id", "detailed-disposition",
    "reason", "status", "license-plate-number", "customer-comments",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys(OFFICIAL, ())
REQUIRED = ("return-date", "order-id", "sku", "quantity", "detailed-disposition", "reason")
_IDENTITY = ("return-date", "order-id", "sku", "license-plate-number", "detailed-disposition", "reason")


def certainty(raw: Raw) -> int:
    """Tell how sure the file is an FBA customer returns report."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("fulfillment-center-id", "license-plate-number"))


def map_returns(raw: Raw, context: Context) -> Mapped:
    """Map returns; the report is of a whole account and names no marketplace.

    Raises:
        Refused: AMZ-123, nobody told whose account it is; what the reader raises.
    """
    _, account = pool(context)
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context, decimal=".")
    sift.fault(pl.col("order-id") == "", "AMZ-114", "the row has no order number")
    sift.whole("returned", "quantity")
    sift.day("returned_on", "return-date", required=True)
    sift.keyed([name for name in _IDENTITY if sift.has(name)], occurrence=True, within=["order-id"])
    returns = sift.record(
        "customer_return",
        channel=pl.lit(context.channel or account),
        returned_on="returned_on",
        order_ref="order-id",
        sku=sift.text("sku"),
        quantity="returned",
        disposition=sift.text("detailed-disposition"),
        reason=sift.text("reason"),
        warehouse=sift.text("fulfillment-center-id"),
    )
    return sift.mapped({"customer_return": returns})
