"""The demonstration company: its files into a book, tied out, its profit by country; then its catalogue in every market."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from supercargo.desk.files import Files, examples, read
from supercargo.desk.markets_known import markets
from supercargo.desk.plan import PlanRequest, plan
from supercargo.desk.setting import law_on

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from supercargo.desk.demo_company.opening import Opened
    from supercargo.desk.plan import Plan, Progress
    from supercargo.desk.profit.table import ProfitTable
    from supercargo.desk.tie_out.result import TieOut
    from supercargo.kernel.words import Language

SHEET = "decisions.xlsx"


@dataclass(frozen=True, slots=True)
class Books:
    """The demonstration's book: what became of each file, what does not tie, what was earned where."""

    opened: Opened
    tied: TieOut
    profit: ProfitTable

    @property
    def found(self) -> dict[str, bool]:
        """Tell for each planted fault whether the tie-out names it with exactly its money."""
        named = [(str(one.discrepancy.finding.path), one.discrepancy.amount_minor, one.discrepancy.currency) for one in self.tied.weighed]
        return {
            fault.kind: any(
                fault.place in path and amount == fault.amount and currency == fault.currency for path, amount, currency in named
            )
            for fault in self.opened.faults
        }


@dataclass(frozen=True, slots=True)
class Demo:
    """The plan of the demonstration company, its sheet, and the files that both came from."""

    plan: Plan
    sheet: Path
    files: Files


def books(folder: Path, language: Language, progress: Progress | None = None) -> Books:
    """Write the demonstration company's files, import them into a new book, tie it out and sum its profit.

    Raises:
        Refused: the examples did not come with this installation, or the folder holds something else.
        OSError: the folder cannot be written.
    """
    from supercargo.desk.demo_company.opening import DAY, open_company  # noqa: PLC0415 - Django is loaded with the book
    from supercargo.desk.profit.profit import profit, write_lake  # noqa: PLC0415
    from supercargo.desk.profit.request import ProfitRequest  # noqa: PLC0415
    from supercargo.desk.tie_out import tie_out  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    opened = open_company(folder, language, progress)
    tied = tie_out(opened.place, day=DAY, law=law_on(DAY))
    write_lake(opened.place, DAY, anew=True, progress=progress)
    return Books(opened, tied, profit(opened.place, ProfitRequest(("country",), currency="EUR")))


def demo(folder: Path, day: date, language: Language, progress: Progress | None = None) -> Demo:
    """Plan the demonstration company's catalogue to every market and write the decision sheet into a folder.

    Raises:
        Refused: the examples did not come with this installation.
        OSError: the folder cannot be written.
    """
    from supercargo.desk.plan_sheet import write  # noqa: PLC0415 - the writer of XLSX is loaded when there is something to write

    place = examples()
    files = Files(place / "catalogue.csv", place / "company.toml", place / "ratecards")
    papers = read(files)
    request = PlanRequest(
        papers.catalogue,
        papers.company,
        day,
        markets(),
        papers.company.routes,
        papers.company.channels,
        cards=papers.cards,
        progress=progress,
    )
    decided = plan(request, law_on(day, planning=papers.company.planning_rates))
    folder.mkdir(parents=True, exist_ok=True)
    told = write(decided, folder / SHEET, language, progress=progress)
    return Demo(replace(decided, findings=(*decided.findings, *papers.findings, *told)), folder / SHEET, files)
