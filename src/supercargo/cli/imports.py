"""``supercargo import``: files of marketplaces, banks and suppliers into the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from supercargo.book.place import Place
    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.importing import FileReceipt, Options

SIGNS = {"comma": ",", "point": "."}
ORDERS = ("dmy", "mdy", "ymd")
COUNTS = ("rows", "records", "held", "skips", "faults")


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("files", metavar="FILES", nargs="+", help=say("files, folders, patterns or ZIP archives"))
    parser.add_argument("--as", dest="format", metavar="FORMAT", help=say("format of the files, where it is not to be recognised"))
    parser.add_argument("--map", metavar="FILE", help=say("column mapping for a table of no known format; it is kept for the next one"))
    parser.add_argument("--channel", metavar="CHANNEL", help=say("channel of the rows where the file does not name it, such as amazon-de"))
    parser.add_argument("--account", metavar="ACCOUNT", help=say("bank account of the rows where the file does not name it"))
    parser.add_argument("--warehouse", metavar="WAREHOUSE", help=say("warehouse of the rows where the file does not name it"))
    parser.add_argument("--day", metavar="DATE", help=say("day of a snapshot that does not name its own"))
    parser.add_argument("--decimal", metavar="SIGN", help=say("decimal sign where the file leaves it open: comma or point"))
    parser.add_argument("--dates", metavar="ORDER", help=say("order of dates where the file leaves it open: dmy, mdy or ymd"))
    parser.add_argument("--zone", metavar="ZONE", help=say("time zone of the shop where the file's times are local, such as Europe/Berlin"))
    parser.add_argument("--option", metavar="KEY=VALUE", action="append", help=say("something else that a format asks for; repeatable"))
    parser.add_argument("--dry-run", action="store_true", help=say("show what would be kept, and write nothing"))
    parser.add_argument("--faults", metavar="DIR", help=say("folder for sheets of the faulty rows, to be corrected and imported again"))
    parser.add_argument("--book", metavar="DIR", help=say("the company's folder; else the one in which you are"))


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Import the files and show what became of each."""
    given = Given(options)
    folder, wanted = given.folder("book"), _wanted(given, dry_run=options.dry_run)
    from supercargo.desk.importing import import_files  # noqa: PLC0415 - help and slips need no readers

    place = _place(folder, wanted)
    with screen.progress() as report:
        receipts = import_files(given.list("files"), place, wanted, report, screen.language)
    if screen.as_json:
        screen.document(_document(given, receipts, screen))
    else:
        for receipt in receipts:
            _show(receipt, screen, alone=len(receipts) == 1)
        _summary(receipts, screen, dry_run=wanted.dry_run)
    return 1 if not receipts or any(receipt.refused for receipt in receipts) else 0


def _wanted(given: Given, *, dry_run: bool) -> Options:
    from datetime import date  # noqa: PLC0415 - help and slips need no clock

    day = given.day("day", date.today()) if given.text("day") else None  # noqa: DTZ011 - the user's own day
    mapping, faults = given.file("map"), given.folder("faults")
    signs, orders = given.words("decimal", SIGNS), given.words("dates", ORDERS)
    more = _pairs(given)
    if given.text("format") and given.text("map"):
        given.fault("USAGE-033", "--map", "a format and a mapping exclude one another", "give one of the two")
    given.settle()
    from supercargo.desk.importing import Options  # noqa: PLC0415 - help and slips need no readers

    return Options(
        format=given.text("format"),
        mapping=mapping,
        channel=given.text("channel"),
        account=given.text("account"),
        warehouse=given.text("warehouse"),
        day=day,
        decimal=SIGNS[signs[0]] if signs else "",
        dates=orders[0] if orders else "",
        zone=given.text("zone"),
        more=more,
        dry_run=dry_run,
        faults=faults,
    )


def _pairs(given: Given) -> dict[str, str]:
    found = {}
    for text in given.list("option"):
        name, sign, value = text.partition("=")
        if not (name and sign):
            given.fault("USAGE-032", "--option", said("{text} is no pair", text=repr(text)), "write it as KEY=VALUE")
        found[name] = value
    return found


