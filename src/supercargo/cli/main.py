"""The entry of the command line: find the command, read its options, show its answer, give the exit code.

Exit codes: 0 answered; 1 answered with findings of severity error, or no answer possible; 2 wrong
usage; 130 interrupted; 141 nobody reads the output any more.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Protocol, cast

from supercargo.cli.parser import Parser, shared, speak
from supercargo.cli.screen import Screen
from supercargo.cli.terminal import language_of, prepare
from supercargo.cli.usage import WrongUsage
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

ANSWERED, NOT_ANSWERED, WRONG_USAGE, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141
COMMANDS = (
    "quote",
    "plan",
    "price",
    "modes",
    "tiers",
    "markets",
    "law",
    "init",
    "import",
    "audit",
    "tie-out",
    "profit",
    "lake",
    "ledger",
    "export",
    "bench",
    "demo",
    "serve",
    "words",
)
MODULES = {"import": "imports", "tie-out": "tie_out"}
"""Commands whose name cannot be that of a module."""


class Command(Protocol):
    """What every module of a command offers."""

    def options(self, parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
        """Add the options of the command."""

    def run(self, options: argparse.Namespace, screen: Screen) -> int:
        """Carry the command out and give the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    prepare()
    screen = Screen(language_of(typed, os.environ), as_json="--json" in typed)
    try:
        code = _answer(typed, screen)
        sys.stdout.flush()
    except WrongUsage as slip:
        return _not_answered(screen, typed, slip.findings, WRONG_USAGE)
    except Refused as refusal:
        return _not_answered(screen, typed, refusal.findings, NOT_ANSWERED)
    except ValueError as fault:
        return _not_answered(screen, typed, _faults_of(fault), NOT_ANSWERED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except KeyboardInterrupt:
        print(screen.say("interrupted; nothing was left half done"), file=sys.stderr)
        return INTERRUPTED
    return code


def _answer(typed: list[str], screen: Screen) -> int:
    say = speak(screen.language)
    chosen = next((word for word in typed if word in COMMANDS), "")
    parser = _parser(chosen, say)
    try:
        options = parser.parse_args(typed)
    except SystemExit as leaving:  # help and version end here
        return int(leaving.code or 0)
    if getattr(options, "version", False):
        print(_version())
        return ANSWERED
    if not options.command:
        parser.print_help()
        return WRONG_USAGE
    return _module(options.command).run(options, screen)


def _parser(chosen: str, say: Callable[[str], str]) -> Parser:
    common = shared(say)
    parser = Parser(
        prog="supercargo", description=say("Where to sell abroad, by which route, at what price, what is left, and why."), parents=[common]
    )
    parser.epilog = say("Exit codes: 0 answered; 1 no answer, or an answer with errors; 2 wrong usage.")
    parser.add_argument("--version", action="store_true", help=say("show the version and leave"))
    commands = parser.add_subparsers(dest="command", metavar=say("command"), title=say("commands"))
    for name, about in _abouts(say).items():
        child = commands.add_parser(name, help=about, description=about, parents=[common])
        if name == chosen:
            _module(name).options(child, common, say)
    return parser


def _abouts(say: Callable[[str], str]) -> dict[str, str]:
    return {
        "quote": say("landed cost of a consignment: duty, tax, fees, who collects, and why"),
        "plan": say("decision sheet: catalogue x market x channel x route"),
        "price": say("lowest price of a product that meets the margin"),
        "modes": say("direct mail, warehouse abroad or FBA: cost, days, cash, carbon, and from which volume"),
        "tiers": say("at which step of the supplier's price list to buy"),
        "markets": say("markets in order of what they promise, and how stable the order is"),
        "law": say("the reference book: list, show, history, check, load"),
        "init": say("begin a company's book: its folder, its key, its database"),
        "import": say("bring files of marketplaces, banks and suppliers into the book"),
        "audit": say("prove that the book is still what was written into it"),
        "tie-out": say("every settlement, payout and bank line: ties, differs by, missing; and what that costs"),
        "profit": say("what is left of the sales, by country, channel, product, brand, month or currency"),
        "lake": say("the lake of profit lines: write, show"),
        "ledger": say("the ledger: post, close a month, reverse an entry, balances"),
        "export": say("a month of the ledger as vouchers for another book"),
        "bench": say("how fast the engines are on this machine"),
        "demo": say("the demonstration company: decision sheet and page"),
        "serve": say("the page on this machine"),
        "words": say("check that every text is there in both languages"),
    }


def _module(name: str) -> Command:
    return cast("Command", importlib.import_module(f"supercargo.cli.{MODULES.get(name, name)}"))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, and only --version needs it

    try:
        return f"supercargo {version('supercargo')}"
    except PackageNotFoundError:
        return "supercargo"


def _faults_of(fault: ValueError) -> tuple[Finding, ...]:
    """Tell what is wrong with a tariff of the user's own; any other error is ours and is raised again."""
    from supercargo.reference.tariff import TariffFileError  # noqa: PLC0415 - only a faulty file needs it

    if not isinstance(fault, TariffFileError):
        raise fault
    remedy = said("correct the row, or take the file out of the folder")
    return tuple(Finding("TARIFF-422", "error", f"{fault.path} row {line.row_number}", line.message, remedy) for line in fault.faults)


def _not_answered(screen: Screen, typed: list[str], findings: tuple[Finding, ...], code: int) -> int:
    if screen.as_json:
        from supercargo.desk.answer import Answer  # noqa: PLC0415 - a slip is told without loading the desk

        question = next((word for word in typed if word in COMMANDS), "")
        screen.document(Answer(question, {}, findings=findings).document(screen.language))
    else:
        screen.findings(findings, aside=True)
    return code
