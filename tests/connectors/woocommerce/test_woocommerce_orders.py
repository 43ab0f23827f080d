"""WooCommerce's orders: amounts without tax beside their tax, times in UTC that do not say so, and no products for orders."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shops.shares import share
from supercargo.connectors.woocommerce.formats import FORMATS
from supercargo.connectors.woocommerce.mapping import map_orders
from supercargo.connectors.woocommerce.render import render_orders
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[4] / "shared" / "formats" / "woocommerce_rest_docs" / "source" / "includes" / "wp-api-v3" / "_orders.md"


def of(content, **context):
    return map_orders(read_content(content if isinstance(content, bytes) else content.encode(), "orders"), Context(**context))


def golden():
    return of((GOLDEN / "orders.json").read_bytes())


def order(number):
    return golden().tables["order_line"].filter(pl.col("key").str.starts_with(f"{number}/"))


def test_goods_are_before_discount_and_without_tax_and_fees_are_lines_of_their_own():
    # mug 6.00 less 2.00, hat 15.00 less 1.00; cash on delivery 4.00
    lines = order(727).select("key", "sku", "quantity", "goods_minor", "goods_discount_minor", "goods_tax_minor").rows()
    assert lines == [
        ("727/315", "MUG-R", 2, 600, -200, 76),
        ("727/316", "HAT", 1, 1500, -100, 266),
        ("727/fee-318", None, None, 400, None, 77),
    ]
    assert order(727)["tax_included"].to_list() == [False] * 3


def test_shipping_and_refunds_are_shared_over_the_goods_by_value():
    # 10.00 over 6.00 and 15.00 is 2.86 and 7.14; 7.00 refunded is 2.00 and 5.00
    assert order(727)["shipping_minor"].to_list() == [286, 714, None]
    assert order(727)["refunded_minor"].to_list() == [200, 500, None]


def test_the_time_is_utc_and_the_day_is_the_shops():
    line = order(727).row(0, named=True)
    assert line["ordered_at"] == datetime(2026, 3, 21, 23, 28, 2, tzinfo=UTC)
    assert (line["ordered_on"], line["paid_on"]) == (date(2026, 3, 22), date(2026, 3, 22))


def test_numbers_countries_and_names_are_the_shops():
    line = order(727).row(0, named=True)
    assert (line["order_ref"], line["ship_country"], line["title"], line["listing_ref"]) == ("R-727", "AT", "Mug – red", "93")
    assert order(728).select("order_ref", "ship_country", "goods_minor").row(0) == ("728", "JP", 3000)


def test_states_are_brought_to_ours_and_a_shops_own_state_is_unknown():
    assert dict(golden().tables["order_line"].select("order_ref", "status").unique().iter_rows()) == {
        "R-727": "paid",
        "728": "shipped",
        "731": "unknown",
    }


def test_what_is_no_record_says_why():
    assert golden().outcome.filter(pl.col("status") != "record").rows() == [
        (3, "fault", "WOO-006", "the order lacks its number or currency, or has an amount that cannot be read"),  # 12.5 yen
        (4, "skip", "WOO-004", "a draft or an order in the bin"),
        (5, "skip", "WOO-005", "the same order stands in the file already"),
        (7, "skip", "WOO-003", "the object is no order"),
    ]


def test_an_order_that_does_not_come_to_its_total_is_named_with_the_money_between():
    # 3000 + 500 = 3500 yen, and the total is 3501
    found = [(one.code, one.path, str(one.message)) for one in golden().findings]
    assert found == [("WOO-007", "rows[6]", "the lines of the order do not come to its total; 1 JPY is open")]


def test_the_totals_of_the_file_are_found_again():
    assert {(one.currency, one.of_file, one.of_records, one.of_skips, one.of_faults) for one in golden().controls} == {
        ("EUR", 3809 * 2, 3809, 3809, 0),
        ("JPY", 3500 + 3500 + 3500 + 3501, 3500 + 3501, 3500, 3500),
    }
    assert all(one.ties for one in golden().controls)


def test_the_buyer_is_a_keyed_hash():
    content = (GOLDEN / "orders.json").read_bytes()
    one, other = (of(content, secret=secret).tables["order_line"] for secret in (b"one", b"other"))
    assert one["buyer_key"][0] != other["buyer_key"][0]
    assert "anna" not in str(one.to_dicts()).casefold()


def test_the_export_of_products_is_refused_with_a_word():
    raw = read_content((GOLDEN / "products.csv").read_bytes(), "products.csv")
    assert 0 < FORMATS[0].certainty(raw) < 50
    with pytest.raises(Refused) as caught:
        map_orders(raw, Context())
    assert [finding.code for finding in caught.value.findings] == ["WOO-002"]


def test_one_order_per_line_is_read_and_hostile_shapes_are_faults():
    lines = [
        {"line_items": "many", "total": "1", "id": 5, "currency": "EUR"},
        {"line_items": [], "total": "0", "id": True, "currency": "EUR"},
    ]
    mapped = of("\n".join(json.dumps(one) for one in lines))
    assert mapped.outcome["status"].to_list() == ["fault", "fault"]


@pytest.mark.shared
def test_every_order_of_the_published_documentation_is_read_and_comes_to_its_total():
    if not DOCS.exists():
        pytest.skip("the third-party set is not beside the repository")
    found = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCS.read_text(), re.DOTALL)]
    orders = [one for answer in found for one in (answer if isinstance(answer, list) else [answer]) if "line_items" in one]
    assert len(orders) == 6
    for one in orders:
        mapped = of(json.dumps(one))
        assert FORMATS[0].certainty(read_content(json.dumps(one).encode(), "x")) == 100
        assert (mapped.count("record"), mapped.findings) == (1, ())
        assert mapped.tables["order_line"].height == len(one["line_items"]) + len(one["fee_lines"])


@st.composite
def shop_orders(draw):
    records = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        goods = draw(st.lists(st.integers(1, 99999), min_size=1, max_size=4))
        shipping, tax, refunded = (share(draw(st.integers(0, 999)), goods) for _ in range(3))
        for place, value in enumerate(goods):
            records.append(
                {
                    "row": number, "key": f"{number}/{place + 1}", "channel": "woocommerce", "order_ref": str(number),
                    "line_ref": str(place + 1), "ordered_at": datetime(2026, 5, number, 8, 30, tzinfo=UTC), "status": "paid",
                    "ordered_on": date(2026, 5, number), "sku": f"S{place}", "title": "Mug & hat", "listing_ref": "7", "quantity": 1,
                    "currency": "EUR", "goods_minor": value, "goods_tax_minor": 7, "shipping_minor": shipping[place],
                    "shipping_tax_minor": tax[place], "goods_discount_minor": -draw(st.integers(0, value)), "tax_included": False,
                    "tax_collected_by": "seller", "ship_country": "DE", "refunded_minor": refunded[place],
                }
            )  # fmt: skip
    return table_of("order_line", pl.DataFrame(records, infer_schema_length=None))


@settings(max_examples=settings.default.max_examples // 2)
@given(shop_orders())
def test_what_is_written_is_read_back(lines):
    mapped = of(render_orders({"order_line": lines}))
    assert mapped.tables["order_line"].equals(lines)
    assert mapped.findings == ()
