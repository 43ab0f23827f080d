"""``supercargo quote``: the landed cost of a consignment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.cli.parser import setting
from supercargo.cli.screen import Head, Screen
from supercargo.cli.usage import SCHEMES, Given, known_currencies
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.desk.answer import Answer
    from supercargo.desk.quote import GoodsLine, Request

BUSINESSES = ("parcel", "commercial")
CHANNELS = ("own_site", "marketplace")
MODES = ("post", "express", "air", "sea", "rail")
_ASKED = (
    "from", "to", "on", "hs", "goods", "quantity", "weight", "origin", "line", "currency", "freight", "insurance", "seller_scheme",
    "channel", "business", "mode", "region", "tax_class", "duty_rate", "tax_rate", "rate",
)  # fmt: skip
_LINE_PARTS = 4


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("--from", metavar="CC", help=say("country of dispatch, such as CN"))
    parser.add_argument("--to", metavar="CC", help=say("country of the buyer, such as DE"))
    parser.add_argument("--hs", metavar="CODE", help=say("customs code of the goods, six to ten digits"))
    parser.add_argument("--goods", metavar="AMOUNT", help=say("price of the whole line without tax"))
    parser.add_argument("--quantity", metavar="N", help=say("items in the line; 1 if absent"))
    parser.add_argument("--weight", metavar="KG", help=say("weight of the line in kg, where duty or fees go by weight"))
    parser.add_argument("--origin", metavar="CC", help=say("country of origin; that of dispatch if absent"))
    line_help = say("a further line of goods, such as 6403.99:80:1:1.2; repeatable")
    parser.add_argument("--line", metavar="HS:GOODS[:QUANTITY[:WEIGHT]]", action="append", help=line_help)
    parser.add_argument("--currency", metavar="EUR", help=say("currency of all amounts"))
    parser.add_argument("--freight", metavar="AMOUNT", help=say("carriage of the consignment up to the buyer; 0 if absent"))
    parser.add_argument("--insurance", metavar="AMOUNT", help=say("insurance of the consignment; 0 if absent"))
    parser.add_argument(
        "--seller-scheme",
        metavar="NAME",
        action="append",
        help=f"{say('registration that the seller holds; repeatable:')} {', '.join(SCHEMES)}",
    )
    parser.add_argument("--channel", metavar="|".join(CHANNELS), help=say("who sells: the seller's own site or a marketplace"))
    parser.add_argument("--business", metavar="|".join(BUSINESSES), help=say("parcel to a consumer, or stock imported in bulk"))
    parser.add_argument("--mode", metavar="|".join(MODES), help=say("how the goods travel; express if absent"))
    parser.add_argument("--region", metavar="CODE", help=say("state or province, where tax depends on it"))
    parser.add_argument("--tax-class", metavar="NAME", help=say("class of goods for a reduced rate, such as food or books"))
    parser.add_argument("--duty-rate", metavar="8%", help=say("your own duty rate in place of the tariff's").replace("%", "%%"))
    parser.add_argument("--tax-rate", metavar="21%", help=say("your own tax rate in place of the law's").replace("%", "%%"))
    setting(parser, say)
    parser.add_argument("--explain", action="store_true", help=say("show every step with formula, source and first day in force"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Quote a consignment."""
    from supercargo.desk.quote import quote  # noqa: PLC0415 - help and slips need no engines
    from supercargo.desk.setting import law_on  # noqa: PLC0415

    given = Given(options)
    request, overlays, planning = read(given)
    law = law_on(request.on, overlays, planning)
    return screen.answer(quote(request, law), lambda answer: show(answer, request, screen, explain=options.explain))


