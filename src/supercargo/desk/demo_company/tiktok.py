"""The demonstration company on TikTok Shop: orders, and settlements by week with their many fees."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw
from supercargo.desk.demo_company.trade import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supercargo.desk.demo_company.rows import Rows
    from supercargo.desk.demo_company.trade import Sale

CHANNEL, CURRENCY = "tiktok-gb", "GBP"
COMMISSION_PPM, TRANSACTION_PPM, CREATOR_PPM = 90_000, 10_000, 120_000
LABEL = 296
CREATORS_PER_THOUSAND = 450


def book(rows: Rows, sales: Sequence[Sale], titles: Mapping[str, str]) -> None:
    """Write down orders and settlements."""
    listed = [sale for sale in sales if sale.channel == CHANNEL]
    for sale in listed:
        _order(rows, sale, titles)
    moved = sorted(
        [(_settled_on(sale.at.date() + timedelta(days=6)), 1, sale) for sale in listed]
        + [(_settled_on(sale.refunded_at.date()), -1, sale) for sale in listed if sale.refunded_at is not None],
        key=lambda one: (one[0], one[2].order_ref, -one[1], one[2].line_ref),
    )
    number = 1
    for day, settled in groupby(moved, key=lambda one: one[0]):
        total, last = 0, ("", 0)
        for _, sign, sale in settled:
            number += (sale.order_ref, sign) != last  # the statement has one row for each order
            last = (sale.order_ref, sign)
            total += _settle(rows, sale, sign, day, number)
        reference = f"{day} {CURRENCY}"
        rows.add(
            "payout",
            channel=CHANNEL,
            payout_ref=reference,
            settlement_ref=reference,
            currency=CURRENCY,
            amount_minor=total,
            sent_on=day,
            arrives_on=day,
            status="sent",
        )


def _order(rows: Rows, sale: Sale, titles: Mapping[str, str]) -> None:
    rows.add(
        "order_line",
        channel=CHANNEL,
        order_ref=sale.order_ref,
        line_ref=sale.line_ref,
        ordered_at=sale.at,
        ordered_on=sale.at.date(),
        status="delivered",
        sku=sale.sku,
        title=titles[sale.sku],
        listing_ref=f"17{Draw(sale.sku).digits(14)}",
        quantity=sale.quantity,
        currency=CURRENCY,
        unit_price_e6=sale.unit_price * 10_000,
        goods_minor=sale.gross,
        goods_discount_minor=sale.discount,
        shipping_minor=0,
        tax_included=True,
        ship_country="GB",
        fulfilled_by="seller",
        paid_on=sale.at.date(),
        refunded_minor=sale.gross + sale.discount if sale.refunded_at is not None else 0,
    )


def _settle(rows: Rows, sale: Sale, sign: int, day: date, number: int) -> int:
    paid = sale.gross + sale.discount
    creator = share(paid, CREATOR_PPM) if Draw(f"creator|{sale.order_ref}").chance(CREATORS_PER_THOUSAND) else 0
    if sign > 0:
        parts = {
            "Subtotal before discounts": ("sale_goods", sale.gross),
            "Seller discounts": ("discount_goods", sale.discount),
            "TikTok Shop commission fee": ("fee_referral", -share(paid, COMMISSION_PPM)),
            "Transaction fee": ("fee_payment", -share(paid, TRANSACTION_PPM)),
            "Affiliate commission": ("fee_affiliate", -creator),
            "Actual shipping fee": ("fee_shipping_label", -LABEL),
        }
    else:
        parts = {
            "Refund subtotal before seller discounts": ("refund_goods", -sale.gross),
            "Refund of seller discounts": ("refund_discount", -sale.discount),
            "TikTok Shop commission fee": ("fee_referral", share(paid, COMMISSION_PPM)),
            "Affiliate commission": ("fee_affiliate", creator),
        }
    for name, (kind, amount) in parts.items():
        rows.add(
            "money_line",
            row=number,
            channel=CHANNEL,
            settlement_ref=f"{day} {CURRENCY}",
            order_ref=sale.order_ref,
            transaction_ref=sale.order_ref,
            their_type="Order" if sign > 0 else "Refund",
            their_name=name,
            kind=kind,
            currency=CURRENCY,
            amount_minor=amount,
            posted_on=day,
            status="settled",
        )
    return sum(amount for _, amount in parts.values())


def _settled_on(day: date) -> date:
    """Give the Monday after a day."""
    return day + timedelta(days=7 - day.weekday())
