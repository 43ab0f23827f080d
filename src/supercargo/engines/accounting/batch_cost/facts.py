"""What must be known, and what is decided, about the cost of batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from supercargo.engines.accounting.shares import Schema
    from supercargo.kernel.finding import Finding

BATCH: Schema = {
    "shipment_ref": pl.String(),
    "sku": pl.String(),
    "units": pl.Int64(),  # that carry the cost: received, or invoiced while no receipt is recorded
    "units_invoiced": pl.Int64(),
    "units_received": pl.Int64(),  # null: no receipt of the shipment is recorded
    "arrived_on": pl.Date(),
    "purchase_minor": pl.Int64(),
    "first_leg_minor": pl.Int64(),
    "duty_minor": pl.Int64(),
    "total_minor": pl.Int64(),  # null: not known
    "estimated_minor": pl.Int64(),  # part of the total that is an estimate
    "estimated_ppm": pl.Int64(),
    "is_provisional": pl.Boolean(),
    "unit_cost_e6": pl.Int64(),  # derived, in millionths of the home currency
}
"""One row per shipment and product, money in minor units of the home currency."""
COMPONENT: Schema = {
    "shipment_ref": pl.String(),
    "sku": pl.String(),
    "kind": pl.String(),  # cost_of_goods | cost_first_leg | cost_import_duty
    "noun": pl.String(),  # supplier_line | freight_line | customs_line | estimate
    "key": pl.String(),
    "row_id": pl.Int64(),
    "booked_on": pl.Date(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),  # in its own currency
    "home_minor": pl.Int64(),
    "rate": pl.String(),
    "rate_day": pl.Date(),
    "rate_source": pl.String(),
    "share_by": pl.String(),  # null: a line of the product itself
    "weight": pl.Int64(),
    "whole_minor": pl.Int64(),
    "whole_home_minor": pl.Int64(),
    "is_estimated": pl.Boolean(),
}
"""Every line that a batch's cost is made of, or its share of a bill, apart."""
LAYER: Schema = {
    "shipment_ref": pl.String(),
    "sku": pl.String(),
    "warehouse": pl.String(),
    "arrived_on": pl.Date(),
    "units": pl.Int64(),
    "purchase_minor": pl.Int64(),
    "first_leg_minor": pl.Int64(),
    "duty_minor": pl.Int64(),
}
"""What arrived where and when, with its part of the batch's cost."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The bills of all shipments (record tables, with or without ``id``) and the home currency.

    ``freight_rate_ppm`` is the company's own estimate of first-leg freight, in parts per million of the
    purchase value, for shipments whose bill has not come yet.
    """

    home: str
    supplier_lines: pl.DataFrame
    freight_lines: pl.DataFrame
    customs_lines: pl.DataFrame
    receipt_lines: pl.DataFrame
    freight_rate_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Batches (schema ``BATCH``), what they are made of (``COMPONENT``), what arrived (``LAYER``), and what is doubtful."""

    home: str
    batches: pl.DataFrame
    components: pl.DataFrame
    layers: pl.DataFrame
    findings: tuple[Finding, ...]
