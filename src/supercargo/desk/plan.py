"""Where each product can be sold, by which route and channel, at what price, with what left: in bulk."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.answer import Answer, finding_document
from supercargo.desk.coverage import Closed, Lane, lanes, told_once
from supercargo.desk.markets_known import currency_of
from supercargo.desk.offer import NoOffer, Offer, Situation, offer
from supercargo.desk.price import PriceRequest, economics_answer, grid_for, price
from supercargo.desk.rating import Home, Rating, Targets, rate, unanswered
from supercargo.desk.routes import Cards
from supercargo.desk.search import Case, Priced, priced
from supercargo.engines.pricing import target_price
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import Language, into, said

if TYPE_CHECKING:
    from datetime import date

    from supercargo.connectors.catalogue import Catalogue, Product
    from supercargo.connectors.company import Company
    from supercargo.reference.law import Law

Progress = Callable[[int, int, str], None]
AMOUNTS = (
    "price", "price_needed", "net_price", "sale_tax", "commission", "payment", "fulfilment", "storage", "first_leg", "duty",
    "import_tax", "import_fees", "goods", "returns", "adverts", "conversion", "capital", "wastage", "costs", "profit",
    "landed_unit_cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """A catalogue against markets, channels and routes on a day, for a company with its rate cards."""

    catalogue: Catalogue
    company: Company
    on: date
    markets: tuple[str, ...]
    routes: tuple[str, ...]
    channels: tuple[str, ...]
    margin_rate: Decimal | None = None
    cards: Cards = field(default_factory=lambda: Cards(()))
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding on rows of the plan, and on how many."""

    finding: Finding
    rows: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The decision sheet: a row for every product, market, channel and route, with its status and its money.

    ``frame`` holds amounts as integers in the minor unit of ``currency``; ``profit_home`` in that of
    the company's base currency. ``lanes`` are the markets, channels and routes that every product was
    asked for; ``closed`` those that no product can take (no fees, no rate card): they have no rows, and
    a finding for each reason. ``noted`` are the findings on single rows, counted; ``codes`` of the
    frame names them row by row.
    """

    request: PlanRequest
    law: Law
    frame: pl.DataFrame
    lanes: tuple[Lane, ...]
    findings: tuple[Finding, ...]
    closed: tuple[Closed, ...] = ()
    noted: tuple[Noted, ...] = ()

    @property
    def ways_left_out(self) -> int:
        """Count the rows that closed lanes would have been: with the rows of ``frame`` they are all ways asked for."""
        return sum(one.ways for one in self.closed)

    @property
    def rows_read(self) -> int:
        """Give the rows of the catalogue, good and bad."""
        return self.request.catalogue.rows_read

    def best(self) -> pl.DataFrame:
        """Give the best row for each product and market: by status, then by profit at home."""
        order = pl.col("status").replace_strict({"go": 0, "fix": 1, "no-go": 2, "no answer": 3}, return_dtype=pl.Int8)
        ranked = self.frame.with_columns(order.alias("order")).sort(
            ["order", "profit_home", "row"], descending=[False, True, False], nulls_last=True
        )
        return ranked.group_by(["sku", "market"], maintain_order=True).first().sort("row").drop("order")

    def explain(self, sku: str, market: str, channel: str, route: str) -> Answer:
        """Explain one row by the same rules, one by one, with every line and source."""
        row = self.frame.filter(
            (pl.col("sku") == sku) & (pl.col("market") == market) & (pl.col("channel") == channel) & (pl.col("route") == route)
        )
        asked = {"sku": sku, "market": market, "channel": channel, "route": route, "on": self.request.on.isoformat()}
        if row.is_empty():
            return Answer("price", asked, findings=(self._absent(Lane(market, channel, route)),))
        way = self.way(row["row"][0])
        if isinstance(way, NoOffer):
            return Answer("price", asked, findings=way.findings)
        shown = row["price"][0]
        if shown is None:
            wanted = PriceRequest(way.product, self.request.company, self.request.on, market, channel, way.route, self.request.margin_rate)
            return price(wanted, self._situation())
        digits = minor_digits(way.facts.currency)
        return economics_answer(way, Decimal(shown).scaleb(-digits), self.law, asked)

    def way(self, number: int) -> Offer | NoOffer:
        """Work out the facts behind a row again; a plan does not keep them, for they are many."""
        product, place = divmod(number, len(self.lanes))
        lane = self.lanes[place]
        return _way(self.request.catalogue.products[product], lane, self._situation())

    def _situation(self) -> Situation:
        return Situation(self.request.company, self.law, self.request.cards)

    def _absent(self, lane: Lane) -> Finding:
        """Say why the plan has no such row: its lane is closed, or it was not asked for."""
        reason = next((one.finding for one in self.closed if one.lane == lane), None)
        if reason is not None:
            return replace(reason, severity="error")
        remedy = "choose a product, market, channel and route of the plan"
        return Finding("PLAN-404", "error", "row", "the plan has no such row", remedy)

    def document(self, language: Language = "en") -> dict[str, Any]:
        """Give the plan as plain values: amounts as text with their currency."""
        rows = [_row_document(row, language) for row in self.frame.iter_rows(named=True)]
        counts = dict(self.frame.group_by("status").len().sort("status").iter_rows())
        return {
            "supercargo": "1", "question": "plan", "answered": bool(rows), "counts": counts, "rows": rows, "rows_read": self.rows_read,
            "ways_left_out": self.ways_left_out, "left_out": [one.document(language) for one in self.closed],
            "findings": [finding_document(finding, language) for finding in self.findings],
        }  # fmt: skip


def plan(request: PlanRequest, law: Law) -> Plan:
    """Decide every product in every market, on every channel, by every route.

    Faulty rows of the catalogue stay in the findings; ways that cannot be computed for a product stay
    in the sheet as "no answer" with what is missing; lanes that are closed to every product are told once.
    """
    products = request.catalogue.products
    open_lanes, closed = lanes(request.markets, request.channels, request.routes, len(products), request.cards, law)
    tally: dict[tuple[str, str], Noted] = {}
    with _undisturbed():
        rows = _rows(request, law, open_lanes, tally)
    frame = pl.DataFrame(rows, schema=_schema(), orient="row", infer_schema_length=None) if rows else pl.DataFrame(schema=_schema())
    findings = (*request.catalogue.findings, *request.company.findings, *told_once(request.markets, open_lanes, closed))
    return Plan(request, law, frame, open_lanes, worst_first(findings), closed, tuple(tally.values()))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector of cyclic garbage away from work that makes a million objects and no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _rows(request: PlanRequest, law: Law, open_lanes: tuple[Lane, ...], tally: dict[tuple[str, str], Noted]) -> list[tuple[Any, ...]]:
    ways = list(_ways(request, open_lanes, Situation(request.company, law, request.cards)))
    ready = [(way, _shop_price(way, law)) for way in ways if isinstance(way, Offer)]
    margin = _margin(request)
    cases = [Case(target_price.Facts(way.facts, margin, grid_for(way.facts.currency, request.company)), asked) for way, (asked, _) in ready]
    _tell(request, len(request.catalogue.products), len(request.catalogue.products), "searching prices")
    found, asked_prices = iter(priced(cases, law)), iter(ready)
    targets, home = Targets.of(request.company, request.margin_rate), Home(request.company.base_currency, law)
    return [_row(number, way, asked_prices, found, targets, home, tally) for number, way in enumerate(ways)]


def _note(findings: tuple[Finding, ...], tally: dict[tuple[str, str], Noted]) -> None:
    """Count the findings of a row, each once."""
    for finding in worst_first(findings):
        key = (finding.code, str(finding.message))
        tally[key] = Noted(finding, tally[key].rows + 1 if key in tally else 1)


def _ways(request: PlanRequest, open_lanes: tuple[Lane, ...], situation: Situation) -> Iterator[Offer | NoOffer]:
    total = len(request.catalogue.products)
    for number, product in enumerate(request.catalogue.products, start=1):
        _tell(request, number, total, product.sku)
        for lane in open_lanes:
            yield _way(product, lane, situation)


def _way(product: Product, lane: Lane, situation: Situation) -> Offer | NoOffer:
    return offer(product, lane.market, lane.channel, lane.route, currency_of(lane.market), situation)  # type: ignore[arg-type]


def _tell(request: PlanRequest, done: int, total: int, what: str) -> None:
    if request.progress is not None:
        request.progress(done, total, what)


def _margin(request: PlanRequest) -> Figure:
    if request.margin_rate is None:
        return request.company.rate("margin_rate_target", "margin rate")
    return Figure.percent(request.margin_rate * 100, "margin rate", path="margin")


def _shop_price(way: Offer, law: Law) -> tuple[Decimal | None, tuple[Finding, ...]]:
    """Bring the price that the catalogue wants into the market's currency; none when it wants none, a finding when none can be known."""
    product = way.product
    if product.target_price is None or product.target_price_currency is None:
        return None, ()
    try:
        given = Figure.money(product.target_price, product.target_price_currency, "shop price")
        here = law.rates.convert(given, product.target_price_currency, way.facts.currency).rounded()
    except Refused as refusal:
        return None, refusal.findings
    return here.amount, ()


