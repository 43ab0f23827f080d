"""What must be known, and what is decided, about the tax on an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.consignment import Channel

if TYPE_CHECKING:
    from supercargo.engines.answer import Objection
    from supercargo.engines.consignment import Consignment
    from supercargo.engines.customs.duty import Decision as Duty
    from supercargo.engines.customs.valuation import Decision as Value
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """A line of goods with its customs value and duty; money in one currency.

    ``rate`` is given when a person overrides the law's rate. ``region`` is a state or province where
    the tax depends on it. ``relieved``: whether the tax of the whole consignment is small enough not
    to be levied; ``None`` when this line is the whole, so that its own tax tells.
    """

    consignment: Consignment
    tax_class: str
    goods: Quantity
    value: Value
    duty: Duty
    rate: Quantity | None = None
    region: str = ""
    relieved: bool | None = None

    @property
    def currency(self) -> str:
        """Give the currency of the question."""
        return self.consignment.currency


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


__all__ = ["Channel", "Decision", "Facts"]
