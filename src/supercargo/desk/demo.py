"""The demonstration company: its whole catalogue in every market, as a decision sheet."""

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

    from supercargo.desk.plan import Plan, Progress
    from supercargo.kernel.words import Language

SHEET = "decisions.xlsx"


@dataclass(frozen=True, slots=True)
class Demo:
    """The plan of the demonstration company, its sheet, and the files that both came from."""

    plan: Plan
    sheet: Path
    files: Files


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
