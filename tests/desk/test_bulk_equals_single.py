"""What a table says of a row is what a single quote says of it, to the cent, on the edges of every limit of the law."""

from __future__ import annotations

import random
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import cache

import polars as pl
import pytest

from supercargo.desk.bulk import AMOUNTS, DECISION, quotes
from supercargo.desk.markets_known import markets
from supercargo.desk.quote import GoodsLine, Request, quote
from supercargo.engines.tax.rates import TAX_CLASSES
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Refused
from supercargo.reference.fx import Rates
from supercargo.reference.law import EU, Law

CURRENCIES = ("EUR", "USD", "GBP", "JPY", "KWD", "CNY")
PLANNING = {("USD", code): Decimal(price) for code, price in {
    "KWD": "0.307", "TWD": "32.1", "AED": "3.6725", "SAR": "3.75", "RUB": "81.2", "CLP": "951.5", "COP": "4120", "VND": "26155",
}.items()}  # fmt: skip
ORIGINS = ("CN", "CN", "CN", "HK", "US", "VN", "DE", "CA")
HS_CODES = (
    "610910", "610463", "640411", "640299", "420222", "950300", "851830", "850760", "392410", "330499", "910211", "732393", "490199",
    "711719", "401511", "220421", "871200", "180632", "61091000", "6109100010", "999999", "6109",
)  # fmt: skip
SCHEMES = (
    frozenset(),
    frozenset({"IOSS"}),
    frozenset({"IOSS", "UK-SALE-VAT", "VOEC", "AU-LVG", "NZ-LVG", "SG-OVR", "MY-LVG", "REMESSA-CONFORME"}),
)
DAYS = (date(2026, 7, 15), date(2026, 6, 30), date(2025, 3, 4), date(2024, 2, 1), date(2028, 7, 1), date(2021, 7, 1))


def law_of(day: date) -> Law:
    return Law(day, exchange=Rates(day, PLANNING))


@cache
def limits(market: str, day: date) -> tuple[tuple[Decimal, str, str, str], ...]:
    """List every limit of a market's ladders and fees on a day: amount, currency, what is measured, per what."""
    law, found = law_of(day), []
    for folder in {market.lower(), "eu" if market in EU else market.lower()}:
        for fact in law.book.subject(f"{folder}.customs").values():
            if fact.kind == "bands" and law.knows(fact.key):
                try:
                    ladder = law.ladder(fact.key)
                except Refused:
                    continue
                found += [
                    (band.up_to.amount, ladder.currency, ladder.measure, ladder.per) for band in ladder.bands if band.up_to is not None
                ]
        for fact in law.fees(folder):
            entry = fact.extra | fact.on(day).content
            unit = str(entry.get("limit_unit", fact.unit))
            found += [(Decimal(entry[name]), unit, "goods", "consignment") for name in ("up_to", "over") if name in entry]
    return tuple(found)


def goods_on_an_edge(rng: random.Random, law: Law, case: dict) -> int:
    """Choose an amount at a limit, one minor unit below or one above it, in the currency of the quote."""
    known = limits(case["market"], law.day)
    digits = minor_digits(case["currency"])
    if not known or rng.random() < 0.15:
        return rng.choice([0, 1, rng.randint(1, 500_000)])
    amount, currency, measure, per = rng.choice(known)
    try:
        rate = law.rates.rate(currency, case["currency"]).amount
    except Refused:
        return rng.randint(1, 90_000)
    here = (amount * (case["items"] if per == "item" else 1) * rate).scaleb(digits).quantize(Decimal(1), ROUND_DOWN)
    carriage = case["freight"] + case["insurance"] if measure == "cif" else 0
    return max(0, int(here) - carriage + rng.choice([-1, 0, 1]))