def _row(
    number: int, way: Offer | NoOffer, ready: Iterator[tuple[Offer, tuple[Decimal | None, tuple[Finding, ...]]]], found: Iterator[Priced],
    targets: Targets, home: Home, tally: dict[tuple[str, str], Noted],
) -> tuple[Any, ...]:  # fmt: skip
    if isinstance(way, NoOffer):
        _note(way.findings, tally)
        return _cells(number, way, None, unanswered(way.findings), home)
    _, (asked, unknown) = next(ready)
    answer = next(found)
    _note((*unknown, *answer.findings, *answer.notes, *way.findings), tally)
    if unknown:
        return _cells(number, way, None, unanswered((*unknown, *way.findings)), home)
    return _cells(number, way, answer, rate(way.findings, answer, asked, way.facts.currency, targets, home), home)


def _cells(number: int, way: Offer | NoOffer, answer: Priced | None, rating: Rating, home: Home) -> tuple[Any, ...]:
    product: Product = way.product
    currency = currency_of(way.market)
    digits = minor_digits(currency)
    amounts: dict[str, int | None] = {}
    if answer is not None:
        amounts |= answer.amounts or {}
        amounts["price_needed"] = None if answer.price is None else int(answer.price.scaleb(digits))
    carriage = way.carriage if isinstance(way, Offer) else None
    return (
        number, product.sku, product.title_en, product.title_zh, way.market, way.channel, way.route, currency, rating.status,
        into(rating.reason, "en"), into(rating.reason, "zh"), *(amounts.get(name) for name in AMOUNTS), rating.margin_ppm,
        rating.profit_home, home.minor(amounts.get("price"), currency),
        None if carriage is None else int(carriage.days_p50.amount), None if carriage is None else int(carriage.days_p90.amount),
        None if carriage is None or carriage.carbon is None else int((carriage.carbon.amount * 1000).to_integral_value()),
        rating.codes,
    )  # fmt: skip


