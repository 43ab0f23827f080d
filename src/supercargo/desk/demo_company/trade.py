"""What the demonstration company sold, to whom, at what price: the events from which all its files are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw
from supercargo.kernel.figure import half_up_quotient

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST, LAST = date(2026, 8, 1), date(2026, 10, 31)
KNOWN_UNTIL = date(2026, 11, 6)
"""The files were downloaded on the next day."""
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Shop:
    """One place of sale: what it offers at which price (minor units, tax inside), how much it sells, to which countries."""

    channel: str
    currency: str
    prices: Mapping[str, int]
    a_day: tuple[int, int]
    countries: tuple[str, ...]
    tax_ppm: Mapping[str, int]
    """The tax inside the price by the buyer's country; a country that is absent has none inside."""
    shipping: int = 0
    free_from: int = 0
    refunds_per_thousand: int = 35


@dataclass(frozen=True, slots=True)
class Sale:
    """One line of an order; amounts of the whole line in minor units, tax inside."""

    channel: str
    order_ref: str
    line_ref: str
    at: datetime
    sku: str
    quantity: int
    currency: str
    unit_price: int
    tax_ppm: int
    shipping: int
    discount: int
    country: str
    buyer: str
    business: bool
    refunded_at: datetime | None
    sent_back_at: datetime | None

    @property
    def gross(self) -> int:
        """The goods with their tax, before discount."""
        return self.unit_price * self.quantity

    @property
    def goods_tax(self) -> int:
        """The tax inside the goods."""
        return tax_inside(self.gross, self.tax_ppm)

    @property
    def shipping_tax(self) -> int:
        """The tax inside the shipping."""
        return tax_inside(self.shipping, self.tax_ppm)


SHOPS = (
    Shop(
        "amazon-de",
        "EUR",
        {
            "HL-TEE-001": 1990, "HL-RUN-005": 7900, "HL-CAB-008": 11900, "HL-BLK-010": 3290, "HL-TEA-013": 6900, "HL-FLK-014": 2490,
            "HL-BPK-007": 5490, "HL-WAL-009": 2790, "HL-JKT-003": 6990, "HL-DSK-019": 3990,
        },
        (6, 12),
        ("DE", "DE", "DE", "DE", "AT", "FR"),
        {"DE": 190_000, "AT": 200_000, "FR": 200_000},
    ),
    Shop(
        "amazon-gb",
        "GBP",
        {"HL-PYJ-004": 2400, "HL-WAL-009": 2900, "HL-FLK-014": 2190, "HL-BLK-010": 2890, "HL-EAR-023": 3490, "HL-BPK-007": 4790},
        (4, 8),
        ("GB",),
        {"GB": 200_000},
    ),
    Shop(
        "shopify",
        "EUR",
        {"HL-TEE-001": 2290, "HL-LEG-002": 3490, "HL-WAL-009": 3200, "HL-FLK-014": 2690, "HL-RUN-005": 8400, "HL-TEA-013": 7400},
        (3, 7),
        ("DE", "DE", "FR", "NL", "AT", "IT", "ES"),
        {"DE": 190_000, "FR": 200_000, "NL": 210_000, "AT": 200_000, "IT": 220_000, "ES": 210_000},
        shipping=490,
        free_from=6000,
        refunds_per_thousand=45,
    ),
    Shop(
        "ebay-gb",
        "GBP",
        {"HL-FLK-014": 2290, "HL-WAL-009": 2790, "HL-BPK-007": 4590, "HL-CLG-006": 1890},
        (1, 4),
        ("GB",),
        {},  # the marketplace collects the tax beside the price
        shipping=395,
        free_from=10_000,
    ),
    Shop(
        "tiktok-gb",
        "GBP",
        {"HL-LEG-002": 2690, "HL-EAR-023": 2990, "HL-TEE-001": 1690, "HL-CLG-006": 1790},
        (3, 8),
        ("GB",),
        {"GB": 200_000},
        refunds_per_thousand=60,
    ),
    Shop(
        "woocommerce",
        "USD",
        {"HL-RCC-011": 6490, "HL-BPK-007": 5990, "HL-LEG-002": 3490, "HL-CLG-006": 2290, "HL-EAR-023": 3990},
        (2, 4),
        ("US",),
        {},
        shipping=695,
        free_from=9900,
    ),
)  # fmt: skip


def sales() -> tuple[Sale, ...]:
    """Give every sale of the three months, in the order of time."""
    return tuple(sorted((sale for shop in SHOPS for sale in _of(shop)), key=lambda sale: (sale.at, sale.order_ref, sale.line_ref)))


def _of(shop: Shop) -> Iterator[Sale]:
    draw, day, number = Draw(shop.channel), FIRST, 0
    while day <= LAST:
        for _ in range(draw.whole(*shop.a_day)):
            number += 1
            yield from _order(shop, day, number, draw)
        day += timedelta(days=1)


def _order(shop: Shop, day: date, number: int, draw: Draw) -> Iterator[Sale]:
    at = datetime(day.year, day.month, day.day, draw.whole(6, 21), draw.whole(0, 59), draw.whole(0, 59), tzinfo=UTC)
    country, reference = draw.one_of(shop.countries), _reference(shop.channel, number, draw)
    business, buyer = draw.chance(40), f"buyer-{shop.channel}-{draw.whole(1, 900)}"
    skus = _basket(tuple(shop.prices), draw)
    total = sum(shop.prices[sku] for sku in skus)
    for place, sku in enumerate(skus):
        refunded = at + timedelta(days=draw.whole(4, 20), hours=draw.whole(1, 9)) if draw.chance(shop.refunds_per_thousand) else None
        refunded = refunded if refunded is not None and refunded.date() <= KNOWN_UNTIL else None
        back = refunded - timedelta(days=1) if refunded is not None and draw.chance(850) else None
        quantity = 2 if draw.chance(90) else 1
        discount = -_tenth(shop.prices[sku]) if draw.chance(60) and quantity == 1 else 0
        shipping = shop.shipping if place == 0 and total < shop.free_from else 0
        yield Sale(
            shop.channel, reference, str(place + 1), at, sku, quantity, shop.currency, shop.prices[sku], shop.tax_ppm.get(country, 0),
            shipping, discount, country, buyer, business, refunded, back,
        )  # fmt: skip


def _basket(skus: tuple[str, ...], draw: Draw) -> tuple[str, ...]:
    first = draw.one_of(skus)
    second = draw.one_of(skus)
    return (first, second) if draw.chance(120) and second != first else (first,)


def _reference(channel: str, number: int, draw: Draw) -> str:
    match channel:
        case "amazon-de" | "amazon-gb":
            return f"{302 if channel.endswith('de') else 203}-{draw.digits(7)}-{draw.digits(7)}"
        case "shopify":
            return f"#{1000 + number}"
        case "ebay-gb":
            return f"{draw.whole(10, 27):02d}-{draw.digits(5)}-{draw.digits(5)}"
        case "tiktok-gb":
            return f"5838{draw.digits(7)}{number:07d}"
        case _:
            return str(7000 + number)


def tax_inside(gross: int, tax_ppm: int) -> int:
    """Give the tax inside an amount, half-up to the minor unit.

    >>> tax_inside(11900, 190_000)
    1900
    """
    return int(half_up_quotient(Decimal(gross * tax_ppm), Decimal(MILLION + tax_ppm), 0))


def share(amount: int, ppm: int) -> int:
    """Give parts per million of an amount, half-up to the minor unit."""
    return int(half_up_quotient(Decimal(amount * ppm), Decimal(MILLION), 0))


def _tenth(amount: int) -> int:
    return share(amount, 100_000)
