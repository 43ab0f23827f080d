"""A company's catalogue: products as their seller describes them, faults reported row by row."""

from supercargo.connectors.catalogue.files import read, read_catalogue, read_upload
from supercargo.connectors.catalogue.mapping import parse, render
from supercargo.connectors.catalogue.product import Answers, Battery, Catalogue, ColumnTaken, Product

__all__ = ["Answers", "Battery", "Catalogue", "ColumnTaken", "Product", "parse", "read", "read_catalogue", "read_upload", "render"]
