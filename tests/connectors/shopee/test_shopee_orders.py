"""The orders export of Shopee: an order's own amounts stand on each of its rows and count once."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.market.writing import workbook
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shopee.codes import FEES, HEADING
from supercargo.connectors.shopee.formats import FORMATS
from supercargo.connectors.shopee.orders import map_orders
from supercargo.connectors.shopee.render import render_orders
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.finding import Refused

ORDER = {
    "Order ID": "2601058K3TQW1A", "Order Status": "Completed", "Order Creation Date": "2026-01-05 23:30", "Order Paid Time": "2026-01-05 23:31",
    "Seller Voucher": 3, "Seller Bundle Discount": 0, "Seller Absorbed Coin Cashback": 1, "Buyer Paid Shipping Fee": 4.5,
    "Transaction Fee(Incl. GST)": 0.83, "Commission Fee (Incl. GST)": 1.25, "Service Fee (incl. GST)": 0.5, "Reverse Shipping Fee": 0,
    "Estimated Shipping Fee": 6, "Shipping Rebate Estimate": 1.5, "Grand Total": 41.5, "Total Amount": 40, "Country": "Malaysia",
    "Username (Buyer)": "siti.n", "Receiver Name": "S****i", "Phone Number": "******12",
}  # fmt: skip
MUG = {"Product Name": "Mug", "SKU Reference No.": "MUG-RED", "Variation Name": "Red", "Original Price": 12, "Deal Price": 10, "Quantity": 2, "Product Subtotal": 20, "Shopee Rebate": 2}  # fmt: skip
CUP = {"Product Name": "Cup", "SKU Reference No.": "CUP", "Variation Name": "", "Original Price": 20, "Deal Price": 20, "Quantity": 1, "Product Subtotal": 20, "Shopee Rebate": 0}  # fmt: skip


def book(*rows, head=HEADING):
    return workbook([("orders", [head, *([row.get(name, "") for name in head] for row in rows)])])


def read(*rows, head=HEADING, **context):
    return map_orders(read_content(book(*rows, head=head), "Order.all.xlsx"), Context(**context))


def test_the_rows_of_an_order_are_its_products_and_its_own_amounts_count_once():
    lines = read({**ORDER, **MUG}, {**ORDER, **CUP}).tables["order_line"]
    assert lines.select("sku", "quantity", "unit_price_e6", "goods_minor", "shipping_minor", "goods_discount_minor").rows() == [
        ("MUG-RED", 2, 10_000_000, 2000, 0, 0), ("CUP", 1, 20_000_000, 2000, 450, -300)
    ]  # fmt: skip
    assert lines.select("channel", "currency", "status", "ship_country").unique().rows() == [("shopee-my", "MYR", "delivered", "MY")]


def test_local_times_are_those_of_the_country():
    lines = read({**ORDER, **MUG}).tables["order_line"]
    # 23:30 in Kuala Lumpur is eight hours ahead of UTC
    assert lines["ordered_at"].to_list() == [datetime(2026, 1, 5, 15, 30, tzinfo=UTC)]
    assert lines["ordered_on"].to_list() == [date(2026, 1, 5)]


def test_the_fees_of_an_order_are_kept_back_once_whatever_the_number_of_rows():
    money = read({**ORDER, **MUG}, {**ORDER, **CUP}).tables["money_line"]
    assert sorted(money.select("their_name", "kind", "amount_minor", "status").rows()) == [
        ("Commission Fee", "fee_referral", -125, "settled"), ("Estimated Shipping Fee", "fee_shipping_label", -600, "open"),
        ("Seller Absorbed Coin Cashback", "fee_promotion", -100, "settled"), ("Service Fee", "fee_channel_other", -50, "settled"),
        ("Shipping Rebate Estimate", "fee_shipping_label", 150, "open"), ("Shopee Rebate", "sale_other", 200, "settled"),
        ("Transaction Fee", "fee_payment", -83, "settled"),
    ]  # fmt: skip
    assert money["key"].is_unique().all()
    assert set(money["kind"]) <= set(KINDS)


def test_keys_do_not_depend_on_the_order_of_rows():
    one, other = (read(*rows).tables for rows in (({**ORDER, **MUG}, {**ORDER, **CUP}), ({**ORDER, **CUP}, {**ORDER, **MUG})))
    for noun in ("order_line", "money_line"):
        assert one[noun].drop("row").sort("key").equals(other[noun].drop("row").sort("key"))


def test_a_fee_that_differs_between_the_rows_is_left_out_and_told():
    mapped = read({**ORDER, **MUG}, {**ORDER, **CUP, "Commission Fee (Incl. GST)": 9})
    assert "Commission Fee" not in mapped.tables["money_line"]["their_name"]
    assert [f.code for f in mapped.findings] == ["SHP-021"]


def test_a_star_and_other_years_names_in_the_header_do_not_matter():
    renamed = tuple(
        {"Tracking Number*": "Tracking Number", "Commission Fee (Incl. GST)": "Commission fee  (Incl. SST) "}.get(n, n) for n in HEADING
    )
    rows = [{**ORDER, **MUG, "Commission fee  (Incl. SST) ": 1.25}]
    assert read(*rows, head=renamed).tables["money_line"].equals(read({**ORDER, **MUG}).tables["money_line"])


INDONESIAN = (
    "No. Pesanan", "Status Pesanan", "No. Resi", "Waktu Pesanan Dibuat", "Waktu Pembayaran Dilakukan", "SKU Induk", "Nama Produk",
    "Nomor Referensi SKU", "Nama Variasi", "Harga Awal", "Harga Setelah Diskon", "Jumlah", "Returned quantity", "Total Harga Produk",
    "Total Diskon", "Diskon Dari Penjual", "Diskon Dari Shopee", "Voucher Ditanggung Penjual", "Cashback Koin",
    "Paket Diskon (Diskon dari Penjual)", "Ongkos Kirim Dibayar oleh Pembeli", "Estimasi Potongan Biaya Pengiriman",
    "Ongkos Kirim Pengembalian Barang", "Total Pembayaran", "Perkiraan Ongkos Kirim", "Username (Pembeli)", "Kota/Kabupaten", "Provinsi",
)  # fmt: skip
RUPIAH = {
    "No. Pesanan": "260105ABCDEFGH", "Status Pesanan": "Telah Dikirim", "Waktu Pesanan Dibuat": "2026-01-05 10:11", "Nama Produk": "Cangkir",
    "Nomor Referensi SKU": "CANGKIR", "Harga Awal": "1.500", "Harga Setelah Diskon": "1.234", "Jumlah": "2", "Total Harga Produk": "2.468",
    "Diskon Dari Shopee": "0", "Ongkos Kirim Dibayar oleh Pembeli": "10.000", "Perkiraan Ongkos Kirim": "12.000",
}  # fmt: skip


def test_in_the_indonesian_file_a_point_groups_thousands():
    mapped = read(RUPIAH, head=INDONESIAN)
    lines = mapped.tables["order_line"]
    # 1.234 x 2 = 2.468 rupiah; the minor unit of ISO 4217 is a hundredth
    assert lines.select("channel", "currency", "goods_minor", "shipping_minor", "status", "unit_price_e6").rows() == [
        ("shopee-id", "IDR", 246_800, 1_000_000, "shipped", 1_234_000_000)
    ]
    assert mapped.tables["money_line"].select("their_name", "amount_minor").rows() == [("Estimated Shipping Fee", -1_200_000)]
    assert [(c.column, c.of_file) for c in mapped.controls] == [("product_subtotal", 246_800), ("shopee_rebate", 0)]


THAI = {
    "หมายเลขคำสั่งซื้อ": "260105TTTTTTTT", "สถานะการสั่งซื้อ": "สำเร็จแล้ว", "วันที่ทำการสั่งซื้อ": "2026-01-05 10:11", "ชื่อสินค้า": "แก้ว",
    "เลขอ้างอิง SKU (SKU Reference No.)": "KAEW", "ราคาขาย": "99.00", "จำนวน": "1", "ราคาขายสุทธิ": "99.00",
}  # fmt: skip
VIETNAMESE = {
    "Mã đơn hàng": "260105VVVVVVVV", "Trạng Thái Đơn Hàng": "Hoàn thành", "Ngày đặt hàng": "2026-01-05 10:11", "Tên sản phẩm": "Cốc",
    "SKU phân loại hàng": "COC", "Giá ưu đãi": "99.000", "Số lượng": "1", "Tổng giá bán (sản phẩm)": "99.000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [(THAI, ("shopee-th", "THB", 9900, "delivered")), (VIETNAMESE, ("shopee-vn", "VND", 99_000, "delivered"))],
)
def test_the_language_of_the_header_names_the_country(row, expected):
    lines = read(row, head=tuple(row)).tables["order_line"]
    assert lines.select("channel", "currency", "goods_minor", "status").rows() == [expected]


def test_an_english_file_without_a_country_asks_for_the_channel():
    with pytest.raises(Refused) as refused:
        read({**ORDER, **MUG, "Country": ""})
    assert [f.code for f in refused.value.findings] == ["SHP-001"]
    assert read({**ORDER, **MUG, "Country": ""}, channel="shopee-sg").tables["order_line"]["currency"].to_list() == ["SGD"]


def test_a_shortened_number_is_a_fault_and_its_money_stays_visible():
    mapped = read({**ORDER, **MUG}, {**ORDER, **CUP, "Order ID": "2.60105E+17"})
    assert mapped.outcome.filter(pl.col("status") == "fault").select("row", "code").rows() == [(3, "SHP-011")]
    assert next((c.of_file, c.of_records, c.of_faults) for c in mapped.controls) == (4000, 2000, 2000)


def test_the_format_is_recognised_and_says_what_is_unproven():
    assert FORMATS[0].certainty(read_content(book({**ORDER, **MUG}), "a.xlsx")) == 100
    assert "Thai" in FORMATS[0].proven


MONEY = st.integers(0, 10**7)


@given(
    st.lists(
        st.fixed_dictionaries({"skus": st.integers(1, 3), "goods": MONEY, "quantity": st.integers(1, 9), "shipping": MONEY, "voucher": MONEY, "fee": MONEY.filter(bool)}),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_what_is_written_is_read_again(orders):
    lines, fees = [], []
    for number, order in enumerate(orders):
        ref, at = f"26010500000{number:03d}", datetime(2026, 1, 5, 2, number, tzinfo=UTC)
        for place in range(order["skus"]):
            row = len(lines) + 2
            of_order = {} if place else {"shipping_minor": order["shipping"], "goods_discount_minor": -order["voucher"]}
            lines.append(
                {
                    "row": row, "key": f"{ref}|S{place}|", "channel": "shopee-sg", "order_ref": ref, "ordered_at": at, "ordered_on": at.date(),
                    "status": "paid", "sku": f"S{place}", "title": "Mug", "quantity": order["quantity"], "currency": "SGD",
                    "unit_price_e6": order["goods"] * 10_000, "goods_minor": order["goods"], "shipping_minor": 0, "goods_discount_minor": 0,
                    "ship_country": "SG", "paid_on": at.date(), **of_order,
                }
            )  # fmt: skip
            if not place:
                fees.extend(
                    {
                        "row": row, "key": f"{ref}|{name.lower()}", "channel": "shopee-sg", "order_ref": ref, "kind": kind, "their_name": name,
                        "currency": "SGD", "amount_minor": order["fee"] * sign, "posted_on": at.date(), "status": status, "country": "SG",
                    }
                    for name, kind, sign, status in FEES.values()
                )  # fmt: skip
    written = table_of("order_line", pl.DataFrame(lines, infer_schema_length=None)), table_of("money_line", pl.DataFrame(fees))
    again = map_orders(read_content(render_orders(*written, zone="Asia/Singapore"), "o.xlsx"), Context()).tables
    assert again["order_line"].rows(named=True) == written[0].rows(named=True)
    assert again["money_line"].sort("key").rows(named=True) == written[1].sort("key").rows(named=True)
