"""``supercargo demo``: the demonstration company's files into a book, its decision sheet, then its page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.cli import demo_books, planning, serving
from supercargo.cli.usage import Given
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.demo import Books, Demo
    from supercargo.kernel.finding import Refused

FOLDER = "supercargo-demo"


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("--folder", metavar="DIR", help=say("folder for decisions.xlsx; ./supercargo-demo if absent"))
    parser.add_argument("--on", metavar="DATE", help=say("day of the question, as 2026-07-15; today if absent"))
    parser.add_argument("--no-serve", action="store_true", help=say("end after the sheet"))
    serving.options(parser, say)


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Show the demonstration company."""
    given = Given(options)
    day, port = given.day("on", date.today()), serving.port_of(given)  # noqa: DTZ011 - the user's own day
    folder = Path(given.text("folder") or FOLDER).expanduser()
    given.settle()
    books = _books(folder, screen)
    if not screen.as_json:
        demo_books.show(books, screen)
        screen.line()
    shown = _demo(folder, day, screen)
    if screen.as_json:
        screen.document({"book": demo_books.document(books, screen), "plan": shown.plan.document(screen.language)})
    else:
        planning.show_plan(shown.plan, screen)
        screen.line()
        screen.line(screen.say(said("written to {file}", file=shown.sheet)))
    code = planning.exit_code(shown.plan)
    if not options.no_serve:
        serving.serve(screen, port, shown.files.catalogue, shown.files.company, shown.files.cards)
    return code


def _books(folder: Path, screen: Screen) -> Books:
    from supercargo.desk.demo import books  # noqa: PLC0415 - help and slips need no desk

    try:
        with screen.progress() as report:
            return books(folder, screen.language, report)
    except OSError as fault:
        raise _cannot_be_written(folder, fault) from fault


def _demo(folder: Path, day: date, screen: Screen) -> Demo:
    from supercargo.desk.demo import demo  # noqa: PLC0415 - help and slips need no desk

    try:
        with screen.progress() as report:
            return demo(folder, day, screen.language, report)
    except OSError as fault:
        raise _cannot_be_written(folder, fault) from fault


def _cannot_be_written(folder: Path, fault: OSError) -> Refused:
    message = said("{file} cannot be written: {reason}", file=folder, reason=fault.strerror or str(fault))
    return refuse("DEMO-010", "folder", message, "choose another folder with --folder")
