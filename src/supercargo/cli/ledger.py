"""``supercargo ledger``: post what is new, close a month, reverse an entry, look at balances."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer


def options(parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
    """Add the steps of the command."""
    steps = parser.add_subparsers(dest="step", metavar=say("step"), title=say("steps"), required=True)
    post = steps.add_parser("post", help=say("post every record that is not posted yet"), parents=[common])
    post.add_argument("--until", metavar="DATE", help=say("last day to be posted; today if absent"))
    shut = steps.add_parser("close", help=say("close a month, with accruals and exchange differences"), parents=[common])
    shut.add_argument("--month", metavar="2026-07", required=True, help=say("the month"))
    back = steps.add_parser("reverse", help=say("mirror an entry in an open month"), parents=[common])
    back.add_argument("entry", metavar="ENTRY", help=say("number of the entry"))
    back.add_argument("--on", metavar="DATE", help=say("day of the reversal; today if absent"))
    sums = steps.add_parser("balances", help=say("balances at the end of a month"), parents=[common])
    sums.add_argument("--month", metavar="2026-07", required=True, help=say("the month"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Carry the step out."""
    given = Given(options)
    today = datetime.now(UTC).date()
    asked = {"month": given.text("month"), "step": options.step}
    day = given.day("until" if options.step == "post" else "on", today)
    number = given.whole("entry", given.text("entry")) if options.step == "reverse" else None
    given.settle()
    return screen.answer(_decided(options.step, asked, day, number, today), lambda answer: _show(answer, screen))


def _decided(step: str, asked: dict[str, str], day: date, number: int | None, today: date) -> Answer:
    from supercargo.desk.ledger import answers  # noqa: PLC0415 - help and slips need no book

    if step == "post":
        return answers.post(day)
    if step == "close":
        return answers.close(asked["month"], today)
    if step == "reverse":
        return answers.reverse(number or 0, day)
    return answers.balances(asked["month"])


def _show(answer: Answer, screen: Screen) -> None:
    if "ledger" in answer.words and not answer.rows.get("entries"):
        screen.line(screen.say("nothing new to post"))
    for key, rows in answer.rows.items():
        if rows:
            screen.heading(screen.say(_TITLES[key]))
            heads = [Head(_LABELS.get(name, name), "right" if name in _RIGHT else "left") for name in rows[0]]
            screen.table(heads, [_row(row, screen) for row in rows[:_SHOWN]])
            if len(rows) > _SHOWN:
                screen.line(screen.say(said("{count} more rows; see them with --json", count=f"{len(rows) - _SHOWN:,}")))
            screen.line()
    screen.findings(answer.findings)


def _row(row: dict[str, Any], screen: Screen) -> list[str]:
    return [_cell(name, value, screen) for name, value in row.items()]


def _cell(name: str, value: object, screen: Screen) -> str:
    if name == "record":
        from supercargo.book.names import name_of  # noqa: PLC0415 - help and slips need no book

        return screen.say(name_of(str(value)))
    return screen.say(said(str(value))) if isinstance(value, str) else f"{value:,}" if name in ("rows", "lines") else str(value)


_SHOWN = 100
"""A ledger that is posted for the first time has thousands of entries; so many are shown."""
_LABELS = {"number": "entry number", "amount": "sum", "check": "what is checked"}
"""Words that other tables say in another sense."""


_TITLES = {
    "entries": "entries posted",
    "records": "what became of the records",
    "checks": "closing checks",
    "balances": "balances",
}
NAMES = ("posted", "posted before", "waiting", "held", "stated by a line", "settled elsewhere", "no value")
"""What became of a record (``engines.accounting.posting``)."""
_RIGHT = frozenset({"number", "amount", "value at home", "rows", "lines"})
WORDS = (
    *_TITLES.values(),
    *_LABELS.values(),
    *NAMES,
    "booked on",
    "narrative",
    "lines",
    "record",
    "fate",
    "rows",
    "holds",
    "account",
    "name",
    "value at home",
)
