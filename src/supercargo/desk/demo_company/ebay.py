"""The demonstration company on eBay: one report of transactions, payouts by week."""

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

CHANNEL, CURRENCY = "ebay-gb", "GBP"
FEE_PPM, FEE_FIXED = 112_500, 30


def book(rows: Rows, sales: Sequence[Sale], titles: Mapping[str, str]) -> None:
    """Write down what the report of transactions says."""
    listed = [sale for sale in sales if sale.channel == CHANNEL]
    moved = sorted(
        [(sale.at.date(), 1, sale) for sale in listed]
        + [(sale.refunded_at.date(), -1, sale) for sale in listed if sale.refunded_at is not None],
        key=lambda one: (one[0], one[2].order_ref, -one[1], one[2].line_ref),
    )
    number = 1
    for monday, week in groupby(moved, key=lambda one: one[0] - timedelta(days=one[0].weekday())):
        payout, sent = Draw(f"{CHANNEL}|{monday}").digits(10), monday + timedelta(days=8)
        begins, net = len(rows.of["money_line"]), 0
        for day, sign, sale in week:
            number += 1
            net += _moved(rows, sale, sign, day, payout, number, titles)
        if net > 0:
            number += 1
            _pay_out(rows, payout, sent, net, number)
        else:  # nothing is paid out: what is owed stays open
            for line in rows.of["money_line"][begins:]:
                line.update(settlement_ref=None, status="open")


def _moved(rows: Rows, sale: Sale, sign: int, day: date, payout: str, number: int, titles: Mapping[str, str]) -> int:
    goods, shipping = sale.gross + sale.discount, sale.shipping
    fee = share(goods + shipping, FEE_PPM)
    fixed = FEE_FIXED if sale.line_ref == "1" and sign > 0 else 0
    parts = {
        "goods": ("sale_goods" if sign > 0 else "refund_goods", sign * goods),
        "shipping": ("sale_shipping" if sign > 0 else "refund_shipping", sign * shipping),
        "fvf-fixed": ("fee_closing", -fixed),
        "fvf": ("fee_referral", -sign * fee),
    }
    for suffix, (kind, amount) in parts.items():
        if amount:
            rows.add(
                "money_line",
                row=number,
                key=f"{number}/{suffix}",
                channel=CHANNEL,
                settlement_ref=payout,
                order_ref=sale.order_ref,
                line_ref=_line_ref(sale),
                sku=sale.sku,
                kind=kind,
                their_type="Order" if sign > 0 else "Refund",
                currency=CURRENCY,
                amount_minor=amount,
                quantity=sale.quantity,
                posted_on=day,
                status="settled",
                country="GB",
            )
    if sign > 0:
        _order(rows, sale, number, titles, goods)
    return sum(amount for _, amount in parts.values())


def _order(rows: Rows, sale: Sale, number: int, titles: Mapping[str, str], goods: int) -> None:
    rows.add(
        "order_line",
        row=number,
        channel=CHANNEL,
        order_ref=sale.order_ref,
        line_ref=_line_ref(sale),
        ordered_on=sale.at.date(),
        status="paid",
        sku=sale.sku,
        title=titles[sale.sku],
        listing_ref=f"25{Draw(sale.sku).digits(10)}",
        quantity=sale.quantity,
        currency=CURRENCY,
        goods_minor=goods,
        goods_tax_minor=share(goods + sale.shipping, 200_000),
        shipping_minor=sale.shipping,
        tax_included=False,
        tax_collected_by="marketplace",
        ship_country="GB",
        fulfilled_by="seller",
    )


def _pay_out(rows: Rows, payout: str, sent: date, net: int, number: int) -> None:
    common = {"channel": CHANNEL, "currency": CURRENCY}
    rows.add(
        "money_line",
        **common,
        row=number,
        key=str(number),
        related_ref=payout,
        transaction_ref=payout,
        kind="payout",
        their_type="Payout",
        amount_minor=-net,
        posted_on=sent,
        status="settled",
    )
    rows.add("payout", **common, payout_ref=payout, settlement_ref=payout, amount_minor=net, sent_on=sent, arrives_on=sent, status="sent")


def _line_ref(sale: Sale) -> str:
    return Draw(sale.order_ref + sale.line_ref).digits(13)
