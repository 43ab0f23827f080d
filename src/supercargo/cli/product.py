"""What the commands about one product share: its article number, and finding it in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.planning import Asked
    from supercargo.connectors.catalogue import Product
    from supercargo.desk.files import Papers


def sku_options(parser: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Add the article number and the catalogue that it stands in."""
    parser.add_argument("sku", metavar="SKU", help=say("article number of the product in the catalogue"))
    parser.add_argument(
        "--catalogue", metavar="FILE", help=say("catalogue of products; catalogue.csv here, or the demonstration company's, if absent")
    )


def found(asked: Asked, sku: str) -> tuple[Papers, Product]:
    """Read the company's files and find the product in them.

    Raises:
        Refused: PRICE-410, the catalogue has no such product.
    """
    from supercargo.desk.files import read  # noqa: PLC0415 - help and slips need no desk

    papers = read(asked.files)
    product = papers.catalogue.find(sku)
    if product is None:
        message = said("there is no product {sku} in {file}", sku=sku, file=asked.files.catalogue)
        raise refuse("PRICE-410", "sku", message, "check the article number, and the findings on the catalogue's rows")
    return papers, product
