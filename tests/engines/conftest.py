"""What golden tables ask with: a quote on a day, its amounts as text, its refusal as codes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supercargo.desk.quote import GoodsLine, Request, quote
from supercargo.reference.law import Law


def _line(given: str) -> GoodsLine:
    """Read ``610910 100.00 x2 0.5kg food CN``: code and price, then what is said besides."""
    code, goods, *more = given.split()
    said: dict[str, object] = {}
    for word in more:
        if word.startswith("x"):
            said["items"] = int(word[1:])
        elif word.endswith("kg"):
            said["weight_kg"] = Decimal(word[:-2])
        elif word.isupper():
            said["origin"] = word
        else:
            said["tax_class"] = word
    return GoodsLine(code, Decimal(goods), **said)


@pytest.fixture
def landed():
    """Quote goods: ``landed("CN-DE 2026-07-15 EUR", "610910 40.00 x2", freight="6.00", schemes={"IOSS"})``."""

    def asked(way: str, *lines: str, **more):
        ends, day, currency = way.split()
        start, market = ends.split("-")
        for name in ("freight", "insurance", "duty_rate", "tax_rate"):
            if name in more:
                more[name] = Decimal(more[name])
        more["schemes"] = frozenset(more.get("schemes", ()))
        on = date.fromisoformat(day)
        return quote(Request(start, market, on, currency, tuple(_line(line) for line in lines), **more), Law(on))

    return asked


@pytest.fixture
def amounts(landed):
    """Quote goods and give the wanted amounts as text: ``{"duty": "3.00"}``, or the codes of the refusal."""

    def asked(names, way, *lines, **more):
        answer = landed(way, *lines, **more)
        if not answer.amounts:
            return {finding.code for finding in answer.findings if finding.severity == "error"}
        return {name: answer.amounts[name].shown().partition(" ")[0] for name in names if name in answer.amounts}

    return asked
