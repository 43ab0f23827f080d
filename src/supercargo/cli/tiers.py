"""``supercargo tiers``: at which step of the supplier's price list to buy, by the cost of each item sold."""

from __future__ import annotations

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


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Find the best tier."""
    given = Given(options)
    asked = planning.read(given, given.file("catalogue"))
    return screen.answer(_decided(asked, given.text("sku")), lambda answer: _show(answer, screen))


def _decided(asked: planning.Asked, sku: str) -> Answer:
    from dataclasses import replace  # noqa: PLC0415

    from supercargo.desk.tiers import best_tier  # noqa: PLC0415 - help and slips need no desk

    papers, product = found(asked, sku)
    answer = best_tier(product, papers.company, planning.law_for(asked, dict(papers.company.planning_rates)))
    return replace(answer, findings=(*answer.findings, *papers.findings))


def _show(answer: Answer, screen: Screen) -> None:
    screen.heading(screen.say(said("Price tiers of {sku}", sku=answer.asked["sku"])))
    numbers = [Head(name, "right") for name in ("quantity", "unit price", "cost per item sold", "days the order lasts")]
    screen.table((Head("tier"), *numbers, Head("best")), [_row(tier, screen) for tier in answer.rows.get("tiers", [])])
    if answer.findings:
        screen.line()
        screen.findings(answer.findings)


def _row(tier: dict[str, Any], screen: Screen) -> list[str]:
    price, cost = (f"{tier[name]['amount']} {tier[name]['unit']}" for name in ("unit_price", "cost_per_item"))
    return [str(tier["tier"]), str(tier["quantity"]), price, cost, str(tier["cover_days"]), screen.say("yes") if tier["best"] else ""]
