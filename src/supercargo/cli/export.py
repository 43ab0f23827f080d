"""``supercargo export``: a month of the ledger as vouchers for another book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.cli.usage import Given

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer

SYSTEMS = ("xero", "quickbooks", "kingdee", "yonyou", "beancount", "accounts")


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("system", choices=SYSTEMS, help=say("the other book; accounts writes the mapping of accounts to be edited"))
    parser.add_argument("--month", metavar="2026-07", help=say("the month"))
    parser.add_argument("--out", metavar="DIR", required=True, help=say("folder of the files"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Write the files."""
    given = Given(options)
    month, out = given.text("month"), Path(given.text("out")).expanduser()
    if options.system != "accounts" and not month:
        given.need("month", "say which month, as 2026-07")
    given.settle()
    from supercargo.desk.ledger import answers  # noqa: PLC0415 - help and slips need no book

    return screen.answer(answers.export(options.system, month, out, screen.language), lambda answer: _show(answer, screen))


def _show(answer: Answer, screen: Screen) -> None:
    for row in answer.rows.get("files", []):
        screen.line(str(row["file"]))
    screen.findings(answer.findings)
