"""``supercargo serve``: the page on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.cli import serving
from supercargo.cli.usage import Given

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    serving.options(parser, say)
    parser.add_argument(
        "--catalogue", metavar="FILE", help=say("catalogue of products; catalogue.csv here, or the demonstration company's, if absent")
    )
    parser.add_argument("--company", metavar="FILE", help=say("company.toml; the one beside the catalogue if absent"))
    parser.add_argument("--cards", metavar="DIR", help=say("folder of your rate cards; the one beside the catalogue if absent"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Serve the page until Ctrl-C."""
    given = Given(options)
    port, catalogue, company, cards = serving.port_of(given), given.file("catalogue"), given.file("company"), given.folder("cards")
    given.settle()
    from supercargo.desk.files import find  # noqa: PLC0415 - help and slips need no desk

    files = find(catalogue, company, cards)
    serving.serve(screen, port, files.catalogue, files.company, files.cards)
    return 0
