"""The arithmetic of stock: what falls on some units of a layer, and what an arrival does to the average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.accounting.home_value import half_up_whole
from supercargo.kernel.allocate import allocate
from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence


def cost_of_units(total: Figure, begins: int, ends: int, units: int) -> Figure:
    """The cost of some units of a layer is the layer's cost up to the last of them less its cost up to the first."""
    sizes = [Figure.of(size, "item", name) for size, name in zip((begins, ends - begins, units - ends), PLACES, strict=True)]
    return allocate(total, sizes, "cost of the units taken", per="term-cost-of-goods")[1]


def up_to(total: int, ends: int, units: int) -> int:
    """Cost of the first units of a layer, rounded half-up to the minor unit."""
    return half_up_whole(total * ends, units)


def remaining(totals: Sequence[int], used: int, units: int) -> tuple[int, ...]:
    """What is left of a layer in money is its total less the cost of the units that left."""
    return tuple(total - up_to(total, used, units) for total in totals)


PLACES = ("units taken before", "units taken", "units that stay")
RULES = (cost_of_units, up_to, remaining)
