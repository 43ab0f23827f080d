"""What Amazon charges the demonstration company, by the tariff of the day: the same tables that check it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from supercargo.engines.pricing.channel_fees.decide import decide
from supercargo.engines.pricing.channel_fees.facts import Facts
from supercargo.engines.pricing.channel_fees.fulfilment import fulfilment
from supercargo.engines.pricing.unit_economics.rules import commission, fee_by_price
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure, single
from supercargo.reference.law import Law

if TYPE_CHECKING:
    from datetime import date

    from supercargo.connectors.catalogue.product import Product
    from supercargo.engines.pricing.unit_economics.facts import Commission, FeeByPrice
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True)
class Tariff:
    """The fees of a marketplace for the company's products on a day."""

    products: dict[str, Product]

    def commission(self, market: str, sku: str, price: int, currency: str, day: date) -> int:
        """Give the commission on a price, in minor units."""
        return _minor(commission(_money(price, currency), _commission(self.products[sku], market, currency, _stretch(day))))

    def fulfilment(self, market: str, sku: str, price: int, currency: str, day: date) -> int:
        """Give the fulfilment fee of one unit, in minor units."""
        return _minor(fee_by_price(_money(price, currency), _fulfilment(self.products[sku], market, currency, _stretch(day))))


def _money(minor: int, currency: str) -> Figure:
    return Figure.money(Decimal(minor).scaleb(-minor_digits(currency)), currency)


def _minor(amount: Quantity) -> int:
    figure = single(amount)
    return int(figure.rounded().amount.scaleb(minor_digits(figure.unit.currency or "")))


def _stretch(day: date) -> date:
    """Give the first day of the half month: tariffs change on the first or the fifteenth, and need not be looked up for each day."""
    return day.replace(day=1 if day.day < 15 else 15)  # noqa: PLR2004 - see above


@cache
def _commission(product: Product, market: str, currency: str, day: date) -> Commission:
    return decide(_facts(product, market, currency, ""), Law(day)).commission


@cache
def _fulfilment(product: Product, market: str, currency: str, day: date) -> FeeByPrice:
    return fulfilment(_facts(product, market, currency, "fba"), Law(day)).fee


def _facts(product: Product, market: str, currency: str, programme: str) -> Facts:
    longest, median, shortest = sorted((product.length_cm, product.width_cm, product.height_cm), reverse=True)
    return Facts(
        "amazon",
        market,
        product.category,
        currency,
        Figure.of(product.weight_g, "g"),
        Figure.of(longest, "cm"),
        Figure.of(median, "cm"),
        Figure.of(shortest, "cm"),
        programme=programme,
    )