def _place(folder: Path | None, wanted: Options) -> Place | None:
    """Find the book; a dry run goes without one."""
    from supercargo.book.place import Place  # noqa: PLC0415 - help and slips need no book
    from supercargo.kernel.finding import Refused  # noqa: PLC0415

    try:
        return Place.find(folder)
    except Refused:
        if wanted.dry_run and folder is None:
            return None
        raise


def _document(given: Given, receipts: Sequence[FileReceipt], screen: Screen) -> dict[str, Any]:
    from supercargo.desk.answer import VERSION, finding_document  # noqa: PLC0415

    findings = [finding for receipt in receipts for finding in receipt.findings]
    return {
        "supercargo": VERSION,
        "question": "import",
        "answered": bool(receipts) and not any(receipt.refused for receipt in receipts),
        "asked": given.asked("format", "map", "channel", "account", "warehouse", "day", "decimal", "dates", "zone", "dry_run"),
        "files": [receipt.document(screen.language) for receipt in receipts],
        "findings": [finding_document(finding, screen.language) for finding in findings],
    }


def _show(receipt: FileReceipt, screen: Screen, *, alone: bool) -> None:
    from supercargo.book.names import name_of  # noqa: PLC0415 - help and slips need no book

    screen.heading(f"{receipt.name}: {receipt.format} ({receipt.certainty} %)" if receipt.format else receipt.name)
    if not receipt.refused:
        screen.line(screen.say(_counted(receipt)))
        saved = ", ".join(f"{count:,} {screen.say(name_of(noun))}" for noun, count in receipt.saved.items() if count)
        if saved:
            screen.line(screen.say(said("records: {saved}", saved=saved)))
        _controls(receipt, screen)
    for line in receipt.left_out:
        screen.line(f"  {screen.say(_left_out(line.status, line.row))} {line.code}: {screen.say(line.reason)}", "faint")
    screen.findings(receipt.findings)
    if receipt.fault_sheet is not None:
        screen.line(screen.say(said("written to {file}", file=receipt.fault_sheet)))
    if receipt.suggestion and alone:
        screen.line(screen.say("a mapping to begin with; save it, correct it, and give it with --map:"))
        screen.line(receipt.suggestion)
    screen.line()


def _counted(receipt: FileReceipt) -> Any:
    counts = {name: f"{getattr(receipt, name):,}" for name in COUNTS}
    return said("{rows} rows = {records} new + {held} held already + {skips} skipped + {faults} faulty", **counts)


def _left_out(status: str, row: int) -> Any:
    return said("skipped row {row}", row=row) if status == "skip" else said("faulty row {row}", row=row)


def _controls(receipt: FileReceipt, screen: Screen) -> None:
    from supercargo.desk.importing.receipt import amount  # noqa: PLC0415

    if not receipt.controls:
        return
    names = ("of_file", "of_records", "of_skips", "of_faults")
    rows = [
        [
            _summed(each.column, screen),
            each.currency,
            *(amount(getattr(each, name), each.currency) for name in names),
            screen.say("yes" if each.ties else "no"),
        ]
        for each in receipt.controls
    ]
    heads = (Head("in the file", "right"), Head("in records", "right"), Head("in skips", "right"), Head("in faults", "right"))
    screen.table((Head("sum of"), Head("currency"), *heads, Head("ties")), rows)


NAMES = {
    "goods": "goods", "seller_discount": "seller discount", "amount_minor": "money", "customs_value_minor": "customs value",
    "duty_minor": "duty", "import_tax_minor": "import tax", "fees_minor": "other fees",
}  # fmt: skip
"""What columns of our own sheets, and of files whose headers differ by language, are called in the list of sums."""


def _summed(column: str, screen: Screen) -> str:
    """Name a column as its file does; one that we name ourselves, in the language of the answer."""
    return screen.say(NAMES[column]) if column in NAMES else column


def _summary(receipts: Sequence[FileReceipt], screen: Screen, *, dry_run: bool) -> None:
    refused = sum(receipt.refused for receipt in receipts)
    rows = sum(receipt.rows for receipt in receipts if not receipt.refused)
    counts = {"files": len(receipts) - refused, "refused": refused, "rows": f"{rows:,}"}
    if dry_run:
        screen.line(screen.say(said("{files} files read, {refused} refused, {rows} rows; nothing was written", **counts)))
    else:
        screen.line(screen.say(said("{files} files imported, {refused} refused, {rows} rows", **counts)))
