"""Reading the command line in the user's language; a slip becomes a finding, not a stack of text."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

from supercargo.cli.usage import WrongUsage
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Language, translate

if TYPE_CHECKING:
    from collections.abc import Callable


class Parser(argparse.ArgumentParser):
    """An argument parser that raises ``WrongUsage`` in place of leaving the program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Say what was wrong and where the help is."""
        remedy = translate('see "{command} --help"', _language).format(command=self.prog)
        raise WrongUsage(Finding("USAGE-002", "error", self.prog, message, remedy))


OWN_WORDS = (
    "usage: ",
    "options",
    "positional arguments",
    "show this help message and exit",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "expected at most one argument",
    "expected %s argument",
    "expected %s arguments",
    "ignored explicit argument %r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
    "not allowed with argument %s",
    "one of the arguments %s is required",
)
"""What argparse itself says; the check of the words reads this list."""
_language: Language = "en"


def speak(language: Language) -> Callable[[str], str]:
    """Let argparse use the words of a language, its own ones included, and give the function that says a text."""
    global _language  # noqa: PLW0603 - argparse keeps its words in its module, one language for the process
    _language = language

    def say(text: str) -> str:
        return translate(text, language)

    def plural(one: str, many: str, count: int) -> str:
        return say(one if count == 1 else many)

    vars(argparse).update({"_": say, "ngettext": plural})
    return say


def shared(say: Callable[[str], str]) -> Parser:
    """Give the options that every command has."""
    common = Parser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=say("language of the answer"))
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("give the answer as a JSON document"))
    return common


def setting(parser: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Add the options that choose the law: the day, overlays, planning rates."""
    parser.add_argument("--on", metavar="DATE", help=say("day of the question, as 2026-07-15; today if absent"))
    parser.add_argument(
        "--overlay", metavar="DIR", action="append", help=say("folder of your own values, in the form of the reference book; repeatable")
    )
    parser.add_argument(
        "--rate", metavar="USD/TWD=32.1", action="append", help=say("planning rate of exchange: one USD is 32.1 TWD; repeatable")
    )
