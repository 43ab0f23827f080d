"""Records -> the files of TikTok's seller centre, as it writes them: what the demonstration and the proofs read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import polars as pl

from supercargo.connectors.market.parts import DIFFERENCE
from supercargo.connectors.market.writing import Cell, amount, delimited, number, workbook
from supercargo.connectors.tiktok.codes import ORDER_HEADING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

_STATUS = {"pending": "Unpaid", "paid": "To ship", "shipped": "Shipped", "delivered": "Completed", "cancelled": "Canceled"}
_FULFILMENT = {"channel": "Fulfillment by TikTok Shop", "seller": "Fulfillment by seller"}
_FORMS = {"dmy": ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y"), "mdy": ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y")}
_COUNTRY = {"GB": "United Kingdom", "US": "United States"}


def render_orders(
    order_line: pl.DataFrame,
    *,
    zone: str = "",
    dates: str = "dmy",
    describe: bool = True,
    statuses: Mapping[str, str] | None = None,
    buyers: Mapping[str, str] | None = None,
) -> bytes:
    """Write order lines as the orders export: UTF-8 with its mark, ids and times ending in a TAB, order amounts on every row.

    Args:
        order_line: records; the order's shipping, tax and refund stand on one of its lines.
        zone: in which the shop's clock runs; times are written as days where it is empty.
        dates: dmy or mdy.
        describe: write the second row, which explains the columns.
        statuses: our status -> the word of another language.
        buyers: order -> user name.
    """
    rows: list[list[Cell]] = [list(ORDER_HEADING)]
    if describe:
        rows.append([f"Platform unique {name.lower()}." if name == "Order ID" else f"{name}." for name in ORDER_HEADING])
    totals = _totals(order_line)
    words = {**_STATUS, **(statuses or {})}
    for line in order_line.iter_rows(named=True):
        cells = _order_cells(line, totals[line["order_ref"]], words, (buyers or {}).get(line["order_ref"], ""), (zone, dates))
        rows.append([cells.get(name, "") for name in ORDER_HEADING])
    return delimited(rows)


def _totals(order_line: pl.DataFrame) -> dict[str, dict[str, int | None]]:
    """Sum what stands once per order, and all that the buyer pays."""
    totals: dict[str, dict[str, int | None]] = {}
    for line in order_line.iter_rows(named=True):
        of = totals.setdefault(line["order_ref"], dict.fromkeys(("shipping_minor", "goods_tax_minor", "refunded_minor", "amount")))
        for name in ("shipping_minor", "goods_tax_minor", "refunded_minor"):
            of[name] = _sum(of[name], line[name])
        for name in ("goods_minor", "goods_discount_minor", "shipping_minor", "goods_tax_minor"):
            of["amount"] = _sum(of["amount"], line[name])
    return totals


def _sum(left: int | None, right: int | None) -> int | None:
    return right if left is None else left if right is None else left + right


def _order_cells(
    line: Mapping[str, Any], order: Mapping[str, int | None], words: Mapping[str, str], buyer: str, clock: tuple[str, str]
) -> dict[str, str]:
    currency = line["currency"]
    goods, discount = line["goods_minor"], line["goods_discount_minor"]
    return {
        "Order ID": f"{line['order_ref']}\t", "Order Status": words.get(line["status"], ""), "SKU ID": f"{line['listing_ref']}\t",
        "Normal or Pre-order": "Normal", "Seller SKU": line["sku"] or "", "Product Name": line["title"] or "",
        "Quantity": "" if line["quantity"] is None else str(line["quantity"]), "SKU Unit Original Price": amount_e6(line["unit_price_e6"]),
        "SKU Subtotal Before Discount": amount(goods, currency), "SKU Platform Discount": amount(0, currency),
        "SKU Seller Discount": amount(discount, currency, sign=-1), "SKU Subtotal After Discount": amount(_sum(goods, discount), currency),
        "Shipping Fee After Discount": amount(order["shipping_minor"], currency),
        "Original Shipping Fee": amount(order["shipping_minor"], currency), "Taxes": amount(order["goods_tax_minor"], currency),
        "Order Amount": amount(order["amount"], currency), "Order Refund Amount": amount(order["refunded_minor"], currency),
        "Created Time": _time(line["ordered_at"], line["ordered_on"], clock) + "\t",
        "Paid Time": _time(None, line["paid_on"], clock) + "\t",
        "Fulfillment Type": _FULFILMENT.get(line["fulfilled_by"], ""), "Buyer Username": buyer,
        "Country": _COUNTRY.get(line["ship_country"], line["ship_country"] or ""),
    }  # fmt: skip


def amount_e6(value: int | None) -> str:
    """Write millionths of a currency without trailing zeros beyond the cent."""
    if value is None:
        return ""
    whole, rest = divmod(value, 1_000_000)
    fraction = f"{rest:06d}".rstrip("0")
    return f"{whole}.{fraction:0<2}"


def _time(at: datetime | None, on: date | None, clock: tuple[str, str]) -> str:
    zone, dates = clock
    with_time, day_only = _FORMS[dates]
    if at is not None and zone:
        return at.astimezone(ZoneInfo(zone)).strftime(with_time)
    return on.strftime(day_only) if on is not None else ""


def render_settlement(money_line: pl.DataFrame, *, heading: str = "Order/adjustment ID  ") -> bytes:
    """Write money lines as a statement: sheet "Order details", one row per order or adjustment, a column per fee that occurs.

    Args:
        money_line: records of one currency; lines of one settlement, transaction, type and product stand in one row.
        heading: what the first column is called, with its two blanks; it was renamed more than once.
    """
    names = [
        name for name in money_line.get_column("their_name").unique(maintain_order=True) if name not in ("Adjustment amount", DIFFERENCE)
    ]
    first = [heading, "Type", "Order created time", "Order settled time", "Currency", "Total settlement amount"]
    rows: list[list[Cell]] = [[*first, *names, "Adjustment amount", "Related order ID", "Customer payment"]]
    for (_, reference, kind, _, _), part in money_line.group_by(
        "settlement_ref", "transaction_ref", "their_type", "line_ref", "row", maintain_order=True
    ):
        one = part.row(0, named=True)
        sums = dict(part.group_by("their_name").agg(pl.col("amount_minor").sum()).iter_rows())
        money = [number(sums.get(name, 0), one["currency"]) for name in (*names, "Adjustment amount")]
        related = one["order_ref"] if one["order_ref"] and one["order_ref"] != reference else "/"
        day = one["posted_on"].strftime("%Y/%m/%d")
        rows.append([str(reference), str(kind), "", day, one["currency"], number(sum(sums.values()), one["currency"]), *money, related, ""])
    return workbook([("Order details", rows)])
