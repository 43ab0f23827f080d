"""The choice among quotes: the cheapest, the fastest, and all that nothing beats in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from supercargo.engines.logistics.carrier_quote.facts import Decision


@dataclass(frozen=True, slots=True)
class Choice:
    """The quotes of a single case: those that take the parcel, and among them the best.

    ``frontier`` holds every quote that no other beats in price, in half-time and in nine-in-ten time
    at once, cheapest first. ``cheapest`` and ``fastest`` are absent when no carrier takes the parcel;
    ``refused`` says why each of them does not.
    """

    quotes: tuple[Decision, ...]
    cheapest: Decision | None
    fastest: Decision | None
    frontier: tuple[Decision, ...]
    refused: tuple[Decision, ...]


def compare(quotes: Sequence[Decision]) -> Choice:
    """Compare quotes in one currency.

    Equal prices are decided by the days, equal days by the price, and then by the order given.

    Raises:
        UnitMismatchError: quotes in different currencies.
    """
    fit = tuple(quote for quote in quotes if not quote.refusals)
    for quote in fit[1:]:
        quote.price.same_unit(fit[0].price, "compare")
    return Choice(
        fit,
        min(fit, key=_by_price, default=None),
        min(fit, key=_by_days, default=None),
        tuple(sorted((quote for quote in fit if not any(_beats(other, quote) for other in fit)), key=_by_price)),
        tuple(quote for quote in quotes if quote.refusals),
    )


def _measures(quote: Decision) -> tuple[Decimal, Decimal, Decimal]:
    if not isinstance(quote.price, Figure):
        msg = "quotes are compared case by case; in bulk keep each quote's price as a column and compare those"
        raise TypeError(msg)
    return quote.price.amount, quote.days_p50.amount, quote.days_p90.amount


def _by_price(quote: Decision) -> tuple[Decimal, ...]:
    return _measures(quote)


def _by_days(quote: Decision) -> tuple[Decimal, ...]:
    price, half, most = _measures(quote)
    return half, most, price


def _beats(this: Decision, that: Decision) -> bool:
    ours, theirs = _measures(this), _measures(that)
    return ours != theirs and all(mine <= other for mine, other in zip(ours, theirs, strict=True))
