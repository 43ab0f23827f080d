"""What must be known, and what is decided, about customs duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity

Business = Literal["parcel", "commercial"]
"""``parcel``: sent to a consumer from abroad. ``commercial``: imported as stock, in bulk."""


PARTS = (
    "ad_valorem", "per_kg", "per_item", "least_rate", "least_per_kg", "least_per_item", "most_rate", "most_per_kg", "most_per_item",
)  # fmt: skip
"""The parts of a duty, as the names of the fields of ``Terms``."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The tariff's duty on the goods, its parts already in the currency of the question.

    Every part may be absent. ``additional`` are further ad valorem duties by origin, each named.
    ``least`` and ``most`` bound the sum of ad valorem and specific parts.
    """

    ad_valorem: Quantity | None = None
    per_kg: Quantity | None = None
    per_item: Quantity | None = None
    least_rate: Quantity | None = None
    least_per_kg: Quantity | None = None
    least_per_item: Quantity | None = None
    most_per_kg: Quantity | None = None
    most_per_item: Quantity | None = None
    most_rate: Quantity | None = None
    additional: tuple[Quantity, ...] = ()
    source: str = ""

    @property
    def shape(self) -> tuple[str, ...]:
        """Name the parts that are there: rows of one shape are computed together."""
        return tuple(name for name in PARTS if getattr(self, name) is not None) + tuple(rate.name for rate in self.additional)


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of a consignment that has one line, or the whole consignment's value beside it.

    Money is in one currency. ``consignment_value`` is what the ladder measures (goods or CIF of the
    whole consignment), ``categories`` counts its item categories (six-digit subheadings) of this line.
    ``terms`` is absent when no duty is known for the code.
    """

    market: str
    origin: str
    business: Business
    currency: str
    customs_value: Quantity
    consignment_goods: Quantity
    consignment_cif: Quantity
    consignment_items: Quantity
    items: Quantity
    categories: Quantity
    weight: Quantity
    terms: Terms | None
    channel: str = "own_site"
    schemes: frozenset[str] = frozenset()
    platform_registered: bool = True

    def uses(self, scheme: str) -> bool:
        """Tell whether the sale runs in a scheme: the seller holds it, or the marketplace does."""
        return not scheme or scheme in self.schemes or self.channel == "marketplace"


@dataclass(frozen=True, slots=True)
class Decision:
    """The duty owed, whether it contains the import tax, and what stands against the answer."""

    duty: Quantity
    all_in: bool = False
    flat: Quantity | None = None
    objections: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()
