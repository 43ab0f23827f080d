"""The decision matrix in the browser: the grid, its loading state, and the explanation of one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from supercargo.kernel.words import Language, translate
from supercargo.web import board, choices, plans, statement
from supercargo.web.days import day_of
from supercargo.web.frame import Asking, language

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from supercargo.desk.answer import Answer
    from supercargo.desk.plan import Plan

SHOWN_MAX = 24
AMOUNTS = ("price", "net_price", "costs", "profit", "margin_rate", "landed_unit_cost")


@require_safe
def matrix(request: Asking) -> HttpResponse:
    """Show the grid when the plan is ready, and how far it is until then."""
    day, fault = day_of(request.GET.get("on", ""))
    work = plans.ask(day)
    wanted = _wanted(request, day, work.plan)
    faults = statement.notices([fault] if fault else [])
    shown: dict[str, Any] = {"wanted": wanted, "work": work, "address": "?" + urlencode(wanted), "notices": faults}
    if work.ended.is_set():
        shown |= _ready(work, wanted)
    status = 422 if work.findings else 200
    part = request.htmx and request.htmx.target == "board"
    return render(request, "web/matrix/board.html" if part else "web/matrix/page.html", shown, status=200 if part else status)


@require_safe
def cell(request: Asking) -> HttpResponse:
    """Explain one cell: its waterfall and every step."""
    day, _fault = day_of(request.GET.get("on", ""))
    work = plans.ask(day)
    work.ended.wait(timeout=30)
    way = {name: request.GET.get(name, "")[:80] for name in ("sku", "market", "channel", "route")}
    working = work.plan is None and not work.findings
    shown: dict[str, Any] = {"way": way, "on": day.isoformat(), "working": working, "notices": statement.notices(work.findings)}
    if work.plan is not None:
        shown |= _explained(work.plan, way, day)
    return render(request, "web/matrix/sheet.html" if request.htmx else "web/matrix/cell.html", shown)


def _ready(work: plans.Work, wanted: dict[str, str]) -> dict[str, Any]:
    if work.plan is None:
        return {"notices": statement.notices(work.findings)}
    company = work.plan.request.company
    regions = sorted({choices.region_of().get(market, "") for market in work.plan.request.markets} - {""})
    return {
        **_laid_out(work, work.plan, wanted),
        "company": company.name_zh if language() == "zh" else company.name_en,
        "sample": company.sample,
        "routes": [(route, board.ROUTES.get(route, route)) for route in work.plan.request.routes],
        "channels": work.plan.request.channels,
        "regions": [(region, choices.REGIONS.get(region, region)) for region in regions],
        "orders": tuple(board.ORDERS.items()),
        "plan_notices": statement.notices(work.plan.findings),
    }


def _laid_out(work: plans.Work, plan: Plan, wanted: dict[str, str]) -> dict[str, Any]:
    """Lay the grid out once for each choice: thousands of cells that stay the same while the plan does."""
    key = (language(), *wanted.values())
    if key not in work.shown:
        laid = board.board(plan, wanted, language())
        work.shown[key] = {"board": laid, "grid": render_to_string("web/matrix/grid.html", {"board": laid})}
        for oldest in list(work.shown)[:-SHOWN_MAX]:
            work.shown.pop(oldest, None)
    return work.shown[key]  # type: ignore[no-any-return]


def _wanted(request: HttpRequest, day: date, plan: Plan | None) -> dict[str, str]:
    wanted = {name: request.GET.get(name, "") for name in ("route", "channel", "region", "order")}
    known = {"route": plan.request.routes, "channel": plan.request.channels} if plan else {}
    for name in ("route", "channel"):
        if not wanted[name] or (name in known and wanted[name] not in known[name]):
            wanted[name] = board.BEST
    if wanted["order"] not in board.ORDERS:
        wanted["order"] = next(iter(board.ORDERS))
    if wanted["region"] not in choices.region_of().values():
        wanted["region"] = ""
    return wanted | {"on": day.isoformat()}


def _explained(plan: Plan, way: dict[str, str], day: date) -> dict[str, Any]:
    spoken = language()
    answer = plan.explain(way["sku"], way["market"], way["channel"], way["route"])
    lines = answer.lines(spoken)
    product = next((product for product in plan.request.catalogue.products if product.sku == way["sku"]), None)
    title = "" if product is None else (product.title_zh or product.title_en) if spoken == "zh" else product.title_en
    row = next((row for row in plan.frame.iter_rows(named=True) if all(row[name] == way[name] for name in way)), None)
    return {
        "title": title,
        "market_name": choices.country_name(way["market"], spoken),
        "route_name": board.ROUTES.get(way["route"], way["route"]),
        "status": row and {"css": board.CLASSES[row["status"]], "icon": board.ICONS[row["status"]], "word": board.WORDS[row["status"]]},
        "reason": row and row["reason_zh" if spoken == "zh" else "reason"],
        "parts": [statement.part(answer, key, spoken, lines) for key in AMOUNTS if key in answer.amounts],
        "words": answer.words,
        "waterfall": _waterfall(answer, spoken),
        "steps": statement.steps(answer, spoken, day.isoformat(), lines),
        "notices": statement.notices(answer.findings),
        "text": statement.as_text(answer, answer.amounts.get("profit"), spoken, lines),
        "address": "?" + urlencode(way | {"on": day.isoformat()}),
    }


def _waterfall(answer: Answer, spoken: Language) -> list[dict[str, Any]]:
    """Lay out the way from the price to the profit; the first bar gives the scale of all."""
    rows = answer.rows.get("waterfall", [])
    whole = rows[0]["amount"] if rows else "1"
    return [
        {
            "name": translate(str(row["key"]), spoken),
            "amount": row["amount"],
            "length": str(row["amount"]).lstrip("-"),
            "shown": f"{row['amount']} {row['unit']}",
            "whole": whole,
            "end": row in (rows[0], rows[-1]),
            "negative": str(row["amount"]).startswith("-"),
        }
        for row in rows
    ]
