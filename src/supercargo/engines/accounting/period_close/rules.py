"""What a closing rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.accounting.period_close.reversal import mirrored

if TYPE_CHECKING:
    from datetime import date


def is_over(last: date, today: date) -> bool:
    """A month is over on the day after its last."""
    return today > last


def accrued_revenue(due_minor: int, tax_minor: int) -> int:
    """Revenue accrued is what the buyer pays without the tax in it; fees are not known before they settle."""
    return due_minor - tax_minor


RULES = (is_over, accrued_revenue, mirrored)
