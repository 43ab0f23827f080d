"""The records that the ledger is posted from, as frames: read from an open book, or made by hand in a test."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import polars as pl

from supercargo.connectors.records.tables import TABLES
from supercargo.engines.accounting.posting import ChannelFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.engines.accounting.posting.facts import RevenueFrom


def _empty(noun: str) -> pl.DataFrame:
    return pl.DataFrame(schema={**TABLES[noun], "id": pl.Int64()})


def _table(noun: str) -> pl.DataFrame:
    """Give the default of a table: no records."""
    return field(default_factory=lambda: _empty(noun))


@dataclass(frozen=True, slots=True)
class Records:
    """Current records with the book's ``id``, and the channels."""

    channels: Mapping[str, ChannelFacts] = field(default_factory=lambda: MappingProxyType({}))
    money_line: pl.DataFrame = _table("money_line")  # noqa: RUF009 - a field, made once
    settlement: pl.DataFrame = _table("settlement")  # noqa: RUF009 - a field, made once
    payout: pl.DataFrame = _table("payout")  # noqa: RUF009 - a field, made once
    order_line: pl.DataFrame = _table("order_line")  # noqa: RUF009 - a field, made once
    tax_line: pl.DataFrame = _table("tax_line")  # noqa: RUF009 - a field, made once
    bank_line: pl.DataFrame = _table("bank_line")  # noqa: RUF009 - a field, made once
    customer_return: pl.DataFrame = _table("customer_return")  # noqa: RUF009 - a field, made once
    stock_move: pl.DataFrame = _table("stock_move")  # noqa: RUF009 - a field, made once
    supplier_line: pl.DataFrame = _table("supplier_line")  # noqa: RUF009 - a field, made once
    freight_line: pl.DataFrame = _table("freight_line")  # noqa: RUF009 - a field, made once
    customs_line: pl.DataFrame = _table("customs_line")  # noqa: RUF009 - a field, made once
    receipt_line: pl.DataFrame = _table("receipt_line")  # noqa: RUF009 - a field, made once


def from_book() -> Records:
    """Read the records of the open book."""
    from supercargo.book.models import Channel  # noqa: PLC0415 - only with an open book
    from supercargo.book.reading import frame  # noqa: PLC0415

    channels = {
        code: ChannelFacts(cast("RevenueFrom", revenue or "nothing"), country or "", revenue is None)
        for code, country, revenue in Channel.objects.values_list("code", "country", "revenue_from")
    }
    tables = {entry.name: frame(entry.name) for entry in fields(Records) if entry.name != "channels"}
    return Records(channels, **tables)
