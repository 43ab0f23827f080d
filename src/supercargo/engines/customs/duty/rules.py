"""The arithmetic of customs duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.verdict import larger_of, smaller_of

if TYPE_CHECKING:
    from supercargo.engines.customs.duty.facts import Terms
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.quantity import Quantity


def ad_valorem_duty(customs_value: Quantity, rate: Quantity, source: str) -> Quantity:
    """Ad valorem duty is a percentage of the customs value, to the cent."""
    return (customs_value * rate).rounded().named("ad valorem duty", per=source)


def specific_duty(amount: Quantity, per_unit: Quantity, source: str) -> Quantity:
    """Specific duty is an amount for each kilogram or item, to the cent."""
    return (per_unit * amount).rounded().named("specific duty", per=source)


def bounded_duty(duty: Quantity, least: Quantity | None, most: Quantity | None, source: str) -> Quantity:
    """A tariff may set a least and a most for the duty; the least is applied first, the most last."""
    if least is not None:
        duty = larger_of(duty, least.rounded().named("least duty", per=source))
    if most is not None:
        duty = smaller_of(duty, most.rounded().named("most duty", per=source))
    return duty


def tariff_duty(customs_value: Quantity, items: Quantity, weight: Quantity | None, terms: Terms) -> Quantity:
    """The tariff's duty is the sum of its ad valorem and specific parts, within its bounds."""
    source, parts = terms.source, []
    if terms.ad_valorem is not None:
        parts.append(ad_valorem_duty(customs_value, terms.ad_valorem, source))
    if terms.per_kg is not None and weight is not None:
        parts.append(specific_duty(weight, terms.per_kg, source))
    if terms.per_item is not None:
        parts.append(specific_duty(items, terms.per_item, source))
    duty = total(parts)
    least = _bound(customs_value, weight, items, terms.least_rate, terms.least_per_kg, terms.least_per_item)
    most = _bound(customs_value, weight, items, terms.most_rate, terms.most_per_kg, terms.most_per_item)
    return bounded_duty(duty, least, most, source).named("tariff duty", per=source)


def additional_duty(customs_value: Quantity, rate: Quantity) -> Quantity:
    """An additional duty by origin is a percentage of the customs value, beside the tariff's."""
    return (customs_value * rate).rounded().named(f"duty: {rate.name}" if rate.name else "additional duty", per="term-additional-duty")


def flat_duty(amount_per_category: Quantity, categories: Quantity) -> Quantity:
    """The flat duty on low-value consignments is one amount for each item category, not for each item.

    Source: Council Regulation (EU) 2026/382.
    """
    return (categories * amount_per_category).rounded().named("flat duty", per="eu.customs.low_value_duty")


def simplified_duty(customs_value: Quantity, rate: Quantity, less: Quantity | None, least: Quantity | None, source: str) -> Quantity:
    """A simplified parcel duty is one rate for all goods, in some markets less a fixed amount, in some at least an amount."""
    duty = (customs_value * rate).rounded().named("duty at the simplified rate", per=source)
    if less is not None:
        duty = (duty - less.rounded()).named("duty less the fixed deduction", per=source)
    return duty if least is None else larger_of(duty, least.rounded().named("least duty", per=source))


def postal_duty(customs_value: Quantity, rate: Figure) -> Quantity:
    """A parcel by post may owe one rate of its value in place of the tariff and all that is added to it."""
    return (customs_value * rate).rounded().named("duty on a parcel by post", per=rate.citation.key if rate.citation else "")


def total(parts: list[Quantity]) -> Quantity:
    """Add amounts of one unit."""
    first, *others = parts
    for other in others:
        first = first + other
    return first


def _bound(
    value: Quantity, weight: Quantity | None, items: Quantity, rate: Quantity | None, per_kg: Quantity | None, per_item: Quantity | None
) -> Quantity | None:
    amounts = ((value, rate), (weight, per_kg), (items, per_item))
    parts = [amount * term for amount, term in amounts if term is not None and amount is not None]
    return total(parts) if parts else None


RULES = (ad_valorem_duty, specific_duty, bounded_duty, tariff_duty, additional_duty, flat_duty, simplified_duty, postal_duty)