def read(given: Given) -> tuple[Request, tuple[Any, ...], dict[tuple[str, str], Decimal]]:
    """Read the options as a request; every fault is reported together.

    Raises:
        WrongUsage: an option is missing or cannot be read.
        Refused: the currency is not in ISO 4217.
    """
    from supercargo.desk.quote import Request  # noqa: PLC0415
    from supercargo.engines.tax.rates import TAX_CLASSES  # noqa: PLC0415

    for name, why in (
        ("from", said("give the country of dispatch")),
        ("to", said("give the country of the buyer")),
        ("currency", said("give the currency of the amounts")),
    ):
        if not given.text(name):
            given.need(name, why)
    lines = _lines(given)
    currency = given.currency("currency")
    request = Request(
        dispatched_from=given.country("from"), market=given.country("to"), on=given.day("on", date.today()),  # noqa: DTZ011 - the user's own day
        currency=currency, lines=lines, freight=given.amount("freight") or Decimal(0), insurance=given.amount("insurance") or Decimal(0),
        business=_one(given, "business", BUSINESSES, "parcel"), channel=_one(given, "channel", CHANNELS, "own_site"),
        mode=_one(given, "mode", MODES, "express"), schemes=given.schemes("seller_scheme"), region=given.text("region").upper(),
        duty_rate=given.percent("duty_rate"), tax_rate=given.percent("tax_rate"), asked=given.asked(*_ASKED),
    )  # fmt: skip
    _one(given, "tax_class", TAX_CLASSES, "standard")
    overlays, planning = given.folders("overlay"), given.rates("rate")
    given.settle()
    known_currencies((currency, *(code for pair in planning for code in pair)))
    return request, overlays, planning


def show(answer: Answer, request: Request, screen: Screen, *, explain: bool) -> None:
    """Show the amounts, who collects the tax, the findings, and on request every step."""
    title = said("Landed cost {origin} → {market} on {day}", origin=request.dispatched_from, market=request.market, day=request.on)
    screen.heading(screen.say(title))
    if explain:
        from supercargo.cli.statement import statement  # noqa: PLC0415 - only an explanation needs it

        statement(answer, screen)
    else:
        rows = [[screen.say(figure.name), figure.shown(screen.language)] for figure in answer.amounts.values()]
        screen.table((Head("amount"), Head("sum", "right")), rows)
    if "collector" in answer.words:
        screen.line()
        screen.line(screen.say(said("the tax is collected by: {who}", who=answer.words["collector"])))
    if answer.findings:
        screen.line()
        screen.findings(answer.findings)


def _lines(given: Given) -> tuple[GoodsLine, ...]:
    from supercargo.desk.quote import GoodsLine  # noqa: PLC0415

    origin, tax_class = given.country("origin"), given.text("tax_class").lower() or "standard"
    lines = []
    if given.text("hs") or given.text("goods") or not given.text("line"):
        for name, why in (("hs", said("give the customs code of the goods")), ("goods", said("give the price of the goods"))):
            if not given.text(name) and not (name == "hs" and given.text("duty_rate")):
                given.need(name, why)
        goods, items = given.amount("goods"), given.count("quantity")
        lines.append(GoodsLine(given.text("hs"), goods or Decimal(0), items or 1, given.amount("weight"), origin, tax_class))
    return (*lines, *(_line(given, raw, origin, tax_class) for raw in given.list("line")))


def _line(given: Given, raw: str, origin: str, tax_class: str) -> GoodsLine:
    from supercargo.desk.quote import GoodsLine  # noqa: PLC0415

    parts = raw.split(":")
    if not 1 < len(parts) <= _LINE_PARTS or not all(parts):
        message = said("{text} is not a line of goods", text=repr(raw))
        given.fault("USAGE-022", "--line", message, "write HS:GOODS[:QUANTITY[:WEIGHT]], such as 6403.99:80:1:1.2")
        return GoodsLine("", Decimal(0))
    code, goods, *rest = parts
    items = given.whole("--line", rest[0]) if rest else 1
    weight = given.number("--line", rest[1]) if len(rest) > 1 else None
    return GoodsLine(code, given.number("--line", goods) or Decimal(0), items or 1, weight, origin, tax_class)


def _one(given: Given, name: str, known: tuple[str, ...], default: str) -> Any:
    found = given.words(name, known)
    return found[0] if found else default
