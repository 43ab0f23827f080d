"""Stock: counted once for a whole pool, moved with a reason, paid for where it was lost."""

from datetime import date

import polars as pl
import pytest

from supercargo.kernel.finding import Refused

DAY = date(2026, 4, 20)


def test_the_european_pool_is_the_same_under_every_marketplace(map_golden):
    german, french = (map_golden("amazon-fba-inventory", "inventory_eu.txt", channel=f"amazon-{c}", day=DAY) for c in ("de", "fr"))
    assert german.tables["stock_count"].equals(french.tables["stock_count"])
    assert german.tables["stock_count"].rows(named=True)[0] == {
        "row": 2, "key": "fba-eu|2026-04-20|KETTLE-01|X00KETT|New", "channel": "amazon-eu", "warehouse": "fba-eu", "counted_on": DAY,
        "sku": "KETTLE-01", "fulfilment_sku": "X00KETT", "listing_ref": "B0KETT", "title": "Kettle", "condition": "New", "sellable": 40,
        "unsellable": 2, "reserved": 3, "inbound": 16, "researching": 1, "total": 61,
    }  # fmt: skip


def test_what_is_on_its_way_is_unknown_where_a_part_of_it_is(map_golden):
    counts = map_golden("amazon-fba-inventory", "inventory_eu.txt", channel="amazon-de", day=DAY).tables["stock_count"]
    assert counts.get_column("inbound").to_list() == [16, None]


def test_removed_listings_are_skipped_by_name(map_golden):
    mapped = map_golden("amazon-fba-inventory", "inventory_eu.txt", channel="amazon-de", day=DAY)
    skipped = mapped.outcome.filter(pl.col("status") == "skip").select("row", "code").rows()
    assert skipped == [(1, "RAW-012"), (4, "AMZ-130"), (5, "AMZ-130"), (6, "AMZ-131")]


@pytest.mark.parametrize(("context", "code"), [({"channel": "amazon-de"}, "AMZ-122"), ({"day": DAY}, "AMZ-123")])
def test_a_snapshot_without_its_day_or_its_pool_asks(map_golden, context, code):
    with pytest.raises(Refused) as refused:
        map_golden("amazon-fba-inventory", "inventory_eu.txt", **context)
    assert refused.value.findings[0].code == code


def test_the_day_may_be_known_from_the_download(map_golden):
    mapped = map_golden("amazon-fba-inventory", "inventory_eu.txt", {"day": "2026-04-21"}, warehouse="fba-gb")
    assert mapped.tables["stock_count"].select("warehouse", "channel", "counted_on").row(0) == ("fba-gb", "amazon-gb", date(2026, 4, 21))


def test_movements_have_a_kind_a_country_and_a_pool(map_golden, codes_of):
    mapped = map_golden("amazon-inventory-ledger", "ledger.txt")
    moves = mapped.tables["stock_move"]
    assert moves.select("kind", "quantity", "country", "warehouse").rows() == [
        ("receipt", 100, "DE", "fba-eu"), ("sale", -2, "DE", "fba-eu"), ("transfer", -10, "DE", "fba-eu"), ("transfer", 10, "PL", "fba-eu"),
        ("damaged", -1, "DE", "fba-eu"), ("adjustment", 1, "DE", "fba-eu"), ("lost", -3, "DE", "fba-eu"), ("found", 1, "DE", "fba-eu"),
        ("disposed", -1, "GB", "fba-gb"), ("return", 1, "DE", "fba-eu"), ("removed", -4, "DE", "fba-eu"), ("adjustment", -1, "DE", "fba-eu"),
    ]  # fmt: skip
    assert moves.get_column("moved_on").to_list()[:2] == [date(2026, 4, 3), date(2026, 4, 4)]  # the month stands first in this report
    assert codes_of(mapped) == ["AMZ-107"]  # the reason § is of no list


def test_a_ledger_of_the_page_has_blanks_in_its_headings(golden, map_bytes):
    text = golden("ledger.txt").decode()
    spaced = (
        text.replace("EventType", "Event Type").replace("ReferenceID", "Reference ID").replace("FulfillmentCenter", "Fulfillment Center")
    )
    comma = spaced.replace("\t", ",")
    assert map_bytes("amazon-inventory-ledger", comma.encode()).tables["stock_move"].height == 12


def test_a_ledger_with_days_first_is_seen_from_its_days(golden, map_bytes):
    text = golden("ledger.txt").decode().replace("04/12/2026", "12/04/2026").replace("04/03/2026", "30/04/2026")
    days = map_bytes("amazon-inventory-ledger", text.encode()).tables["stock_move"].get_column("moved_on")
    assert (days[0], days[-1]) == (date(2026, 4, 30), date(2026, 4, 12))


def test_a_reversal_takes_money_back_though_the_report_writes_it_positive(map_golden):
    records = map_golden("amazon-reimbursements", "reimbursements.txt").tables["reimbursement"]
    assert records.select("key", "channel", "currency", "amount_minor", "units_paid", "units_restocked", "reverses_ref").rows() == [
        ("14000000001|KETTLE-01|1", "amazon-eu", "EUR", 2280, 2, 0, None),
        ("14000000002|KETTLE-01|1", "amazon-gb", "GBP", 999, 1, 0, None),
        ("14000000003|KETTLE-01|1", "amazon-eu", "EUR", -1140, -1, 0, "14000000001"),
        ("14000000004|KETTLE-01|1", "amazon-eu", "EUR", None, 0, 3, None),
    ]
    assert records.get_column("approved_on").unique().to_list() == [date(2026, 4, 10)]


def test_returns_in_utf_16_are_read_and_comments_stay_out(map_golden):
    returns = map_golden("amazon-returns", "returns_utf16.txt", channel="amazon-de").tables["customer_return"]
    assert returns.select("order_ref", "disposition", "reason", "warehouse", "quantity").row(0) == (
        "302-1111111-1111111", "CUSTOMER_DAMAGED", "DEFECTIVE", "LEJ1", 1,
    )  # fmt: skip
    assert returns.get_column("key").n_unique() == 3  # two units came back on one day
    assert "Anna" not in returns.write_csv()
