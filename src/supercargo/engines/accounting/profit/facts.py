"""What must be known of a cell, and what is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.engines.accounting.kinds import Stage
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ProfitLine:
    """One component of money: its kind, its amount with the seller's sign, and the rate that brings it into the view.

    ``amount`` is ``None`` where it is not known; ``quantity`` is positive for units sold, negative for units that came back,
    zero for lines that are no goods. ``path`` of the amount says from which file and row it comes.
    """

    kind: str
    amount: Figure | None
    rate: Figure
    quantity: int = 0
    estimated: bool = False
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """The lines of one cell and the currency in which it is seen."""

    currency: str
    lines: tuple[ProfitLine, ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps from gross sales to contribution margin 3."""

    gross_sales: Quantity
    net_revenue: Quantity
    margin_1: Quantity
    margin_2: Quantity
    margin_3: Quantity


@dataclass(frozen=True, slots=True)
class Decision:
    """The waterfall of a cell, what it is made of, and how far it may be trusted.

    ``margin_rates`` are the three margins over net revenue, six digits, ``None`` where net revenue is not positive.
    ``moved`` adds all money of the cell without its sign; ``estimated_share`` and ``settled_share`` are over it.
    """

    waterfall: Waterfall
    stages: Mapping[Stage, Figure]
    kinds: Mapping[str, Figure]
    margin_rates: tuple[Figure | None, Figure | None, Figure | None]
    units: Figure
    units_returned: Figure
    moved: Figure
    estimated_share: Figure | None
    settled_share: Figure | None
    unknown: int = 0
    findings: tuple[Finding, ...] = ()
