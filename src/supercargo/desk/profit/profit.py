"""The use case: profit of a company's book, by whatever it is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supercargo.desk.lake.refresh import profit_lake, write
from supercargo.desk.lake.source import BookSource
from supercargo.desk.profit.costs import ledger_costs
from supercargo.desk.profit.explained import explain
from supercargo.desk.profit.originals import KeptFiles
from supercargo.desk.profit.running import chosen
from supercargo.desk.profit.table import ProfitTable, profit_of
from supercargo.desk.setting import law_on
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from supercargo.book.place import Place
    from supercargo.desk.answer import Answer
    from supercargo.desk.lake.refresh import Written
    from supercargo.desk.lake.store import Lake
    from supercargo.desk.profit.request import ProfitRequest


def lake_of(place: Place) -> Lake:
    """Give the profit lines of a company's lake."""
    return profit_lake(place.lake)


BUSY = "LAKE-004"


def write_lake(place: Place, until: date, *, anew: bool = False, progress: Callable[[int, int, str], None] | None = None) -> Written:
    """Bring the lake up to the book.

    Args:
        place: the company's folder.
        until: the day up to which the ledger costs goods, inclusive: today.
        anew: make all channels again.
        progress: is told channels done, channels in all, and what is being done.

    Raises:
        Refused: LAKE-004, somebody else is writing.
    """
    costs, doubts = ledger_costs(place, until)
    done = write(BookSource(place, costs), lake_of(place), law_on, anew=anew, progress=progress)
    return replace(done, findings=(*done.findings, *_about_costs(doubts)))


def keep_up(place: Place, until: date, progress: Callable[[int, int, str], None] | None = None) -> None:
    """Write the lake where the book holds records that it does not, so that an answer is never older than the last import.

    Another process that is writing is not waited for: the answer then says that it is of before.
    """
    if dict(BookSource(place).last()) == dict(lake_of(place).manifest().watermark):
        return
    try:
        write_lake(place, until, progress=progress)
    except Refused as refusal:
        if refusal.findings[0].code != BUSY:
            raise


def _about_costs(doubts: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Say in one sentence what the ledger says of each article."""
    if not doubts:
        return ()
    codes = ", ".join(sorted({doubt.code for doubt in doubts}))
    message = said("the ledger has {count} findings about the cost of goods ({codes})", count=len(doubts), codes=codes)
    return (Finding("PROF-017", "warning", "ledger", message, 'see them with "supercargo ledger post"'),)


def profit(place: Place, request: ProfitRequest) -> ProfitTable:
    """Answer a question about profit from the lake, on the engine of the setting. Raises as ``profit_of`` does."""
    table = profit_of(lake_of(place), request, chosen())
    return table if _is_current(place, table) else _with_note(table)


def explain_cell(place: Place, table: ProfitTable, named: str, day: date) -> Answer:
    """Walk a cell down to files and rows. Raises as ``explain`` does."""
    place.open()
    return explain(table, lake_of(place), named, law_on(day), KeptFiles(place))


def _is_current(place: Place, table: ProfitTable) -> bool:
    return dict(BookSource(place).last()) == dict(table.state.watermark)


def _with_note(table: ProfitTable) -> ProfitTable:
    note = Finding(
        "PROF-005", "note", "lake", "the book has newer records than the lake", 'bring it up to the book with "supercargo lake write"'
    )
    return replace(table, findings=(note, *table.findings))
