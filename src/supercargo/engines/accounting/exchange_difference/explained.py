"""One exchange difference as figures: the value at the day's rate less what the balance carried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.engines.accounting.exchange_difference.rules import exchange_difference
from supercargo.engines.accounting.home_value import money

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure


def explained(row: dict[str, Any], home: str) -> Figure:
    """Explain one row of the differences (``DIFFERENCE``): value, carrying amount, difference."""
    path = f"ledger[{row['account']}].{row['currency']}"
    value = money(row["value_minor"], home, "value at the rate of the day", f"{path}@{row['day']}")
    carrying = money(row["carrying_minor"], home, "carrying amount at the moving average", f"{path} before {row['day']}")
    return exchange_difference(value, carrying)
