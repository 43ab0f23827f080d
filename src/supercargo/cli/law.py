"""``supercargo law``: read and check the reference book, load official tariffs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.cli.screen import Head, Screen
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.desk.answer import Answer

LOADABLE = ("hts", "uk-tariff")
_LONG = 72
_MANY = 40


def options(parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    actions = parser.add_subparsers(dest="action", metavar=say("action"), title=say("actions"), required=True)
    abouts = {
        "list": say("countries and platforms, or the facts of one"),
        "show": say("what a fact says on a day"),
        "history": say("how a fact changed"),
        "check": say("what is wrong with the book and with your overlays"),
        "load": say("take over an official tariff file"),
    }
    made = {name: actions.add_parser(name, help=about, description=about, parents=[common]) for name, about in abouts.items()}
    made["list"].add_argument(
        "folder", nargs="?", metavar="DE", help=say("country, union or platform, such as DE, EU, US-NY, amazon; DE.vat for one subject")
    )
    for name in ("show", "history"):
        made[name].add_argument("key", metavar="KEY", help=say("key of the fact, such as de.vat.standard"))
    for name in ("list", "show"):
        made[name].add_argument("--on", metavar="DATE", help=say("day of the question, as 2026-07-15; today if absent"))
    made["load"].add_argument(
        "kind", choices=LOADABLE, help=say("which official file: the tariff of the United States or of the United Kingdom")
    )
    made["load"].add_argument("file", metavar="FILE", help=say("the CSV file as the authority exports it, packed with gzip or not"))
    made["load"].add_argument("--since", metavar="DATE", help=say("first day on which this edition holds; no official file says it"))
    made["load"].add_argument("--source", metavar="TEXT", help=say("title and edition, as you want to see them cited"))
    for name in ("list", "show", "history", "check"):
        made[name].add_argument(
            "--overlay",
            metavar="DIR",
            action="append",
            help=say("folder of your own values, in the form of the reference book; repeatable"),
        )


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Carry out one action on the book."""
    return {"list": _list, "show": _show, "history": _history, "check": _check, "load": _load}[options.action](Given(options), screen)


def _list(given: Given, screen: Screen) -> int:
    from supercargo.desk.lawbook import book_of, list_facts, list_folders  # noqa: PLC0415 - help and slips need no book

    day, overlays, folder = given.day("on", date.today()), given.folders("overlay"), given.text("folder")  # noqa: DTZ011 - the user's own day
    given.settle()
    book = book_of(overlays)
    return screen.answer(list_facts(book, folder, day) if folder else list_folders(book), lambda answer: _show_list(answer, screen))


def _show(given: Given, screen: Screen) -> int:
    from supercargo.desk.lawbook import book_of, show  # noqa: PLC0415
    from supercargo.desk.setting import law_on  # noqa: PLC0415
    from supercargo.reference.law import Law  # noqa: PLC0415

    day, overlays = given.day("on", date.today()), given.folders("overlay")  # noqa: DTZ011 - the user's own day
    given.settle()
    key = given.text("key")
    law = law_on(day, overlays) if key.startswith("tariff.") else Law(day, book_of(overlays))
    return screen.answer(show(law, key), lambda answer: _show_fact(answer, screen))


def _history(given: Given, screen: Screen) -> int:
    from supercargo.desk.lawbook import book_of, history  # noqa: PLC0415

    overlays = given.folders("overlay")
    given.settle()
    return screen.answer(history(book_of(overlays), given.text("key")), lambda answer: _show_history(answer, screen))


def _check(given: Given, screen: Screen) -> int:
    from supercargo.desk.lawbook import check  # noqa: PLC0415

    overlays = given.folders("overlay")
    given.settle()
    with screen.progress() as report:
        answer = check(overlays, report)
    return screen.answer(answer, lambda done: _show_check(done, screen))


def _load(given: Given, screen: Screen) -> int:
    from supercargo.desk.lawbook import LoadRequest, load  # noqa: PLC0415

    since = given.day("since", date.today())  # noqa: DTZ011 - the user's own day
    given.settle()
    request = LoadRequest(
        given.text("kind"), Path(given.text("file")).expanduser(), since, given.text("source"), dated=bool(given.text("since"))
    )
    with screen.progress() as report:
        answer = load(request, report)
    return screen.answer(answer, lambda done: _show_load(done, screen))


