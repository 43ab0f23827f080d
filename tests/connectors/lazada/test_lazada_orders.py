"""The orders export of Lazada: one row per unit, counted together and never lost."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.lazada.codes import HEADING
from supercargo.connectors.lazada.formats import FORMATS
from supercargo.connectors.lazada.orders import map_orders
from supercargo.connectors.lazada.render import render_orders
from supercargo.connectors.market.writing import workbook
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of

UNIT = {
    "orderItemId": "829912345678901", "orderType": "Normal", "sellerSku": "MUG-RED", "lazadaSku": "3388_MY-1", "createTime": "05 Jan 2026 10:11",
    "orderNumber": "829912345600000", "customerName": "Siti Noor", "shippingAddress": "No. 1，Jalan Besar，50000", "shippingPhone": 60123456789.0,
    "shippingPostCode": 50000.0, "shippingCountry": "Malaysia", "billingCountry": "Malaysia", "paidPrice": 9, "unitPrice": 10,
    "sellerDiscountTotal": -1, "shippingFee": 1.5, "walletCredit": 0, "itemName": "Mug，red", "status": "delivered", "bundleDiscount": 0, "refundAmount": 0,
}  # fmt: skip


def unit(**changes):
    return {**UNIT, **changes}


def book(*rows):
    return workbook([("sheet1", [HEADING, *([row.get(name, "") for name in HEADING] for row in rows)])])


def read(*rows, **context):
    return map_orders(read_content(book(*rows), "orders.xlsx"), Context(**context))


def test_the_units_of_a_product_in_an_order_are_one_line_and_every_row_is_a_record():
    mapped = read(
        unit(), unit(orderItemId="829912345678902"), unit(orderItemId="829912345678903", sellerSku="CUP", unitPrice=20, paidPrice=19)
    )
    lines = mapped.tables["order_line"]
    # two mugs of 10.00 each, discount 1.00 each, shipping 1.50 each; one cup of 20.00
    assert lines.select("row", "key", "quantity", "unit_price_e6", "goods_minor", "goods_discount_minor", "shipping_minor").rows() == [
        (2, "829912345600000|MUG-RED", 2, 10_000_000, 2000, -200, 300), (4, "829912345600000|CUP", 1, 20_000_000, 2000, -100, 150),
    ]  # fmt: skip
    assert mapped.count("record") == 3
    assert [(c.column, c.of_file, c.of_records) for c in mapped.controls][:1] == [("unit_price", 4000, 4000)]


def test_a_cancelled_unit_beside_a_living_one_is_a_line_of_its_own():
    lines = read(unit(), unit(orderItemId="829912345678902", status="canceled")).tables["order_line"]
    assert lines.select("key", "status", "quantity").rows() == [
        ("829912345600000|MUG-RED", "delivered", 1), ("829912345600000|MUG-RED|cancelled", "cancelled", 1)
    ]  # fmt: skip


def test_an_order_of_which_all_units_are_cancelled_keeps_its_key():
    lines = read(unit(status="canceled"), unit(orderItemId="829912345678902", status="canceled")).tables["order_line"]
    assert lines.select("key", "status", "quantity").rows() == [("829912345600000|MUG-RED", "cancelled", 2)]


def test_a_line_is_as_far_as_its_slowest_unit():
    lines = read(unit(), unit(orderItemId="829912345678902", status="packed")).tables["order_line"]
    assert lines["status"].to_list() == ["paid"]


def test_units_of_different_prices_keep_their_sum_and_no_unit_price():
    lines = read(unit(), unit(orderItemId="829912345678902", unitPrice=8)).tables["order_line"]
    assert lines.select("goods_minor", "unit_price_e6").rows() == [(1800, None)]


def test_the_day_with_the_months_name_is_local_time():
    lines = read(unit()).tables["order_line"]
    # 10:11 in Kuala Lumpur is 02:11 in UTC
    assert lines.select("ordered_on", "ordered_at").rows() == [(date(2026, 1, 5), datetime(2026, 1, 5, 2, 11, tzinfo=UTC))]
    assert lines.select("channel", "currency", "line_ref").rows() == [("lazada-my", "MYR", "829912345678901")]


def test_no_name_and_no_telephone_enters_a_record_and_a_mask_is_no_identity():
    lines = read(unit(), secret=b"key").tables["order_line"]
    assert len(lines["buyer_key"][0]) == 32
    assert not any(word in str(lines.rows()) for word in ("Siti", "60123456789", "Jalan"))
    assert read(unit(customerName="S***i")).tables["order_line"]["buyer_key"].to_list() == [None]


def test_a_bundle_discount_is_not_guessed_at():
    mapped = read(unit(bundleDiscount=-2))
    assert [f.code for f in mapped.findings] == ["LZD-023"]
    assert mapped.tables["order_line"]["goods_discount_minor"].to_list() == [-100]


@pytest.mark.parametrize(
    ("word", "status"), [("shipped", "shipped"), ("ready_to_ship", "paid"), ("returned", "refunded"), ("INFO_X", "unknown")]
)
def test_statuses(word, status):
    mapped = read(unit(status=word))
    assert mapped.tables["order_line"]["status"].to_list() == [status]
    assert [f.code for f in mapped.findings] == (["LZD-022"] if status == "unknown" else [])


def test_a_shortened_number_is_a_fault():
    mapped = read(unit(), unit(orderNumber="8.29912E+14"))
    assert mapped.outcome.filter(pl.col("status") == "fault").select("row", "code").rows() == [(3, "LZD-011")]


def test_the_format_is_recognised():
    assert FORMATS[0].certainty(read_content(book(unit()), "a.xlsx")) == 100


@given(
    st.lists(
        st.fixed_dictionaries({"skus": st.integers(1, 3), "price": st.integers(0, 10**7), "quantity": st.integers(1, 5), "discount": st.integers(0, 10**5), "shipping": st.integers(0, 10**5)}),
        min_size=1, max_size=3,
    )
)  # fmt: skip
def test_what_is_written_is_read_again(orders):
    rows, row = [], 2
    for number, order in enumerate(orders):
        ref, at = str(829912345600000 + number), datetime(2026, 1, 5, 2, number, tzinfo=UTC)
        for place in range(order["skus"]):
            rows.append(
                {
                    "row": row, "key": f"{ref}|S{place}", "channel": "lazada-th", "order_ref": ref, "line_ref": str(829 * 10**12 + row * 10),
                    "ordered_at": at, "ordered_on": at.date(), "status": "shipped", "sku": f"S{place}", "title": "Mug", "listing_ref": f"L{place}",
                    "quantity": order["quantity"], "currency": "THB", "unit_price_e6": order["price"] * 10_000, "ship_country": "TH",
                    "goods_minor": order["price"] * order["quantity"], "goods_discount_minor": -order["discount"],
                    "shipping_minor": order["shipping"], "refunded_minor": 0,
                }
            )  # fmt: skip
            row += order["quantity"]
    written = table_of("order_line", pl.DataFrame(rows))
    again = map_orders(read_content(render_orders(written, zone="Asia/Bangkok"), "o.xlsx"), Context()).tables["order_line"]
    assert again.rows(named=True) == written.rows(named=True)
