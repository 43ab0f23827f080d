"""What must be known, and what is decided, about customs duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.consignment import Business

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.engines.consignment import Consignment
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity

PARTS = (
    "ad_valorem", "per_kg", "per_item", "least_rate", "least_per_kg", "least_per_item", "most_rate", "most_per_kg", "most_per_item",
)  # fmt: skip
"""The parts of a duty, as the names of the fields of ``Terms``."""
BY_WEIGHT = ("per_kg", "least_per_kg", "most_per_kg")


@dataclass(frozen=True, slots=True)
class Terms:
    """The tariff's duty on the goods, its parts already in the currency of the question.

    Every part may be absent. ``additional`` are further ad valorem duties by origin, each named.
    ``least`` and ``most`` bound the sum of ad valorem and specific parts. ``parcel_rate`` stands in
    place of a simplified parcel rate for these goods; it may be known where the tariff is not.
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
    parcel_rate: Quantity | None = None
    additional: tuple[Quantity, ...] = ()
    source: str = ""
    parcel_source: str = ""

    @property
    def shape(self) -> tuple[str, ...]:
        """Name the parts that are there: rows of one shape are computed together."""
        named = (*PARTS, "parcel_rate")
        return tuple(name for name in named if getattr(self, name) is not None) + tuple(rate.name for rate in self.additional)

    @property
    def tariff_known(self) -> bool:
        """Tell whether the tariff's own duty can be computed."""
        return self.ad_valorem is not None or self.per_kg is not None or self.per_item is not None

    @property
    def by_weight(self) -> bool:
        """Tell whether the duty hangs on the weight of the goods."""
        return any(getattr(self, name) is not None for name in BY_WEIGHT)


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of a consignment on its way into a market.

    ``categories`` counts the item categories (six-digit subheadings) of this line. ``terms`` is absent
    when no duty is known for the code, ``weight`` (kg) when nobody gave it.
    """

    consignment: Consignment
    customs_value: Quantity
    categories: Quantity
    weight: Quantity | None
    terms: Terms | None

    @property
    def currency(self) -> str:
        """Give the currency of the question."""
        return self.consignment.currency


@dataclass(frozen=True, slots=True)
class Decision:
    """The duty owed, its flat part where there is one, and what stands against the answer."""

    duty: Quantity
    flat: Quantity | None = None
    objections: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()


__all__ = ["Business", "Decision", "Facts", "Terms"]
