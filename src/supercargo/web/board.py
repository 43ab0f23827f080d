"""The decision matrix: rows of the plan laid out as a grid of products by markets; it sorts and counts, no more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import polars as pl

from supercargo.kernel.words import Language, translate
from supercargo.web import choices
from supercargo.web.shown import minor, percent

if TYPE_CHECKING:
    from supercargo.desk.plan import Plan

BEST = "best"
STATUSES = ("go", "fix", "no-go", "no answer")
ICONS = {"go": "✓", "fix": "◐", "no-go": "✕", "no answer": "?"}
CLASSES = {"go": "go", "fix": "fix", "no-go": "no-go", "no answer": "none"}
WORDS = {"go": "Go", "fix": "Fix", "no-go": "No-go", "no answer": "No answer"}
MEANINGS = {
    "go": "the margin meets your target",
    "fix": "close: a better price or cost would do",
    "no-go": "below your floor, or no price meets the margin",
    "no answer": "a fact is missing; the cell says which",
}
ORDERS = {"go": "most go first", "code": "by country code"}
ROUTES = {"direct": "Direct mail", "warehouse": "Overseas warehouse", "fba": "FBA"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One product in one market."""

    status: str
    css: str
    icon: str
    word: str
    margin: str
    price: str
    way: str
    address: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Row:
    """One product in every market."""

    sku: str
    title: str
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Board:
    """The grid with its headings and its totals."""

    markets: list[dict[str, Any]]
    rows: list[Row]
    totals: list[dict[str, Any]]
    count: int


def board(plan: Plan, wanted: dict[str, str], language: Language) -> Board:
    """Lay out the plan for a route, a channel and a region; ``best`` takes the best way of each cell."""
    frame = _chosen(plan, wanted)
    spoken = {status: translate(word, language) for status, word in WORDS.items()}
    ways = {row["sku"]: row["title_zh" if language == "zh" else "title_en"] or row["title_en"] for row in frame.iter_rows(named=True)}
    columns = _ordered(frame, wanted["order"])
    cells = {(row["sku"], row["market"]): _cell(row, wanted, spoken, language) for row in frame.iter_rows(named=True)}
    return Board(
        markets=_headings(frame, columns, language),
        rows=[Row(sku, title, [cells.get((sku, market)) for market in columns]) for sku, title in ways.items()],
        totals=_totals(frame, spoken),
        count=frame.height,
    )


def _chosen(plan: Plan, wanted: dict[str, str]) -> pl.DataFrame:
    narrow = plan.frame
    for name in ("route", "channel"):
        if wanted[name] != BEST:
            narrow = narrow.filter(pl.col(name) == wanted[name])
    if wanted["region"]:
        here = [market for market, region in choices.region_of().items() if region == wanted["region"]]
        narrow = narrow.filter(pl.col("market").is_in(here))
    if narrow.height == plan.frame.height:
        return plan.best()
    return replace(plan, frame=narrow).best()


def _ordered(frame: pl.DataFrame, order: str) -> list[str]:
    by_code = frame["market"].unique().sort().to_list()
    if order == "code":
        return by_code
    going, close = (_counted(frame, status) for status in ("go", "fix"))
    return sorted(by_code, key=lambda market: (going.get(market, 0), close.get(market, 0)), reverse=True)


def _counted(frame: pl.DataFrame, status: str) -> dict[str, int]:
    return dict(frame.filter(pl.col("status") == status).group_by("market").len().iter_rows())


def _cell(row: dict[str, Any], wanted: dict[str, str], spoken: dict[str, str], language: Language) -> Cell:
    price = minor(row["price"], row["currency"])
    margin = percent(row["margin_ppm"])
    word = spoken[row["status"]]
    way = {"sku": row["sku"], "market": row["market"], "channel": row["channel"], "route": row["route"], "on": wanted["on"]}
    reason = row["reason_zh" if language == "zh" else "reason"]
    shown = f"{price} {row['currency']}" if price else ""
    return Cell(
        row["status"], CLASSES[row["status"]], ICONS[row["status"]], word, margin, shown, f"{row['channel']} · {row['route']}",
        "?" + urlencode(way), " · ".join(part for part in (row["market"], word, margin, shown, reason) if part),
    )  # fmt: skip


def _headings(frame: pl.DataFrame, columns: list[str], language: Language) -> list[dict[str, Any]]:
    going = _counted(frame, "go")
    return [{"code": code, "name": choices.country_name(code, language), "go": going.get(code, 0)} for code in columns]


def _totals(frame: pl.DataFrame, spoken: dict[str, str]) -> list[dict[str, Any]]:
    counts = dict(frame.group_by("status").len().iter_rows())
    return [
        {
            "status": status,
            "css": CLASSES[status],
            "icon": ICONS[status],
            "word": spoken[status],
            "meaning": MEANINGS[status],
            "count": counts.get(status, 0),
        }
        for status in STATUSES
    ]
