"""The reports of Amazon that are read, each with how it is recognised, mapped and written back."""

from __future__ import annotations

from supercargo.connectors.amazon import inventory, ledger, orders, reimbursements, returns, settlement, settlement_old, traffic, vat
from supercargo.connectors.amazon.render import (
    render_inventory,
    render_ledger,
    render_orders,
    render_reimbursements,
    render_returns,
    render_settlement,
)
from supercargo.connectors.amazon.render_tax import render_vat
from supercargo.connectors.amazon.render_traffic import render_business_report, render_sales_and_traffic
from supercargo.connectors.amazon.traffic_json import certainty_of_json
from supercargo.connectors.raw.formats import Format

FORMATS: tuple[Format, ...] = (
    Format(
        "amazon-settlement", "amazon", "Amazon settlement report (V2)", settlement.certainty, settlement.map_settlement, render_settlement,
        "official columns and production parsers; no real file with a free licence was at hand; rows of deferred money are not proven",
    ),
    Format(
        "amazon-settlement-old", "amazon", "Amazon settlement report of the old layout (until March 2026)", settlement_old.certainty,
        settlement_old.map_old_settlement, None, "one published sample with two rows",
    ),
    Format(
        "amazon-orders", "amazon", "Amazon all-orders report", orders.certainty, orders.map_orders, render_orders,
        "official list of columns; whether prices hold tax is known for Europe and North America only",
    ),
    Format(
        "amazon-fba-inventory", "amazon", "Amazon FBA inventory", inventory.certainty, inventory.map_inventory, render_inventory,
        "official list of columns and a published sample",
    ),
    Format(
        "amazon-business-report", "amazon", "Amazon business report (CSV of the page)", traffic.certainty_of_page, traffic.map_traffic,
        render_business_report,
        "English, German, Japanese and Chinese headings as public programs read them, Spanish in part; French and Italian not known",
    ),
    Format(
        "amazon-sales-and-traffic", "amazon", "Amazon sales and traffic (JSON of the interface)", certainty_of_json, traffic.map_traffic,
        render_sales_and_traffic, "Amazon's published schema and its examples",
    ),
    Format(
        "amazon-vat-transactions", "amazon", "Amazon VAT transactions report", vat.certainty, vat.map_vat, render_vat,
        "a real file of 2020 for 92 columns; the three columns since 2021 from a production parser",
    ),
    Format(
        "amazon-reimbursements", "amazon", "Amazon FBA reimbursements", reimbursements.certainty, reimbursements.map_reimbursements,
        render_reimbursements, "official list of columns",
    ),
    Format(
        "amazon-returns", "amazon", "Amazon FBA customer returns", returns.certainty, returns.map_returns, render_returns,
        "official list of columns",
    ),
    Format(
        "amazon-inventory-ledger", "amazon", "Amazon inventory ledger, detailed view", ledger.certainty, ledger.map_ledger, render_ledger,
        "official list of columns and the seller help's list of reasons",
    ),
)  # fmt: skip
