"""What must be known, and what is decided, about the weight that a carrier bills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity
    from supercargo.kernel.verdict import Test

Measure = Literal["kg", "m3"]
"""``kg``: parcels, air and rail. ``m3``: sea freight by weight or measure (W/M)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A packed parcel as it is handed over: gross weight in kg, outer sides in cm, in any order."""

    weight: Quantity
    length: Quantity
    width: Quantity
    height: Quantity


@dataclass(frozen=True, slots=True)
class Terms:
    """How a carrier turns size into weight; every part may be absent from a rate card.

    ``divisor`` in cm3/kg turns volume into weight, ``density`` in kg/m3 turns weight into volume.
    ``counts_from`` is a ratio: the volumetric weight counts only from so many times the actual one.
    ``least`` and ``step`` are in the unit that is billed. ``divisor_key`` and ``density_key`` name the
    facts of the reference book that stand in where the card says nothing.
    """

    measure: Measure = "kg"
    divisor: Quantity | None = None
    density: Quantity | None = None
    counts_from: Quantity | None = None
    least: Quantity | None = None
    step: Quantity | None = None
    volumetric: bool = True
    divisor_key: str = "world.freight.courier_divisor"
    density_key: str = "world.freight.sea_lcl_kg_per_m3"


@dataclass(frozen=True, slots=True)
class Facts:
    """One parcel and a carrier's terms; ``count`` parcels of that kind travel together (1 when absent)."""

    parcel: Parcel
    terms: Terms
    count: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is billed and why: ``billed`` in kg or m3, ``because`` is actual, volumetric or minimum.

    ``volumetric`` is the size put into the unit of the bill (for W/M it is the weight put into m3).
    ``volume`` is in cm3, for W/M in m3.
    """

    actual: Quantity
    volume: Quantity
    volumetric: Quantity | None
    counts: Test | None
    billed: Quantity
    because: Label
