"""What must be known, and what is decided, about keeping a unit abroad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.logistics.chargeable_weight import Parcel
    from supercargo.engines.logistics.ratecard import Warehouse
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """One packed unit, the days that it lies in stock (days), and the currency of the answer."""

    warehouse: Warehouse
    currency: str
    parcel: Parcel
    stock_days: Quantity


@dataclass(frozen=True, slots=True)
class Decision:
    """Costs of one unit in the currency of the question, to a ten-thousandth, because they are multiplied.

    ``return_fee`` is per unit sent back, to the minor unit.
    """

    inbound: Quantity
    storage: Quantity
    total: Quantity
    return_fee: Quantity
