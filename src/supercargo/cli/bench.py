"""``supercargo bench``: how fast the program is on this machine, against plain yardsticks, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen

ROWS = {"quotes": 1_000_000, "import": 300_000, "profit": 10_000_000}
"""How many rows each action measures with when nobody says."""


def options(parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    actions = parser.add_subparsers(dest="action", metavar=say("action"), title=say("actions"))
    about = say("landed-cost decisions in bulk, against a plain Decimal loop and a hand-written float expression")
    quotes = actions.add_parser("quotes", help=about, description=about, parents=[common])
    quotes.add_argument("--rows", metavar="N", help=say("decisions to compute; 1000000 if absent"))
    about = say("files of marketplaces parsed, checked and saved, against csv and Decimal in a loop")
    imports = actions.add_parser("import", help=about, description=about, parents=[common])
    imports.add_argument("--rows", metavar="N", help=say("rows of all files together; 300000 if absent"))
    imports.add_argument("--database", metavar="URL", help=say("address of a PostgreSQL server with an empty database; SQLite if absent"))
    about = say("lines into the lake and the profit cube, against DuckDB on the same files and a Decimal loop")
    profit = actions.add_parser("profit", help=about, description=about, parents=[common])
    profit.add_argument("--rows", metavar="N", help=say("profit lines to write and to cut; 10000000 if absent"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Run the measurement and show its figures."""
    given = Given(options)
    if not options.action:
        given.fault("USAGE-031", "bench", "the action is missing", said("use one of: {known}", known=", ".join(ROWS)))
    rows = given.count("rows") or ROWS.get(options.action, 1)
    given.settle()
    figures = _measured(options.action, rows, given.text("database"))
    if screen.as_json:
        screen.document(figures)
    else:
        screen.table((Head("measured"), Head("figure", "right")), [[screen.say(name), _written(value)] for name, value in figures.items()])
    return 1 if figures.get("differences") else 0


def _measured(action: str, rows: int, database: str) -> dict[str, Any]:
    if action == "import":
        from supercargo.bench.imports import run as imports  # noqa: PLC0415 - help and slips need no polars

        return imports(rows, database)
    if action == "profit":
        from supercargo.bench.profit import run as profit  # noqa: PLC0415 - see above

        return profit(rows)
    from supercargo.bench.quotes import run as quotes  # noqa: PLC0415 - see above

    return quotes(rows)


def _written(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3f}" if isinstance(value, float) else str(value)
