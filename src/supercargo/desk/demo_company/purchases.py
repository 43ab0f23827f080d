"""What the demonstration company bought, shipped and cleared: two batches, their bills, and their arrival in the stores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw
from supercargo.desk.demo_company.trade import share
from supercargo.kernel.figure import half_up_quotient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supercargo.connectors.catalogue.product import Product
    from supercargo.desk.demo_company.rows import Rows
    from supercargo.desk.demo_company.trade import Sale

STORES = {
    "amazon-de": "fba-eu",
    "amazon-gb": "fba-gb",
    "shopify": "ningbo",
    "ebay-gb": "leeds-3pl",
    "tiktok-gb": "leeds-3pl",
    "woocommerce": "dallas-3pl",
}
"""From which store each place of sale sends."""


@dataclass(frozen=True, slots=True)
class Lane:
    """How goods come to a store: the country of entry, duty on the value, import tax, freight per cubic metre and what entry costs."""

    country: str
    currency: str
    import_tax_ppm: int
    freight_usd_per_m3: int
    entry_fee: int
    days: int
    rate_to_cny: Decimal
    """A planning rate of the broker, printed on his bill."""


LANES = {
    "fba-eu": Lane("DE", "EUR", 190_000, 16_500, 9_500, 38, Decimal("8.25")),
    "fba-gb": Lane("GB", "GBP", 200_000, 17_500, 8_500, 36, Decimal("9.50")),
    "leeds-3pl": Lane("GB", "GBP", 200_000, 17_500, 8_500, 36, Decimal("9.50")),
    "dallas-3pl": Lane("US", "USD", 0, 21_000, 14_000, 31, Decimal("7.10")),
}
"""Home stock at Ningbo crosses no border before it is sold."""
BATCHES = ((date(2026, 6, 8), 700_000), (date(2026, 8, 17), 600_000))
"""The day of the invoice, and the share of three months' sales that the batch covers, in millionths."""
DUTY_PPM = {"DE": {"clothing": 120_000, "footwear": 168_000}, "GB": {"clothing": 120_000, "footwear": 160_000}, "US": {}}
OTHER_DUTY_PPM = {"DE": 37_000, "GB": 40_000, "US": 250_000}


def book(rows: Rows, sales: Sequence[Sale], products: Mapping[str, Product]) -> None:
    """Write down the purchases that the three months' sales needed, with a little over."""
    for store in dict.fromkeys(STORES.values()):
        units: dict[str, int] = {}
        for sale in sales:
            if STORES[sale.channel] == store:
                units[sale.sku] = units.get(sale.sku, 0) + sale.quantity
        for number, (day, part) in enumerate(BATCHES, start=1):
            _batch(
                rows,
                store,
                day,
                f"SH-{day:%y%m}-{store.upper()}",
                {sku: 1 + share(count, part) for sku, count in sorted(units.items())},
                products,
                number,
            )


def _batch(
    rows: Rows, store: str, day: date, shipment: str, units: Mapping[str, int], products: Mapping[str, Product], number: int
) -> None:
    volume = 0
    for sku, count in units.items():
        product = products[sku]
        invoice = f"NB{day:%y%m}{Draw(sku + store).digits(3)}"
        cm3 = int(half_up_quotient(product.length_cm * product.width_cm * product.height_cm * count, Decimal(1), 0))
        volume += cm3
        rows.add(
            "supplier_line",
            supplier=_supplier(product),
            invoice_ref=invoice,
            invoiced_on=day,
            due_on=day + timedelta(days=45),
            shipment_ref=shipment,
            sku=sku,
            quantity=count,
            currency="CNY",
            unit_price_e6=int(product.unit_cost * 10**6),
            amount_minor=int(product.unit_cost * 100) * count,
            weight_g=int(product.weight_g * count),
            volume_cm3=cm3,
        )
        lane = LANES.get(store)
        arrival = day + timedelta(days=lane.days if lane else 3)
        rows.add("receipt_line", warehouse=store, shipment_ref=shipment, received_on=arrival, sku=sku, quantity=count)
        if lane is not None:
            _entry(rows, lane, shipment, arrival - timedelta(days=3), sku, count, product)
    if store in LANES:
        _freight(rows, LANES[store], shipment, day, volume, number)


def _entry(rows: Rows, lane: Lane, shipment: str, day: date, sku: str, count: int, product: Product) -> None:
    value = int(half_up_quotient(product.unit_cost * 100 * count, lane.rate_to_cny, 0))
    duty = share(value, DUTY_PPM[lane.country].get(product.category, OTHER_DUTY_PPM[lane.country]))
    rows.add(
        "customs_line",
        broker="Hansa Zoll GmbH" if lane.country == "DE" else "Pennine Customs Ltd" if lane.country == "GB" else "Lone Star Brokers LLC",
        entry_ref=f"{lane.country}{day:%y%m%d}{Draw(shipment).digits(6)}",
        entered_on=day,
        shipment_ref=shipment,
        country=lane.country,
        sku=sku,
        hs_code=product.hs_code,
        currency=lane.currency,
        customs_value_minor=value,
        duty_minor=duty,
        import_tax_minor=share(value + duty, lane.import_tax_ppm),
        fees_minor=0,
    )


def _freight(rows: Rows, lane: Lane, shipment: str, day: date, volume: int, number: int) -> None:
    bill = {
        "forwarder": "Ningbo Blue Anchor Forwarding",
        "bill_ref": f"BA-{day:%y%m}-{number}-{lane.country}-{Draw(shipment).digits(3)}",
        "shipment_ref": shipment,
    }
    sea = share(volume, lane.freight_usd_per_m3)
    rows.add(
        "freight_line", **bill, billed_on=day + timedelta(days=6), charge="sea freight", share_by="volume", currency="USD", amount_minor=sea
    )
    rows.add(
        "freight_line",
        **bill,
        billed_on=day + timedelta(days=6),
        charge="pick-up and export clearance",
        share_by="weight",
        currency="CNY",
        amount_minor=86_000,
    )
    rows.add(
        "freight_line",
        **bill,
        billed_on=day + timedelta(days=6),
        charge="entry and delivery",
        share_by="value",
        currency=lane.currency,
        amount_minor=lane.entry_fee,
    )


def _supplier(product: Product) -> str:
    makers = {"clothing": "Yongkang Textile Co., Ltd.", "footwear": "Wenling Footwear Works", "luggage": "Pinghu Luggage Factory"}
    return makers.get(product.category, "Yiwu Harbour General Goods Co., Ltd.")
