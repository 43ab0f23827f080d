"""The price of one product in one market: the smallest that leaves the margin, and its waterfall."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import Answer, amount_document
from supercargo.desk.markets_known import currency_of
from supercargo.desk.offer import NoOffer, Offer, Situation, offer
from supercargo.engines.pricing import target_price, unit_economics
from supercargo.kernel.explain import doubts
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import Text, said
from supercargo.reference.fees import in_force

if TYPE_CHECKING:
    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company
    from supercargo.engines.pricing.unit_economics.facts import Route
    from supercargo.reference.law import Law


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """One product in one market, on a channel, by a route; ``ending`` is what the price ends in."""

    product: Product
    company: Company
    on: date
    market: str
    channel: str
    route: Route
    margin_rate: Decimal | None = None
    ending: Decimal | None = None


def price(request: PriceRequest, situation: Situation) -> Answer:
    """Find the smallest allowed price that leaves the margin, prove it by its neighbours, show the waterfall."""
    words = {"sku": request.product.sku, "market": request.market, "channel": request.channel, "route": request.route}
    asked = words | {"on": request.on.isoformat()}
    way = offer(request.product, request.market, request.channel, request.route, currency_of(request.market), situation)
    if isinstance(way, NoOffer):
        return Answer("price", asked, findings=way.findings)
    margin = request.company.rate("margin_rate_target", "margin rate")
    if request.margin_rate is not None:
        margin = Figure.percent(request.margin_rate * 100, "margin rate", path="margin")
    facts = target_price.Facts(way.facts, margin, grid_for(way.facts.currency, request.company, request.ending))
    try:
        decision = target_price.decide(facts, situation.law)
    except Refused as refusal:
        return Answer("price", asked, findings=worst_first((*refusal.findings, *way.findings)))
    return _answer(way, decision.at, asked, [decision.below, decision.at, decision.above], margin, situation.law)


def economics_answer(way: Offer, shop_price: Decimal, law: Law, asked: dict[str, str]) -> Answer:
    """Explain the economics of an offer at one price."""
    facts = replace(way.facts, price=Figure.money(shop_price, way.facts.currency, "shop price", path="price"))
    try:
        decision = unit_economics.decide(facts, law)
    except Refused as refusal:
        return Answer("price", asked, findings=refusal.findings)
    return _answer(way, decision, asked, [], None, law)


def grid_for(currency: str, company: Company, ending: Decimal | None = None) -> target_price.PriceGrid:
    """Give the prices that a shop would show in a currency: the trade's step with the company's ending."""
    rows = in_force("price_steps", date(2024, 1, 1), currency=currency)
    step = rows[0].number_in("step") if rows else None
    size = step or Decimal(1)
    share = company.policy.price_ending if ending is None else ending
    if ending is not None and ending == 0:
        return target_price.PriceGrid(size if step else Decimal("0.01"), Decimal(0))
    return target_price.PriceGrid(size, share * size)


def _answer(
    way: Offer,
    decision: unit_economics.Decision,
    asked: dict[str, str],
    neighbours: list[unit_economics.Decision | None],
    margin: Figure | None,
    law: Law,
) -> Answer:
    standing = tuple(objection.finding for objection in decision.objections if objection.stands)
    if standing:
        return Answer("price", asked, findings=worst_first((*standing, *way.findings)))
    rate = decision.margin().named("margin rate reached", per="term-margin-rate")
    shown = replace(rate, as_percent=True)
    decided = ("price", "net_price", "profit", "costs", "landed_unit_cost")
    amounts: dict[str, Figure] = {name: single(getattr(decision, name)) for name in decided} | {"margin_rate": shown}
    rows: dict[str, list[dict[str, Any]]] = {"waterfall": [_step(line) for line in (decision.price, *decision.lines, decision.profit)]}
    known = [neighbour for neighbour in neighbours if neighbour is not None]
    if known and margin is not None:
        rows["neighbours"] = [_neighbour(neighbour, margin) for neighbour in known]
    carriage = way.carriage
    words: dict[str, Text] = {
        "collector": decision.collector.word,
        "services": " + ".join(carriage.services),
        "days": said("{half} to {most} days", half=carriage.days_p50.amount, most=carriage.days_p90.amount),
        "carbon": said("not known") if carriage.carbon is None else said("{kg} kg of CO2e", kg=carriage.carbon.rounded(3).amount),
    }
    doubtful: tuple[Finding, ...] = doubts(amounts.values())
    return Answer("price", asked, amounts, words, rows, worst_first((*way.findings, *decision.findings, *doubtful)), law)


def _step(line: Any) -> dict[str, Any]:
    return {"key": line.name, **amount_document(line)}


def _neighbour(decision: unit_economics.Decision, margin: Figure) -> dict[str, Any]:
    reached = decision.margin()
    met = target_price.margin_met(decision, margin)
    return {
        "price": amount_document(single(decision.price)),
        "profit": amount_document(single(decision.profit)),
        "margin_rate": f"{reached.amount:f}",
        "meets": met,
    }
