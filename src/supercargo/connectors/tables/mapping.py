"""What a mapping is: which noun the rows are, which of their columns is which of ours, and what their words mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from supercargo.connectors.records.tables import TABLES

Then = Literal["skip", "fault", "set"]

MEANINGS: dict[str, tuple[str, str]] = {
    "adjustment": ("MAP-201", "postage, a fee or an adjustment, not goods"),
    "test": ("MAP-202", "a test row"),
    "stock_note": ("MAP-203", "a note about stock, without price or buyer"),
    "total": ("MAP-204", "a total, not a line"),
    "cancelled": ("MAP-205", "cancelled before anything moved"),
    "not_settled": ("MAP-206", "not final yet"),
    "other": ("MAP-209", "left out by a rule of the mapping"),
}
"""What a rule may mean: the code and the sentence under which its rows are counted."""

DERIVED = {"amount_in": "amount_minor", "amount_out": "amount_minor"}
"""Columns of money in and money out that together are one amount with a sign."""
TOTALS = {"order_line": "goods_minor", "supplier_line": "amount_minor"}
"""What unit price times quantity is, where the file states no total."""
ROUTES = {"order_line": ("goods_minor", "shipping_minor", "giftwrap_minor", "goods_discount_minor", "shipping_discount_minor")}
"""Where a rule may bring such a total instead."""
TOTAL_TO = "total_to"

IDENTITIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "order_line": (("order_ref", "line_ref"), ("order_ref", "sku"), ("order_ref", "title"), ("order_ref",)),
    "money_line": (("transaction_ref",),),
    "settlement": (("settlement_ref",),),
    "payout": (("payout_ref",),),
    "bank_statement": (("account", "statement_ref"),),
    "supplier_line": (("supplier", "invoice_ref", "sku"), ("invoice_ref", "sku")),
    "freight_line": (("forwarder", "bill_ref", "shipment_ref", "charge"), ("bill_ref", "charge"), ("bill_ref",)),
    "customs_line": (("entry_ref", "sku", "hs_code"), ("entry_ref", "sku"), ("entry_ref",)),
    "receipt_line": (("warehouse", "shipment_ref", "received_on", "sku"), ("shipment_ref", "received_on", "sku"), ("received_on", "sku")),
    "stock_count": (("warehouse", "counted_on", "sku"), ("warehouse", "sku"), ("counted_on", "sku"), ("sku",)),
    "product": (("sku",),),
}
"""What makes a row the same one in another file: the first of these of which every column is mapped; else all of its cells."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of one of their columns, for a rule to apply; every word that is given."""

    column: str
    begins: str = ""
    contains: str = ""
    within: tuple[str, ...] = ()
    """Written ``in``."""
    empty: bool | None = None
    zero: bool | None = None
    negative: bool | None = None

    def holds(self) -> pl.Expr:
        """Say it of a whole column; a number is judged by its digits, before anybody knows its decimal sign."""
        cell = pl.col(self.column).fill_null("").str.strip_chars()
        every = [pl.lit(True)]
        every += [cell.str.starts_with(self.begins)] if self.begins else []
        every += [cell.str.contains(self.contains, literal=True)] if self.contains else []
        every += [cell.is_in(list(self.within))] if self.within else []
        every += [(cell == "").eq(self.empty)] if self.empty is not None else []
        every += [cell.str.contains(r"^[-+]?0*[.,]?0+$|^[-+]?0+[.,]?0*$").eq(self.zero)] if self.zero is not None else []
        every += [cell.str.contains(r"^[(−-].*\d|\d\s*-$").eq(self.negative)] if self.negative is not None else []
        return pl.all_horizontal(every)


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of which all conditions hold are left out, are faults, or have columns of ours set."""

    when: tuple[Condition, ...]
    then: Then
    means: str = "other"
    reason: str = ""
    """In the user's own words; else that of the meaning."""
    values: tuple[tuple[str, str], ...] = ()
    """Written ``set``: our column and what it is; ``total_to`` names where the total of unit price and quantity goes."""

    def holds(self) -> pl.Expr:
        """Say all of its conditions."""
        return pl.all_horizontal([condition.holds() for condition in self.when] or [pl.lit(False)])


@dataclass(frozen=True, slots=True)
class Mapping:
    """A saved answer to: what is this table?"""

    noun: str
    columns: dict[str, str]
    """Our column -> their header."""
    name: str = ""
    constants: dict[str, str] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    """Our columns whose header may be absent."""
    decimal: str = ""
    dates: str = ""
    zone: str = ""
    sheet: str = ""
    flip: tuple[str, ...] = ()
    """Our columns of money whose sign is turned round."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """Our column -> their word -> ours; an empty one is unknown."""
    rules: tuple[Rule, ...] = ()
    proven: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Their headers without which the table is another one."""
        needed = [theirs for ours, theirs in self.columns.items() if ours not in self.optional]
        asked = [condition.column for rule in self.rules for condition in rule.when]
        return tuple(dict.fromkeys((*needed, *asked)))

    @property
    def identity(self) -> tuple[str, ...]:
        """Our columns that make a row the same one in another file, or none where all of its cells do."""
        known = {*self.columns, *self.constants}
        return next((names for names in IDENTITIES.get(self.noun, ()) if known.issuperset(names) and set(names) & set(self.columns)), ())

    @property
    def total(self) -> str:
        """Our column that is unit price times quantity, where the table states no total."""
        column = TOTALS.get(self.noun, "")
        return column if {"unit_price_e6", "quantity"} <= set(self.columns) and column not in self.columns else ""


def columns_of(noun: str) -> tuple[str, ...]:
    """Name the columns that a mapping to a noun may fill."""
    own = tuple(name for name in TABLES[noun] if name not in ("row", "key"))
    return (*own, *(name for name, total in DERIVED.items() if total in own))
