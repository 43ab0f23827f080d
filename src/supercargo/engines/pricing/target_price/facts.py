"""What must be known, and what is decided, about a target price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from supercargo.engines.pricing import unit_economics
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True)
class PriceGrid:
    """The prices that a shop would show: every ``step``, less what makes the ending.

    Step 1.00 with ending 0.99 gives 0.99, 1.99, 2.99, ...; step 0.01 with ending 0 gives every cent.
    """

    step: Decimal
    ending: Decimal

    def price(self, number: int) -> Decimal:
        """Give the price with a number, counted from the lowest."""
        return self.step * number + self.ending

    def first_at_or_above(self, amount: Decimal) -> int:
        """Give the number of the lowest positive price that is not below an amount.

        >>> from decimal import Decimal
        >>> PriceGrid(Decimal("1"), Decimal("0.99")).first_at_or_above(Decimal("12.00"))
        12
        """
        number = int((amount - self.ending) // self.step) if amount > self.ending else 0
        while self.price(number) < amount or self.price(number) <= 0:
            number += 1
        while number > 0 and self.price(number - 1) >= amount and self.price(number - 1) > 0:
            number -= 1
        return number


@dataclass(frozen=True, slots=True)
class Facts:
    """The economics of one unit (its own price is not used), the margin wanted, the prices allowed.

    ``margin_rate`` is a share of the net price. ``dearest`` ends the search.
    """

    economics: unit_economics.Facts
    margin_rate: Figure
    grid: PriceGrid
    dearest: Figure | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The smallest allowed price that meets the margin, proved by its neighbours.

    ``below`` is the economics at the next lower allowed price, which does not meet the margin (absent
    when the lower one is below the costs or cannot be computed); ``above`` those at the next higher.
    """

    price: Figure
    at: unit_economics.Decision
    below: unit_economics.Decision | None
    above: unit_economics.Decision | None
    tried: int
    findings: tuple[Finding, ...]
