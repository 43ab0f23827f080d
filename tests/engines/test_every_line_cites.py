"""Every line of every explanation says where it comes from, and what it names is there."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from supercargo.desk.files import examples, find, read
from supercargo.desk.markets_known import markets
from supercargo.desk.offer import Situation
from supercargo.desk.price import PriceRequest, price
from supercargo.desk.quote import GoodsLine, Request, quote
from supercargo.kernel.words import translate
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
TERMS = set(re.findall(r'<a id="(term-[a-z-]+)">', GLOSSARY))
PLANNING = {("USD", code): Decimal(price) for code, price in {
    "TWD": "32.1", "AED": "3.6725", "SAR": "3.75", "RUB": "81.2", "CLP": "951.5", "COP": "4120", "VND": "26155",
}.items()}  # fmt: skip
LAW = Law(date(2026, 7, 15), exchange=Rates(date(2026, 7, 15), PLANNING))
TABLES = ("tariff.", "fees.", "ecb.rates.", "company.", "lanes.")


def cites(line) -> bool:
    """Tell whether a line's source is a place that a reader can go to."""
    source = line.source
    if source == "given":
        return bool(line.path)
    if source.startswith("term-"):
        return source in TERMS
    return source.startswith(TABLES) or LAW.book.find(source) is not None


def requests():
    rng = random.Random(15)  # noqa: S311 - the same cases every time
    for market in markets():
        for _ in range(12):
            lines = tuple(
                GoodsLine(
                    rng.choice(("610910", "640299", "420222", "950300", "910211", "220421")),
                    Decimal(rng.choice((5, 40, 149, 151, 900, 2600))),
                    rng.choice((1, 2, 5)),
                    Decimal(rng.choice((1, 4))),
                    "CN",
                    rng.choice(("standard", "food", "books")),
                )
                for _ in range(rng.choice((1, 1, 3)))
            )
            yield Request(
                "CN", market, LAW.day, rng.choice(("EUR", "USD")), lines, Decimal(rng.choice((0, 6))), Decimal(0),
                rng.choice(("parcel", "parcel", "commercial")), rng.choice(("own_site", "marketplace")), rng.choice(("post", "express", "air", "sea")),
                rng.choice((frozenset(), frozenset({"IOSS"}))), duty_rate=rng.choice((None, Decimal(7))), tax_rate=rng.choice((None, Decimal(21))),
            )  # fmt: skip


ASKED = list(requests())


@pytest.mark.parametrize("market", markets())
def test_every_line_of_a_quote_cites(market):
    answers = [quote(request, LAW) for request in ASKED if request.market == market]
    lines = [line for answer in answers for line in answer.lines()]
    assert not [(line.name, line.source, line.path) for line in lines if not cites(line)]


def test_most_markets_have_lines_to_check():
    answered = {request.market for request in ASKED if quote(request, LAW).amounts}
    assert len(answered) > 0.9 * len(markets())


@pytest.mark.parametrize("fact", [fact for folder in markets() for fact in LAW.fees(folder)], ids=lambda fact: fact.key)
def test_a_fee_is_a_step_with_both_languages(fact):
    assert translate(fact.label.en, "zh") == fact.label.zh
    assert re.search("[\u4e00-\u9fff]", fact.label.zh)


WAYS = [
    ("DE", "amazon", "fba"),
    ("US", "amazon", "fba"),
    ("GB", "shopify", "warehouse"),
    ("JP", "shopify", "direct"),
    ("CA", "amazon", "direct"),
    ("AU", "amazon", "direct"),
]
CARDS_FROM = date(2026, 11, 22)


@pytest.fixture(scope="module")
def papers():
    folder = examples()
    return read(find(folder / "catalogue.csv", folder / "company.toml", folder / "ratecards"))


@pytest.mark.parametrize(("market", "channel", "route"), WAYS)
def test_every_line_of_a_price_cites(papers, market, channel, route):
    law = Law(CARDS_FROM)
    situation, answered = Situation(papers.company, law, papers.cards), 0
    for product in papers.catalogue.products[:9:4]:
        answer = price(PriceRequest(product, papers.company, law.day, market, channel, route), situation)
        answered += bool(answer.amounts)
        assert not [(line.name, line.source, line.path) for line in answer.lines() if not cites(line)]
    assert answered
