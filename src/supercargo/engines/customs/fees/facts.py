"""What must be known, and what is decided, about processing fees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from supercargo.engines.customs.duty.facts import Business
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity

Mode = Literal["post", "express", "air", "sea", "rail"]


@dataclass(frozen=True, slots=True)
class Facts:
    """A line of goods at the border; money in one currency, weight in kg."""

    market: str
    business: Business
    mode: Mode
    currency: str
    customs_value: Quantity
    consignment_goods: Quantity
    categories: Quantity
    items: Quantity
    weight: Quantity


@dataclass(frozen=True, slots=True)
class Decision:
    """Each fee by name, their sum, and the fees that exist but whose amount is not known."""

    fees: tuple[Quantity, ...]
    total: Quantity
    findings: tuple[Finding, ...] = ()
