"""The demonstration company's three months as record tables, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.connectors import catalogue as catalogues
from supercargo.desk.demo_company import amazon, banks, ebay, faults, purchases, shops, stock, tiktok
from supercargo.desk.demo_company.fees import Tariff
from supercargo.desk.demo_company.rows import Rows
from supercargo.desk.demo_company.trade import sales
from supercargo.desk.files import examples

if TYPE_CHECKING:
    from supercargo.connectors.catalogue.product import Product
    from supercargo.desk.demo_company.faults import Fault
    from supercargo.desk.demo_company.trade import Sale


@dataclass(frozen=True, slots=True)
class Trade:
    """Everything that happened, the products, and the faults that were planted."""

    sales: tuple[Sale, ...]
    products: dict[str, Product]
    rows: Rows
    faults: tuple[Fault, ...]


def trade() -> Trade:
    """Let the company trade for three months; the same on every machine.

    Raises:
        Refused: DEMO-404, the examples did not come with this installation.
    """
    products = {product.sku: product for product in catalogues.read(examples() / "catalogue.csv").products}
    titles = {sku: product.title for sku, product in products.items()}
    sold, rows = sales(), Rows()
    purchases.book(rows, sold, products)
    amazon.book(rows, sold, Tariff(products), titles)
    stock.book(rows, sold, titles)
    shops.book(rows, sold, titles)
    ebay.book(rows, sold, titles)
    tiktok.book(rows, sold, titles)
    planted = faults.plant_before_banking(rows)
    banks.book(rows)
    planted += faults.plant_after_banking(rows)
    return Trade(sold, products, rows, tuple(planted))
