"""The law of a day: for every dated entry of the book the day itself and the day before; for every limit both sides."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal

import pytest

from supercargo.engines.answer import climb, objections, rungs, taken
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.reference.book import SHIPPED, Book
from supercargo.reference.fact import UNDATED_FROM
from supercargo.reference.law import Law

BOOK = Book()
FILES = sorted(SHIPPED.glob("*/*.toml"))
DAY = timedelta(days=1)


def tables(file):
    content = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    return {f"{file.parent.name}.{file.stem}.{name}": table for name, table in content.items() if name != "about"}


def in_force(history, day):
    """Find the entry of a day as the file states it, newest first, without the code under test."""
    return next((entry for entry in history if entry.get("date", UNDATED_FROM) <= day), None)


def read(key, day):
    """Give what the law says of a fact on a day: the entry as it stands in the file, or the code of the refusal."""
    try:
        return Law(day, BOOK).entry(key)[1].content
    except Refused as refusal:
        return refusal.findings[0].code


@pytest.mark.parametrize("folder", sorted({file.parent.name for file in FILES}))
def test_every_entry_holds_from_its_day_and_not_a_day_before(folder):
    checked = 0
    for file in (file for file in FILES if file.parent.name == folder):
        for key, table in tables(file).items():
            days = {entry.get("date", UNDATED_FROM) for entry in table["since"]}
            for day in sorted({edge for first in days for edge in (first - DAY, first, first + DAY)}):
                entry = in_force(table["since"], day)
                wanted = entry
                if entry is None:
                    wanted = "LAW-410"
                elif entry.get("repealed"):
                    wanted = "LAW-412"
                elif entry.get("unknown"):
                    wanted = "LAW-411"
                assert read(key, day) == wanted, (key, day)
                assert Law(day, BOOK).knows(key) == (wanted not in ("LAW-410", "LAW-412")), (key, day)
                checked += 1
    assert checked


@pytest.mark.parametrize("folder", sorted({file.parent.name for file in FILES}))
def test_every_number_is_read_exactly_with_its_source(folder):
    for file in (file for file in FILES if file.parent.name == folder):
        for key, table in tables(file).items():
            for entry in table["since"]:
                if table["kind"] not in ("percent", "amount", "number") or "value" not in entry:
                    continue
                day = entry.get("date", UNDATED_FROM)
                if in_force(table["since"], day) is not entry:
                    continue  # an undated entry that a dated one replaced before our records begin
                law = Law(day, BOOK)
                figure = law.rate(key) if table["kind"] == "percent" else law.amount(key)
                assert figure.amount == (Decimal(entry["value"]).scaleb(-2) if table["kind"] == "percent" else Decimal(entry["value"]))
                assert figure.citation.key == key
                assert figure.citation.since == entry.get("date")
                assert figure.citation.sources


def ladders():
    for file in FILES:
        for key, table in tables(file).items():
            if table["kind"] == "bands":
                yield from ((key, entry.get("date", UNDATED_FROM)) for entry in table["since"] if "bands" in entry)


LADDERS = list(ladders())


@pytest.mark.parametrize(("key", "day"), LADDERS, ids=[f"{key}-{day}" for key, day in LADDERS])
@pytest.mark.parametrize("items", [1, 3])
def test_every_limit_has_both_sides(key, day, items):
    """At a limit, one minor unit below and one above; per item the limit is multiplied."""
    ladder = Law(day, BOOK).ladder(key)
    unit = Decimal(1).scaleb(-minor_digits(ladder.currency))
    for place, band in enumerate(ladder.bands):
        if band.up_to is None:
            continue
        limit = band.up_to.amount * (items if ladder.per == "item" else 1)
        for value, expected in (
            (limit - unit, place), (limit, place if ladder.inclusive else place + 1), (limit + unit, place + 1),
        ):  # fmt: skip
            steps = rungs(ladder, Figure.money(value, ladder.currency, "value"), Figure.of(items, "item", "items"))
            assert taken(steps) == (expected,), (value, band)
            outcomes = [Figure.of(number, "", "place") for number in range(len(steps))]
            assert climb(steps, outcomes).amount == expected
            finding = Finding("X", "error", "value", "refused")
            for wanted in range(len(steps)):
                wanted_band = ladder.bands[wanted]
                standing = (
                    [one.stands for one in objections(steps, lambda band, this=wanted_band: band is this, finding)]
                    if len(steps) > 1
                    else []
                )
                assert any(standing) == (expected == wanted and len(steps) > 1), (value, wanted)


def test_an_objection_to_every_band_is_a_refusal():
    ladder = Law(date(2026, 7, 15), BOOK).ladder("us.customs.parcel_duty")
    steps = rungs(ladder, Figure.money(1, "USD", "value"), Figure.of(1, "item", "items"))
    with pytest.raises(Refused):
        objections(steps, lambda _: True, Finding("X", "error", "value", "refused"))


def test_objections_to_neighbouring_bands_are_one():
    ladder = Law(date(2026, 7, 15), BOOK).ladder("id.customs.parcel_duty")
    steps = rungs(ladder, Figure.money(2, "USD", "value"), Figure.of(1, "item", "items"))
    finding = Finding("X", "error", "value", "refused")
    assert len(objections(steps, lambda band: band.treatment != "free", finding)) == 1
    assert [one.stands for one in objections(steps, lambda band: band.treatment != "rate", finding)] == [True, False]


def all_in(key, day):
    """Pair the ladder for duty with that for tax: where duty contains the tax, and what the tax ladder does there."""
    law = Law(day, BOOK)
    duty, tax_key = law.ladder(key), key.replace("parcel_duty", "parcel_tax")
    if not law.knows(tax_key):
        tax_key = tax_key.rpartition("parcel_tax")[0] + "parcel_tax"
    tax = law.ladder(tax_key) if law.knows(tax_key) else None
    if tax is None or not any(band.all_in for band in duty.bands):
        return
    for band in duty.bands:
        if band.up_to is not None:
            for value in (band.up_to.amount, band.up_to.amount + Decimal("0.01")):
                figure, items = Figure.money(value, duty.currency, "value"), Figure.of(1, "item", "items")
                here, there = (ladder.bands[taken(rungs(ladder, figure, items))[0]] for ladder in (duty, tax))
                yield value, here.all_in, there.treatment


@pytest.mark.parametrize(("key", "day"), [pair for pair in LADDERS if ".parcel_duty" in pair[0]], ids=str)
def test_a_duty_that_contains_the_tax_leaves_none_to_be_taken_and_no_other_does(key, day):
    for value, contains, treatment in all_in(key, day):
        assert contains == (treatment == "in_duty"), (value, treatment)


def test_fees_by_value_fall_on_the_whole_consignment():
    """The engine charges a rate on the whole consignment's value; a rate per line would be charged too often."""
    for file in FILES:
        for key, table in tables(file).items():
            if table["kind"] == "fee" and file.stem == "fees" and any("rate" in entry for entry in table["since"]):
                assert table.get("per", "consignment") in ("consignment", "order", "item", "transaction"), key


def test_a_key_that_could_be_no_file_is_refused_and_not_searched_for():
    for key in ("a" * 5000, "../../etc.passwd", "de..standard", "", "de.vat", "\0.vat.standard"):
        with pytest.raises(Refused):
            BOOK.fact(key)
