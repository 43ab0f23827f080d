"""What must be known, and what is decided, about the economics of one unit sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.figure import single

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.engines.customs.duty.facts import Terms
    from supercargo.engines.customs.fees.facts import Mode
    from supercargo.engines.tax.import_tax.facts import Channel
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity

CommissionMode = Literal["flat", "whole_price", "marginal"]
Route = Literal["direct", "warehouse", "fba"]
"""``direct``: each parcel from home to the buyer. ``warehouse``: own stock abroad. ``fba``: stock with Amazon."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A part of a commission schedule: the rate up to a price; the last tier has no upper limit."""

    rate: Quantity
    up_to: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Commission:
    """A platform's commission: tiers on the whole price or on the part of it, a least, a fixed part.

    ``marginal``: each tier's rate falls on the part of the price within it. ``whole_price``: the tier
    that the price lies in gives the rate for all of it. ``flat``: one rate.
    """

    mode: CommissionMode
    tiers: tuple[Tier, ...]
    least: Quantity | None = None
    fixed: Quantity | None = None


@dataclass(frozen=True, slots=True)
class FeeByPrice:
    """A fee that depends on the band of the shop price, such as Amazon's fulfilment fee.

    ``steps`` are (upper price inclusive, fee); the last has no upper price.
    """

    steps: tuple[tuple[Quantity | None, Quantity], ...]


@dataclass(frozen=True, slots=True)
class Import:
    """What a parcel sent directly meets at the border (route ``direct``); it starts in the origin unless it is said."""

    origin: str
    channel: Channel
    mode: Mode
    schemes: frozenset[str]
    tax_class: str
    weight: Quantity
    terms: Terms | None
    dispatched_from: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The company's own assumptions, each a rate of one, or an amount in the market's currency."""

    advert_share: Quantity
    returns_rate: Quantity
    resaleable_share: Quantity
    return_handling: Quantity
    conversion_spread: Quantity
    capital_rate: Quantity
    wastage_rate: Quantity
    days_tied: Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """One unit of one product in one market, on one channel, by one route; all money per unit in one currency.

    ``price`` is what the buyer sees. ``tax_rate`` is inside it when ``tax_inside``. For stock routes
    ``first_leg``, ``duty``, ``import_fees`` are the unit's share of the shipment; for ``direct`` they
    are decided from the price by ``parcel``. ``established`` tells that the seller is at home in the market.
    """

    market: str
    channel: str
    route: Route
    currency: str
    price: Quantity
    tax_rate: Quantity
    tax_inside: bool
    unit_cost: Quantity
    packaging: Quantity
    first_leg: Quantity
    duty: Quantity
    import_fees: Quantity
    fulfilment: FeeByPrice
    storage: Quantity
    commission: Commission
    payment_rate: Quantity
    payment_fixed: Quantity
    policy: Policy
    parcel: Import | None = None
    marketplace: bool = False
    established: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The waterfall from shop price to profit; ``lines`` in the order in which they are read.

    Costs in ``lines`` are positive amounts that are taken off. ``margin_rate`` is left out in bulk
    (``None``): there the margin is tested by ``meets`` without a division.
    """

    price: Quantity
    net_price: Quantity
    lines: tuple[Quantity, ...]
    costs: Quantity
    profit: Quantity
    landed_unit_cost: Quantity
    collector: Label
    objections: tuple[Objection, ...]
    findings: tuple[Finding, ...]

    def margin(self) -> Figure:
        """Give the profit as a share of the net price, four digits; for one case only."""
        return single(self.profit.over(self.net_price, 4))
