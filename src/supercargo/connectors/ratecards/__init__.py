"""A carrier's or forwarder's price sheet -> rate cards, with a line for every row that cannot be read; and back."""

from supercargo.connectors.ratecards.files import read, read_content
from supercargo.connectors.ratecards.mapping import parse
from supercargo.connectors.ratecards.reading import Reading
from supercargo.connectors.ratecards.render import render

__all__ = ["Reading", "parse", "read", "read_content", "render"]
