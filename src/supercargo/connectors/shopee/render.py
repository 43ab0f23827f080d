"""Records -> the orders export of Shopee's seller centre, as it writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from supercargo.connectors.market.writing import Cell, number, workbook
from supercargo.connectors.shopee.codes import FEES, HEADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

_STATUS = {"pending": "Unpaid", "paid": "To ship", "shipped": "Shipping", "delivered": "Completed", "cancelled": "Cancelled"}
_COLUMN = {
    "transaction_fee": "Transaction Fee(Incl. GST)", "commission_fee": "Commission Fee (Incl. GST)",
    "service_fee": "Service Fee (incl. GST)",
    "reverse_shipping": "Reverse Shipping Fee", "coin_cashback": "Seller Absorbed Coin Cashback",
    "estimated_shipping": "Estimated Shipping Fee", "shipping_rebate": "Shipping Rebate Estimate",
}  # fmt: skip


def render_orders(
    order_line: pl.DataFrame, money_line: pl.DataFrame | None = None, *, zone: str = "", buyers: Mapping[str, str] | None = None
) -> bytes:
    """Write order lines and their fees as the English orders export: XLSX, the order's amounts on each of its rows.

    Args:
        order_line: records; shipping and vouchers of an order stand on one of its lines.
        money_line: the fees, by the names that reading gives them; Shopee Rebate by product.
        zone: in which the shop's clock runs.
        buyers: order -> user name.
    """
    fees, rebates = _fees(money_line)
    totals = _totals(order_line)
    rows: list[list[Cell]] = [list(HEADING)]
    for line in order_line.iter_rows(named=True):
        order = line["order_ref"]
        cells: dict[str, Cell] = {
            **_goods(line, zone), **_order(totals[order], line["currency"]), "Username (Buyer)": (buyers or {}).get(order, ""),
            "Shopee Rebate": number(rebates.get((order, line["sku"])), line["currency"]),
        }  # fmt: skip
        for column, (name, _, sign, _) in FEES.items():
            cells[_COLUMN[column]] = number(fees.get((order, name), 0), line["currency"], sign=sign)
        rows.append([cells.get(name, "") for name in HEADING])
    return workbook([("orders", rows)])


def _fees(money_line: pl.DataFrame | None) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    lines: Iterable[dict[str, Any]] = money_line.iter_rows(named=True) if money_line is not None else ()
    fees: dict[tuple[str, str], int] = {}
    rebates: dict[tuple[str, str], int] = {}
    for line in lines:
        if line["their_name"] == "Shopee Rebate":
            rebates[line["order_ref"], line["sku"]] = line["amount_minor"]
        else:
            fees[line["order_ref"], line["their_name"]] = line["amount_minor"]
    return fees, rebates


def _totals(order_line: pl.DataFrame) -> dict[str, dict[str, int]]:
    totals: dict[str, dict[str, int]] = {}
    for line in order_line.iter_rows(named=True):
        of = totals.setdefault(line["order_ref"], {"goods_minor": 0, "shipping_minor": 0, "goods_discount_minor": 0})
        for name in of:
            of[name] += line[name] or 0
    return totals


def _goods(line: Mapping[str, Any], zone: str) -> dict[str, Cell]:
    at = line["ordered_at"].astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if line["ordered_at"] and zone else ""
    paid = line["paid_on"].strftime("%Y-%m-%d 00:00") if line["paid_on"] else ""
    price = line["unit_price_e6"] / 1_000_000 if line["unit_price_e6"] is not None else ""
    return {
        "Order ID": line["order_ref"], "Order Status": _STATUS.get(line["status"], ""),
        "Order Creation Date": at or f"{line['ordered_on']:%Y-%m-%d}", "Order Paid Time": paid, "Product Name": line["title"] or "",
        "SKU Reference No.": line["sku"] or "", "Original Price": price, "Deal Price": price, "Quantity": line["quantity"],
        "Product Subtotal": number(line["goods_minor"], line["currency"]), "Country": line["ship_country"] or "",
    }  # fmt: skip


def _order(total: Mapping[str, int], currency: str) -> dict[str, Cell]:
    return {
        "Seller Voucher": number(total["goods_discount_minor"], currency, sign=-1), "Seller Bundle Discount": 0,
        "Buyer Paid Shipping Fee": number(total["shipping_minor"], currency), "Grand Total": number(sum(total.values()), currency),
        "Total Amount": number(total["goods_minor"], currency),
    }  # fmt: skip