def _schema() -> dict[str, Any]:
    words = dict.fromkeys(
        ("sku", "title_en", "title_zh", "market", "channel", "route", "currency", "status", "reason", "reason_zh"), pl.String
    )
    numbers = dict.fromkeys((*AMOUNTS, "margin_ppm", "profit_home", "price_home", "days_p50", "days_p90", "carbon_g"), pl.Int64)
    return {"row": pl.Int64, **words, **numbers, "codes": pl.List(pl.String)}


def _row_document(row: dict[str, Any], language: Language) -> dict[str, Any]:
    currency = row["currency"]
    digits = minor_digits(currency)
    money = {
        name: None if row[name] is None else {"amount": f"{Decimal(row[name]).scaleb(-digits):f}", "currency": currency} for name in AMOUNTS
    }
    margin = None if row["margin_ppm"] is None else f"{Decimal(row['margin_ppm']).scaleb(-6):f}"
    words = {name: row[name] for name in ("sku", "market", "channel", "route", "status")}
    reason = row["reason_zh"] if language == "zh" else row["reason"]
    return {
        **words,
        "title": row["title_zh"] if language == "zh" else row["title_en"],
        "reason": reason,
        **money,
        "margin_rate": margin,
        "days_p50": row["days_p50"],
        "days_p90": row["days_p90"],
        "carbon_g": row["carbon_g"],
        "codes": row["codes"],
    }


__all__ = ["AMOUNTS", "Path", "Plan", "PlanRequest", "plan", "said"]