def cases(rows: int, law: Law, seed: int) -> pl.DataFrame:
    rng = random.Random(seed)  # noqa: S311 - the same cases every time
    made = []
    for _ in range(rows):
        case = {
            "market": rng.choice(markets()), "origin": rng.choice(ORIGINS), "hs_code": rng.choice(HS_CODES),
            "tax_class": rng.choice(("standard", "standard", *TAX_CLASSES)), "channel": rng.choice(("own_site", "marketplace")),
            "business": rng.choice(("parcel", "parcel", "commercial")), "mode": rng.choice(("post", "express", "express", "air", "sea")),
            "currency": rng.choice(CURRENCIES), "freight": rng.choice([0, 1, 600, 1234]), "insurance": rng.choice([0, 0, 7]),
            "items": rng.choice([1, 1, 2, 3, 7]), "weight_g": rng.choice([1, 250, 999, 30_000]),
        }  # fmt: skip
        made.append(case | {"goods": goods_on_an_edge(rng, law, case)})
    return pl.DataFrame(made)


def single(row: dict, law: Law, schemes: frozenset[str]):
    digits = minor_digits(row["currency"])

    def money(name: str) -> Decimal:
        return Decimal(row[name]).scaleb(-digits)

    line = GoodsLine(row["hs_code"], money("goods"), row["items"], Decimal(row["weight_g"]) / 1000, row["origin"], row["tax_class"])
    return quote(
        Request(
            row["origin"],
            row["market"],
            law.day,
            row["currency"],
            (line,),
            money("freight"),
            money("insurance"),
            row["business"],
            row["channel"],
            row["mode"],
            schemes,
        ),
        law,
    )


def bulk(frame: pl.DataFrame, law: Law, schemes: frozenset[str]) -> dict[int, dict[str, int] | None]:
    """Give the decided amounts of each row, ``None`` where it is refused."""
    answers: dict[int, dict[str, int] | None] = {}
    for part in quotes(frame, law, schemes, steps=False):
        for row in part.frame.iter_rows(named=True):
            refused = part.batch is None or any(value for name, value in row.items() if name.startswith("objection"))
            answers[row["row"]] = None if refused else {name: row[name] for name in DECISION}
    return answers


def differences(frame: pl.DataFrame, law: Law, schemes: frozenset[str]) -> list[str]:
    answers, found = bulk(frame, law, schemes), []
    assert sorted(answers) == list(range(frame.height)), "a row was dropped or stands twice"
    for number, row in enumerate(frame.iter_rows(named=True)):
        digits = minor_digits(row["currency"])
        amounts = single(row, law, schemes).amounts
        alone = {name: int(amounts[key].amount.scaleb(digits)) for name, key in DECISION.items()} if amounts else None
        if alone != answers[number]:
            found.append(f"{row}: one by one {alone}, in bulk {answers[number]}")
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("schemes", SCHEMES, ids=lambda held: f"{len(held)}-schemes")
def test_a_table_agrees_with_single_quotes_to_the_cent(day, schemes):
    law = law_of(day)
    assert differences(cases(60, law, seed=day.toordinal() + len(schemes)), law, schemes) == []


@pytest.mark.slow  # 5,556 cases for each of the pairs above
@pytest.mark.parametrize("schemes", SCHEMES, ids=lambda held: f"{len(held)}-schemes")
def test_a_hundred_thousand_cases_agree_to_the_cent(schemes):
    total = 0
    for day in DAYS:
        law = law_of(day)
        frame = cases(100_000 // (len(DAYS) * len(SCHEMES)) + 1, law, seed=7 * day.toordinal() + len(schemes))
        assert differences(frame, law, schemes) == []
        total += frame.height
    assert total * len(SCHEMES) >= 100_000


def test_the_cases_reach_the_edges_and_every_kind_of_answer():
    """A test that never meets an edge cannot fail: most rows are answered, some are refused, every column of amounts varies."""
    law = law_of(DAYS[0])
    frame = cases(600, law, seed=1)
    answers = bulk(frame, law, SCHEMES[1])
    answered = [answer for answer in answers.values() if answer is not None]
    assert 0.3 < len(answered) / len(answers) < 0.98
    for name in DECISION:
        assert len({answer[name] for answer in answered}) > 10, name
    assert all(frame[name].n_unique() > 1 for name in AMOUNTS)
