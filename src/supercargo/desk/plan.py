"""Where each product can be sold, by which route and channel, at what price, with what left: in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.answer import Answer, finding_document
from supercargo.desk.markets_known import currency_of
from supercargo.desk.offer import NoOffer, Offer, Situation, offer
from supercargo.desk.price import PriceRequest, economics_answer, grid_for, price
from supercargo.desk.rating import Rating, rate
from supercargo.desk.routes import Cards
from supercargo.desk.search import Found, economics_at, smallest_prices
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
class Plan:
    """The decision sheet: a row for every product, market, channel and route, with its status and its money.

    ``frame`` holds amounts as integers in the minor unit of ``currency``; ``profit_home`` in that of
    the company's base currency. ``offers`` are the facts behind the rows, by row number.
    """

    request: PlanRequest
    law: Law
    frame: pl.DataFrame
    offers: tuple[Offer | NoOffer, ...]
    findings: tuple[Finding, ...]

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
            finding = Finding(
                "PLAN-404", "error", "row", "the plan has no such row", "choose a product, market, channel and route of the plan"
            )
            return Answer("price", asked, findings=(finding,))
        way = self.offers[row["row"][0]]
        if isinstance(way, NoOffer):
            return Answer("price", asked, findings=way.findings)
        shown = row["price"][0]
        if shown is None:
            wanted = PriceRequest(way.product, self.request.company, self.request.on, market, channel, way.route, self.request.margin_rate)
            return price(wanted, Situation(self.request.company, self.law, self.request.cards))
        digits = minor_digits(way.facts.currency)
        return economics_answer(way, Decimal(shown).scaleb(-digits), self.law, asked)

    def document(self, language: Language = "en") -> dict[str, Any]:
        """Give the plan as plain values: amounts as text with their currency."""
        rows = [_row_document(row, language) for row in self.frame.iter_rows(named=True)]
        counts = dict(self.frame.group_by("status").len().sort("status").iter_rows())
        return {
            "supercargo": "1", "question": "plan", "answered": bool(rows), "counts": counts, "rows": rows, "rows_read": self.rows_read,
            "findings": [finding_document(finding, language) for finding in self.findings],
        }  # fmt: skip


def plan(request: PlanRequest, law: Law) -> Plan:
    """Decide every product in every market, on every channel, by every route.

    Faulty rows of the catalogue stay in the findings; ways that cannot be computed stay in the sheet
    as "no answer" with what is missing.
    """
    situation = Situation(request.company, law, request.cards)
    ways = list(_ways(request, situation))
    ready = [way for way in ways if isinstance(way, Offer)]
    margin = _margin(request)
    grids = [grid_for(way.facts.currency, request.company) for way in ready]
    _tell(request, 0, 1, "searching prices")
    needed = smallest_prices([target_price.Facts(way.facts, margin, grid) for way, grid in zip(ready, grids, strict=True)], law)
    asked = [_shop_price(way, law) for way in ready]
    shown = [price if price is not None else found.price for price, found in zip(asked, needed, strict=True)]
    amounts = economics_at(
        [replace(way.facts, price=_money(price, way)) for way, price in zip(ready, shown, strict=True) if price is not None], law
    )
    rows = _rows(request, law, ways, needed, asked, shown, amounts)
    frame = pl.DataFrame(rows, schema=_schema(), orient="row", infer_schema_length=None) if rows else pl.DataFrame(schema=_schema())
    return Plan(request, law, frame, tuple(ways), worst_first((*request.catalogue.findings, *request.company.findings)))


def _ways(request: PlanRequest, situation: Situation) -> Iterator[Offer | NoOffer]:
    total = len(request.catalogue.products)
    for number, product in enumerate(request.catalogue.products, start=1):
        _tell(request, number, total, product.sku)
        for market in request.markets:
            for channel in request.channels:
                for route in request.routes:
                    if route != "fba" or channel == "amazon":
                        yield offer(product, market, channel, route, currency_of(market), situation)


def _tell(request: PlanRequest, done: int, total: int, what: str) -> None:
    if request.progress is not None:
        request.progress(done, total, what)


def _margin(request: PlanRequest) -> Figure:
    if request.margin_rate is None:
        return request.company.rate("margin_rate_target", "margin rate")
    return Figure.percent(request.margin_rate * 100, "margin rate", path="margin")


def _shop_price(way: Offer, law: Law) -> Decimal | None:
    """Bring the price that the catalogue wants into the market's currency; none when it wants none or none can be known."""
    product = way.product
    if product.target_price is None or product.target_price_currency is None:
        return None
    try:
        given = Figure.money(product.target_price, product.target_price_currency, "shop price")
        here = law.rates.convert(given, product.target_price_currency, way.facts.currency).rounded()
    except Refused:
        return None
    return here.amount


def _money(price: Decimal | None, way: Offer) -> Figure:
    return Figure.money(price or 0, way.facts.currency, "shop price", path="price")


def _rows(
    request: PlanRequest, law: Law, ways: list[Offer | NoOffer], needed: list[Found], asked: list[Decimal | None],
    shown: list[Decimal | None], amounts: list[dict[str, int] | None],
) -> list[tuple[Any, ...]]:  # fmt: skip
    computed, place, shown_place = [], 0, 0
    for number, way in enumerate(ways):
        if isinstance(way, NoOffer):
            computed.append(_row(number, way, None, None, rate(way.findings)))
            continue
        found, wanted, at = needed[place], asked[place], shown[place]
        money = None
        if at is not None:
            money, shown_place = amounts[shown_place], shown_place + 1
        place += 1
        rating = rate(way.findings, found, wanted, money, request.company, way, law)
        computed.append(_row(number, way, money, found, rating))
    return computed


def _row(number: int, way: Offer | NoOffer, money: dict[str, int] | None, found: Found | None, rating: Rating) -> tuple[Any, ...]:
    product: Product = way.product
    currency = currency_of(way.market)
    cells = money or {}
    digits = minor_digits(currency)
    needed = None if found is None or found.price is None else int(found.price.scaleb(digits))
    values = {**cells, "price_needed": needed}
    carriage = way.carriage if isinstance(way, Offer) else None
    return (
        number, product.sku, product.title_en, product.title_zh, way.market, way.channel, way.route, currency, rating.status,
        into(rating.reason, "en"), into(rating.reason, "zh"), *(values.get(name) for name in AMOUNTS), rating.margin_ppm, rating.profit_home,
        None if carriage is None else int(carriage.days_p50.amount), None if carriage is None else int(carriage.days_p90.amount),
        None if carriage is None else int((carriage.carbon.amount * 1000).to_integral_value()),
        rating.codes,
    )  # fmt: skip


def _schema() -> dict[str, Any]:
    words = dict.fromkeys(
        ("sku", "title_en", "title_zh", "market", "channel", "route", "currency", "status", "reason", "reason_zh"), pl.String
    )
    numbers = dict.fromkeys((*AMOUNTS, "margin_ppm", "profit_home", "days_p50", "days_p90", "carbon_g"), pl.Int64)
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
    }  # noqa: E501


__all__ = ["AMOUNTS", "Path", "Plan", "PlanRequest", "plan", "said"]
