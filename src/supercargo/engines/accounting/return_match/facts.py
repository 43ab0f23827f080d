"""What must be known, and what is decided, about refunds and returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The money lines, the returns, the reimbursements and the order lines, as the book gives them.

    lines: ``id, channel, order_ref, sku, kind, currency, amount_minor, quantity, posted_on``.
    returns: ``id, channel, order_ref, sku, quantity, returned_on``.
    reimbursements: ``id, channel, order_ref, sku, currency, amount_minor``.
    orders: ``channel, order_ref, fulfilled_by``; what the seller fulfils comes back to the seller, and no channel's list shows it.

    ``return_days`` by channel or house: how long a buyer may take to send back what was refunded, else
    ``return_days_otherwise``: an assumption unless the company knows better.
    """

    lines: pl.DataFrame
    returns: pl.DataFrame
    reimbursements: pl.DataFrame
    orders: pl.DataFrame
    return_days: Mapping[str, int] = field(default_factory=dict)
    return_days_otherwise: int = 45


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Refunds and returns side by side, and the commission that was kept.

    refunds: one row per ``family, order_ref, sku``: ``channel, currency, refunded_on, refunded_minor`` (goods, positive), ``sold_minor``,
    ``units`` (null where nobody says), ``returned, reimbursed_minor, last_day, state``: returned | reimbursed | waiting (within the
    days) | lost (not back, not reimbursed) | partial (a part was given back: goodwill, nothing is expected) | own (the seller's own
    warehouse) | unchecked (no returns of this channel in the book); ``commission_minor`` (of the sale, negative),
    ``commission_back_minor``, ``commission_kept_minor`` (the fee for the refund, negative), ``code``.
    returns: ``id, channel, order_ref, sku, quantity, returned_on, state``: refunded | waiting | unrefunded.
    kept: what channels kept of commission on refunds, by ``channel, currency``: ``refunds, kept_minor``.
    """

    refunds: pl.DataFrame
    returns: pl.DataFrame
    kept: pl.DataFrame
    discrepancies: tuple[Discrepancy, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings without their money."""
        return tuple(discrepancy.finding for discrepancy in self.discrepancies)
