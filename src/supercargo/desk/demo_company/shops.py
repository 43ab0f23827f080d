"""The demonstration company's own shops: their orders, and what the payment houses kept and paid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw
from supercargo.desk.demo_company.trade import share, tax_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from supercargo.desk.demo_company.rows import Rows
    from supercargo.desk.demo_company.trade import Sale

PAYPAL_PER_THOUSAND = 300
_WEEK = 7


@dataclass(frozen=True, slots=True)
class House:
    """A payment house: what it keeps of a payment, and how its payouts are numbered."""

    channel: str
    currency: str
    fee_ppm: int
    fee_fixed: int
    payout_form: str
    days: int
    """From the end of the week to the day on which the money is there."""


HOUSES = {
    "shopify": House("shopify-payments", "EUR", 21_000, 30, "digits", 3),
    "woocommerce": House("stripe", "USD", 29_000, 30, "po_", 2),
    "paypal": House("paypal", "USD", 34_900, 49, "digits", 1),
}


def book(rows: Rows, sales: Sequence[Sale], titles: Mapping[str, str]) -> None:
    """Write down orders, payments, repayments and payouts of the own shops."""
    for channel in ("shopify", "woocommerce"):
        listed = [sale for sale in sales if sale.channel == channel]
        orders = [
            list(lines)
            for _, lines in groupby(sorted(listed, key=lambda sale: (sale.order_ref, sale.line_ref)), key=lambda sale: sale.order_ref)
        ]
        orders.sort(key=lambda lines: lines[0].at)
        for lines in orders:
            for sale in lines:
                _order(rows, sale, titles)
        by_house: dict[str, list[list[Sale]]] = {}
        for lines in orders:
            by_house.setdefault(house_of(lines[0]).channel, []).append(lines)
        for paid in by_house.values():
            _payments(rows, house_of(paid[0][0]), paid)


def house_of(sale: Sale) -> House:
    """Tell through whom an order was paid."""
    if sale.channel == "woocommerce" and Draw(f"paid|{sale.order_ref}").chance(PAYPAL_PER_THOUSAND):
        return HOUSES["paypal"]
    return HOUSES[sale.channel]


def due(sale: Sale) -> int:
    """Give what the buyer pays for a line, tax inside."""
    return sale.gross + sale.discount + sale.shipping


def _order(rows: Rows, sale: Sale, titles: Mapping[str, str]) -> None:
    inside = sale.channel == "shopify"
    tax = sum((tax_inside(sale.gross + sale.discount, sale.tax_ppm), tax_inside(sale.shipping, sale.tax_ppm))) if inside else 0
    rows.add(
        "order_line",
        key=f"{sale.order_ref}/{sale.line_ref}",
        channel=sale.channel,
        order_ref=sale.order_ref,
        line_ref=sale.line_ref,
        ordered_at=sale.at,
        ordered_on=sale.at.date(),
        status="shipped",
        sku=sale.sku,
        title=titles[sale.sku],
        quantity=sale.quantity,
        currency=sale.currency,
        unit_price_e6=sale.unit_price * 10_000,
        goods_minor=sale.gross,
        goods_tax_minor=tax,
        shipping_minor=sale.shipping,
        goods_discount_minor=sale.discount,
        tax_included=inside,
        ship_country=sale.country,
        fulfilled_by="seller",
        is_business=sale.business,
        paid_on=sale.at.date(),
        refunded_minor=due(sale) if sale.refunded_at is not None else 0,
    )


@dataclass(frozen=True, slots=True)
class _Payment:
    at: datetime
    order_ref: str
    amount: int
    fee: int


def _payments(rows: Rows, house: House, orders: Iterable[list[Sale]]) -> None:
    moved: list[_Payment] = []
    for lines in orders:
        total = sum(map(due, lines))
        moved.append(
            _Payment(lines[0].at + timedelta(seconds=40), lines[0].order_ref, total, share(total, house.fee_ppm) + house.fee_fixed)
        )
        moved.extend(_Payment(sale.refunded_at, sale.order_ref, -due(sale), 0) for sale in lines if sale.refunded_at is not None)
    moved.sort(key=lambda payment: (payment.at, payment.order_ref))
    for monday, week in groupby(moved, key=lambda payment: payment.at.date() - timedelta(days=payment.at.weekday())):
        _week(rows, house, monday, list(week))


def _week(rows: Rows, house: House, monday: date, week: Sequence[_Payment]) -> None:
    draw = Draw(f"{house.channel}|{monday}")
    payout = f"po_1{draw.digits(12)}" if house.payout_form == "po_" else draw.digits(11)
    arrives = monday + timedelta(days=_WEEK + house.days)
    net = sum(payment.amount - payment.fee for payment in week)
    for payment in week:
        kind = "customer_payment" if payment.amount > 0 else "customer_repayment"
        reference = f"txn_{draw.digits(14)}" if house.channel == "stripe" else draw.digits(13)
        common = {
            "channel": house.channel,
            "settlement_ref": payout if house.channel != "paypal" and net > 0 else None,
            "order_ref": payment.order_ref,
            "transaction_ref": reference,
            "currency": house.currency,
            "posted_at": payment.at,
            "posted_on": payment.at.date(),
            "status": "settled" if net > 0 else "open",
        }
        rows.add("money_line", **common, key=reference, kind=kind, amount_minor=payment.amount)
        if payment.fee:
            rows.add("money_line", **common, key=f"{reference}/fee", kind="fee_payment", amount_minor=-payment.fee)
    if net > 0:
        _pay_out(rows, house, payout, arrives, net)


def _pay_out(rows: Rows, house: House, payout: str, arrives: date, net: int) -> None:
    sent = arrives - timedelta(days=1)
    common = {"channel": house.channel, "currency": house.currency}
    at = datetime(sent.year, sent.month, sent.day, 2, 0, tzinfo=UTC)
    rows.add(
        "money_line",
        **common,
        key=f"{payout}/payout",
        transaction_ref=payout,
        related_ref=payout,
        kind="payout",
        amount_minor=-net,
        posted_at=at,
        posted_on=sent,
        status="settled",
    )
    rows.add(
        "payout", **common, payout_ref=payout, settlement_ref=payout, amount_minor=net, sent_on=sent, arrives_on=arrives, status="sent"
    )
