"""What must be known, and what is decided, about fees against the tariff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The money lines and the products as the company measured and weighed them.

    lines: ``id, channel, settlement_ref, order_ref, sku, kind, currency, amount_minor, quantity, posted_on``.
    products: ``sku, category, weight_g, length_mm, width_mm, height_mm``; ``category`` is one of the reference book's.

    ``programme`` is the tariff of fulfilment; ``houses`` are those whose commission follows from category and price alone.
    """

    lines: pl.DataFrame
    products: pl.DataFrame
    programme: str = "fba"
    houses: tuple[str, ...] = ("amazon", "tiktok")


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Every fee that could be compared, those above the tariff summed up, and how many could not be compared and why.

    items: one row per ``fee`` (fulfilment | referral), ``channel, settlement_ref, order_ref, sku, currency``: ``on, units, price_minor,
    charged_minor, tariff_minor, over_minor`` (charged less tariff), ``tariff`` (row of the reference book), ``tier, ids, state``: tied |
    above | below.
    above: by ``fee, channel, sku, currency, tariff``: ``tier, units, charged_minor, tariff_minor, over_minor, charged_least_minor,
    charged_most_minor`` (per unit; null where not whole), ``since, until, items, ids``.
    unchecked: ``fee, channel, currency, reason, items, charged_minor``.
    figures: what explains an overcharge, by ``(fee, channel, sku, currency, tariff)``.
    """

    items: pl.DataFrame
    above: pl.DataFrame
    unchecked: pl.DataFrame
    figures: Mapping[tuple[str, str, str, str, str], Figure]
    discrepancies: tuple[Discrepancy, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings without their money."""
        return tuple(discrepancy.finding for discrepancy in self.discrepancies)
