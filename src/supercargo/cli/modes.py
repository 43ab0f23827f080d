"""``supercargo modes``: direct mail, a warehouse abroad or FBA for one product, and from which volume each is the cheapest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.cli import planning
from supercargo.cli.product import found, sku_options
from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    sku_options(parser, say)
    planning.options(parser, say, many=False)
    parser.add_argument("--units", metavar="N", help=say("units sold in a month; those of the catalogue if absent"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Compare the ways of fulfilment."""
    given = Given(options)
    if not given.text("to"):
        given.need("to", said("give the country of the buyer"))
    units = given.count("units")
    asked = planning.read(given, given.file("catalogue"))
    return screen.answer(_compared(asked, given.text("sku"), units), lambda answer: _show(answer, screen))


def _compared(asked: planning.Asked, sku: str, units: int | None) -> Answer:
    from dataclasses import replace  # noqa: PLC0415

    from supercargo.desk.modes import compare_modes  # noqa: PLC0415 - help and slips need no desk

    papers, product = found(asked, sku)
    law = planning.law_for(asked, dict(papers.company.planning_rates))
    volume = units or product.monthly_units
    if volume is None:
        message = said("the catalogue does not say how many {sku} are sold in a month", sku=sku)
        raise refuse("MODE-423", "units", message, "give the units sold in a month with --units")
    channel = asked.channels[0] if asked.channels else "amazon"
    answer = compare_modes(product, asked.markets[0], papers.company, law, papers.cards, volume, channel)
    return replace(answer, findings=(*answer.findings, *papers.findings))


def _show(answer: Answer, screen: Screen) -> None:
    asked = answer.asked
    words = {"sku": asked["sku"], "market": asked["market"], "units": asked["monthly_volume"]}
    title = said("Ways to fulfil {sku} in {market} at {units} units a month", **words)
    screen.heading(screen.say(title))
    heads = (Head("way"), Head("cost per unit", "right"), Head("profit", "right"), Head("cash tied up", "right"), Head("days", "right"))
    further = (Head("carbon", "right"), Head("cheapest for good from", "right"))
    screen.table((*heads, *further), [_row(way, screen) for way in answer.rows.get("ways", [])])
    if "cheapest" in answer.words:
        screen.line()
        screen.line(screen.say(said("cheapest at this volume: {way}", way=answer.words["cheapest"])))
    if answer.findings:
        screen.line()
        screen.findings(answer.findings)


def _row(way: dict[str, Any], screen: Screen) -> list[str]:
    money = [f"{way[name]['amount']} {way[name]['unit']}" if way.get(name) else "" for name in ("cost_per_unit", "profit", "cash_tied_up")]
    since = way["break_even_units"]
    from_units = screen.say("never") if since is None else str(since)
    days = f"{way['days_p50']}-{way['days_p90']}"
    return [screen.say(way["way"]), *money, days, str(way["carbon"]), from_units]
