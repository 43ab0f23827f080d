"""What the reader of batch costs must be told: lines without a place, missing units, estimates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.batch_cost.components import BATCH_KEY, usable
from supercargo.engines.accounting.home_value import half_up_whole, shown
from supercargo.kernel.currency import is_currency
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.batch_cost.facts import Facts


def of_lines(bought: pl.DataFrame, _facts: Facts) -> Iterator[Finding]:
    """Report supplier's lines that cannot become part of a batch."""
    for line in bought.filter(~usable()).iter_rows(named=True):
        message = said(
            "the supplier's line {key} ({amount}) names no shipment, product, quantity or price", key=line["key"], amount=_amount(line)
        )
        yield Finding("COGS-101", "error", f"supplier_line[{line['key']}]", message, "complete the line; until then its goods have no cost")


def of_bills(
    bills: pl.DataFrame, entries: pl.DataFrame, known: pl.DataFrame, shared: pl.DataFrame, _facts: Facts
) -> Iterator[Finding]:  # fmt: skip
    """Report bills that belong nowhere, duty that is not stated, and measures that are not known."""
    shipments = known.select("shipment_ref").unique()
    for noun, table in (("freight_line", bills), ("customs_line", entries)):
        lost = table.join(shipments, on="shipment_ref", how="anti")
        if noun == "customs_line":
            named = table.join(shipments, on="shipment_ref", how="semi").filter(pl.col("sku").is_not_null())
            lost = pl.concat([lost, named.join(known, on=BATCH_KEY, how="anti")])
        for line in lost.iter_rows(named=True):
            message = said("no batch belongs to the bill {key} ({amount})", key=line["key"], amount=_amount(line))
            yield Finding(
                "COGS-104", "error", f"{noun}[{line['key']}]", message, "correct its shipment or product, or import the supplier's invoice"
            )
    for line in entries.filter(pl.col("duty_minor").is_null()).iter_rows(named=True):
        message = said(
            "the customs line {key} does not state its duty; the batches of {shipment} have no cost",
            key=line["key"],
            shipment=line["shipment_ref"],
        )
        yield Finding("COGS-105", "error", f"customs_line[{line['key']}].duty_minor", message, "state the duty, 0 where none was due")
    for key, by in shared.filter("fell_back").select("key", "shipment_ref").unique().sort("key").iter_rows():
        message = said(
            "the bill {key} cannot be shared as it says: the measure is not known for all goods of {shipment}", key=key, shipment=by
        )
        yield Finding(
            "COGS-103",
            "warning",
            f"freight_line[{key}].share_by",
            message,
            "it is shared by value; state weight or volume on the supplier's lines",
        )


def of_arrivals(batches: pl.DataFrame, facts: Facts) -> Iterator[Finding]:
    """Report units that differ, goods without an invoice, and shipments without a receipt."""
    for batch in batches.filter(pl.col("units_received") != pl.col("units_invoiced")).iter_rows(named=True):
        yield _difference(batch, facts.home)
    stray = facts.receipt_lines.join(batches, on=BATCH_KEY, how="anti")
    for sku, units in stray.group_by("sku").agg(pl.col("quantity").sum()).sort("sku").iter_rows():
        message = said("{units} units of {sku} arrived that no supplier's line of the shipment names", units=units, sku=sku or "?")
        yield Finding(
            "COGS-106",
            "error",
            f"receipt_line[{sku}]",
            message,
            "import the supplier's invoice or correct the shipment; they have no cost until then",
        )
    silent = batches.filter(pl.col("units_received").is_null()).get_column("shipment_ref").unique().sort().to_list()
    for shipment in silent:
        message = said("no receipt is recorded for the shipment {shipment}", shipment=shipment)
        yield Finding(
            "COGS-108",
            "note",
            f"shipments[{shipment}]",
            message,
            "it counts as arrived in full on the day of entry, else of invoice; import the receipt",
        )


def of_estimates(batches: pl.DataFrame, estimate: pl.DataFrame, facts: Facts) -> Iterator[Finding]:
    """Report provisional batches and how much of their cost is estimated."""
    by_shipment = (
        batches.filter("is_provisional").group_by("shipment_ref").agg(pl.col("estimated_minor").sum(), pl.col("total_minor").sum())
    )
    for shipment, estimated, total in by_shipment.sort("shipment_ref").iter_rows():
        path = f"shipments[{shipment}].freight"
        if estimate.is_empty():
            message = said(
                "no freight bill for the shipment {shipment}, and nothing to estimate it by: its cost is without freight", shipment=shipment
            )
            yield Finding("COGS-107", "warning", path, message, "import the bill, or state the company's usual freight rate")
            continue
        share = Figure.percent(Decimal(half_up_whole(estimated * 1000, total) if total else 0).scaleb(-1))
        message = said(
            "no freight bill for the shipment {shipment}: {estimated} of its cost ({share}) is estimated",
            shipment=shipment, estimated=shown(estimated, facts.home), share=share.shown(),
        )  # fmt: skip
        yield Finding("COGS-107", "warning", path, message, "its cost is provisional; import the bill")


def _difference(batch: dict[str, int | str | None], home: str) -> Finding:
    invoiced, received = int(batch["units_invoiced"] or 0), int(batch["units_received"] or 0)
    purchase = batch["purchase_minor"]
    worth = (
        "?" if purchase is None or invoiced == 0 else shown(half_up_whole(int(purchase) * abs(invoiced - received), abs(invoiced)), home)
    )
    path = f"batches[{batch['shipment_ref']}/{batch['sku']}].units"
    if received < invoiced:
        message = said(
            "{missing} of {invoiced} units of {sku} did not arrive with {shipment}: {worth} of purchase cost",
            missing=invoiced - received, invoiced=invoiced, sku=batch["sku"], shipment=batch["shipment_ref"], worth=worth,
        )  # fmt: skip
        return Finding(
            "COGS-102",
            "warning",
            path,
            message,
            "claim them; until a credit is booked the units that arrived carry the whole cost",
            "term-batch-cost",
        )
    message = said(
        "{more} units of {sku} more than invoiced arrived with {shipment}: {worth} at the invoiced price",
        more=received - invoiced, sku=batch["sku"], shipment=batch["shipment_ref"], worth=worth,
    )  # fmt: skip
    return Finding(
        "COGS-102", "warning", path, message, "ask the supplier; until then the invoiced cost is spread over all of them", "term-batch-cost"
    )


def _amount(line: dict[str, int | str | None]) -> str:
    amount, currency = line["amount_minor"], line["currency"]
    return shown(int(amount), str(currency)) if amount is not None and is_currency(str(currency)) else "?"
