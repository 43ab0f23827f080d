"""541,909 real rows by the shipped mapping: counts, quantities and values by country equal sums taken straight from the file."""

import csv
import gzip
import io
import itertools
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_file
from supercargo.connectors.tables import apply, load

ROOT = Path(__file__).parents[3]
FILE = ROOT.parent / "shared" / "data" / "online_retail_uci" / "online_retail.csv.gz"
MAPPING = load((ROOT / "examples" / "mappings" / "online-retail-uci.toml").read_text("utf-8"))
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not FILE.is_file(), reason="the retail rows are not beside the repository")]
FIRST = 5_000
NAMES = MAPPING.words["ship_country"] | {
    "United Kingdom": "GB", "France": "FR", "Australia": "AU", "Netherlands": "NL", "Germany": "DE", "Norway": "NO", "Switzerland": "CH",
    "Spain": "ES", "Poland": "PL", "Portugal": "PT", "Italy": "IT", "Belgium": "BE", "Japan": "JP", "Sweden": "SE", "Finland": "FI",
    "Austria": "AT", "Greece": "GR", "Singapore": "SG", "Hong Kong": "HK", "Denmark": "DK", "Israel": "IL", "USA": "US", "Canada": "CA",
    "United Arab Emirates": "AE", "Saudi Arabia": "SA", "Czech Republic": "CZ", "Brazil": "BR",
}  # fmt: skip


@pytest.fixture(scope="module")
def result():
    return apply(MAPPING, read_file(FILE), Context(secret=b"key of a test"))


@pytest.fixture(scope="module")
def file_rows():
    """The rows as the csv module gives them, by the number of the line."""
    text = gzip.decompress(FILE.read_bytes()).decode()
    return dict(enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2))


@pytest.fixture(scope="module")
def file_sums(result, file_rows):
    """Country -> outcome -> rows, quantity, value, with the csv module and Decimal alone."""
    status = dict(result.outcome.select("row", "status").iter_rows())
    sums = defaultdict(lambda: defaultdict(lambda: [0, 0, Decimal(0)]))
    for number, row in file_rows.items():
        of = sums[row["Country"]][status[number]]
        of[0] += 1
        of[1] += int(row["Quantity"])
        of[2] += int(row["Quantity"]) * Decimal(row["UnitPrice"])
    return sums


def test_the_first_rows_have_an_outcome_and_tie(tmp_path):
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as whole:
        text = "".join(itertools.islice(whole, FIRST + 1))
    (tmp_path / "first.csv").write_text(text, encoding="utf-8", newline="")
    made = apply(MAPPING, read_file(tmp_path / "first.csv"), Context(secret=b"key of a test"))
    rows = dict(enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2))
    status = dict(made.outcome.select("row", "status").iter_rows())
    assert len(rows) == FIRST
    assert set(status) == {1, *rows}
    kept = [row for number, row in rows.items() if status[number] == "record"]
    lines = made.tables["order_line"]
    assert lines.height == len(kept) > FIRST - 100
    assert lines.get_column("quantity").sum() == sum(int(row["Quantity"]) for row in kept)
    exact = sum(int(Decimal(row["UnitPrice"]) * int(row["Quantity"]) * 1_000_000) for row in kept)
    assert (lines.get_column("unit_price_e6") * lines.get_column("quantity")).sum() == exact
    assert all(control.ties for control in made.controls)


@pytest.mark.slow
def test_every_row_of_the_file_has_an_outcome(result, file_rows):
    assert len(file_rows) == 541_909
    assert result.outcome.height == 541_910  # and the header
    assert (result.count("record"), result.count("skip"), result.count("fault")) == (538_709, 3_201, 0)
    reasons = result.outcome.filter(pl.col("status") == "skip").group_by("code").len()
    assert dict(reasons.iter_rows()) == {"RAW-012": 1, "MAP-201": 725, "MAP-203": 2_475}


@pytest.mark.slow
def test_the_whole_file_comes_to_the_published_value(file_sums):
    whole = [sum(of[place] for states in file_sums.values() for of in states.values()) for place in (0, 1, 2)]
    assert len(file_sums) == 38
    assert whole == [541_909, 5_176_450, Decimal("9747747.934")]


@pytest.mark.slow
def test_count_quantity_and_value_of_the_records_equal_the_file_s_by_country(result, file_sums):
    """The value to the millionth: unit price times quantity of each line, against Decimal over the file's own text."""
    value = (pl.col("unit_price_e6") * pl.col("quantity")).alias("value")
    ours = result.tables["order_line"].group_by("ship_country").agg(pl.len(), pl.col("quantity").sum(), value.sum())
    expected = defaultdict(lambda: [0, 0, 0])
    for name, states in file_sums.items():
        of = expected[NAMES[name] or None]
        for place, amount in enumerate(states["record"]):
            of[place] += int(amount * 1_000_000) if place == 2 else amount
    assert {country: list(found) for country, *found in ours.iter_rows()} == dict(expected)
    assert len(expected) == 36  # three names of the file are no country: they stand together as unknown


@pytest.mark.slow
def test_rounding_is_said_and_the_control_ties_to_the_file(result, file_sums):
    exact = sum(of["record"][2] for of in file_sums.values())
    lines = result.tables["order_line"]
    booked = sum(lines.get_column(name).sum() for name in ("goods_minor", "shipping_minor", "goods_discount_minor"))
    assert Decimal(booked).scaleb(-2) - exact == Decimal(result.facts["rounding_e6_GBP"]).scaleb(-6) == Decimal("-0.003")
    [control] = result.controls
    assert control.of_records == booked
    assert control.of_skips == -31_941_266
    assert control.ties


@pytest.mark.slow
def test_the_quirks_are_what_they_are(result, file_rows):
    lines = result.tables["order_line"]
    kept = [file_rows[number] for number in lines.get_column("row")]
    cancelled = lines.filter(pl.col("status") == "refunded")
    assert cancelled.height == sum(row["InvoiceNo"].startswith("C") for row in kept) == 8_910  # of 9,288: 378 are adjustments
    assert bool((cancelled.get_column("quantity") < 0).all())
    assert lines.filter(pl.col("buyer_key").is_null()).height == sum(not row["CustomerID"] for row in kept)
    assert lines.get_column("buyer_key").drop_nulls().n_unique() == len({row["CustomerID"] for row in kept if row["CustomerID"]})
    assert lines.get_column("key").n_unique() == lines.height  # 5,268 rows are exact repetitions within their invoice
    assert lines.filter(pl.col("unit_price_e6") == 0).height == 34  # gifts to known buyers stay lines; six of 40 are adjustments
    assert lines.filter(pl.col("shipping_minor").is_not_null()).get_column("sku").unique().sort().to_list() == ["C2", "DOT", "POST"]
