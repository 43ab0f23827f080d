"""``supercargo audit verify``: prove that the book is still what was written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
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
    about = say("recompute the chain of writes, every imported row and every kept file")
    verify = actions.add_parser("verify", help=about, description=about, parents=[common])
    verify.add_argument("--book", metavar="DIR", help=say("the company's folder; else the one in which you are"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Verify the book."""
    given = Given(options)
    folder = given.folder("book")
    given.settle()
    from supercargo.book.place import Place  # noqa: PLC0415 - help and slips need no book
    from supercargo.desk.audit import verify  # noqa: PLC0415

    place = Place.find(folder)
    with screen.progress() as report:
        answer = verify(place, report)
    return screen.answer(answer, lambda told: _show(told, screen))


def _show(answer: Answer, screen: Screen) -> None:
    screen.table(
        (Head("checked"), Head("count", "right")), [[screen.say(row["checked"]), f"{row['count']:,}"] for row in answer.rows["counts"]]
    )
    screen.line()
    screen.findings(answer.findings)
    errors = len(answer.findings)
    screen.line(screen.say(said("{count} errors", count=errors)) if errors else screen.say("the book is whole"))
