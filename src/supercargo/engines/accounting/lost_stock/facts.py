"""What must be known, and what is decided, about lost stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The stock moves, the reimbursements and the products, as the book gives them.

    moves: ``id, channel, moved_on, sku, kind, quantity, reference, reason``; read are the kinds lost, found and damaged.
    reimbursements: ``id, channel, approved_on, sku, reason, units_paid, units_restocked, reverses_ref``; those whose reason speaks of
    lost or damaged goods, or that give none.
    products: ``sku, currency, unit_cost_minor``.

    ``claim_days`` by channel or house: within how many days of the event a claim must be made, else ``claim_days_otherwise``. **An
    assumption that nobody has verified**: no source stands in the reference book, and channels change it.
    """

    moves: pl.DataFrame
    reimbursements: pl.DataFrame
    products: pl.DataFrame
    claim_days: Mapping[str, int] = field(default_factory=dict)
    claim_days_otherwise: int = 60


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Every loss with what is left of it.

    losses: ``id, channel, family, sku, moved_on, kind, reference, units`` (lost then), ``open_units`` (neither found nor reimbursed
    since), ``currency, unit_cost_minor, value_minor`` (null where no cost is known), ``last_day, days_left, state``: settled |
    claim | expired | undated; ``code``.
    figures: the value of every product's open losses, by ``(channel, sku)``, where its cost is known.
    """

    losses: pl.DataFrame
    figures: Mapping[tuple[str, str], Figure]
    discrepancies: tuple[Discrepancy, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings without their money."""
        return tuple(discrepancy.finding for discrepancy in self.discrepancies)
