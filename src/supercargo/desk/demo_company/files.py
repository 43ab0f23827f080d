"""The demonstration company's files, each in the real format of the place that it would come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon import render as amazon
from supercargo.connectors.amazon.render_tax import render_vat
from supercargo.connectors.amazon.render_traffic import render_business_report
from supercargo.connectors.bank import render_camt, render_mt940
from supercargo.connectors.ebay import render as ebay
from supercargo.connectors.own_sheets import render as own_sheets
from supercargo.connectors.paypal import render as paypal
from supercargo.connectors.shopify import render as shopify
from supercargo.connectors.stripe import render as stripe
from supercargo.connectors.tiktok import render as tiktok
from supercargo.connectors.woocommerce import render as woocommerce
from supercargo.desk.demo_company import banks
from supercargo.desk.demo_company.rows import Rows, table
from supercargo.desk.demo_company.traffic import traffic
from supercargo.desk.files import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from supercargo.desk.demo_company.company import Trade

AMAZON = ("amazon-de", "amazon-gb")
OWN = {
    "supplier_line": "supplier-invoices",
    "freight_line": "freight-bills",
    "customs_line": "customs-bills",
    "receipt_line": "goods-receipts",
}
LONDON = "Europe/London"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and what the importer must be told beside it."""

    path: Path
    channel: str = ""
    zone: str = ""


def write(folder: Path, trade: Trade, progress: Callable[[str], None] | None = None) -> tuple[Written, ...]:
    """Write every file of the three months below a folder.

    Raises:
        OSError: the folder cannot be written.
    """
    written = []
    for name, content, channel, zone in _files(trade):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(Written(path, channel, zone))
        if progress is not None:
            progress(name)
    return tuple(written)


def _files(trade: Trade) -> Iterator[tuple[str, bytes, str, str]]:
    rows = trade.rows
    yield "catalogue.csv", (examples() / "catalogue.csv").read_bytes(), "", ""
    for noun, key in OWN.items():
        yield f"purchases/{key}.xlsx", own_sheets.render(key, {noun: rows.table(noun)}, language="zh", kind="xlsx"), "", ""
    for channel in AMAZON:
        yield from ((name, content, channel, "") for name, content in _amazon(rows, channel, trade))
    yield "shopify/orders.csv", shopify.render_orders(_orders(rows, "shopify"), is_tax_included=True), "", ""
    yield "shopify/payments-transactions.csv", shopify.render_payouts(_payments(rows, "shopify-payments")), "", ""
    yield "ebay/transactions.csv", ebay.render_transactions(_tables(rows, "ebay-gb") | _orders(rows, "ebay-gb")), "ebay-gb", ""
    yield "tiktok/orders.csv", tiktok.render_orders(rows.table("order_line", channel="tiktok-gb"), zone=LONDON), "tiktok-gb", LONDON
    moved = rows.table("money_line", channel="tiktok-gb").filter(pl.col("amount_minor") != 0)
    yield "tiktok/income.xlsx", tiktok.render_settlement(moved), "tiktok-gb", ""
    yield "woocommerce/orders.json", woocommerce.render_orders(_orders(rows, "woocommerce")), "", ""
    yield "stripe/payout-reconciliation.csv", stripe.render_balance(_payments(rows, "stripe")), "", ""
    yield "paypal/activity.csv", paypal.render_activity(_payments(rows, "paypal")), "", ""
    yield from ((name, content, "", "") for name, content in _banks(rows))


def _orders(rows: Rows, channel: str) -> dict[str, pl.DataFrame]:
    return {"order_line": rows.table("order_line", channel=channel)}


def _tables(rows: Rows, channel: str) -> dict[str, pl.DataFrame]:
    return {noun: rows.table(noun, channel=channel) for noun in ("money_line", "payout")}


def _payments(rows: Rows, channel: str) -> dict[str, pl.DataFrame]:
    """Give the tables of a payment house, its movements in the order of time."""
    tables = _tables(rows, channel)
    sorted_lines = tables["money_line"].sort("posted_on", "row", maintain_order=True)
    return tables | {"money_line": sorted_lines.with_columns(row=pl.int_range(2, pl.len() + 2))}


def _amazon(rows: Rows, channel: str, trade: Trade) -> Iterator[tuple[str, bytes]]:
    folder = f"amazon/{channel}"
    for settlement in rows.table("settlement", channel=channel).iter_slices(1):
        reference = settlement.item(0, "settlement_ref")
        lines = rows.table("money_line", channel=channel, settlement_ref=reference)
        yield f"{folder}-settlement-{reference}.txt", amazon.render_settlement(settlement=settlement, money_line=lines)
    yield f"{folder}-all-orders.txt", amazon.render_orders(order_line=rows.table("order_line", channel=channel))
    yield f"{folder}-vat-transactions.txt", render_vat(tax_line=rows.table("tax_line", channel=channel))
    yield f"{folder}-returns.txt", amazon.render_returns(customer_return=rows.table("customer_return", channel=channel))
    yield f"{folder}-inventory.txt", amazon.render_inventory(stock_count=rows.table("stock_count", channel=channel))
    yield f"{folder}-business-report.csv", render_business_report(traffic_day=traffic(trade, channel))
    if channel == "amazon-de":
        yield f"{folder}-inventory-ledger.txt", amazon.render_ledger(stock_move=rows.table("stock_move", channel=channel))
        yield f"{folder}-reimbursements.txt", amazon.render_reimbursements(reimbursement=rows.table("reimbursement", channel=channel))


def _banks(rows: Rows) -> Iterator[tuple[str, bytes]]:
    for currency in banks.ACCOUNTS:
        for statement, lines in banks.statements(rows, currency):
            tables = {"bank_statement": table("bank_statement", [statement]), "bank_line": table("bank_line", lines)}
            month = f"{statement['opening_on']:%Y-%m}"
            if currency in ("EUR", "USD"):
                yield f"bank/{currency}-{month}.camt053.xml", render_camt.render(tables)
            else:
                yield f"bank/{currency}-{month}.sta", render_mt940.render(tables)
