"""The landed cost of a consignment: known answers, what is refused, what several lines share, how it is explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from supercargo.desk.quote import GoodsLine, Request, quote
from supercargo.reference.law import Law

SNAPSHOTS = Path(__file__).parent / "explanations"
TEE, SHOES, WATCH = "610910", "640299", "910211"


def asked(way, *lines, **more):
    ends, day, currency = way.split()
    start, market = ends.split("-")
    goods = tuple(GoodsLine(code, Decimal(price), items) for code, price, items in lines)
    more = {name: Decimal(value) if name in ("freight", "insurance", "duty_rate", "tax_rate") else value for name, value in more.items()}
    on = date.fromisoformat(day)
    return quote(Request(start, market, on, currency, goods, **more), Law(on))


def money(answer, *names):
    return [answer.amounts[name].shown().partition(" ")[0] for name in names]


IOSS = frozenset({"IOSS"})


def test_an_indian_import_of_70_000_rupees():
    """8 % of 70,000 + 6,792 is 6,143.36; 21 % of 82,935.36 is 17,416.43."""
    answer = asked("CN-IN 2026-07-15 INR", (TEE, "70000", 1), freight="6792", business="commercial", duty_rate="8", tax_rate="21")
    assert money(answer, "customs_value", "duty", "tax", "landed_cost") == ["76792.00", "6143.36", "17416.43", "100351.79"]
    assert answer.exit_code == 0


@pytest.mark.parametrize(
    ("sentence", "lines", "duty"),
    [
        ("five equal T-shirts are one category", [(TEE, "40.00", 5)], "3.00"),
        ("a T-shirt and a watch are two", [(TEE, "20.00", 1), (WATCH, "60.00", 1)], "6.00"),
        ("two T-shirts and a pair of shoes are two", [(TEE, "40.00", 2), (SHOES, "50.00", 1)], "6.00"),
    ],
)
def test_the_flat_duty_of_july_2026_counts_categories(sentence, lines, duty):
    assert money(asked("CN-DE 2026-07-15 EUR", *lines, schemes=IOSS), "duty") == [duty], sentence


def test_vat_on_the_flat_duty_in_france():
    answer = asked("CN-FR 2026-07-15 EUR", (TEE, "40.00", 2), (SHOES, "50.00", 1), schemes=IOSS)
    assert money(answer, "duty", "tax_on_flat_duty") == ["6.00", "1.20"]


@pytest.mark.parametrize(
    ("goods", "duty", "at_sale", "at_import"), [("135.00", "0.00", "27.00", "0.00"), ("135.01", "16.20", "0.00", "30.24")]
)
def test_the_british_limit_of_2024(goods, duty, at_sale, at_import):
    assert money(asked("CN-GB 2024-07-15 GBP", (TEE, goods, 1)), "duty", "tax_at_sale", "tax_at_import") == [duty, at_sale, at_import]


@pytest.mark.parametrize(
    ("way", "line", "more", "code"),
    [
        ("CN-DE 2026-07-15 EUR", ("999999", "10", 1), {}, "HS-404"),
        ("CN-DE 2026-07-15 EUR", ("6109", "10", 1), {}, "HS-001"),
        ("CN-DE 2026-07-15 EUR", (TEE, "-1", 1), {}, "QUOTE-002"),
        ("CN-DE 2026-07-15 EUR", (TEE, "10.001", 1), {}, "QUOTE-005"),
        ("CN-JP 2026-07-15 JPY", (TEE, "10.5", 1), {}, "QUOTE-005"),
        ("CN-DE 2026-07-15 EUR", (TEE, "10", 0), {}, "QUOTE-003"),
        ("CN-XX 2026-07-15 EUR", (TEE, "10", 1), {}, "MARKET-404"),
        ("CN-TW 2026-07-15 EUR", (TEE, "10", 1), {}, "FX-404"),
        ("CN-DE 1998-07-15 EUR", (TEE, "10", 1), {}, "LAW-410"),
        ("CN-BR 2026-07-15 USD", (TEE, "10", 1), {"channel": "marketplace"}, "TAX-404"),
    ],
)
def test_what_cannot_be_known_is_refused_with_a_remedy_and_no_number(way, line, more, code):
    answer = asked(way, line, **more)
    assert not answer.amounts
    assert answer.exit_code == 1
    assert code in {finding.code for finding in answer.findings}
    assert all(str(finding.remedy) for finding in answer.findings if finding.severity == "error")


def test_nothing_to_quote_is_said():
    assert asked("CN-DE 2026-07-15 EUR").findings[0].code == "QUOTE-001"


@pytest.mark.parametrize("market", ["DE", "GB", "US", "CA", "NO", "CH", "JP"])
def test_lines_and_their_shares_sum_to_the_whole(market):
    """Freight and insurance are shared to the cent; every total is the sum of its parts."""
    day, goods = "2026-06-30", [(TEE, "33.33", 1), (SHOES, "33.33", 2), (WATCH, "33.34", 3)]
    answer = asked(f"CN-{market} {day} EUR", *goods, freight="10.00", insurance="0.01", duty_rate="7", tax_rate="20")
    amounts = {name: figure.amount for name, figure in answer.amounts.items()}
    assert amounts["charges"] == amounts["duty"] + amounts["tax"] + amounts["fees"]
    assert amounts["tax"] == amounts["tax_at_sale"] + amounts["tax_at_import"]
    assert amounts["landed_cost"] == Decimal("110.01") + amounts["charges"]


def test_the_order_of_lines_does_not_change_what_is_owed():
    lines = [(TEE, "20.00", 1), (SHOES, "60.00", 1), ("950300", "50.00", 1)]
    for way in ("CN-DE 2026-07-15 EUR", "CN-US 2026-07-15 USD", "CN-FR 2026-06-30 EUR"):
        there, back = asked(way, *lines), asked(way, *reversed(lines))
        assert money(there, "duty", "tax", "fees", "landed_cost") == money(back, "duty", "tax", "fees", "landed_cost")


EXPLAINED = {
    "germany-ioss-flat-duty": ("CN-DE 2026-07-15 EUR", [(TEE, "40.00", 2)], {"freight": "6.00", "schemes": IOSS}),
    "united-states-chinese-goods": ("CN-US 2026-07-15 USD", [(TEE, "100.00", 1)], {}),
    "brazil-outside-the-programme": ("CN-BR 2026-07-15 USD", [(TEE, "50.00", 1)], {"tax_rate": "17"}),
    "canada-in-japanese-yen": ("CN-CA 2026-07-15 JPY", [(TEE, "10000", 1)], {"freight": "900", "region": "ON"}),
    "switzerland-two-lines-not-levied": ("CN-CH 2026-07-15 CHF", [(TEE, "20.00", 1), (SHOES, "30.00", 1)], {}),
}


def written(answer, language):
    lines = [
        f"{line.name}: {line.shown}" + (f"  =  {line.formula}" if line.formula else "") + f"  [{line.source or line.path}]"
        for line in answer.lines(language)
    ]
    return "\n".join([*lines, "", *(finding.into(language) for finding in answer.findings)]) + "\n"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", EXPLAINED)
def test_the_explanation_reads_as_agreed(name, language):
    """The texts are files that a person reads; delete one and run the tests to write it anew, then read it."""
    way, lines, more = EXPLAINED[name]
    text, file = written(asked(way, *lines, **more), language), SNAPSHOTS / f"{name}.{language}.txt"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file.name} was written; read it, then run again")
    assert text == file.read_text(encoding="utf-8")
