"""The plan of a day, computed once beside the page and kept in memory; the page asks how far it is."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supercargo.desk import files as papers
from supercargo.desk.markets_known import markets
from supercargo.desk.setting import law_on
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from supercargo.desk.files import Files
    from supercargo.desk.plan import Plan

KEPT = 4
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Work:
    """A plan that is being computed, is ready, or was refused; ``shown`` keeps what pages made of it."""

    done: int = 0
    total: int = 0
    what: str = ""
    plan: Plan | None = None
    findings: tuple[Finding, ...] = ()
    shown: dict[tuple[str, ...], Any] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def tell(self, done: int, total: int, what: str) -> None:
        """Take the progress that the desk reports."""
        self.done, self.total, self.what = done, total, what


_works: OrderedDict[object, Work] = OrderedDict()
_lock = threading.Lock()


def files() -> Files:
    """Find the company's files: those named in the environment or lying about, else the demonstration company's.

    Raises:
        Refused: PLAN-405, there is no catalogue where it should be.
    """
    found = papers.find()
    if not found.catalogue.is_file():
        message = said("there is no catalogue at {file}", file=found.catalogue)
        raise refuse("PLAN-405", "catalogue", message, "start the page with a catalogue, or run it from the repository with its examples")
    return found


def ask(day: date) -> Work:
    """Ask for the plan of a day; the first to ask starts the work."""
    found = files()
    key = (day, found.state())
    with _lock:
        if key in _works:
            _works.move_to_end(key)
            return _works[key]
        work = _works[key] = Work()
        while len(_works) > KEPT:
            _works.popitem(last=False)
    threading.Thread(target=_run, args=(work, lambda: make(found, day, work)), name="plan", daemon=True).start()
    return work


def make(found: Files, day: date, work: Work) -> Plan:
    """Read the company's files and plan every product in every market."""
    from supercargo.desk import plan as desk  # noqa: PLC0415 - the calculator starts without the machinery of the plan

    work.tell(0, 1, found.catalogue.name)
    told = papers.read(found)
    company = told.company
    request = desk.PlanRequest(
        told.catalogue, company, day, markets(), company.routes, company.channels, cards=told.cards, progress=work.tell
    )
    return desk.plan(request, law_on(day, planning=company.planning_rates))


def _run(work: Work, compute: Callable[[], Plan]) -> None:
    try:
        work.plan = compute()
    except Refused as refusal:
        work.findings = refusal.findings
    except Exception:  # noqa: BLE001 - whatever went wrong, the page must say so instead of waiting for ever
        _log.exception("the plan failed")
        remedy = "the terminal in which Supercargo was started names the cause"
        work.findings = (Finding("PLAN-500", "error", "", "the plan could not be computed", remedy),)
    finally:
        work.ended.set()
