"""What must be known, and what is decided, about processing fees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.consignment import Mode

if TYPE_CHECKING:
    from supercargo.engines.consignment import Consignment
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """A line of goods at the border; weight in kg, absent when nobody gave it.

    ``customs_value`` is that of the whole consignment, on which its fees by value fall;
    ``categories`` counts the item categories of the line.
    """

    consignment: Consignment
    customs_value: Quantity
    categories: Quantity
    weight: Quantity | None

    @property
    def currency(self) -> str:
        """Give the currency of the question."""
        return self.consignment.currency


@dataclass(frozen=True, slots=True)
class Decision:
    """Each fee by name, their sum, and the fees that exist but whose amount is not known."""

    fees: tuple[Quantity, ...]
    total: Quantity
    findings: tuple[Finding, ...] = ()


__all__ = ["Decision", "Facts", "Mode"]
