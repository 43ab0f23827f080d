"""What must be known, and what is decided, about a platform's fees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.pricing.unit_economics.facts import Commission, FeeByPrice
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """One packed unit (cm, g) of a category that a channel sells in a market.

    ``plan`` is the seller's plan with the platform (``no_store``, ``basic``); ``programme`` is ``fba``
    when the platform fulfils, otherwise empty. ``stock_days`` is how long a unit lies in store.
    ``payment_abroad``: take the provider's rate for cards from abroad where it states none for the market.
    """

    channel: str
    market: str
    category: str
    currency: str
    weight_g: Figure
    longest_cm: Figure
    median_cm: Figure
    shortest_cm: Figure
    plan: str = ""
    provider: str = ""
    programme: str = ""
    dangerous: bool = False
    stock_days: Figure | None = None
    payment_abroad: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The schedules in force: commission, payment, and for FBA fulfilment by price band and storage."""

    commission: Commission
    payment_rate: Figure
    payment_fixed: Figure
    fulfilment: FeeByPrice | None
    storage: Figure | None
    size_tier: str
    findings: tuple[Finding, ...] = ()