def _show_list(answer: Answer, screen: Screen) -> None:
    if "folders" in answer.rows:
        rows = [[str(row["folder"]), str(row["count"]), str(row["subjects"])] for row in answer.rows["folders"]]
        screen.table((Head("folder"), Head("facts", "right"), Head("subjects")), rows)
        return
    own = screen.language
    facts = answer.rows["facts"]
    rows = [[row["key"], _short(row[f"value_{own}"]), row["since"], screen.say(row["confidence"]), row[f"label_{own}"]] for row in facts]
    screen.table((Head("key"), Head("value"), Head("since"), Head("confidence"), Head("meaning")), rows)


def _show_fact(answer: Answer, screen: Screen) -> None:
    words = {name: screen.say(text) for name, text in answer.words.items()}
    screen.heading(f"{answer.asked['key']}: {words['label']}")
    screen.line(screen.say(said("on {day}: {value}", day=answer.asked["on"], value=answer.words["value"])))
    since = words["since"] or screen.say("first day not recorded")
    screen.line(screen.say(said("in force since {day}, confidence {confidence}", day=since, confidence=answer.words["confidence"])))
    if words["layer"] not in ("shipped", "starter"):
        screen.line(screen.say(said("your own value ({layer})", layer=words["layer"])))
    for name in ("note", "doubt"):
        if name in words:
            screen.line(f"{screen.say('note' if name == 'note' else 'doubt')}: {words[name]}")
    if "bands" in answer.rows:
        screen.line()
        rows = [[row["up_to"] or screen.say("above"), row["treatment"], row["detail"]] for row in answer.rows["bands"]]
        screen.table((Head("upper limit", "right"), Head("treatment"), Head("detail")), rows)
    if "cells" in answer.rows:
        screen.line()
        screen.table((Head("column"), Head("value")), [[row["column"], row["value"]] for row in answer.rows["cells"]])
    _show_sources(answer, screen)
    if answer.findings:
        screen.line()
        screen.findings(answer.findings)


def _show_history(answer: Answer, screen: Screen) -> None:
    own = screen.language
    screen.heading(f"{answer.asked['key']}: {screen.say(answer.words['label'])}")
    rows = [
        [
            row["since"] or screen.say("not recorded"),
            row["last_day"],
            _short(row[f"value_{own}"]),
            screen.say(row["confidence"]),
            ", ".join(row["sources"]),
        ]
        for row in answer.rows["history"]
    ]
    screen.table((Head("from"), Head("to"), Head("value"), Head("confidence"), Head("sources")), rows)
    for row in answer.rows["history"]:
        if row[f"doubt_{own}"]:
            screen.line(f"{row['since']}: {row[f'doubt_{own}']}")
    _show_sources(answer, screen)


def _show_check(answer: Answer, screen: Screen) -> None:
    rows = [[screen.say(row["checked"]), f"{row['count']:,}"] for row in answer.rows["counts"]]
    screen.table((Head("checked"), Head("count", "right")), rows)
    screen.line()
    screen.findings(answer.findings)
    errors = sum(finding.severity == "error" for finding in answer.findings)
    screen.line(screen.say(said("{count} errors", count=errors)) if errors else screen.say("no errors"))


def _show_load(answer: Answer, screen: Screen) -> None:
    rows = [[screen.say(row["what"]), f"{row['count']:,}"] for row in answer.rows["counts"]]
    screen.table((Head("loaded"), Head("count", "right")), rows)
    screen.line(screen.say(said("kept as {file}", file=answer.words["file"])))
    screen.findings(answer.findings[:_MANY])
    if len(answer.findings) > _MANY:
        screen.line(screen.say(said("and {count} more; --json gives all", count=len(answer.findings) - _MANY)))


def _show_sources(answer: Answer, screen: Screen) -> None:
    screen.line()
    screen.heading(screen.say("Sources"))
    for row in answer.rows["sources"]:
        title = row["title"] or (screen.say("not yet looked up in a source") if row["key"] == "unverified" else row["key"])
        screen.line("    " + ", ".join(part for part in (title, row["publisher"], row["url"]) if part))


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
