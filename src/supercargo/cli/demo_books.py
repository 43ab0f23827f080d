"""What the demonstration shows of its book: files, tie-out, profit by country, and the commands to go on with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from supercargo.cli import profit as profit_command
from supercargo.cli.screen import Head
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.cli.screen import Screen
    from supercargo.desk.demo import Books

SHOWN = 12


def show(books: Books, screen: Screen) -> None:
    """Show the three answers, one below the other."""
    _files(books, screen)
    _tied(books, screen)
    screen.line()
    profit_command.show(books.profit, screen, SHOWN)
    _go_on(books, screen)


def document(books: Books, screen: Screen) -> dict[str, Any]:
    """Give the same as a document."""
    return {
        "files": [receipt.document(screen.language) for receipt in books.opened.receipts],
        "planted_faults_found": books.found,
        "tie_out": books.tied.document(screen.language),
        "profit": books.profit.document(screen.language),
    }


def _files(books: Books, screen: Screen) -> None:
    from supercargo.connectors.registry import formats  # noqa: PLC0415 - loaded with the files

    receipts = books.opened.receipts
    by_format: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for receipt in receipts:
        sums = by_format[receipt.format]
        for place, count in enumerate((1, receipt.rows, receipt.records + receipt.held, receipt.skips, receipt.faults)):
            sums[place] += count
    told = said("{files} files in {formats} formats, every row accounted for", files=len(receipts), formats=len(by_format))
    screen.heading(screen.say(told))
    known = formats()
    heads = (Head("format"), *(Head(name, "right") for name in ("files", "rows", "recorded", "skipped", "faulty")))
    cells = [
        [screen.say(known[key].name) if key in known else key, *(f"{count:,}" for count in counts)] for key, counts in by_format.items()
    ]
    screen.table(heads, cells)


def _tied(books: Books, screen: Screen) -> None:
    from supercargo.engines.accounting.discrepancy import shown  # noqa: PLC0415 - loaded with the answer

    screen.line()
    screen.heading(screen.say("What does not tie, the most money first"))
    for one in books.tied.weighed[:SHOWN]:
        finding = one.discrepancy.finding
        amount = "" if one.discrepancy.amount_minor is None else shown(one.discrepancy.amount_minor, one.discrepancy.currency)
        screen.line(f"{amount:>14}  {finding.code} {screen.say(finding.message)}", finding.severity)
    rest = len(books.tied.weighed) - SHOWN
    if rest > 0:
        screen.line(screen.say(said("and {count} more", count=rest)), "faint")


def _go_on(books: Books, screen: Screen) -> None:
    screen.line()
    screen.line(
        screen.say(said("the files are in {folder}, the book is in {book}", folder=books.opened.files, book=books.opened.place.folder))
    )
    screen.line(screen.say("go on from there:"))
    for command in ("tie-out", "profit --by country,channel --explain 1", "ledger post --until 2026-10-31", "audit verify"):
        screen.line(f"  SUPERCARGO_BOOK={books.opened.place.folder} supercargo {command}", "faint")
