"""What ``plan``, ``price``, ``markets`` and ``demo`` share: the company's files, the markets, the summary of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.cli.parser import setting
from supercargo.cli.screen import Head, Screen
from supercargo.cli.usage import known_currencies
from supercargo.kernel.finding import Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from supercargo.cli.usage import Given
    from supercargo.desk.files import Files
    from supercargo.desk.plan import Plan, Progress
    from supercargo.reference.law import Law

ROUTES = ("direct", "warehouse", "fba")
STATUSES = ("go", "fix", "no-go", "no answer")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of a planning command say; ``routes`` and ``channels`` are empty where the company's own are meant."""

    files: Files
    on: date
    markets: tuple[str, ...]
    routes: tuple[str, ...]
    channels: tuple[str, ...]
    margin_rate: Decimal | None
    overlays: tuple[Path, ...]
    planning: dict[tuple[str, str], Decimal]


def options(parser: argparse.ArgumentParser, say: Callable[[str], str], *, many: bool) -> None:
    """Add the options that say for which company, where and how."""
    parser.add_argument(
        "--to",
        metavar="DE,GB|all" if many else "CC",
        help=say("markets apart by commas, or all") if many else say("country of the buyer, such as DE"),
    )
    parser.add_argument(
        "--via", metavar="|".join(ROUTES), help=say("route: direct mail, overseas warehouse, or the marketplace's own logistics")
    )
    parser.add_argument("--channel", metavar="amazon", help=say("sales channel: amazon, ebay, shopify, ..."))
    parser.add_argument("--company", metavar="FILE", help=say("company.toml; the one beside the catalogue if absent"))
    parser.add_argument("--cards", metavar="DIR", help=say("folder of your rate cards; the one beside the catalogue if absent"))
    parser.add_argument("--margin", metavar="30%", help=say("margin wanted, of the net price; that of the company if absent"))
    setting(parser, say)


def read(given: Given, catalogue: Path | None) -> Asked:
    """Read those options; faults are collected in ``given`` and the caller settles.

    Raises:
        WrongUsage: an option cannot be read.
        Refused: a market or a currency is not in the reference book.
    """
    from supercargo.desk.files import find  # noqa: PLC0415 - help needs no desk

    cards = given.folder("cards")
    company = given.file("company")
    margin = given.percent("margin")
    routes = _all_or(given, "via", ROUTES)
    channels = _all_or(given, "channel", channels_known())
    countries = () if ALL in given.texts("to") else tuple(given.country_in("--to", raw) for raw in given.texts("to"))
    on, overlays, planning = given.day("on", date.today()), given.folders("overlay"), given.rates("rate")  # noqa: DTZ011 - the user's own day
    given.settle()
    known_currencies(code for pair in planning for code in pair)
    return Asked(
        find(catalogue, company, cards),
        on,
        _known_markets(countries),
        routes,
        channels,
        None if margin is None else margin.scaleb(-2),
        overlays,
        planning,
    )


def law_for(asked: Asked, rates: dict[tuple[str, str], Decimal]) -> Law:
    """Give the law of the day; planning rates on the command line win over the company's."""
    from supercargo.desk.setting import law_on  # noqa: PLC0415

    return law_on(asked.on, asked.overlays, {**rates, **asked.planning})


def make_plan(asked: Asked, progress: Progress) -> Plan:
    """Read the files and plan."""
    from dataclasses import replace  # noqa: PLC0415

    from supercargo.desk.files import read as read_files  # noqa: PLC0415
    from supercargo.desk.markets_known import markets  # noqa: PLC0415
    from supercargo.desk.plan import PlanRequest, plan  # noqa: PLC0415

    papers = read_files(asked.files)
    company = papers.company
    request = PlanRequest(
        papers.catalogue, company, asked.on, asked.markets or markets(), asked.routes or company.routes or ROUTES,
        asked.channels or company.channels or ("amazon", "shopify"), asked.margin_rate, papers.cards, progress,
    )  # fmt: skip
    decided = plan(request, law_for(asked, dict(company.planning_rates)))
    return replace(decided, findings=(*decided.findings, *papers.findings))


def show_plan(plan: Plan, screen: Screen) -> None:
    """Show how many ways are open in each market, the best of them, and what was wrong with the files."""
    screen.heading(
        screen.say(
            said(
                "Decision sheet on {day}: {products} products, {rows} ways",
                day=plan.request.on,
                products=len(plan.request.catalogue.products),
                rows=plan.frame.height,
            )
        )
    )
    screen.table(
        (
            Head("market"),
            *(Head(status, "right") for status in STATUSES),
            Head("best product"),
            Head("way"),
            Head("profit", "right"),
            Head("margin", "right"),
        ),
        _by_market(plan, screen),
    )
    grave = tuple(finding for finding in plan.findings if finding.severity != "note")
    notes = len(plan.findings) - len(grave)
    if plan.findings:
        screen.line()
        screen.findings(grave)
    if notes:
        screen.line(screen.say(said("{count} notes are in the sheet and in --json", count=notes)), "note")


def exit_code(plan: Plan) -> int:
    """Give 1 when nothing could be planned or an error stands, else 0."""
    errors = any(finding.severity == "error" for finding in plan.findings)
    return 1 if errors or plan.frame.is_empty() else 0


def channels_known() -> tuple[str, ...]:
    """List the channels that the fee tables know, own sites included."""
    from supercargo.reference.fees import fee_rows  # noqa: PLC0415

    return tuple(sorted({row.text("channel") for row in fee_rows("referral_fees")} | {"shopify"}))


def _by_market(plan: Plan, screen: Screen) -> list[list[str]]:
    counted = {(market, status): count for market, status, count in plan.frame.group_by(["market", "status"]).len().iter_rows()}
    best: dict[str, dict[str, object]] = {}
    for row in plan.best().sort("profit_home", descending=True, nulls_last=True).iter_rows(named=True):
        if row["status"] in ("go", "fix"):
            best.setdefault(row["market"], row)
    places = sorted(plan.request.markets, key=lambda market: (-counted.get((market, "go"), 0), -counted.get((market, "fix"), 0), market))
    return [
        [market, *(str(counted.get((market, status), 0)) for status in STATUSES), *_best(best.get(market), screen)] for market in places
    ]


def _best(row: dict[str, object] | None, screen: Screen) -> list[str]:
    if row is None:
        return [screen.say("none"), "", "", ""]
    from supercargo.kernel.currency import minor_digits  # noqa: PLC0415

    currency = str(row["currency"])
    profit = Decimal(str(row["profit"])).scaleb(-minor_digits(currency))
    margin = Decimal(str(row["margin_ppm"])).scaleb(-4)
    return [str(row["sku"]), f"{row['channel']}/{row['route']}", f"{profit:f} {currency}", f"{margin:.1f} %"]


def _all_or(given: Given, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return known if ALL in given.texts(name) else given.words(name, known)


def _known_markets(codes: tuple[str, ...]) -> tuple[str, ...]:
    from supercargo.desk.markets_known import require_country  # noqa: PLC0415

    findings = [finding for code in codes for finding in require_country(code, "to")]
    if findings:
        raise Refused(*findings)
    return tuple(dict.fromkeys(codes))
