"""Which ways of selling exist at all: a channel without fees or a route without a rate card is told once, not once a product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from supercargo.connectors.catalogue import Battery
from supercargo.desk.offer import FBA_CHANNEL, MARKETPLACES
from supercargo.engines.logistics.ratecard import ParcelService, Warehouse
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Language, Text, into, said
from supercargo.reference.fees import in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from supercargo.desk.routes import Cards
    from supercargo.engines.logistics.ratecard import Offer
    from supercargo.reference.law import Law

OTHER_CHANNEL = "choose another channel or add its fees to your overlay"
OTHER_ROUTE = "choose another route or add the fees to your overlay"
CARDS_OF = {"direct": ("direct line or express",), "warehouse": ("local delivery", "first leg"), "fba": ("first leg",)}
"""The kinds of rate cards that a route needs."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A market, a channel and a route: what every product of a catalogue is asked for."""

    market: str
    channel: str
    route: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A lane that no product can take, why, and how many rows of the sheet it would have been."""

    lane: Lane
    finding: Finding
    ways: int

    def document(self, language: Language = "en") -> dict[str, Any]:
        """Give the lane as plain values."""
        reason, remedy = into(self.finding.message, language), into(self.finding.remedy, language)
        return {
            "market": self.lane.market, "channel": self.lane.channel, "route": self.lane.route, "ways": self.ways,
            "code": self.finding.code, "reason": reason, "remedy": remedy,
        }  # fmt: skip


def lanes(
    markets: Sequence[str], channels: Sequence[str], routes: Sequence[str], products: int, cards: Cards, law: Law
) -> tuple[tuple[Lane, ...], tuple[Closed, ...]]:
    """Divide all lanes into those that are open and those that are closed for every product.

    FBA on another channel than Amazon is no lane at all, unless nothing else was asked for.
    """
    open_lanes: list[Lane] = []
    closed: list[Closed] = []
    for market in markets:
        by_channel = {channel: _channel(channel, market, law) for channel in channels}
        by_route = {route: _route(route, market, cards, law) for route in routes}
        for channel in channels:
            for route in routes:
                lane = Lane(market, channel, route)
                if len(routes) > 1 and _only_amazon(channel, route):
                    continue
                finding = _only_amazon(channel, route) or by_channel[channel] or by_route[route]
                if finding is None:
                    open_lanes.append(lane)
                else:
                    closed.append(Closed(lane, finding, products))
    return tuple(open_lanes), tuple(closed)


def told_once(markets: Sequence[str], open_lanes: Iterable[Lane], closed: Sequence[Closed]) -> Iterator[Finding]:
    """Tell each reason once, with the rows that it keeps out of the sheet; a market that is shut altogether first."""
    reached = {lane.market for lane in open_lanes}
    for market in markets:
        if market not in reached and any(one.lane.market == market for one in closed):
            message = said("no product can be sold in {market}: no channel and route there has both fees and a rate card", market=market)
            yield Finding("PLAN-301", "warning", f"markets[{market}]", message, "see the notes on this market for what to supply")
    grouped: dict[tuple[str, str], tuple[Finding, int]] = {}
    for one in closed:
        key = (one.finding.code, one.finding.path)
        grouped[key] = (one.finding, grouped.get(key, (one.finding, 0))[1] + one.ways)
    for finding, ways in grouped.values():
        message = said("{reason}; {count} ways are not in the sheet", reason=finding.message, count=ways)
        yield Finding(finding.code, "note", finding.path, message, finding.remedy, finding.source)


def _only_amazon(channel: str, route: str) -> Finding | None:
    if route != "fba" or channel == FBA_CHANNEL:
        return None
    message = said("{channel} orders are not fulfilled by Amazon here", channel=channel)
    return Finding("ROUTE-410", "note", f"channels[{channel}].fba", message, "choose the channel amazon for this route")


def _channel(channel: str, market: str, law: Law) -> Finding | None:
    """Ask whether a marketplace's commission and payment fee in a market are known at all; an own site has neither of its own."""
    if channel not in MARKETPLACES:
        return None
    path = f"markets[{market}].{channel}"
    for what, rows in (
        ("commission", in_force("referral_fees", law.day, channel=channel, market=market)),
        ("payment fee", in_force("payment_fees", law.day, provider=channel, market=market)),
    ):
        if not rows:
            template = "the {what} of {channel} in {market} is not in the reference book"
            message = said(template, what=said(what), channel=channel, market=market)
            return Finding("FEE-404", "note", path, message, OTHER_CHANNEL)
    return None


def _route(route: str, market: str, cards: Cards, law: Law) -> Finding | None:
    """Ask whether any rate card, and for FBA any fee table, reaches a market by a route."""
    known: dict[str, Callable[[], bool]] = {
        "direct line or express": lambda: any(cards.parcel_services(market, law, battery) for battery in get_args(Battery)),
        "local delivery": lambda: bool(cards.warehouses(market, law)),
        "first leg": lambda: bool(cards.first_legs(market, law, route)),
    }
    path = f"markets[{market}].{route}"
    for kind in CARDS_OF.get(route, ()):
        if not known[kind]():
            outdated = _of_another_day(kind, route, market, cards)
            if outdated is not None:
                message = said("the rate cards for the route {route} to {market} hold from {since}, not on {day}",
                               route=said(route), market=market, since=outdated, day=law.day)  # fmt: skip
                return Finding("ROUTE-406", "note", path, message, "load the carrier's rate card of that day, or plan for a later one")
            message = said("no rate card has a price for the route {route} to {market}", route=said(route), market=market)
            remedy = said("add your {kind} prices for {market} to a rate card", kind=said(kind), market=market)
            return Finding("ROUTE-404", "note", path, message, remedy)
    return _amazon_tables(market, path, law) if route == "fba" else None


def _of_another_day(kind: str, route: str, market: str, cards: Cards) -> date | None:
    """Find the day from which offers hold that would reach a market; nothing when there are none at all."""
    days = [offer.terms.since for card in cards.cards for offer in card.offers if _reaches(offer, kind, route, market)]
    return max(days, default=None)


def _reaches(offer: Offer, kind: str, route: str, market: str) -> bool:
    if isinstance(offer, ParcelService):
        return kind == "direct line or express" and market in offer.countries
    if isinstance(offer, Warehouse):
        return kind == "local delivery" and offer.country == market
    return kind == "first leg" and offer.country == market and offer.destination == route


def _amazon_tables(market: str, path: str, law: Law) -> Finding | None:
    tables: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("fulfilment_fees", "fulfilment fees of {channel} in {market} are not in the reference book", {"programme": "fba"}),
        ("storage_fees", "storage fees of {channel} in {market} are not in the reference book", {}),
    )
    for table, template, where in tables:
        if not in_force(table, law.day, channel=FBA_CHANNEL, market=market, **where):
            message: Text = said(template, channel=FBA_CHANNEL, market=market)
            return Finding("FEE-404", "note", path, message, OTHER_ROUTE)
    return None
