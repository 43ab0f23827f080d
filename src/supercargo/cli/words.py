"""``supercargo words``: whether everything that a person reads is there in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.cli.screen import Head
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer


def options(parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    actions = parser.add_subparsers(dest="action", metavar=say("action"), title=say("actions"), required=True)
    about = say("check that every text is there in both languages")
    actions.add_parser("check", help=about, description=about, parents=[common])


def run(_options: argparse.Namespace, screen: Screen) -> int:
    """Check the words."""
    from supercargo.desk.words_check import check  # noqa: PLC0415 - reads the whole source

    return screen.answer(check(), lambda answer: _show(answer, screen))


def _show(answer: Answer, screen: Screen) -> None:
    screen.table(
        (Head("checked"), Head("count", "right")), [[screen.say(row["checked"]), f"{row['count']:,}"] for row in answer.rows["counts"]]
    )
    screen.line()
    screen.findings(answer.findings)
    errors = sum(finding.severity == "error" for finding in answer.findings)
    screen.line(screen.say(said("{count} errors", count=errors)) if errors else screen.say("no errors"))
