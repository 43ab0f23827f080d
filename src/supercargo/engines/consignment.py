"""A line of goods on its way across a border, the consignment that it travels in, and the ladder that it climbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from supercargo.reference.law import EU

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Ladder, Law

Business = Literal["parcel", "commercial"]
"""``parcel``: sent to a consumer from abroad. ``commercial``: imported as stock, in bulk."""
Channel = Literal["own_site", "marketplace"]
Mode = Literal["post", "express", "air", "sea", "rail"]


@dataclass(frozen=True, slots=True)
class Worth:
    """What goods are worth without and with carriage to the border, and how many items they are."""

    goods: Quantity
    cif: Quantity
    items: Quantity


@dataclass(frozen=True, slots=True)
class Consignment:
    """A line of goods (``line``) and the whole that it travels in (``whole``); money in one currency.

    ``origin`` is where the goods were made, ``dispatched_from`` where the parcel starts. ``schemes``
    are those that the seller holds (``IOSS``, ``VOEC``, ...). ``leads``: the line that carries the
    fees of the whole consignment; a consignment has one.
    """

    market: str
    business: Business
    channel: Channel
    mode: Mode
    origin: str
    dispatched_from: str
    schemes: frozenset[str]
    currency: str
    line: Worth
    whole: Worth
    leads: bool = True

    def uses(self, scheme: str) -> bool:
        """Tell whether the sale runs in a scheme: the seller holds it, or the marketplace does."""
        return not scheme or scheme in self.schemes or self.channel == "marketplace"


def ladder_for(consignment: Consignment, table: str, law: Law) -> Ladder | None:
    """Find the ladder that a parcel climbs: a special one for its origin, its start or its seller, else the market's own.

    ``None`` when the market has no ladder for parcels of this mode. Special ladders are tables such as
    ``parcel_duty_us`` with ``origin``, ``dispatched_from`` or ``unless_scheme``.
    """
    own = law.key_for(consignment.market, f"customs.{table}")
    facts = law.book.subject(own.rpartition(".")[0])
    special = [key for key, fact in facts.items() if key.startswith(f"{own}_") and _meant(fact.extra, consignment) and law.knows(key)]
    if special:
        return law.ladder(special[0])
    if own in facts and not _travels(facts[own].extra, consignment):
        return None
    return law.ladder(own) if law.knows(own) or table == "parcel_tax" else None


def measured(consignment: Consignment, ladder: Ladder, law: Law) -> tuple[Quantity, Quantity]:
    """Give the value that a ladder measures, in its currency, and the number of items that it is compared for.

    A limit per item looks at the line alone, a limit per consignment at the whole.
    """
    worth = consignment.line if ladder.per == "item" else consignment.whole
    value = worth.cif if ladder.measure == "cif" else worth.goods
    if ladder.currency in ("", consignment.currency):
        return value, worth.items
    here = law.rates.convert(value, consignment.currency, ladder.currency)
    name = "value of the line in" if ladder.per == "item" else "consignment value in"
    return here.named(f"{name} {ladder.currency}", per=ladder.key), worth.items


def _meant(extra: dict[str, Any], consignment: Consignment) -> bool:
    origins, starts, scheme = extra.get("origin"), extra.get("dispatched_from"), extra.get("unless_scheme")
    if origins is None and starts is None and scheme is None:
        return False
    return (
        (origins is None or consignment.origin in _countries(origins))
        and (starts is None or consignment.dispatched_from in _countries(starts))
        and (scheme is None or not consignment.uses(scheme))
        and _travels(extra, consignment)
    )


def _travels(extra: dict[str, Any], consignment: Consignment) -> bool:
    return consignment.mode in extra.get("modes", (consignment.mode,))


def _countries(named: list[str]) -> frozenset[str]:
    return frozenset(named) | (EU if "EU" in named else frozenset())
