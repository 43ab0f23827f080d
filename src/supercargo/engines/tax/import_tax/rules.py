"""The arithmetic of VAT and GST on imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def import_vat_base(customs_value: Quantity, duty: Quantity, per: str) -> Quantity:
    """Import VAT falls on the customs value with the duty.

    Source: Directive 2006/112/EC, art. 85-86, and the like in the markets that value CIF.
    """
    return (customs_value + duty).named("import VAT base", per=per)


def import_vat_base_with_freight(goods: Quantity, duty: Quantity, carriage: Quantity, per: str) -> Quantity:
    """Where duty falls on the FOB value, the tax base adds carriage and insurance to it."""
    return (goods + duty + carriage).named("import VAT base", per=per)


def added_tax_value(customs_value: Quantity, duty: Quantity, uplift: Quantity, per: str) -> Quantity:
    """South Africa's base is the FOB value raised by a fixed part, with the duty."""
    raised = (customs_value * uplift).rounded().named("uplift of the customs value", per=per)
    return (customs_value + raised + duty).named("import VAT base", per=per)


def import_vat(base: Quantity, rate: Quantity, per: str) -> Quantity:
    """Import VAT is the rate on its base, to the cent."""
    return (base * rate).rounded().named("import VAT", per=per)


def tax_within_itself(base: Quantity, rate: Quantity, per: str) -> Quantity:
    """Brazil's ICMS is part of its own base: the base is divided by one less the rate.

    Source: Lei Complementar 87/1996, art. 13 (por dentro).
    """
    return (base * rate).over(Figure.constant(1, "", "one", per=per) - rate).named("import VAT", per=per)


def sale_vat_base(goods: Quantity, carriage: Quantity | None, per: str) -> Quantity:
    """Tax taken at the sale falls on the price with the carriage charged to the buyer; in some markets on the goods alone."""
    return (goods if carriage is None else goods + carriage).named("sale VAT base", per=per)


def sale_vat(base: Quantity, rate: Quantity, per: str) -> Quantity:
    """Tax taken at the sale is the rate on the price, to the cent."""
    return (base * rate).rounded().named("sale VAT", per=per)


def vat_on_flat_duty(flat_duty: Quantity, rate: Quantity, per: str) -> Quantity:
    """The flat duty that the buyer is charged is itself subject to VAT."""
    return (flat_duty * rate).rounded().named("VAT on the flat duty", per=per)


RULES = (
    import_vat_base, import_vat_base_with_freight, added_tax_value, import_vat, tax_within_itself,
    sale_vat_base, sale_vat, vat_on_flat_duty,
)  # fmt: skip
