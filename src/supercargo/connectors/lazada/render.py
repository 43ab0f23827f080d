"""Records -> the orders export of Lazada's seller centre, as it writes it: a row per unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from supercargo.connectors.lazada.codes import HEADING
from supercargo.connectors.market.writing import Cell, number, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

_STATUS = {
    "pending": "unpaid", "paid": "ready_to_ship", "shipped": "shipped", "delivered": "delivered", "cancelled": "canceled",
    "refunded": "returned",
}  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def render_orders(order_line: pl.DataFrame, *, zone: str = "", customers: Mapping[str, tuple[str, float]] | None = None) -> bytes:
    """Write order lines as the orders export: sheet1, one row per unit, phones as numbers.

    Args:
        order_line: records; a line's amounts are shared over its units so that they sum to it.
        zone: in which the shop's clock runs.
        customers: order -> name and telephone.
    """
    rows: list[list[Cell]] = [list(HEADING)]
    for line in order_line.iter_rows(named=True):
        name, phone = (customers or {}).get(line["order_ref"], ("", ""))
        for cells in _units(line, zone):
            cells |= {"customerName": name, "shippingName": name, "shippingPhone": phone}
            rows.append([cells.get(column, "") for column in HEADING])
    return workbook([("sheet1", rows)])


def _units(line: Mapping[str, Any], zone: str) -> Iterator[dict[str, Cell]]:
    at = line["ordered_at"].astimezone(ZoneInfo(zone)) if line["ordered_at"] and zone else line["ordered_on"]
    time = f"{at:%d} {_MONTHS[at.month - 1]} {at:%Y}" + (f" {at:%H:%M}" if line["ordered_at"] and zone else "")
    quantity, currency = line["quantity"], line["currency"]
    shares = {
        name: _shared(line[name], quantity) for name in ("goods_minor", "goods_discount_minor", "shipping_minor", "refunded_minor")
    }  # fmt: skip
    for place in range(quantity):
        goods, discount, shipping, refunded = (shares[name][place] for name in shares)
        yield {
            "orderItemId": str(int(line["line_ref"]) + place) if line["line_ref"] else "", "orderType": "Normal",
            "sellerSku": line["sku"] or "",
            "lazadaSku": line["listing_ref"] or "", "createTime": time, "orderNumber": line["order_ref"],
            "shippingCountry": line["ship_country"] or "", "unitPrice": number(goods, currency),
            "paidPrice": number((goods or 0) + (discount or 0), currency), "sellerDiscountTotal": number(discount, currency),
            "shippingFee": number(shipping, currency), "itemName": line["title"] or "", "status": _STATUS.get(line["status"], ""),
            "refundAmount": number(refunded, currency), "walletCredit": 0, "bundleDiscount": 0,
        }  # fmt: skip


def _shared(total: int | None, units: int) -> list[int | None]:
    """Share an amount over units as evenly as whole minor units allow, the first ones taking the rest."""
    if total is None:
        return [None] * units
    share, rest = divmod(total, units)
    return [share + (place < rest) for place in range(units)]
