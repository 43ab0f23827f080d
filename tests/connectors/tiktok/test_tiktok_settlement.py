"""The settlement statement of TikTok Shop: a row's lines come to its total, whatever the columns are called this year."""

import io
import zipfile
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.market.parts import DIFFERENCE
from supercargo.connectors.market.writing import workbook
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.tiktok.formats import FORMATS
from supercargo.connectors.tiktok.render import render_settlement
from supercargo.connectors.tiktok.settlement import map_settlement
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.finding import Refused

HEAD = (
    "Order/adjustment ID  ", "Type ", "Order created time", "Order settled time", "Currency", "Total settlement amount", "Total Revenue",
    "Subtotal after seller discounts", "Subtotal before discounts", "Seller discounts", "Refund subtotal after seller discounts",
    "Refund subtotal before seller discounts", "Refund of seller discounts", "Total Fees", "Transaction fee", "TikTok Shop commission fee",
    "Seller shipping fee", "Actual shipping fee ", "Platform shipping fee discount", "Customer shipping fee", "Affiliate Commission ",
    "Moon landing fee", "Adjustment amount", "Related order ID", "Customer payment", "Platform discounts", "Estimated package weight (g)",
)  # fmt: skip
# 100.00 - 10.00 = 90.00 of goods; fees 2.00 + 5.00 + 1.50 + 0.25 = 8.75; shipping -6.00 + 4.00 + 1.00 = -1.00; settled 80.25
SALE = (
    "583870900000000001", "Order", "2026/01/10", "2026/01/20", "GBP", 80.25, 90, 90, 100, -10, 0, 0, 0, -9.75, -2, -5,
    -1, -6, 4, 1, -1.5, -0.25, 0, "/", 93.99, 3, 250,
)  # fmt: skip
REFUND = (
    "583870900000000002", "Order", "2026/01/02", "2026/01/20", "GBP", -19, -20, 0, 0, 0, -20, -25, 5, 1, 0, 1,
    0, 0, 0, 0, 0, 0, 0, "/", 0, 0, "",
)  # fmt: skip
LOST = ("7001", "Logistics reimbursement", "", "2026/01/21", "GBP", 12.5, *([0] * 16), 12.5, "583870900000000001", "", "", "")
NOTHING = ("583870900000000003", "Order", "2026/01/02", "2026/01/21", "GBP", 0, *([0] * 17), "/", 0, 0, "")


def book(*rows, head=HEAD):
    return workbook([("Reports", [("Time period:", "2026/01/20-2026/01/21")]), ("Order details", [head, *rows])])


def read(*rows, head=HEAD, **context):
    return map_settlement(read_content(book(*rows, head=head), "income.xlsx"), Context(**context))


def amounts(mapped, row):
    lines = mapped.tables["money_line"].filter(pl.col("row") == row)
    return dict(lines.select("their_name", "amount_minor").rows())


def test_a_sale_becomes_one_line_per_leaf_and_sums_of_leaves_do_not_count_again():
    mapped = read(SALE)
    assert amounts(mapped, 2) == {
        "Subtotal before discounts": 10_000, "Seller discounts": -1000, "Transaction fee": -200, "TikTok Shop commission fee": -500,
        "Actual shipping fee": -600, "Platform shipping fee discount": 400, "Customer shipping fee": 100, "Affiliate Commission": -150,
        "Moon landing fee": -25,
    }  # fmt: skip
    assert mapped.tables["money_line"]["amount_minor"].sum() == 8025
    assert set(mapped.tables["money_line"]["kind"]) <= set(KINDS)


def test_an_unknown_fee_column_keeps_its_money_and_is_named():
    mapped = read(SALE)
    unknown = mapped.tables["money_line"].filter(pl.col("kind") == "unclassified")
    assert unknown.select("their_name", "amount_minor").rows() == [("Moon landing fee", -25)]
    assert [f.code for f in mapped.findings] == ["TT-034"]
    assert "Moon landing fee" in str(mapped.findings[0])


def test_columns_for_information_behind_the_amounts_are_no_money():
    assert not {"Customer payment", "Platform discounts", "Estimated package weight (g)"} & set(amounts(read(SALE), 2))


def test_a_refund_mirrors_its_sale():
    lines = read(REFUND).tables["money_line"]
    assert lines.select("kind", "amount_minor").rows() == [("refund_goods", -2500), ("refund_discount", 500), ("fee_referral", 100)]


def test_a_total_that_its_parts_do_not_come_to_keeps_the_difference_as_its_own_line():
    mapped = read((*SALE[:5], 80.00, *SALE[6:]))
    assert amounts(mapped, 2)[DIFFERENCE] == -25
    assert mapped.tables["money_line"]["amount_minor"].sum() == 8000
    assert "TT-033" in [f.code for f in mapped.findings]
    assert "-0.25 GBP" in str(mapped.findings[0])


def test_an_adjustment_is_classified_by_its_type_and_tied_to_its_order():
    lines = read(LOST).tables["money_line"]
    assert lines.select("kind", "order_ref", "transaction_ref", "amount_minor").rows() == [
        ("reimbursement", "583870900000000001", "7001", 1250)
    ]


def test_an_adjustment_of_an_unknown_type_stays_visible():
    mapped = read((LOST[0], "Other adjustment", *LOST[2:]))
    assert mapped.tables["money_line"]["kind"].to_list() == ["unclassified"]
    assert [f.code for f in mapped.findings] == ["TT-035"]


