"""The record tables of the importers and where each lies in the book."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import polars as pl

from supercargo.book.models import (
    AdvertDay,
    BankLine,
    BankStatement,
    CustomerReturn,
    CustomsLine,
    FreightLine,
    OrderLine,
    Payout,
    Product,
    ReceiptLine,
    Reimbursement,
    Settlement,
    SettlementLine,
    StockCount,
    StockMove,
    SupplierLine,
    TaxLine,
    TrafficDay,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

    from supercargo.book.models.imported import Imported

Change = Literal["revises", "contested"]
_TYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "CharField": pl.String(),
        "TextField": pl.String(),
        "BigIntegerField": pl.Int64(),
        "DateField": pl.Date(),
        "DateTimeField": pl.Datetime("us", "UTC"),
        "BooleanField": pl.Boolean(),
        "ForeignKey": pl.String(),
    }
)


@dataclass(frozen=True)
class Noun:
    """A record table and its model.

    ``scope`` is the column within which a key is unique. ``change`` says what a record of a known key with other content
    is: a new revision, or a contradiction by which the earlier record stays (money that was booked does not change).
    ``open_while`` are the words of ``status`` under which a record of money is not yet final, so that it may still be revised.
    """

    name: str
    model: type[Imported]
    scope: str
    change: Change
    open_while: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Give the name of the table."""
        return self.model._meta.db_table  # noqa: SLF001 - Django's own way to ask

    @cached_property
    def schema(self) -> dict[str, pl.DataType]:
        """Give the columns of the record table: ``row``, ``key``, and the noun's own."""
        own = self._own()
        return {"row": pl.Int64(), "key": pl.String(), **{name: _TYPES[field.get_internal_type()] for name, field in own.items()}}

    @cached_property
    def lengths(self) -> dict[str, int]:
        """Give the longest text that each bounded column takes, in characters."""
        bounded = {name: field.max_length for name, field in self._own().items() if field.max_length}
        return {"key": self.model._meta.get_field("key").max_length or 0, **bounded}  # noqa: SLF001

    def column(self, name: str) -> str:
        """Give a column's name in the database."""
        return "channel_id" if name == "channel" else name

    def _own(self) -> dict[str, models.Field[object, object]]:
        held = {"id", "document", "row", "key", "revision", "is_current", "seal"}
        return {field.name: field for field in self.model._meta.concrete_fields if field.name not in held}  # noqa: SLF001


_ALL = (
    Noun("order_line", OrderLine, "channel", "revises"),
    Noun("money_line", SettlementLine, "channel", "contested", ("open", "deferred", "held")),
    Noun("settlement", Settlement, "channel", "contested"),
    Noun("payout", Payout, "channel", "contested", ("open", "sent")),
    Noun("bank_statement", BankStatement, "account", "contested"),
    Noun("bank_line", BankLine, "account", "contested"),
    Noun("stock_count", StockCount, "channel", "revises"),
    Noun("stock_move", StockMove, "channel", "revises"),
    Noun("reimbursement", Reimbursement, "channel", "contested"),
    Noun("customer_return", CustomerReturn, "channel", "revises"),
    Noun("tax_line", TaxLine, "channel", "contested"),
    Noun("traffic_day", TrafficDay, "channel", "revises"),
    Noun("advert_day", AdvertDay, "channel", "revises"),
    Noun("supplier_line", SupplierLine, "supplier", "contested"),
    Noun("freight_line", FreightLine, "forwarder", "contested"),
    Noun("customs_line", CustomsLine, "broker", "contested"),
    Noun("receipt_line", ReceiptLine, "warehouse", "revises"),
    Noun("product", Product, "", "revises"),
)
NOUNS: Mapping[str, Noun] = MappingProxyType({noun.name: noun for noun in _ALL})
"""Every record table by its name."""
