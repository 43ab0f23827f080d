"""Records made by hand for the ledger's questions: planning rates are round, so that an adviser can follow them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from supercargo.connectors.records.tables import TABLES
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

ROUND = {("EUR", "CNY"): Decimal(8), ("USD", "CNY"): Decimal("6.25"), ("EUR", "USD"): Decimal("1.28")}


@pytest.fixture(scope="session")
def records():
    """Make a record table from the columns that matter: ``records("money_line", {...}, {...})``."""

    def made(noun, *rows):
        schema = {**TABLES[noun], "id": pl.Int64()}
        filled = [{"row": place, "id": place, "key": f"{noun}-{place}", **row} for place, row in enumerate(rows, start=1)]
        return pl.DataFrame([{name: row.get(name) for name in schema} for row in filled], schema=schema)

    return made


@pytest.fixture(scope="session")
def law():
    """The law of a day: one EUR is 8 CNY, one USD 6.25 CNY."""
    return lambda day=date(2026, 7, 31): Law(day, exchange=Rates(day, ROUND))
