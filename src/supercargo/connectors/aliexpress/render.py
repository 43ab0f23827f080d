"""Records -> the orders export of AliExpress's seller centre, as far as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supercargo.connectors.aliexpress.codes import HEADING, PACIFIC
from supercargo.connectors.market.writing import Cell, amount, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

_STATUS = {"pending": "等待买家付款", "paid": "等待卖家发货", "shipped": "等待买家收货", "delivered": "交易完成", "cancelled": "订单关闭"}
_SIGN = {"USD": "US $", "EUR": "€ ", "CNY": "CN ¥", "RUB": "RUB "}


def render_orders(order_line: pl.DataFrame, *, buyers: Mapping[str, str] | None = None) -> bytes:
    """Write order lines, one per order, as the Chinese orders export: amounts with their sign, times in US Pacific.

    Args:
        order_line: records in one of the currencies that the export marks.
        buyers: order -> name.
    """
    rows: list[list[Cell]] = [list(HEADING)]
    for line in order_line.iter_rows(named=True):
        sign, currency = _SIGN[line["currency"]], line["currency"]
        goods, shipping, discount = (line[name] or 0 for name in ("goods_minor", "shipping_minor", "goods_discount_minor"))
        at = line["ordered_at"].astimezone(ZoneInfo(PACIFIC)).strftime("%Y-%m-%d %H:%M:%S") if line["ordered_at"] else ""
        cells = {
            "订单号": line["order_ref"], "订单状态": _STATUS.get(line["status"], ""), "买家名称": (buyers or {}).get(line["order_ref"], ""),
            "下单时间": at or str(line["ordered_on"]), "付款时间": f"{line['paid_on']} 00:00:00" if line["paid_on"] else "",
            "产品总金额": sign + amount(goods, currency), "物流费用": sign + amount(shipping, currency),
            "订单金额": sign + amount(goods + shipping + discount, currency), "满立减": sign + amount(-discount, currency),
            "收货国家": line["ship_country"] or "", HEADING[10]: line["title"] or "",
        }  # fmt: skip
        rows.append([cells.get(name, "") for name in HEADING])
    return workbook([("订单", rows)])


def product_cell(title: str, sku: str, quantity: int) -> str:
    """Write a product as the export's cell does: the title of such a line in the records is this text."""
    return f"【1】 {title}\n(商家编码:{sku})\n(产品数量:{quantity} 件)"
