"""The orders export of TikTok Shop: what repeats is counted once, what is not a row says so, nothing is lost."""

import codecs
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.tiktok.formats import FORMATS
from supercargo.connectors.tiktok.orders import map_orders
from supercargo.connectors.tiktok.render import render_orders
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parent / "golden"


def read(name, **context):
    return map_orders(read_content((GOLDEN / name).read_bytes(), name), Context(**context))


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def test_a_british_export_gives_one_line_per_product_and_the_order_amount_is_never_summed():
    lines = read("orders_gb.csv").tables["order_line"]
    assert lines.select("row", "order_ref", "sku", "quantity", "goods_minor", "goods_discount_minor").rows() == [
        (3, "583870900000000001", "MUG-RED", 2, 2000, -200),
        (4, "583870900000000001", "MUG-BLUE", 1, 1000, 0),
        (5, "583870900000000002", "MUG-RED", 1, 1000, 0),
    ]
    # goods 20.00 + 10.00 + 10.00; shipping 3.99 stands on both rows of the first order and is 3.99 once
    assert lines["goods_minor"].sum() == 4000
    assert lines["shipping_minor"].to_list() == [399, 0, 299]
    assert lines["refunded_minor"].to_list() == [0, 0, 1000]


def test_tabs_at_the_end_of_ids_and_times_are_gone_and_times_are_in_utc():
    lines = read("orders_gb.csv").tables["order_line"]
    # 15/01/2026 10:11:12 in London is the same in UTC; 02/07/2026 09:30 is summer time, an hour behind
    assert lines["ordered_at"].to_list() == [
        datetime(2026, 1, 15, 10, 11, 12, tzinfo=UTC), datetime(2026, 1, 15, 10, 11, 12, tzinfo=UTC), datetime(2026, 7, 2, 8, 30, tzinfo=UTC)
    ]  # fmt: skip
    assert lines["paid_on"].to_list() == [date(2026, 1, 15), date(2026, 1, 15), date(2026, 7, 2)]
    assert lines["listing_ref"].to_list() == ["1729000000000000011", "1729000000000000012", "1729000000000000011"]


def test_the_second_row_describes_the_columns_and_is_a_named_skip():
    mapped = read("orders_gb.csv")
    assert mapped.outcome.filter(pl.col("row") == 2).select("status", "code").rows() == [("skip", "TT-010")]
    assert mapped.count("record") == 3
    assert [(c.column, c.of_file, c.of_records) for c in mapped.controls] == [("goods", 4000, 4000), ("seller_discount", 200, 200)]


def test_country_currency_and_channel_are_seen_in_the_file():
    lines = read("orders_gb.csv").tables["order_line"]
    assert lines.select("channel", "currency", "ship_country", "fulfilled_by").unique().rows() == [("tiktok-gb", "GBP", "GB", "seller")]


def test_buyers_are_known_by_a_keyed_hash_only():
    lines = read("orders_gb.csv", secret=b"key").tables["order_line"]
    assert lines["buyer_key"].n_unique() == 2
    assert "anna.shops" not in str(lines.rows())


def test_the_channel_of_another_country_is_refused():
    with pytest.raises(Refused) as refused:
        read("orders_gb.csv", channel="tiktok-us")
    assert codes(refused) == ["TT-002"]


def test_an_american_export_has_the_month_first_and_no_zone_is_invented():
    lines = read("orders_us.csv").tables["order_line"]
    assert lines["ordered_on"].to_list() == [date(2026, 3, 4), date(2026, 3, 5)]
    assert lines["ordered_at"].to_list() == [None, None]
    told = read("orders_us.csv", zone="America/Los_Angeles").tables["order_line"]
    # 09:15 PM of March 4th in Los Angeles (UTC-8 until March 8th) is 05:15 of the 5th
    assert told["ordered_at"][0] == datetime(2026, 3, 5, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("จัดส่งแล้ว", "shipped"), ("Dikirim", "shipped"), ("Selesai", "delivered"), ("Đã hủy", "cancelled"), ("To ship", "paid"),
        ("UNPAID", "pending"), ("Neuer Zustand", "unknown"),
    ],
)  # fmt: skip
def test_statuses_are_read_in_their_languages_and_a_strange_one_is_told(word, status):
    content = (GOLDEN / "orders_gb.csv").read_text("utf-8-sig").replace("To ship", word)
    mapped = map_orders(read_content(content.encode(), "a.csv"), Context())
    assert mapped.tables["order_line"]["status"][0] == status
    assert [f.code for f in mapped.findings] == (["TT-022"] if status == "unknown" else [])


