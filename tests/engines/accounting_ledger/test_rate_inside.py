"""The rate of the tax inside a price: the day's, the temporary one too, and nothing where prices are shown without tax."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from supercargo.engines.accounting.posting.vat import inside, rate_ppm, shown_without_tax
from supercargo.engines.pricing.unit_economics.rules import tax_inside
from supercargo.kernel.figure import Figure
from supercargo.reference.law import Law

LAW = Law(date(2026, 7, 15))


@pytest.mark.parametrize(
    ("country", "day", "ppm"),
    [
        ("DE", date(2020, 6, 30), 190_000),
        ("DE", date(2020, 7, 1), 160_000),  # six months of 16 %
        ("DE", date(2020, 12, 31), 160_000),
        ("DE", date(2021, 1, 1), 190_000),
        ("ZZ", date(2026, 7, 1), None),
        (None, date(2026, 7, 1), None),
    ],
)
def test_the_rate_is_the_one_of_the_day(country, day, ppm):
    assert rate_ppm(country, day, LAW) == ppm


def test_where_prices_are_shown_without_tax_is_read_from_the_reference_book():
    assert shown_without_tax(pl.Series(["DE", "US", None, "CA", "GB", "ZZ"]), LAW) == ["CA", "US"]


@pytest.mark.parametrize("gross", [17_900, -17_900, 1, 0, 123_457])
def test_a_table_of_prices_is_taxed_as_one_price_is(gross):
    one = tax_inside(Figure.money(Decimal(gross).scaleb(-2), "EUR"), Figure.of("0.19", ""))
    many = pl.DataFrame({"amount": [gross]}).select(inside(pl.col("amount"), pl.lit(190_000))).item()
    assert one.amount * 100 == many
