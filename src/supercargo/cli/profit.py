"""``supercargo profit``: what is left of the sales, by country, channel, product, brand, month or currency."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date

    from supercargo.book.place import Place
    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer
    from supercargo.desk.profit.request import ProfitRequest
    from supercargo.desk.profit.table import ProfitTable

ROWS = 40
VIEWS = {"order-date": "order", "settlement-date": "settlement"}
ONLY = ("country", "channel", "product", "brand", "currency")
COLUMNS = ("gross_sales", "net_revenue", "margin_1", "margin_2", "margin_3")


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--by", metavar="KEYS", help=say("what to cut by, set apart by commas: country, channel, product, brand, month, day, currency")
    )
    parser.add_argument("--month", metavar="MONTH", help=say("only this month, as 2011-11"))
    parser.add_argument("--from", dest="since", metavar="DATE", help=say("first day, as 2026-07-15"))
    parser.add_argument("--until", metavar="DATE", help=say("the day after the last one"))
    parser.add_argument(
        "--currency", metavar="CODE", help=say("currency of the view, or original to keep currencies apart; the home currency if absent")
    )
    parser.add_argument("--view", metavar="DAY", help=say("order-date (the day of the order) or settlement-date (the day of the posting)"))
    parser.add_argument(
        "--only", metavar="KEY=VALUE", action="append", help=say("only lines of this country, channel, product, brand; repeatable")
    )
    parser.add_argument(
        "--explain", metavar="ROW", help=say("walk one cell down to files and rows: its number, or country=DE,month=2011-11")
    )
    parser.add_argument("--out", metavar="FILE", help=say("table to write: .xlsx, .csv or .parquet"))
    parser.add_argument("--rows", metavar="N", help=say("rows to show; 40 if absent"))
    parser.add_argument("--book", metavar="DIR", help=say("the company's folder; else the one in which you are"))
    parser.add_argument(
        "--rate", metavar="USD/TWD=32.1", action="append", help=say("planning rate of exchange: one USD is 32.1 TWD; repeatable")
    )


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Show the table, or explain one of its cells."""
    from datetime import date  # noqa: PLC0415 - help and slips need no clock

    given = Given(options)
    today = date.today()  # noqa: DTZ011 - the user's own day
    folder, rows = given.folder("book"), given.count("rows") or ROWS
    days = tuple(given.day(name, today) if given.text(name) else None for name in ("since", "until"))
    only = _only(given)
    view = given.words("view", VIEWS)
    planning = given.rates("rate")
    given.settle()
    from supercargo.book.place import Place  # noqa: PLC0415
    from supercargo.desk.profit.profit import explain_cell, keep_up, profit  # noqa: PLC0415 - help and slips need no polars

    place = Place.find(folder)
    request = _request(given, place, days, only, VIEWS[view[0]] if view else "order", planning)
    with screen.progress() as report:
        keep_up(place, today, report)
    table = profit(place, request)
    if given.text("explain"):
        answer = explain_cell(place, table, given.text("explain"), today)
        return screen.answer(answer, lambda told: _explained(told, screen))
    _write(given, table, screen)
    if screen.as_json:
        screen.document(table.document(screen.language))
    else:
        show(table, screen, rows)
    return 0


def _request(
    given: Given, place: Place, days: tuple[date | None, ...], only: dict[str, tuple[str | None, ...]], view: str, planning: dict[Any, Any]
) -> ProfitRequest:
    from supercargo.desk.profit.request import ProfitRequest, currency_of, keys_of, month_of  # noqa: PLC0415

    since, until = month_of(given.text("month")) if given.text("month") else days
    currency = currency_of(given.text("currency"), place.base_currency)
    return ProfitRequest(keys_of(given.texts("by") or ("country",)), since, until, currency, view, only, planning)  # type: ignore[arg-type]


def _only(given: Given) -> dict[str, tuple[str | None, ...]]:
    found: dict[str, tuple[str | None, ...]] = {}
    for text in given.list("only"):
        key, sign, value = text.partition("=")
        if key not in ONLY or not sign:
            remedy = said("write it as country=DE; known are {known}", known=", ".join(ONLY))
            given.fault("USAGE-030", "--only", said("{text} is no such choice", text=repr(text)), remedy)
            continue
        column = "sku" if key == "product" else key
        found[column] = (*found.get(column, ()), None if value in ("", "-") else value)
    return found