def test_indonesian_points_group_thousands():
    lines = read("orders_id.csv").tables["order_line"]
    # Rp 1.234 is one thousand two hundred and thirty-four rupiah: 123400 in the minor unit of ISO 4217
    assert lines.select("currency", "goods_minor", "goods_discount_minor", "status").rows() == [("IDR", 123_400, -23_400, "shipped")]


def test_numbers_that_a_spreadsheet_has_shortened_are_faults_and_their_money_stays_visible():
    content = (GOLDEN / "orders_gb.csv").read_text("utf-8-sig").replace("583870900000000002\t", "5.83871E+17")
    mapped = map_orders(read_content(content.encode(), "a.csv"), Context())
    assert mapped.outcome.filter(pl.col("status") == "fault").select("row", "code").rows() == [(5, "TT-011")]
    assert next((c.column, c.of_records, c.of_faults) for c in mapped.controls) == ("goods", 3000, 1000)


def test_shipping_that_differs_between_the_rows_of_an_order_is_unknown_and_told():
    content = (GOLDEN / "orders_gb.csv").read_text("utf-8-sig").replace("3.99", "1.99", 1)
    mapped = map_orders(read_content(content.encode(), "a.csv"), Context())
    assert mapped.tables["order_line"]["shipping_minor"].to_list() == [None, None, 299]
    assert [f.code for f in mapped.findings] == ["TT-021"]


def test_a_file_without_its_country_asks_for_the_channel():
    content = (GOLDEN / "orders_gb.csv").read_text("utf-8-sig").replace("United Kingdom", "")
    with pytest.raises(Refused) as refused:
        map_orders(read_content(content.encode(), "a.csv"), Context())
    assert codes(refused) == ["TT-001"]


def test_the_format_is_recognised_by_its_columns():
    raw = read_content((GOLDEN / "orders_gb.csv").read_bytes(), "a.csv")
    assert raw.encoding == "utf-8"
    assert [f.certainty(raw) for f in FORMATS] == [100, 0]


def test_the_same_rows_in_another_order_have_the_same_keys_and_the_same_money():
    content = (GOLDEN / "orders_gb.csv").read_text("utf-8-sig").splitlines(keepends=True)
    turned = "".join([*content[:2], *reversed(content[2:])])
    other = map_orders(read_content(turned.encode(), "a.csv"), Context()).tables["order_line"]
    assert other.drop("row").sort("key").equals(read("orders_gb.csv").tables["order_line"].drop("row").sort("key"))


LINE = st.fixed_dictionaries(
    {
        "skus": st.integers(1, 3), "goods": st.integers(0, 10**7), "discount": st.integers(0, 10**5), "quantity": st.integers(1, 50),
        "shipping": st.integers(0, 10**4), "tax": st.integers(0, 10**4), "at": st.integers(1_704_067_200, 1_798_761_600),
        "status": st.sampled_from(["pending", "paid", "shipped", "delivered", "cancelled"]),
        "title": st.text("abc,\"'é中 =+", min_size=1).map(str.strip).filter(bool),
    }
)  # fmt: skip


def records(orders):
    rows = []
    for number, order in enumerate(orders):
        at = datetime.fromtimestamp(order["at"], UTC)
        for place in range(order["skus"]):
            ref, listing = str(58 * 10**16 + number), str(17 * 10**17 + place)
            rows.append(
                {
                    "row": len(rows) + 3, "key": f"{ref}|{listing}", "channel": "tiktok-sg", "order_ref": ref, "ordered_at": at,
                    "ordered_on": (at + timedelta(hours=8)).date(),
                    "status": order["status"], "sku": f"S{place}", "title": order["title"], "listing_ref": listing,
                    "quantity": order["quantity"], "currency": "SGD", "unit_price_e6": order["goods"] * 10_000, "ship_country": "SG",
                    "goods_minor": order["goods"], "goods_discount_minor": -order["discount"], "fulfilled_by": "seller", "paid_on": at.date(),
                    "goods_tax_minor": 0 if place else order["tax"], "shipping_minor": 0 if place else order["shipping"],
                    "refunded_minor": 0,
                }
            )  # fmt: skip
    return table_of("order_line", pl.DataFrame(rows, infer_schema_length=None))


@given(st.lists(LINE, min_size=1, max_size=4))
def test_what_is_written_is_read_again(orders):
    lines = records(orders)
    content = render_orders(lines, zone="Asia/Singapore")
    assert content.startswith(codecs.BOM_UTF8)
    again = map_orders(read_content(content, "o.csv"), Context(dates="dmy")).tables["order_line"]
    assert again.rows(named=True) == lines.rows(named=True)
