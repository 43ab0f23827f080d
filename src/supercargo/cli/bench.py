"""``supercargo bench``: how fast the engines are on this machine, against two yardsticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen

ROWS = 1_000_000


def options(parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    actions = parser.add_subparsers(dest="action", metavar=say("action"), title=say("actions"))
    about = say("landed-cost decisions in bulk, against a plain Decimal loop and a hand-written float expression")
    quotes = actions.add_parser("quotes", help=about, description=about, parents=[common])
    quotes.add_argument("--rows", metavar="N", help=say("decisions to compute; 1000000 if absent"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Run the measurement and show its figures."""
    given = Given(options)
    rows = given.count("rows") or ROWS
    given.settle()
    from supercargo.bench.quotes import run as measure  # noqa: PLC0415 - help and slips need no polars

    figures = measure(rows)
    if screen.as_json:
        screen.document(figures)
    else:
        screen.table((Head("measured"), Head("figure", "right")), [[screen.say(name), _written(value)] for name, value in figures.items()])
    return 1 if figures.get("differences") else 0


def _written(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3f}" if isinstance(value, float) else str(value)
