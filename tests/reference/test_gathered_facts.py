"""Every figure that was gathered for the reference book stands in it: nothing was lost on the way."""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from supercargo.reference.book import Book
from supercargo.reference.fees import fee_rows

GATHERED = Path(__file__).parents[3] / "shared" / "facts" / "law.csv"
IN_TABLES = {"platform_fee", "payment_fee", "payment_method", "freight", "carbon"}
MENDED = {
    ("VN", "domestic_household"): "the limit was raised to 500 million VND by a later law; corrected",
    ("VN", "vat"): "no exemption is a ladder without a free band, not a number",
    ("BR", "remessa_conforme_up_to_50"): "0 % is the treatment free, not a number",
    ("PL", "BLIK"): "a share between 65 and 70 is kept as its two ends",
}


def numbers(value, found: set[Decimal]) -> set[Decimal]:
    match value:
        case dict():
            for part in value.values():
                numbers(part, found)
        case list() | tuple():
            for part in value:
                numbers(part, found)
        case bool():
            pass
        case int() | Decimal():
            found.add(Decimal(value).normalize())
        case str():
            found.update(Decimal(text.replace(",", "").rstrip(".")).normalize() for text in re.findall(r"\d[\d,]*\.?\d*", value))
    return found


def book_numbers() -> dict[str, set[Decimal]]:
    found: dict[str, set[Decimal]] = {}
    for fact in Book().facts():
        here = found.setdefault(fact.key.partition(".")[0], set())
        numbers([entry.content for entry in fact.history], here)
        numbers([fact.extra, str(fact.note), str(fact.doubt), str(fact.label)], here)
    return found


def folders(market: str) -> list[str]:
    whole = market.lower()
    return ["world"] if market == "GLOBAL" else [whole, f"lane-{whole}", *whole.split("-")]


@pytest.mark.shared
@pytest.mark.skipif(not GATHERED.is_file(), reason="the gathered facts are not beside the repository")
def test_every_gathered_number_stands_in_the_book():
    book = book_numbers()
    tables = numbers(
        [row.cells for name in ("referral_fees", "fulfilment_fees", "payment_fees", "storage_fees") for row in fee_rows(name)], set()
    )
    everywhere = set().union(tables, *book.values())
    missing, counted = [], 0
    with GATHERED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                value = Decimal(row["value"].replace(",", "")).normalize()
            except InvalidOperation:
                continue
            counted += 1
            known = set().union(*(book.get(folder, set()) for folder in folders(row["market"])))
            if value not in (everywhere if row["topic"] in IN_TABLES else known) and (row["market"], row["parameter"]) not in MENDED:
                missing.append((row["market"], row["parameter"], row["value"], row["from"]))
    assert counted == 550
    assert not missing
