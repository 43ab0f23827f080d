"""What must be known, and what is decided, about a carrier's price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.engines.logistics.chargeable_weight import Decision as Weight
    from supercargo.engines.logistics.chargeable_weight import Parcel
    from supercargo.engines.logistics.ratecard import Offer
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """One parcel (of a first leg: one packed unit) and one offer of a rate card.

    ``currency`` is the currency of the answer. ``battery`` is ``none``, ``contained`` or ``packed``.
    ``items`` counts what lies in the parcel (item; one when absent; asked by warehouses).
    ``units`` counts the equal units of a first leg's shipment (item) and must be given for one;
    ``hs_lines`` counts the tariff lines that the shipment is declared under.
    """

    offer: Offer
    country: str
    currency: str
    parcel: Parcel
    battery: str = "none"
    remote: bool = False
    residential: bool = False
    items: Quantity | None = None
    units: Quantity | None = None
    hs_lines: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """The price and how it comes about.

    ``parts`` and ``total`` are in the card's currency, for the parcel or for the whole first-leg
    shipment; ``price`` is in the currency of the question, for the parcel or for one unit, to the
    minor unit. Where an objection stands the carrier refuses, and ``price`` says nothing.
    """

    offer: Offer
    weight: Weight
    parts: tuple[Quantity, ...]
    total: Quantity
    price: Quantity
    days_p50: Figure
    days_p90: Figure
    tax_inclusive: bool
    objections: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Say, for a single case, why the carrier does not take the parcel; nothing when it does."""
        return tuple(objection.finding for objection in self.objections if objection.stands)
