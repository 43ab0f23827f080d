"""Each report is recognised as itself, and what is written back is what was read."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supercargo.connectors.amazon.codes import kind_of
from supercargo.connectors.amazon.formats import FORMATS
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import TABLES, table_of
from supercargo.kernel.words import catalogue

BY_KEY = {form.key: form for form in FORMATS}
GOLDEN = {
    "settlement_eur.txt": "amazon-settlement", "settlement_usd.txt": "amazon-settlement", "settlement_jpy.txt": "amazon-settlement",
    "orders_eu.txt": "amazon-orders", "orders_jp_cp932.txt": "amazon-orders", "inventory_eu.txt": "amazon-fba-inventory",
    "business_report_us.csv": "amazon-business-report", "business_report_de.csv": "amazon-business-report",
    "business_report_by_date_us.csv": "amazon-business-report", "vat_92.csv": "amazon-vat-transactions",
    "vat_95.txt": "amazon-vat-transactions", "reimbursements.txt": "amazon-reimbursements", "returns_utf16.txt": "amazon-returns",
    "ledger.txt": "amazon-inventory-ledger",
}  # fmt: skip
TOLD = {
    "amazon-fba-inventory": {"channel": "amazon-de", "day": date(2026, 4, 20)},
    "amazon-returns": {"channel": "amazon-de"},
}


@pytest.mark.parametrize(("file", "key"), GOLDEN.items())
def test_a_report_is_recognised_and_no_other_one(golden, file, key):
    raw = read_content(golden(file), file)
    certain = {form.key: form.certainty(raw) for form in FORMATS}
    assert certain[key] >= 90
    assert [other for other, percent in certain.items() if percent and other != key] == []


def test_every_name_and_note_is_said_in_chinese():
    words = catalogue()
    assert [text for form in FORMATS for text in (form.name, form.proven) if text not in words] == []


@pytest.mark.parametrize(
    ("file", "key"),
    [(file, key) for file, key in GOLDEN.items() if file not in {"business_report_us.csv", "business_report_de.csv", "vat_92.csv"}],
)
def test_a_golden_file_comes_back_from_its_records(golden, file, key):
    told = {"channel": "amazon-us"} if "us" in file and "report" in file else TOLD.get(key, {})
    first = BY_KEY[key].map(read_content(golden(file), file), Context(**told))
    again = BY_KEY[key].map(read_content(BY_KEY[key].render(**first.tables), file), Context(**told))
    for noun, table in first.tables.items():
        assert again.tables[noun].drop("row", "key").equals(table.drop("row", "key")), noun


def back(key, tables, **context):
    """Write, read, and write and read again: the records are the same, and at the second time even their keys."""
    form = BY_KEY[key]
    once = form.map(read_content(form.render(**tables), "file"), Context(**context))
    twice = form.map(read_content(form.render(**once.tables), "file"), Context(**context))
    for noun, table in tables.items():
        if table.height:
            made = once.tables[noun]
            assert made.drop("row", "key").rows() == table.drop("row", "key").rows()
            assert twice.tables[noun].drop("row").equals(made.drop("row"))
            assert made.get_column("key").is_duplicated().any() is False
    return once


QUICK = settings(max_examples=settings.default.max_examples // 2, suppress_health_check=[HealthCheck.too_slow])
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12).map(lambda text: f"A {text}x")
SKU = st.from_regex(r"[A-Z]{2,6}-[0-9]{1,4}", fullmatch=True)
AMOUNT = st.integers(-99_999_999, 99_999_999)
SOME = st.none() | AMOUNT
COUNT = st.none() | st.integers(0, 99_999)
DAY = st.dates(date(2020, 1, 1), date(2035, 12, 28))
INSTANT = st.integers(0, 400_000_000).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
ORDER = st.from_regex(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", fullmatch=True)
WORDS = st.sampled_from(
    [
        ("Order", "ItemPrice", "Principal"), ("Order", "ItemFees", "Commission"), ("Refund", "ItemPrice", "Tax"),
        ("Refund", "ItemFees", "RefundCommission"), ("other-transaction", "other-transaction", "Current Reserve Amount"),
        ("Order", "ItemFees", "A new fee"), ("Order", "Promotion", "Shipping"),
    ]
)  # fmt: skip


def table(noun, rows):
    schema = {name: kind for name, kind in TABLES[noun].items() if not rows or name in rows[0]}
    return table_of(noun, pl.DataFrame(rows, schema=schema))


@st.composite
def settlements(draw):
    currency, country = draw(st.sampled_from([("EUR", "DE"), ("USD", "US"), ("JPY", "JP"), ("GBP", "GB")]))
    channel = f"amazon-{country.lower()}"
    begins = draw(DAY)
    lines = []
    for number in range(draw(st.integers(1, 8))):
        words = draw(WORDS)
        posted = draw(INSTANT)
        kind = kind_of(*words)
        lines.append(
            {
                "channel": channel, "settlement_ref": "100", "order_ref": draw(st.none() | ORDER), "line_ref": draw(st.none() | st.just("7")),
                "transaction_ref": draw(st.none() | SKU), "sku": draw(st.none() | SKU), "kind": kind,
                "their_type": words[0], "their_name": "/".join(words[1:]), "currency": currency, "amount_minor": draw(AMOUNT),
                "quantity": draw(st.none() | st.just(1)), "posted_at": posted, "posted_on": posted.date(),
                "status": "settled", "country": country if number == 0 else draw(st.none() | st.just(country)),
            }
        )  # fmt: skip
    total = draw(AMOUNT)
    summary = {
        "channel": channel, "settlement_ref": "100", "begins_on": begins, "ends_on": begins + timedelta(14), "deposit_on": begins + timedelta(16),
        "currency": currency, "total_minor": total,
    }  # fmt: skip
    payout = {
        "channel": channel, "payout_ref": "100", "settlement_ref": "100", "currency": currency, "amount_minor": total,
        "sent_on": begins + timedelta(16), "status": "sent",
    }  # fmt: skip
    return {
        "settlement": table("settlement", [summary]), "payout": table("payout", [payout] if total > 0 else []), "money_line": table("money_line", lines),
    }  # fmt: skip


@QUICK
@given(settlements())
def test_settlements_come_back(tables):
    back("amazon-settlement", tables)


def order_line(draw):
    country, currency, included = draw(st.sampled_from([("de", "EUR", True), ("us", "USD", False), ("jp", "JPY", None)]))
    at = draw(INSTANT)
    lost = st.none() | st.integers(-999_999, 0)
    return {
        "channel": f"amazon-{country}", "order_ref": draw(ORDER), "line_ref": draw(st.none() | st.just("55")), "ordered_at": at, "ordered_on": at.date(),
        "status": draw(st.sampled_from(["pending", "paid", "shipped", "delivered", "cancelled"])), "sku": draw(SKU), "title": draw(TEXT),
        "listing_ref": draw(st.none() | SKU), "quantity": draw(COUNT), "currency": currency, "goods_minor": draw(SOME), "goods_tax_minor": draw(SOME),
        "shipping_minor": draw(SOME), "shipping_tax_minor": draw(SOME), "giftwrap_minor": draw(SOME), "giftwrap_tax_minor": draw(SOME),
        "goods_discount_minor": draw(lost),
        "shipping_discount_minor": draw(lost), "tax_included": included,
        "tax_collected_by": draw(st.none() | st.just("marketplace")), "ship_country": draw(st.none() | st.sampled_from(["DE", "GR", "XI"])),
        "fulfilled_by": draw(st.none() | st.sampled_from(["channel", "seller"])), "is_business": draw(st.none() | st.booleans()),
    }  # fmt: skip


@QUICK
@given(st.data())
def test_orders_come_back(data):
    rows = [order_line(data.draw) for _ in range(data.draw(st.integers(1, 6)))]
    back("amazon-orders", {"order_line": table("order_line", rows)})


@QUICK
@given(st.data())
def test_stock_comes_back(data):
    rows = [
        {
            "channel": "amazon-eu", "warehouse": "fba-eu", "counted_on": date(2026, 4, 20), "sku": sku, "fulfilment_sku": f"X{sku}",
            "title": data.draw(st.none() | TEXT), "condition": "New", **{name: data.draw(COUNT) for name in ("sellable", "unsellable", "reserved", "inbound", "researching", "total")},
        }
        for sku in data.draw(st.lists(SKU, min_size=1, max_size=5, unique=True))
    ]  # fmt: skip
    back("amazon-fba-inventory", {"stock_count": table("stock_count", rows)}, channel="amazon-fr", day=date(2026, 4, 20))


@QUICK
@given(st.data())
def test_reimbursements_returns_and_movements_come_back(data):
    draw = data.draw
    reversal = draw(st.booleans())
    sign = -1 if reversal else 1
    paid = {
        "channel": "amazon-eu", "approved_on": draw(DAY), "reimbursement_ref": "14", "case_ref": draw(st.none() | st.just("6")),
        "order_ref": draw(st.none() | ORDER), "reason": "Reimbursement_Reversal" if reversal else "Lost_Warehouse", "sku": draw(SKU),
        "currency": "EUR", "amount_minor": sign * draw(st.integers(0, 10**8)), "units_paid": sign * draw(st.integers(0, 9)),
        "units_restocked": sign * draw(st.integers(0, 9)), "reverses_ref": "13" if reversal else None,
    }  # fmt: skip
    back("amazon-reimbursements", {"reimbursement": table("reimbursement", [paid])})
    sent = {
        "channel": "amazon-gb", "returned_on": draw(DAY), "order_ref": draw(ORDER), "sku": draw(SKU), "quantity": draw(COUNT),
        "disposition": "SELLABLE", "reason": "DEFECTIVE", "warehouse": draw(st.none() | st.just("LEJ1")),
    }  # fmt: skip
    back("amazon-returns", {"customer_return": table("customer_return", [sent])}, channel="amazon-gb")
    kinds = st.sampled_from([("receipt", None), ("sale", None), ("lost", "M"), ("found", "F"), ("damaged", "E"), ("adjustment", "P")])
    moved = []
    for _ in range(draw(st.integers(1, 5))):
        kind, reason = draw(kinds)
        moved.append(
            {
                "channel": "amazon-eu", "warehouse": "fba-eu", "country": draw(st.sampled_from(["DE", "PL", "CZ"])), "moved_on": draw(DAY),
                "sku": draw(SKU), "kind": kind, "quantity": draw(st.integers(-99, 99)), "reference": draw(st.none() | SKU), "reason": reason,
                "disposition": "SELLABLE",
            }
        )  # fmt: skip
    back("amazon-inventory-ledger", {"stock_move": table("stock_move", moved)}, dates="mdy")


@QUICK
@given(st.data())
def test_traffic_comes_back_from_the_page_and_from_the_interface(data):
    draw = data.draw
    country, currency = draw(st.sampled_from([("us", "USD"), ("de", "EUR"), ("gb", "GBP"), ("jp", "JPY")]))
    day = draw(DAY)
    rows = [
        {
            "channel": f"amazon-{country}", "day": day, "listing_ref": f"B0{sku}", "parent_ref": draw(st.none() | SKU), "sku": sku,
            "sessions": draw(COUNT), "page_views": draw(COUNT), "units": draw(COUNT), "orders": draw(COUNT), "currency": currency,
            "sales_minor": draw(st.integers(0, 10**9)),
        }
        for sku in draw(st.lists(SKU, min_size=1, max_size=4, unique=True))
    ]  # fmt: skip
    tables = {"traffic_day": table("traffic_day", rows)}
    decimal = "," if country == "de" else "."
    back("amazon-business-report", tables, channel=f"amazon-{country}", day=day, decimal=decimal)
    back("amazon-sales-and-traffic", tables)


@QUICK
@given(st.data())
def test_taxes_come_back(data):
    draw = data.draw
    kind = draw(st.sampled_from(["sale", "refund", "transfer"]))
    taxed = kind != "transfer"
    net, tax = (draw(AMOUNT), draw(AMOUNT)) if taxed else (None, None)
    row = {
        "channel": "amazon-de" if taxed else "amazon-eu", "transaction_type": kind, "transaction_ref": "302-1111111-1111111" if taxed else "FBA1",
        "activity_ref": draw(SKU), "order_ref": "302-1111111-1111111" if taxed else None, "sku": draw(SKU), "quantity": draw(COUNT),
        "currency": "EUR" if taxed else None, "net_minor": net, "tax_minor": tax, "gross_minor": net + tax if taxed else None,
        "rate_ppm": draw(st.sampled_from([190_000, 55_000, 0])) if taxed else None, "tax_point_on": draw(DAY), "dispatched_from": "DE",
        "arrives_in": draw(st.sampled_from(["PL", "GR"])), "taxed_in": "PL" if taxed else None,
        "scheme": draw(st.sampled_from(["regular", "oss_union", "uk_voec", None])), "collected_by": draw(st.sampled_from(["seller", "marketplace", None])),
        "is_business": draw(st.booleans()) if taxed else None, "cost_minor": draw(SOME) if taxed else None,
    }  # fmt: skip
    once = back("amazon-vat-transactions", {"tax_line": table("tax_line", [row])})
    assert ("stock_move" in once.tables) is (not taxed)
