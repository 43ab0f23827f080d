"""What must be known, and what is decided, about landed cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.engines.consignment import Business, Channel, Mode
    from supercargo.engines.customs.duty.facts import Terms
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of goods of one code, alone in its consignment unless the consignment's totals say more.

    Money in one currency, weight in kg, ``items`` and ``categories`` in items. ``goods`` is the price
    without tax of all items of the line. ``terms`` is absent when no duty is known for the code,
    ``weight`` when nobody gave it. ``dispatched_from`` is the origin unless it is said. Of several
    lines one ``leads``: it carries the fees of the whole. ``tax_relieved`` says for several lines
    whether the tax of the whole is too small to be levied.
    """

    market: str
    origin: str
    business: Business
    channel: Channel
    mode: Mode
    schemes: frozenset[str]
    tax_class: str
    currency: str
    goods: Quantity
    freight: Quantity
    insurance: Quantity
    items: Quantity
    categories: Quantity
    weight: Quantity | None
    terms: Terms | None
    tax_rate: Quantity | None = None
    region: str = ""
    consignment_goods: Quantity | None = None
    consignment_freight: Quantity | None = None
    consignment_items: Quantity | None = None
    dispatched_from: str = ""
    leads: bool = True
    tax_relieved: bool | None = None

    @property
    def alone(self) -> bool:
        """Tell that the line is the whole consignment."""
        return self.consignment_goods is None and self.consignment_freight is None and self.consignment_items is None


@dataclass(frozen=True, slots=True)
class Decision:
    """The landed cost and its parts; every part is a quantity that explains itself."""

    customs_value: Quantity
    duty: Quantity
    tax_at_sale: Quantity
    tax_at_import: Quantity
    tax_on_flat_duty: Quantity | None
    tax: Quantity
    fees: Quantity
    charges: Quantity
    landed_cost: Quantity
    landed_cost_per_item: Quantity
    collector: Label
    tax_rate: Quantity | None
    objections: tuple[Objection, ...]
    findings: tuple[Finding, ...]
