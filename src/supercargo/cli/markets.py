"""``supercargo markets``: the markets in order, with visible weights, and how stable the order is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.cli import planning
from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer

PILLARS = ("economics", "logistics", "barrier")
WHOLE = 100


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--catalogue", metavar="FILE", help=say("catalogue of products; catalogue.csv here, or the demonstration company's, if absent")
    )
    parser.add_argument(
        "--weights", metavar="economics=40,logistics=30,barrier=30", help=say("how much each question counts; 100 together")
    )
    planning.options(parser, say, many=True)


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Rank the markets."""
    given = Given(options)
    weights = _weights(given)
    asked = planning.read(given, given.file("catalogue"))
    from supercargo.desk.ranking import RankingRequest, rank_markets  # noqa: PLC0415 - help and slips need no engines

    with screen.progress() as report:
        plan = planning.make_plan(asked, report)
        answer = rank_markets(RankingRequest(plan, weights), plan.law)
    return screen.answer(answer, lambda done: _show(done, screen))


def _weights(given: Given) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in given.texts("weights"):
        name, sign, raw = part.partition("=")
        if not sign or name not in PILLARS or name in found:
            remedy = said("write each once, as {example}", example="economics=40,logistics=30,barrier=30")
            given.fault("USAGE-025", "--weights", said("{text} is not a weight", text=repr(part)), remedy)
        elif (value := given.number("--weights", raw.removesuffix("%"))) is not None:
            found[name] = value
    if found and sum(found.values()) != WHOLE:
        given.fault(
            "USAGE-026",
            "--weights",
            said("the weights add up to {total}, not to 100", total=sum(found.values())),
            "let them be 100 together; a question left out counts 0",
        )
    return {name: found.get(name, Decimal(0)) for name in PILLARS} if found else {}


def _show(answer: Answer, screen: Screen) -> None:
    for name, rows in answer.rows.items():
        screen.heading(screen.say(name))
        titles = [title for title in rows[0] if not isinstance(rows[0][title], list)]
        heads = [Head(title.replace("_", " "), _align(rows, title)) for title in titles]
        screen.table(heads, [[_cell(row.get(title), screen) for title in titles] for row in rows])
        _show_lists(rows, screen)
        screen.line()
    for name, text in answer.words.items():
        screen.line(f"{screen.say(name)}: {screen.say(text)}")
    screen.findings(answer.findings)


def _show_lists(rows: list[dict[str, Any]], screen: Screen) -> None:
    """Write what a table has no room for below it, such as the gates that a market passed."""
    for row in rows:
        lists = [(title, value) for title, value in row.items() if isinstance(value, list) and value]
        for title, value in lists:
            screen.line(f"{row.get('market', '')} {screen.say(title)}: {_cell(value, screen)}")


def _align(rows: list[dict[str, Any]], title: str) -> Any:
    cells = [str(row.get(title) or "") for row in rows]
    return "right" if all(cell[:1].isdigit() or cell[:1] in ("", "-") for cell in cells) else "left"


def _cell(value: object, screen: Screen) -> str:
    match value:
        case None:
            return ""
        case bool():
            return screen.say("yes" if value else "no")
        case dict():
            return f"{value.get('amount', '')} {value.get('unit', value.get('currency', ''))}".strip()
        case list() | tuple():
            return ", ".join(_cell(part, screen) for part in value)
        case str():
            return screen.say(value)
        case _:
            return str(value)
