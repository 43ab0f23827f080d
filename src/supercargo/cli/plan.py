"""``supercargo plan``: the decision sheet of a catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.cli import planning
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen

SUFFIXES = (".xlsx", ".csv", ".parquet")


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("catalogue", metavar="CATALOGUE", help=say("catalogue of products, CSV or XLSX"))
    planning.options(parser, say, many=True)
    parser.add_argument("--out", metavar="FILE", help=say("decision sheet to write: .xlsx, .csv or .parquet"))
    parser.add_argument("--explain", metavar="N", help=say("rows that the sheet explains line by line; 50 if absent"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Plan a catalogue and write the sheet."""
    given = Given(options)
    catalogue = given.path("catalogue")
    out = Path(given.text("out")).expanduser() if given.text("out") else None
    if out is not None and out.suffix.lower() not in SUFFIXES:
        given.fault(
            "USAGE-023",
            "--out",
            said("{file} is no kind of sheet that can be written", file=out.name),
            said("let it end in {known}", known=", ".join(SUFFIXES)),
        )
    if out is not None and not out.parent.is_dir():
        given.fault("USAGE-018", "--out", said("there is no folder {path}", path=out.parent), "give a folder that exists")
    explained = given.count("explain", 0)
    asked = planning.read(given, catalogue)
    with screen.progress() as report:
        plan = planning.make_plan(asked, report)
        if out is not None:
            from supercargo.desk.plan_sheet import write  # noqa: PLC0415 - the writer of XLSX is loaded when there is something to write

            report(0, 1, "writing the sheet")
            told = write(plan, out, screen.language, 50 if explained is None else explained, report)
            plan = replace(plan, findings=(*plan.findings, *told))
    if screen.as_json:
        screen.document(plan.document(screen.language))
    else:
        planning.show_plan(plan, screen)
        if out is not None:
            screen.line()
            screen.line(screen.say(said("written to {file}", file=out)))
    return planning.exit_code(plan)
