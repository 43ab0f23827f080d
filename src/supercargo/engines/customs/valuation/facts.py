"""What must be known, and what is decided, about the customs value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """Price of the goods without tax, carriage and insurance up to the border, in one currency."""

    market: str
    goods: Quantity
    freight: Quantity
    insurance: Quantity


@dataclass(frozen=True, slots=True)
class Decision:
    """The value on which duty falls, and the carriage that may or may not be in it."""

    basis: str
    customs_value: Quantity
    carriage: Quantity
    cif_value: Quantity
