"""The demonstration company on Amazon: orders, settlements of fourteen days, taxes, returns, stock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw
from supercargo.desk.demo_company.trade import FIRST, LAST, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from supercargo.desk.demo_company.fees import Tariff
    from supercargo.desk.demo_company.rows import Row, Rows
    from supercargo.desk.demo_company.trade import Sale

PERIOD = timedelta(days=14)
MARKETS = {"amazon-de": "DE", "amazon-gb": "GB"}
WAREHOUSES = {"amazon-de": "fba-eu", "amazon-gb": "fba-gb"}
CENTRES = {"amazon-de": "LEJ1", "amazon-gb": "BHX4"}
REFUND_FEE_PPM, REFUND_FEE_MOST = 200_000, 500
SUBSCRIPTION = {"amazon-de": 3900, "amazon-gb": 2500}
RESERVE = 15_000
OVERCHARGED = "HL-FLK-014"


def book(rows: Rows, sales: Iterable[Sale], tariff: Tariff, titles: Mapping[str, str]) -> None:
    """Write down everything that Amazon reports about its sales."""
    listed = [sale for sale in sales if sale.channel in MARKETS]
    for sale in listed:
        _order(rows, sale, titles)
        _tax(rows, sale)
        if sale.sent_back_at is not None:
            _return(rows, sale)
    for channel in MARKETS:
        _settle(rows, channel, [sale for sale in listed if sale.channel == channel], tariff)


def listing(sku: str) -> str:
    """Give the listing's number, in the form of the marketplace's."""
    return f"B0{Draw(sku).digits(8)}"


def _order(rows: Rows, sale: Sale, titles: Mapping[str, str]) -> None:
    rows.add(
        "order_line",
        channel=sale.channel,
        order_ref=sale.order_ref,
        ordered_at=sale.at,
        ordered_on=sale.at.date(),
        status="shipped",
        sku=sale.sku,
        title=titles[sale.sku],
        listing_ref=listing(sale.sku),
        quantity=sale.quantity,
        currency=sale.currency,
        goods_minor=sale.gross,
        goods_tax_minor=sale.goods_tax,
        shipping_minor=0,
        shipping_tax_minor=0,
        goods_discount_minor=sale.discount,
        tax_included=True,
        tax_collected_by="marketplace",
        ship_country=sale.country,
        fulfilled_by="channel",
        is_business=sale.business,
    )


def _tax(rows: Rows, sale: Sale) -> None:
    moments = [("sale", sale.at, 1)] + ([("refund", sale.refunded_at, -1)] if sale.refunded_at else [])
    for number, (kind, at, sign) in enumerate(moments):
        gross, tax = sign * sale.gross, sign * sale.goods_tax
        rows.add(
            "tax_line",
            channel=sale.channel,
            transaction_type=kind,
            transaction_ref=f"{sale.order_ref}-{sale.line_ref}-{number}",
            activity_ref=f"{sale.order_ref}-{sale.line_ref}-{number}",
            order_ref=sale.order_ref,
            sku=sale.sku,
            quantity=sale.quantity,
            currency=sale.currency,
            net_minor=gross - tax,
            tax_minor=tax,
            gross_minor=gross,
            rate_ppm=sale.tax_ppm,
            tax_point_on=at.date(),
            dispatched_from="DE" if sale.channel == "amazon-de" else "GB",
            arrives_in=sale.country,
            taxed_in=sale.country,
            scheme="deemed_reseller",
            collected_by="marketplace",
            is_business=sale.business,
        )


def _return(rows: Rows, sale: Sale) -> None:
    at = sale.sent_back_at
    if at is None:
        return
    sellable = Draw(f"return|{sale.order_ref}|{sale.sku}").chance(700)
    rows.add(
        "customer_return",
        channel=sale.channel,
        returned_on=at.date(),
        order_ref=sale.order_ref,
        sku=sale.sku,
        quantity=sale.quantity,
        disposition="SELLABLE" if sellable else "CUSTOMER_DAMAGED",
        reason="UNWANTED_ITEM" if sellable else "DEFECTIVE",
        warehouse=CENTRES[sale.channel],
    )


def _settle(rows: Rows, channel: str, sales: list[Sale], tariff: Tariff) -> None:
    begins, held, number = FIRST, 0, 0
    draw = Draw(f"settlement|{channel}")
    while begins <= LAST:
        ends, number = begins + PERIOD, number + 1
        reference = draw.digits(11)
        lines = _Settlement(rows, channel, reference, ends)
        _lines_of_sales(lines, sales, begins, ends, tariff)
        _lines_of_the_account(lines, channel, begins, ends, draw)
        if held:
            lines.add("other-transaction", "other-transaction", "Previous Reserve Amount Balance", held, ends)
        held = RESERVE
        lines.add("other-transaction", "other-transaction", "Current Reserve Amount", -held, ends)
        _close(rows, channel, reference, begins, ends, lines)
        begins = ends


class _Settlement:
    """One settlement in the making."""

    def __init__(self, rows: Rows, channel: str, reference: str, ends: date) -> None:
        self._rows, self._channel, self._reference = rows, channel, reference
        self.currency = "EUR" if channel == "amazon-de" else "GBP"
        self.total = 0
        self._ends = ends

    def add(self, kind: str, part: str, name: str, amount: int, on: date, sale: Sale | None = None, sku: str | None = None) -> Row:
        """Add one component of one transaction."""
        self.total += amount
        at = sale.at if sale is not None else None
        hour = at.hour if at is not None else 3
        return self._rows.add(
            "money_line",
            channel=self._channel,
            settlement_ref=self._reference,
            order_ref=sale.order_ref if sale is not None else None,
            line_ref=f"{Draw(sale.order_ref + sale.line_ref).digits(14)}" if sale is not None else None,
            sku=sale.sku if sale is not None else sku,
            their_type=kind,
            their_name=f"{part}/{name}",
            currency=self.currency,
            amount_minor=amount,
            quantity=sale.quantity if sale is not None and name == "Principal" else None,
            posted_at=datetime(on.year, on.month, on.day, hour, 15, tzinfo=UTC),
            posted_on=on,
            status="settled",
            country="DE" if self._channel == "amazon-de" else "GB",
        )


def _lines_of_sales(lines: _Settlement, sales: list[Sale], begins: date, ends: date, tariff: Tariff) -> None:
    for sale in sales:
        shipped = sale.at.date() + timedelta(days=1)
        if begins <= shipped < ends:
            _sold(lines, sale, shipped, tariff)
        if sale.refunded_at is not None and begins <= sale.refunded_at.date() < ends:
            _refunded(lines, sale, sale.refunded_at.date(), tariff)


def _sold(lines: _Settlement, sale: Sale, on: date, tariff: Tariff) -> None:
    market = MARKETS[sale.channel]
    net = sale.gross - sale.goods_tax
    lines.add("Order", "ItemPrice", "Principal", net, on, sale)
    lines.add("Order", "ItemPrice", "Tax", sale.goods_tax, on, sale)
    lines.add("Order", "ItemWithheldTax", "MarketplaceFacilitatorVAT-Principal", -sale.goods_tax, on, sale)
    if sale.discount:
        lines.add("Order", "Promotion", "Principal", sale.discount, on, sale)
    lines.add(
        "Order",
        "ItemFees",
        "Commission",
        -sale.quantity * tariff.commission(market, sale.sku, sale.unit_price + sale.discount, sale.currency, on),
        on,
        sale,
    )
    fee = tariff.fulfilment(market, sale.sku, sale.unit_price + sale.discount, sale.currency, on)
    lines.add("Order", "ItemFees", "FBAPerUnitFulfillmentFee", -fee * sale.quantity, on, sale)


def _refunded(lines: _Settlement, sale: Sale, on: date, tariff: Tariff) -> None:
    market = MARKETS[sale.channel]
    fee = sale.quantity * tariff.commission(market, sale.sku, sale.unit_price + sale.discount, sale.currency, on)
    lines.add("Refund", "ItemPrice", "Principal", -(sale.gross - sale.goods_tax), on, sale)
    lines.add("Refund", "ItemPrice", "Tax", -sale.goods_tax, on, sale)
    lines.add("Refund", "ItemWithheldTax", "MarketplaceFacilitatorVAT-Principal", sale.goods_tax, on, sale)
    if sale.discount:
        lines.add("Refund", "Promotion", "Principal", -sale.discount, on, sale)
    lines.add("Refund", "ItemFees", "Commission", fee, on, sale)
    lines.add("Refund", "ItemFees", "RefundCommission", -min(share(fee, REFUND_FEE_PPM), REFUND_FEE_MOST), on, sale)


def _lines_of_the_account(lines: _Settlement, channel: str, begins: date, ends: date, draw: Draw) -> None:
    lines.add("ServiceFee", "Cost of Advertising", "TransactionTotalAmount", -draw.whole(9_000, 21_000), ends - timedelta(days=1))
    for day in (begins + timedelta(days=number) for number in range((ends - begins).days)):
        if day.day == 2:  # noqa: PLR2004 - the plan is charged on the second
            lines.add("other-transaction", "other-transaction", "Subscription Fee", -SUBSCRIPTION[channel], day)
        if day.day == 8:  # noqa: PLR2004 - storage of the month before is charged on the eighth
            lines.add("other-transaction", "other-transaction", "Storage Fee", -draw.whole(4_000, 7_500), day)


def _close(rows: Rows, channel: str, reference: str, begins: date, ends: date, lines: _Settlement) -> None:
    deposit = ends + timedelta(days=2)
    common = {"channel": channel, "settlement_ref": reference, "currency": lines.currency}
    rows.add("settlement", **common, begins_on=begins, ends_on=ends, deposit_on=deposit, total_minor=lines.total)
    rows.add("payout", **common, payout_ref=reference, amount_minor=lines.total, sent_on=deposit, arrives_on=deposit, status="sent")
