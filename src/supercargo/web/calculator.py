"""The landed-cost calculator: what is typed is asked at the desk, and the answer is shown with every step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from supercargo.desk.answer import Answer
from supercargo.desk.quote import quote
from supercargo.desk.setting import law_on
from supercargo.kernel.finding import worst_first
from supercargo.web import asked, choices, statement
from supercargo.web.days import today
from supercargo.web.frame import Asking, language

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
def calculator(request: Asking) -> HttpResponse:
    """Show the form and the answer; htmx asks for the answer alone, or for the form when lines change."""
    cells = asked.read(request.GET, today())
    shown = _answered(cells)
    if request.htmx and request.htmx.target == "answer":
        return render(request, "web/calculator/live.html", shown)
    page = render(request, "web/calculator/page.html", shown | _form(cells))
    if request.htmx and ("add" in request.GET or "remove" in request.GET):
        page["HX-Replace-Url"] = f"/{shown['address']}"  # the address says what is asked now, not which button was pressed
    return page


def _answered(cells: asked.Cells) -> dict[str, Any]:
    request = cells.request()
    answer = Answer("quote", cells.asked(), findings=tuple(cells.faults)) if request is None else quote(request, law_on(request.on))
    spoken = language()
    lines = answer.lines(spoken)
    headline = answer.amounts.get(statement.HEADLINE)
    return {
        "cells": cells,
        "answered": answer.answered,
        "headline": statement.part(answer, statement.HEADLINE, spoken, lines) if headline is not None else None,
        "parts": statement.parts(answer, spoken, lines),
        "words": answer.words,
        "steps": statement.steps(answer, spoken, cells.values["on"], lines),
        "notices": statement.notices(worst_first(answer.findings)),
        "sources": answer.sources(),
        "text": statement.as_text(answer, headline, spoken, lines),
        "address": _address(cells),
        "faulty": sorted({name for finding in answer.findings if finding.severity == "error" and (name := asked.field_of(finding.path))}),
    }


def _address(cells: asked.Cells) -> str:
    pairs = [(name, value) for name, value in cells.asked().items() if name != "scheme"]
    return "?" + urlencode([*pairs, *(("scheme", name) for name in cells.schemes)])


def _form(cells: asked.Cells) -> dict[str, Any]:
    spoken = language()
    return {
        "destinations": choices.destinations(spoken),
        "origins": choices.origins(spoken),
        "usual_currencies": choices.usual_currencies(),
        "other_currencies": choices.other_currencies(),
        "schemes": choices.schemes(),
        "provinces": choices.provinces(),
        "channels": choices.CHANNELS,
        "businesses": choices.BUSINESSES,
        "modes": choices.MODES,
        "classes": choices.CLASSES,
        "lines": [_line(number, line) for number, line in enumerate(cells.lines)],
        "several": len(cells.lines) > 1,
        "full": len(cells.lines) >= asked.LINES_MAX,
    }


def _line(number: int, cells: dict[str, str]) -> dict[str, Any]:
    fields = {name: {"name": asked.cell_name(name, number), "value": cells[name]} for name in asked.LINE_CELLS}
    return fields | {"number": number + 1, "fresh": not any(cells[name] for name in ("hs", "goods")) and number > 0}
