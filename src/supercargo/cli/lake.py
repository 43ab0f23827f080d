"""``supercargo lake``: bring the lake up to the book, and see what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.book.place import Place
    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.lake.manifest import Manifest


def options(parser: argparse.ArgumentParser, common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    actions = parser.add_subparsers(dest="action", metavar=say("action"), title=say("actions"))
    for name, about in {"write": say("bring the lake up to the book"), "show": say("what the lake holds")}.items():
        child = actions.add_parser(name, help=about, description=about, parents=[common])
        child.add_argument("--book", metavar="DIR", help=say("the company's folder; else the one in which you are"))
        if name == "write":
            child.add_argument("--anew", action="store_true", help=say("make all channels again, whatever the lake holds already"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Write or show."""
    given = Given(options)
    folder = given.folder("book")
    if not options.action:
        given.fault("USAGE-031", "lake", "the action is missing", said("use one of: {known}", known="write, show"))
    given.settle()
    from supercargo.book.place import Place  # noqa: PLC0415 - help and slips need no book

    place = Place.find(folder)
    return _write(place, screen, anew=options.anew) if options.action == "write" else _show(place, screen)


def _write(place: Place, screen: Screen, *, anew: bool) -> int:
    from datetime import date  # noqa: PLC0415 - help and slips need no clock

    from supercargo.desk.answer import finding_document  # noqa: PLC0415
    from supercargo.desk.profit.profit import write_lake  # noqa: PLC0415

    with screen.progress() as report:
        done = write_lake(place, date.today(), anew=anew, progress=report)  # noqa: DTZ011 - the user's own day
    if screen.as_json:
        findings = [finding_document(finding, screen.language) for finding in done.findings]
        screen.document({**_document(done.state), "written": list(done.channels), "files_kept": done.files_kept, "findings": findings})
        return 0
    text = said("{lines} lines in {files} files; made anew: {channels}", lines=f"{done.state.lines:,}", files=len(done.state.parts),
                channels=", ".join(done.channels) or "-")  # fmt: skip
    screen.line(screen.say(text))
    screen.findings(done.findings)
    return 0


def _show(place: Place, screen: Screen) -> int:
    from supercargo.desk.profit.profit import lake_of  # noqa: PLC0415

    state = lake_of(place).manifest()
    if screen.as_json:
        screen.document(_document(state))
        return 0
    screen.heading(
        screen.say(
            said(
                "Lake, generation {number}: {lines} lines, {bytes} bytes",
                number=state.generation,
                lines=f"{state.lines:,}",
                bytes=f"{state.bytes:,}",
            )
        )
    )
    heads = (
        Head("channel"),
        Head("period"),
        Head("lines", "right"),
        Head("bytes", "right"),
        Head("currencies"),
        Head("first day"),
        Head("last day"),
    )
    screen.table(heads, [_row(part) for part in _document(state)["files"]])
    return 0


def _document(state: Manifest) -> dict[str, Any]:
    files = [
        {"channel": part.channel, "period": part.period, "path": part.path, "lines": part.lines, "bytes": part.bytes,
         "currencies": list(part.currencies), "first": str(part.first_order_on or ""), "last": str(part.last_order_on or "")}
        for part in state.parts
    ]  # fmt: skip
    return {"generation": state.generation, "lines": state.lines, "bytes": state.bytes, "watermark": dict(state.watermark), "files": files}


def _row(part: dict[str, Any]) -> list[str]:
    return [
        part["channel"],
        part["period"],
        f"{part['lines']:,}",
        f"{part['bytes']:,}",
        ", ".join(part["currencies"]),
        part["first"],
        part["last"],
    ]
