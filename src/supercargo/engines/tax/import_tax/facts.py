"""What must be known, and what is decided, about the tax on an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.engines.customs.duty import Decision as Duty
    from supercargo.engines.customs.duty.facts import Business
    from supercargo.engines.customs.valuation import Decision as Value
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity

Channel = Literal["own_site", "marketplace"]


@dataclass(frozen=True, slots=True)
class Facts:
    """A line of goods with its customs value and duty; money in one currency.

    ``schemes`` are those that the seller holds (``IOSS``, ``VOEC``, ...). ``rate`` is given when a
    person overrides the law's rate. ``region`` is a state or province where the tax depends on it.
    """

    market: str
    business: Business
    channel: Channel
    schemes: frozenset[str]
    tax_class: str
    currency: str
    goods: Quantity
    consignment_goods: Quantity
    consignment_cif: Quantity
    consignment_items: Quantity
    items: Quantity
    value: Value
    duty: Duty
    fees_in_base: Quantity | None = None
    rate: Quantity | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The tax taken at the sale and at the border, by whom, and what stands against the answer."""

    at_sale: Quantity
    at_import: Quantity
    on_flat_duty: Quantity | None
    tax: Quantity
    collector: Label
    rate: Quantity | None
    objections: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()