def _write(given: Given, table: ProfitTable, screen: Screen) -> None:
    if not given.text("out"):
        return
    from supercargo.desk.profit.sheet import write  # noqa: PLC0415 - the writer is loaded when there is something to write

    out = Path(given.text("out")).expanduser()
    told = write(table, out, screen.language)
    if not screen.as_json:
        screen.findings(told)
        screen.line(screen.say(said("written to {file}", file=out)))


def show(table: ProfitTable, screen: Screen, rows: int) -> None:
    """Show the cells, their total and what is doubtful."""
    from supercargo.desk.profit.words import TITLES, heading, shown  # noqa: PLC0415

    document = table.document(screen.language)
    screen.heading(screen.say(heading(table.request.since, table.request.until, table.request.view)))
    keys = [key for key in table.keys if key != "currency"]
    heads = [
        Head("row", "right"),
        *(Head(TITLES[key]) for key in keys),
        Head("currency"),
        *(Head(TITLES[name], "right") for name in COLUMNS),
    ]
    heads += [Head(name, "right") for name in ("rate 3", "units sold", "share estimated")]
    cells = [
        [str(cell["row"]), *(shown(key, cell[key], screen.language) for key in keys), *_figures(cell)] for cell in document["cells"][:rows]
    ]
    total = [
        ["", *(screen.say("total") if place == 0 else "" for place, _ in enumerate(keys)), *_figures(cell)] for cell in document["total"]
    ]
    screen.table(heads, [*cells, *total])
    if len(document["cells"]) > rows:
        screen.line(screen.say(said("{count} more rows; see them with --rows, --out or --json", count=len(document["cells"]) - rows)))
    if table.findings:
        screen.line()
        screen.findings(table.findings)


def _figures(cell: dict[str, Any]) -> list[str]:
    doubt = "*" if cell["unknown"] else ""
    amounts = [cell[name] + (doubt if name.startswith("margin") else "") for name in COLUMNS]
    return [cell["currency"], *amounts, percent(cell["margin_3_ppm"]), str(cell["units"]), percent(cell["estimated_ppm"])]


def percent(ppm: int | None) -> str:
    """Write parts per million as a percentage, half-up to one digit; nothing where there is no rate.

    >>> percent(123456), percent(-50), percent(None)
    ('12.3 %', '0.0 %', '')
    """
    if ppm is None:
        return ""
    tenths = (2 * abs(ppm) + 1000) // 2000
    return f"{'-' if ppm < 0 and tenths else ''}{tenths // 10}.{tenths % 10} %"


def _explained(answer: Answer, screen: Screen) -> None:
    from supercargo.cli.statement import statement  # noqa: PLC0415

    screen.heading(screen.say(said("Cell {cell}", cell=answer.asked["cell"])))
    statement(answer, screen)
    screen.line()
    screen.table(
        (Head("kind"), Head("lines", "right"), Head("sum", "right")),
        [[screen.say(row["kind"]), str(row["lines"]), _known(row, screen)] for row in answer.rows["kinds"]],
    )
    for row in answer.rows["lines"]:
        screen.line()
        _line(row, screen)
    screen.line()
    screen.findings(answer.findings)


def _known(row: dict[str, Any], screen: Screen) -> str:
    return screen.say("not known") if row["amount"] is None else f"{row['amount']} {row['unit']}"


def _line(row: dict[str, Any], screen: Screen) -> None:
    amount = screen.say("not known") if row["amount"] is None else f"{row['amount']} {row['currency']} × {row['rate']} = {row['value']}"
    from supercargo.engines.accounting.kinds import KINDS  # noqa: PLC0415 - help and slips need no engine

    kind = screen.say(KINDS[row["kind"]].name) if row["kind"] in KINDS else row["kind"]
    screen.line(f"{row['document']} {screen.say(said('row {number}', number=row['row']))}  {kind}  {amount}")
    if row["basis"]:
        screen.line("    " + screen.say(said("estimated: {basis}", basis=screen.say(row["basis"]))), "faint")
    if row["cells"]:
        screen.line("    " + " | ".join(cell for cell in row["cells"] if cell), "faint")
