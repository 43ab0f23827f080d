"""The tables that importers fill: one schema per noun, the same for every source.

Every table begins with ``row`` (the number of the file's row from which the record comes, as its owner
counts: from 1, header included) and ``key`` (what makes the record the same one in another file: unique
within its table and channel). Amounts are integers in the currency's minor unit, ``*_e6`` in millionths of the
currency, ``*_ppm`` in millionths; ``*_on`` are dates, ``*_at`` instants in UTC. Null is unknown, never zero.
The sign is the seller's: in is positive, out is negative. A text that is not known is null, not empty.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT, _WHOLE, _DAY, _TRUTH = pl.String(), pl.Int64(), pl.Date(), pl.Boolean()
_INSTANT = pl.Datetime("us", "UTC")

Schema = dict[str, pl.DataType]


def _schema(**columns: pl.DataType) -> Schema:
    return {"row": _WHOLE, "key": _TEXT, **columns}


ORDER_LINE = _schema(
    channel=_TEXT,  # "amazon-de", "shopify", "woocommerce-shop1"
    order_ref=_TEXT,
    line_ref=_TEXT,  # their number of the line, where they have one
    ordered_at=_INSTANT,  # null where the file has only a date
    ordered_on=_DAY,  # the day in the file's own reckoning
    status=_TEXT,  # pending | paid | shipped | delivered | cancelled | refunded | unknown
    sku=_TEXT,
    title=_TEXT,
    listing_ref=_TEXT,  # ASIN, item number, product id
    quantity=_WHOLE,  # negative in a table that states returns so
    currency=_TEXT,
    unit_price_e6=_WHOLE,  # where the file states a unit price, which may be finer than a cent
    goods_minor=_WHOLE,  # the line's total, before discount, as the file states it; with tax where tax_included
    goods_tax_minor=_WHOLE,
    shipping_minor=_WHOLE,
    shipping_tax_minor=_WHOLE,
    giftwrap_minor=_WHOLE,
    giftwrap_tax_minor=_WHOLE,
    goods_discount_minor=_WHOLE,  # <= 0
    shipping_discount_minor=_WHOLE,  # <= 0
    tax_included=_TRUTH,  # null where the file does not say
    tax_collected_by=_TEXT,  # marketplace | seller
    ship_country=_TEXT,  # ISO 3166 alpha-2
    dispatch_country=_TEXT,
    fulfilled_by=_TEXT,  # channel | seller
    buyer_key=_TEXT,  # a keyed hash, never the name or address
    is_business=_TRUTH,
    paid_on=_DAY,
    refunded_minor=_WHOLE,  # >= 0, what was given back so far
)
MONEY_LINE = _schema(
    channel=_TEXT,  # the marketplace, or the payment house: "stripe", "paypal", "shopify-payments"
    settlement_ref=_TEXT,  # settlement or payout to which the line belongs, null while it is open
    order_ref=_TEXT,
    line_ref=_TEXT,
    transaction_ref=_TEXT,  # their number of the movement
    related_ref=_TEXT,  # of a reversal, release or conversion: the number of its other half
    sku=_TEXT,
    kind=_TEXT,  # engines.accounting.kinds
    their_type=_TEXT,
    their_name=_TEXT,
    currency=_TEXT,
    amount_minor=_WHOLE,
    quantity=_WHOLE,
    posted_at=_INSTANT,
    posted_on=_DAY,
    status=_TEXT,  # settled | open | deferred | held | reversed
    release_on=_DAY,
    country=_TEXT,  # the market (Amazon.de -> DE) or the buyer's country, where the row says so
)
SETTLEMENT = _schema(
    channel=_TEXT,
    settlement_ref=_TEXT,
    begins_on=_DAY,
    ends_on=_DAY,
    deposit_on=_DAY,
    currency=_TEXT,
    total_minor=_WHOLE,  # what the source says that the lines come to
)
PAYOUT = _schema(
    channel=_TEXT,
    payout_ref=_TEXT,
    settlement_ref=_TEXT,
    currency=_TEXT,
    amount_minor=_WHOLE,  # positive: on its way to our bank; negative: drawn from it
    sent_on=_DAY,
    arrives_on=_DAY,
    status=_TEXT,  # sent | open | failed
)
BANK_STATEMENT = _schema(
    account=_TEXT,  # IBAN or the bank's own number
    statement_ref=_TEXT,
    currency=_TEXT,
    opening_minor=_WHOLE,
    opening_on=_DAY,
    closing_minor=_WHOLE,
    closing_on=_DAY,
)
BANK_LINE = _schema(
    account=_TEXT,
    statement_ref=_TEXT,
    currency=_TEXT,
    amount_minor=_WHOLE,
    booked_on=_DAY,
    value_on=_DAY,
    counterparty=_TEXT,
    text=_TEXT,
    bank_ref=_TEXT,
    end_to_end_ref=_TEXT,
    is_reversal=_TRUTH,
)
STOCK_COUNT = _schema(
    channel=_TEXT,
    warehouse=_TEXT,  # "fba-eu" (one pool, counted once), or the company's own
    counted_on=_DAY,
    sku=_TEXT,
    fulfilment_sku=_TEXT,
    listing_ref=_TEXT,
    title=_TEXT,
    condition=_TEXT,
    sellable=_WHOLE,
    unsellable=_WHOLE,
    reserved=_WHOLE,
    inbound=_WHOLE,
    researching=_WHOLE,
    total=_WHOLE,
)
STOCK_MOVE = _schema(
    channel=_TEXT,
    warehouse=_TEXT,
    to_warehouse=_TEXT,
    country=_TEXT,
    to_country=_TEXT,
    moved_on=_DAY,
    sku=_TEXT,
    kind=_TEXT,  # receipt | sale | return | transfer | lost | found | damaged | disposed | removed | adjustment
    quantity=_WHOLE,  # positive into the stock, negative out of it
    reference=_TEXT,
    reason=_TEXT,
    disposition=_TEXT,
)
REIMBURSEMENT = _schema(
    channel=_TEXT,
    approved_on=_DAY,
    reimbursement_ref=_TEXT,
    case_ref=_TEXT,
    order_ref=_TEXT,
    reason=_TEXT,
    sku=_TEXT,
    currency=_TEXT,
    amount_minor=_WHOLE,
    units_paid=_WHOLE,
    units_restocked=_WHOLE,
    reverses_ref=_TEXT,
)
CUSTOMER_RETURN = _schema(
    channel=_TEXT,
    returned_on=_DAY,
    order_ref=_TEXT,
    sku=_TEXT,
    quantity=_WHOLE,
    disposition=_TEXT,
    reason=_TEXT,
    warehouse=_TEXT,
)
TAX_LINE = _schema(
    channel=_TEXT,
    transaction_type=_TEXT,  # sale | refund | return | transfer | inbound | donation | liquidation | commingling_buy | commingling_sell
    transaction_ref=_TEXT,
    activity_ref=_TEXT,
    order_ref=_TEXT,
    sku=_TEXT,
    quantity=_WHOLE,
    currency=_TEXT,
    net_minor=_WHOLE,
    tax_minor=_WHOLE,
    gross_minor=_WHOLE,
    rate_ppm=_WHOLE,
    tax_point_on=_DAY,
    dispatched_from=_TEXT,
    arrives_in=_TEXT,
    taxed_in=_TEXT,
    scheme=_TEXT,  # regular | oss_union | ioss | deemed_reseller | uk_voec | ch_voec ... their word in lower case where new
    collected_by=_TEXT,  # seller | marketplace
    is_business=_TRUTH,
    cost_minor=_WHOLE,
)
TRAFFIC_DAY = _schema(
    channel=_TEXT,
    day=_DAY,
    listing_ref=_TEXT,
    parent_ref=_TEXT,
    sku=_TEXT,
    title=_TEXT,
    sessions=_WHOLE,
    page_views=_WHOLE,
    units=_WHOLE,
    orders=_WHOLE,
    currency=_TEXT,
    sales_minor=_WHOLE,
)
ADVERT_DAY = _schema(
    channel=_TEXT,
    day=_DAY,
    campaign=_TEXT,
    ad_group=_TEXT,
    sku=_TEXT,
    currency=_TEXT,
    cost_minor=_WHOLE,
    impressions=_WHOLE,
    clicks=_WHOLE,
    orders=_WHOLE,
    sales_minor=_WHOLE,
)
SUPPLIER_LINE = _schema(
    supplier=_TEXT,
    invoice_ref=_TEXT,
    invoiced_on=_DAY,
    due_on=_DAY,
    shipment_ref=_TEXT,  # the batch to which the goods belong
    sku=_TEXT,
    quantity=_WHOLE,
    currency=_TEXT,
    unit_price_e6=_WHOLE,
    amount_minor=_WHOLE,
    weight_g=_WHOLE,  # of the line's goods, for sharing freight
    volume_cm3=_WHOLE,
)
FREIGHT_LINE = _schema(
    forwarder=_TEXT,
    bill_ref=_TEXT,
    billed_on=_DAY,
    shipment_ref=_TEXT,
    charge=_TEXT,
    share_by=_TEXT,  # value | weight | volume | quantity
    currency=_TEXT,
    amount_minor=_WHOLE,
)
CUSTOMS_LINE = _schema(
    broker=_TEXT,
    entry_ref=_TEXT,
    entered_on=_DAY,
    shipment_ref=_TEXT,
    country=_TEXT,
    sku=_TEXT,  # null: shared over the shipment
    hs_code=_TEXT,
    currency=_TEXT,
    customs_value_minor=_WHOLE,
    duty_minor=_WHOLE,
    import_tax_minor=_WHOLE,  # reclaimable, never a cost of the goods
    fees_minor=_WHOLE,
)
RECEIPT_LINE = _schema(  # goods that arrived in a warehouse: what begins a batch
    warehouse=_TEXT,
    shipment_ref=_TEXT,
    received_on=_DAY,
    sku=_TEXT,
    quantity=_WHOLE,
)
PRODUCT = _schema(
    sku=_TEXT,
    title=_TEXT,
    title_zh=_TEXT,
    brand=_TEXT,
    category=_TEXT,
    barcode=_TEXT,
    hs_code=_TEXT,
    origin_country=_TEXT,
    currency=_TEXT,
    unit_cost_minor=_WHOLE,
    weight_g=_WHOLE,
    length_mm=_WHOLE,
    width_mm=_WHOLE,
    height_mm=_WHOLE,
)

TABLES: Mapping[str, Schema] = MappingProxyType(
    {
        "order_line": ORDER_LINE,
        "money_line": MONEY_LINE,
        "settlement": SETTLEMENT,
        "payout": PAYOUT,
        "bank_statement": BANK_STATEMENT,
        "bank_line": BANK_LINE,
        "stock_count": STOCK_COUNT,
        "stock_move": STOCK_MOVE,
        "reimbursement": REIMBURSEMENT,
        "customer_return": CUSTOMER_RETURN,
        "tax_line": TAX_LINE,
        "traffic_day": TRAFFIC_DAY,
        "advert_day": ADVERT_DAY,
        "supplier_line": SUPPLIER_LINE,
        "freight_line": FREIGHT_LINE,
        "customs_line": CUSTOMS_LINE,
        "receipt_line": RECEIPT_LINE,
        "product": PRODUCT,
    }
)


def table_of(noun: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Bring a frame to the schema of a noun: columns in order, those that it lacks as unknown.

    Raises:
        ValueError: the frame has a column that the noun does not know, or one that is not of its type.
    """
    schema = TABLES[noun]
    strange = [name for name in frame.columns if name not in schema]
    if strange:
        msg = f"{noun} has no column {', '.join(strange)}"
        raise ValueError(msg)
    return frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items()
    )
