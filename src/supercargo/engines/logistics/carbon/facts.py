"""What must be known, and what is decided, about the carbon of a journey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of the way: ``mode`` is a fact below ``world.carbon`` (``sea_container_average``), ``distance`` in km."""

    mode: str
    distance: Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """Gross weight of the parcel in kg, with its packaging, and the legs in the order of travel."""

    weight: Quantity
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Kilograms of CO2 equivalent, well to wake: of the whole way, and of each leg in the same order."""

    total: Quantity
    legs: tuple[Quantity, ...]
    findings: tuple[Finding, ...] = ()
