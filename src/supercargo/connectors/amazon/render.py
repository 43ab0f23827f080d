"""Writes records back as Amazon's reports, for samples and for the proof that what is read is what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon import inventory, ledger, orders, reimbursements, returns, settlement
from supercargo.connectors.amazon.codes import CODES
from supercargo.connectors.amazon.writing import INSTANTS, file_of, instant, marketplaces, money, style_of, tabbed, text, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFUND = "(?i)refund|chargeback|guarantee"
_STATUS = {
    "pending": "Pending",
    "paid": "Unshipped",
    "shipped": "Shipped",
    "delivered": "Shipped - Delivered to Buyer",
    "cancelled": "Cancelled",
}


def render_settlement(
    *, settlement: pl.DataFrame, money_line: pl.DataFrame, payout: pl.DataFrame | None = None, decimal: str = "", dates: str = ""
) -> bytes:
    """Write settlements of one currency, each with its summary row and its lines.

    Args:
        settlement: records of settlements.
        money_line: their lines; a line without a country has no marketplace's name.
        payout: not needed, the summary rows imply it; taken so that all tables of a mapping can be given.
        decimal: a comma or a point, else as the currency's reports have it.
        dates: ymd, dmy or jp, else as the currency's reports have it.

    Raises:
        ValueError: the settlements are in several currencies.
    """
    del payout
    currencies = settlement.get_column("currency").unique().to_list()
    if len(currencies) != 1:
        msg = f"a report has one currency, not {len(currencies)}"
        raise ValueError(msg)
    style, sign = style_of(currencies[0])
    form, sign = INSTANTS[dates or style], decimal or sign
    parts = []
    for ref in settlement.get_column("settlement_ref"):
        parts.append(_summary(settlement.filter(pl.col("settlement_ref") == ref), form, sign))
        parts.append(_settlement_lines(money_line.filter(pl.col("settlement_ref") == ref), form, sign))
    return file_of(*parts)


def _summary(frame: pl.DataFrame, form: str, sign: str) -> pl.DataFrame:
    return tabbed(
        frame,
        settlement_columns,
        settlement_id=text("settlement_ref"),
        settlement_start_date=instant("begins_on", form),
        settlement_end_date=instant("ends_on", form),
        deposit_date=instant("deposit_on", form),
        total_amount=money("total_minor", decimal=sign),
        currency=text("currency"),
    )


def _settlement_lines(frame: pl.DataFrame, form: str, sign: str) -> pl.DataFrame:
    back = pl.col("their_type").str.contains(_REFUND).fill_null(value=False)
    name = pl.col("their_name").str.splitn("/", 2).struct
    shown = pl.when(pl.col("country").is_not_null() | pl.col("channel").eq_missing("amazon-mcf")).then(marketplaces("channel"))
    return tabbed(
        frame,
        settlement_columns,
        settlement_id=text("settlement_ref"),
        transaction_type=text("their_type"),
        order_id=text("order_ref"),
        adjustment_id=pl.when(back).then(text("transaction_ref")).otherwise(pl.lit("")),
        shipment_id=pl.when(back).then(pl.lit("")).otherwise(text("transaction_ref")),
        marketplace_name=shown.fill_null(""),
        amount_type=name[0].fill_null(""),
        amount_description=name[1].fill_null(""),
        amount=money("amount_minor", decimal=sign),
        fulfillment_id=pl.when(pl.col("order_ref").is_not_null()).then(pl.lit("AFN")).otherwise(pl.lit("")),
        posted_date=instant("posted_on", form.split(" ", maxsplit=1)[0]),
        posted_date_time=instant("posted_at", form),
        order_item_code=text("line_ref"),
        sku=text("sku"),
        quantity_purchased=text("quantity"),
    )


settlement_columns = tuple(settlement.COLUMNS)


def render_orders(*, order_line: pl.DataFrame) -> bytes:
    """Write an all-orders report; the columns of marketplace facilitators follow only where a line needs them."""
    collected = bool((order_line.get_column("tax_collected_by") == "marketplace").any())
    columns = (*orders.OFFICIAL, *(("tax-collection-model",) if collected else ()), "order-item-id")
    at = pl.coalesce(instant("ordered_at", "%Y-%m-%dT%H:%M:%S+00:00").replace("", None), instant("ordered_on", "%Y-%m-%d"))
    amounts = {name.replace("-", "_"): money(ours) for name, ours in orders.MONEY.items()}
    discounts = {name.replace("-", "_"): money(pl.col(ours).abs()) for name, ours in orders.DISCOUNTS.items()}
    status = words("status", _STATUS, "Unknown")
    frame = tabbed(
        order_line,
        columns,
        amazon_order_id=text("order_ref"),
        merchant_order_id=text("order_ref"),
        purchase_date=at,
        last_updated_date=at,
        order_status=status,
        item_status=pl.when(status == "Cancelled").then(pl.lit("Cancelled")).otherwise(status.str.split(" - ").list.first()),
        fulfillment_channel=words("fulfilled_by", {"channel": "Amazon", "seller": "Merchant"}),
        sales_channel=marketplaces("channel"),
        product_name=text("title"),
        sku=text("sku"),
        asin=text("listing_ref"),
        quantity=text("quantity"),
        currency=text("currency"),
        ship_country=text("ship_country"),
        is_business_order=pl.col("is_business").cast(pl.String).fill_null(""),
        order_item_id=text("line_ref"),
        tax_collection_model=words("tax_collected_by", {"marketplace": "MarketplaceFacilitator"}),
        **amounts,
        **discounts,
    )
    return file_of(frame)


def render_inventory(*, stock_count: pl.DataFrame) -> bytes:
    """Write an FBA inventory report of one pool on one day; all that is on its way stands as shipped."""
    on_the_way = pl.when(pl.col("inbound").is_not_null()).then(pl.lit("0")).otherwise(pl.lit(""))
    frame = tabbed(
        stock_count,
        inventory.OFFICIAL,
        sku=text("sku"),
        fnsku=text("fulfilment_sku"),
        asin=text("listing_ref"),
        product_name=text("title"),
        condition=text("condition"),
        mfn_listing_exists=pl.lit("No"),
        afn_listing_exists=pl.lit("Yes"),
        afn_fulfillable_quantity=text("sellable"),
        afn_unsellable_quantity=text("unsellable"),
        afn_reserved_quantity=text("reserved"),
        afn_total_quantity=text("total"),
        afn_inbound_working_quantity=on_the_way,
        afn_inbound_shipped_quantity=text("inbound"),
        afn_inbound_receiving_quantity=on_the_way,
        afn_researching_quantity=text("researching"),
    )
    return file_of(frame)


def render_reimbursements(*, reimbursement: pl.DataFrame) -> bytes:
    """Write a reimbursements report; reversals are positive amounts in it."""
    units = pl.sum_horizontal("units_paid", "units_restocked")
    frame = tabbed(
        reimbursement,
        reimbursements.OFFICIAL,
        approval_date=instant("approved_on", "%Y-%m-%dT00:00:00+00:00"),
        reimbursement_id=text("reimbursement_ref"),
        case_id=text("case_ref"),
        amazon_order_id=text("order_ref"),
        reason=text("reason"),
        sku=text("sku"),
        condition=pl.lit("SELLABLE"),
        currency_unit=text("currency"),
        amount_total=money(_unsigned("amount_minor")),
        quantity_reimbursed_cash=_unsigned("units_paid").cast(pl.String).fill_null(""),
        quantity_reimbursed_inventory=_unsigned("units_restocked").cast(pl.String).fill_null(""),
        quantity_reimbursed_total=units.abs().cast(pl.String),
        original_reimbursement_id=text("reverses_ref"),
    )
    return file_of(frame)


def _unsigned(column: str) -> pl.Expr:
    reversal = pl.col("reason").str.to_lowercase().str.contains("reversal|clawback").fill_null(value=False)
    return pl.when(reversal).then(pl.col(column).abs()).otherwise(pl.col(column))


def render_returns(*, customer_return: pl.DataFrame) -> bytes:
    """Write an FBA customer returns report."""
    frame = tabbed(
        customer_return,
        returns.OFFICIAL,
        return_date=instant("returned_on", "%Y-%m-%dT00:00:00+00:00"),
        order_id=text("order_ref"),
        sku=text("sku"),
        quantity=text("quantity"),
        fulfillment_center_id=text("warehouse"),
        detailed_disposition=text("disposition"),
        reason=text("reason"),
        status=pl.lit("Unit returned to inventory"),
    )
    return file_of(frame)


_EVENTS: Mapping[str, str] = {ours: theirs for theirs, ours in CODES["ledger_events"].items()}


def render_ledger(*, stock_move: pl.DataFrame) -> bytes:
    """Write a detailed inventory ledger, the month first; a movement that is no event of its own is an adjustment."""
    frame = tabbed(
        stock_move,
        ledger.OFFICIAL,
        Date=instant("moved_on", "%m/%d/%Y"),
        MSKU=text("sku"),
        EventType=words("kind", dict(_EVENTS), "Adjustments"),
        ReferenceID=text("reference"),
        Quantity=text("quantity"),
        Disposition=text("disposition"),
        Reason=text("reason"),
        Country=text("country"),
    )
    return file_of(frame)
