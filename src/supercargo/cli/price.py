"""``supercargo price``: the lowest price of a product that meets the margin, with its waterfall."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.cli import planning
from supercargo.cli.product import found, sku_options
from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
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
    parser.add_argument("--ending", metavar="0.99", help=say("what the price ends in; 0 for any price; that of the company if absent"))
    parser.add_argument("--explain", action="store_true", help=say("show every step with formula, source and first day in force"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Find the price."""
    given = Given(options)
    needed = {
        "to": said("give the country of the buyer"),
        "via": said("give the route: direct, warehouse or fba"),
        "channel": said("give the channel, such as amazon"),
    }
    for name, why in needed.items():
        if not given.text(name):
            given.need(name, why)
        elif "," in given.text(name) or given.text(name) == planning.ALL:
            given.fault(
                "USAGE-024",
                f"--{name}",
                "one is asked for here, not several",
                said("give one; several are for {command}", command="supercargo plan"),
            )
    ending = given.amount("ending")
    asked = planning.read(given, given.file("catalogue"))
    return screen.answer(_price(asked, given.text("sku"), ending), lambda answer: _show(answer, screen, explain=options.explain))


def _price(asked: planning.Asked, sku: str, ending: Decimal | None) -> Answer:
    from dataclasses import replace  # noqa: PLC0415

    from supercargo.desk.offer import Situation  # noqa: PLC0415 - help and slips need no desk
    from supercargo.desk.price import PriceRequest, price  # noqa: PLC0415

    papers, product = found(asked, sku)
    route: Any = asked.routes[0]
    request = PriceRequest(product, papers.company, asked.on, asked.markets[0], asked.channels[0], route, asked.margin_rate, ending)
    law = planning.law_for(asked, dict(papers.company.planning_rates))
    answer = price(request, Situation(papers.company, law, papers.cards))
    return replace(answer, findings=(*answer.findings, *papers.findings))


def _show(answer: Answer, screen: Screen, *, explain: bool) -> None:
    screen.heading(
        screen.say(
            said(
                "{sku} in {market} on {channel} by {route}, {on}",
                **{name: answer.asked.get(name, "") for name in ("sku", "market", "channel", "route", "on")},
            )
        )
    )
    rows = [[screen.say(figure.name), figure.shown(screen.language)] for figure in answer.amounts.values()]
    screen.table((Head("amount"), Head("sum", "right")), rows)
    if "waterfall" in answer.rows:
        screen.line()
        screen.heading(screen.say("From the shop price to the profit"))
        screen.table(
            (Head("step"), Head("sum", "right")),
            [[screen.say(str(row["name"])), f"{row['amount']} {row['unit']}"] for row in answer.rows["waterfall"]],
        )
    if "neighbours" in answer.rows:
        screen.line()
        screen.heading(screen.say("Proof: the prices beside it"))
        screen.table(
            (Head("price", "right"), Head("profit", "right"), Head("margin", "right"), Head("meets the margin")),
            [_neighbour(row, screen) for row in answer.rows["neighbours"]],
        )
    words = {name: screen.say(text) for name, text in answer.words.items()}
    screen.line()
    for name, text in words.items():
        screen.line(f"{screen.say(name)}: {text}")
    if explain:
        from supercargo.cli.statement import statement  # noqa: PLC0415 - only an explanation needs it

        statement(answer, screen)
    if answer.findings:
        screen.line()
        screen.findings(answer.findings)


def _neighbour(row: dict[str, Any], screen: Screen) -> list[str]:
    margin = Decimal(row["margin_rate"]).scaleb(2)
    price, profit = (f"{row[name]['amount']} {row[name]['unit']}" for name in ("price", "profit"))
    return [price, profit, f"{margin:.2f} %", screen.say("yes" if row["meets"] else "no")]
