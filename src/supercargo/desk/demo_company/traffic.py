"""How many people looked at what the demonstration company offers on Amazon in the last month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw
from supercargo.desk.demo_company.rows import Row, table
from supercargo.desk.demo_company.trade import LAST

if TYPE_CHECKING:
    import polars as pl

    from supercargo.desk.demo_company.company import Trade
    from supercargo.desk.demo_company.trade import Sale


def traffic(trade: Trade, channel: str) -> pl.DataFrame:
    """Give sessions, views, units and sales by day of the last month."""
    days: dict[int, list[Sale]] = {day: [] for day in range(1, LAST.day + 1)}
    for sale in trade.sales:
        if sale.channel == channel and (sale.at.year, sale.at.month) == (LAST.year, LAST.month):
            days[sale.at.day].append(sale)
    return table("traffic_day", [_day(channel, day, sales) for day, sales in days.items()])


def _day(channel: str, day: int, sales: list[Sale]) -> Row:
    draw = Draw(f"traffic|{channel}|{day}")
    units = sum(sale.quantity for sale in sales)
    sessions = units * draw.whole(8, 14) + draw.whole(5, 40)
    return {
        "channel": channel,
        "day": LAST.replace(day=day),
        "sessions": sessions,
        "page_views": sessions + draw.whole(10, 90),
        "units": units,
        "orders": len({sale.order_ref for sale in sales}),
        "currency": "EUR" if channel == "amazon-de" else "GBP",
        "sales_minor": sum(sale.gross for sale in sales),
    }
