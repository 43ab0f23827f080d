"""The arithmetic of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.pricing.unit_economics.rules import tax_inside

if TYPE_CHECKING:
    from collections.abc import Sequence


def rounding_line(home_values: Sequence[int]) -> int:
    """The rounding line of an entry takes what the rounded home values of its postings leave over."""
    return -sum(home_values)


RULES = (tax_inside, rounding_line)
