"""Visits and sales: the page's CSV in its languages, the interface's JSON by its published schema."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from supercargo.kernel.finding import Refused

PAGE, API = "amazon-business-report", "amazon-sales-and-traffic"
DAY = date(2026, 4, 3)
SCHEMA = Path(__file__).parents[4] / "shared/formats/amazon_sp_api_models/schemas/reports/sellerSalesAndTrafficReport.json"
FIGURES = ("sessions", "page_views", "units", "orders", "currency", "sales_minor")


def traffic_of(mapped):
    return mapped.tables["traffic_day"]


@pytest.mark.parametrize(
    ("file", "channel", "figures"),
    [
        ("business_report_us.csv", "amazon-us", (1204, 2310, 40, 38, "USD", 129950)),
        ("business_report_de.csv", "amazon-de", (1204, 2310, 40, 38, "EUR", 119960)),
    ],
)
def test_the_page_writes_money_and_thousands_as_its_marketplace_does(map_golden, file, channel, figures):
    row = traffic_of(map_golden(PAGE, file, channel=channel, day=DAY)).row(0, named=True)
    assert (row["day"], row["listing_ref"], row["parent_ref"]) == (DAY, "B0KETTLE01", "B0PARENT01")
    assert tuple(row[name] for name in FIGURES) == figures


def test_a_child_under_two_parents_is_two_rows(map_golden):
    rows = traffic_of(map_golden(PAGE, "business_report_us.csv", channel="amazon-us", day=DAY))
    assert rows.get_column("parent_ref").to_list() == ["B0PARENT01", "B0PARENT02"]
    assert rows.get_column("title").to_list()[0] == 'Kettle, 1.7 L "Pro"'


def test_by_date_the_american_page_has_the_month_first(map_golden):
    rows = traffic_of(map_golden(PAGE, "business_report_by_date_us.csv", channel="amazon-us"))
    assert rows.select("day", "sales_minor", "listing_ref").rows() == [(date(2026, 4, 3), 210000, None), (date(2026, 4, 4), 199999, None)]


@pytest.mark.parametrize(
    ("file", "context", "code"),
    [
        ("business_report_us.csv", {"channel": "amazon-us"}, "AMZ-122"),
        ("business_report_us.csv", {"day": DAY}, "AMZ-125"),
        ("business_report_de.csv", {"day": DAY, "channel": "amazon-gb"}, "AMZ-126"),
    ],
)
def test_what_the_page_leaves_open_is_asked(map_golden, file, context, code):
    with pytest.raises(Refused) as refused:
        map_golden(PAGE, file, **context)
    assert refused.value.findings[0].code == code


@pytest.mark.shared
def test_the_published_examples_are_read(map_bytes):
    if not SCHEMA.is_file():
        pytest.skip("the published schema is not beside the repository")
    first = json.loads(SCHEMA.read_text("utf-8"))["examples"][0]
    mapped = map_bytes(API, json.dumps(first).encode())
    rows = traffic_of(mapped)
    # 238.44 + 217.70 + 277.06 + 349.94 in four days; the three products are of all four days together
    assert rows.get_column("sales_minor").to_list() == [23844, 21770, 27706, 34994]
    assert rows.select("channel", "sessions", "page_views").row(0) == ("amazon-us", 1000, 1658)
    assert mapped.outcome.filter(pl.col("code") == "AMZ-133").height == 3


@pytest.mark.shared
def test_every_published_example_is_recognised_and_loses_nothing(map_bytes):
    if not SCHEMA.is_file():
        pytest.skip("the published schema is not beside the repository")
    for example in json.loads(SCHEMA.read_text("utf-8"))["examples"]:
        mapped = map_bytes(API, json.dumps(example).encode(), channel="amazon-us")
        assert mapped.count("fault") == 0
        assert mapped.outcome.height == len(example["salesAndTrafficByDate"]) + len(example["salesAndTrafficByAsin"])


@pytest.mark.parametrize("content", [b"{}", b"[1]", b'{"reportSpecification": 3}', b"[" * 200_000, b'{"a": NaN'])
def test_any_other_json_is_refused(map_bytes, content):
    with pytest.raises(Refused) as refused:
        map_bytes(API, content)
    assert refused.value.findings[0].code == "AMZ-127"


def test_a_json_with_strange_insides_has_no_figures(map_bytes):
    content = {
        "reportSpecification": {"marketplaceIds": ["A1PA6795UKMFR9"], "dataStartTime": "2026-04-03", "dataEndTime": "2026-04-03"},
        "salesAndTrafficByDate": [{"date": "2026-04-03", "salesByDate": [], "trafficByDate": "x"}],
        "salesAndTrafficByAsin": "none",
    }
    row = traffic_of(map_bytes(API, json.dumps(content).encode())).row(0, named=True)
    assert (row["channel"], row["sessions"], row["sales_minor"]) == ("amazon-de", None, None)
