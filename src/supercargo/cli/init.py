"""``supercargo init``: begin a company's book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("folder", metavar="DIR", help=say("folder of the company; it is made"))
    parser.add_argument("--home", metavar="XX", help=say("country of the company, such as CN"))
    parser.add_argument("--base-currency", metavar="XXX", help=say("currency in which profit is told, such as CNY"))
    parser.add_argument("--database", metavar="URL", help=say("postgresql://user@host:5432/name; a file in the folder if absent"))
    parser.add_argument("--company", metavar="FILE", help=say("company.toml to begin with"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Make the folder."""
    given = Given(options)
    home, currency, values = given.country("home"), given.currency("base_currency"), given.file("company")
    if not given.text("home"):
        given.need("home", "name the country of the company, such as CN")
    if not given.text("base_currency"):
        given.need("base_currency", "name the currency in which profit is told, such as CNY")
    given.settle()
    from supercargo.desk.company_folder import create  # noqa: PLC0415 - help and slips need no book

    folder = Path(given.text("folder")).expanduser()
    place = create(folder, home, currency, given.text("database"), screen.language, values)
    if screen.as_json:
        screen.document({"book": str(place.folder), "database": place.name, "home": place.home, "base_currency": place.base_currency})
    else:
        screen.line(screen.say(said("the book of the company begins in {folder}", folder=place.folder)))
        screen.line(screen.say("keep a copy of secret.key apart from the folder: without it no buyer is known again and no row is proven"))
    return 0