def test_days_become_settlements_and_open_payouts():
    mapped = read(SALE, REFUND, LOST)
    assert mapped.tables["settlement"].select("settlement_ref", "deposit_on", "total_minor").rows() == [
        ("2026-01-20 GBP", date(2026, 1, 20), 6125), ("2026-01-21 GBP", date(2026, 1, 21), 1250)
    ]  # fmt: skip
    # 80.25 - 19.00 = 61.25, and 12.50 the day after
    assert mapped.tables["payout"].select("payout_ref", "amount_minor", "status").rows() == [
        ("2026-01-20 GBP", 6125, "open"), ("2026-01-21 GBP", 1250, "open")
    ]  # fmt: skip


def test_a_statement_and_its_payment_have_their_own_numbers_where_the_file_gives_them():
    head = ("Statement date", "Statement ID", "Payment ID", "Status", "Currency", "Type", "Order/adjustment ID", "SKU ID", "Total settlement amount", "Net sales", "Gross sales", "Referral fee")  # fmt: skip
    row = (
        "2026/01/20",
        "7300000000000000001",
        "3500000000000000002",
        "Paid",
        "USD",
        "Order",
        "577000000000000001",
        "1729",
        94,
        100,
        100,
        -6,
    )
    mapped = read(row, head=head)
    assert mapped.tables["settlement"]["settlement_ref"].to_list() == ["7300000000000000001"]
    assert mapped.tables["payout"].select("payout_ref", "settlement_ref", "status", "amount_minor").rows() == [
        ("3500000000000000002", "7300000000000000001", "sent", 9400)
    ]
    assert mapped.tables["money_line"].select("channel", "kind", "amount_minor").rows() == [
        ("tiktok-us", "sale_goods", 10_000), ("tiktok-us", "fee_referral", -600)
    ]  # fmt: skip


def test_an_order_that_settles_nothing_is_a_named_skip():
    mapped = read(SALE, NOTHING)
    assert mapped.outcome.filter(pl.col("row") == 3).select("status", "code").rows() == [("skip", "TT-032")]


@pytest.mark.parametrize(
    ("first", "kind"), [("Order/Adjustment ID", "Transaction type"), ("Order\\adjustment ID", "Type"), ("Order / Adjustment ID ", "TYPE")]
)
def test_a_renamed_column_gives_the_same_records(first, kind):
    renamed = read(SALE, REFUND, head=(first, kind, *HEAD[2:]))
    assert renamed.tables["money_line"].equals(read(SALE, REFUND).tables["money_line"])


def test_a_broken_dimension_does_not_hide_the_rows():
    whole = book(SALE, REFUND)
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(broken, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                start, end = text.index(b"<dimension"), text.index(b"/>", text.index(b"<dimension")) + 2
                text = text[:start] + b'<dimension ref="A1"/>' + text[end:]
            new.writestr(part, text)
    mapped = map_settlement(read_content(broken.getvalue(), "income.xlsx"), Context())
    assert mapped.tables["money_line"].equals(read(SALE, REFUND).tables["money_line"])


def test_two_identical_rows_are_two_and_have_two_keys():
    mapped = read(SALE, SALE)
    assert mapped.tables["money_line"]["key"].n_unique() == 18
    assert mapped.tables["settlement"]["total_minor"].to_list() == [16_050]


def test_euros_do_not_say_the_country():
    with pytest.raises(Refused) as refused:
        read((*SALE[:4], "EUR", *SALE[5:]))
    assert [f.code for f in refused.value.findings] == ["TT-001"]
    assert read((*SALE[:4], "EUR", *SALE[5:]), channel="tiktok-de").tables["money_line"]["country"].unique().to_list() == ["DE"]


def test_the_format_is_recognised():
    assert [f.certainty(read_content(book(SALE), "a.xlsx")) for f in FORMATS] == [0, 100]


def test_the_control_sum_is_that_of_the_totals():
    assert [(c.column, c.currency, c.of_file, c.of_records) for c in read(SALE, REFUND, LOST).controls] == [("total", "GBP", 7375, 7375)]


FEE = st.integers(-(10**9), 10**9).filter(bool)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"sale": FEE, "fee": FEE, "strange": FEE, "difference": st.sampled_from([0, -1, 250]), "day": st.dates(date(2024, 1, 1), date(2027, 1, 1))}
        ),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_what_is_written_is_read_again(orders):
    rows = [
        {
            "row": place + 2, "key": f"{place}", "channel": "tiktok-gb", "settlement_ref": f"{order['day']} GBP", "order_ref": str(583 * 10**15 + place),
            "transaction_ref": str(583 * 10**15 + place), "kind": kind, "their_type": "Order", "their_name": name, "currency": "GBP",
            "amount_minor": amount, "posted_on": order["day"], "status": "settled", "country": "GB",
        }
        for place, order in enumerate(orders)
        for kind, name, amount in (
            ("sale_goods", "Subtotal before discounts", order["sale"]), ("fee_payment", "Transaction fee", order["fee"]),
            ("unclassified", "Moon landing fee", order["strange"]), ("unclassified", DIFFERENCE, order["difference"]),
        )
        if amount
    ]  # fmt: skip
    written = table_of("money_line", pl.DataFrame(rows, infer_schema_length=None))
    again = map_settlement(read_content(render_settlement(written), "s.xlsx"), Context()).tables["money_line"]
    assert again.drop("key").rows(named=True) == written.drop("key").rows(named=True)
