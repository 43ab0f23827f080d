"""A damaged file is refused or sorted, row by row, with every sum found again: nothing is lost and nothing breaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supercargo.connectors.ebay.formats import FORMATS as EBAY
from supercargo.connectors.paypal.formats import FORMATS as PAYPAL
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.shopify.formats import FORMATS as SHOPIFY
from supercargo.connectors.stripe.formats import FORMATS as STRIPE
from supercargo.connectors.woocommerce.formats import FORMATS as WOOCOMMERCE
from supercargo.kernel.finding import Refused

HERE = Path(__file__).parents[1]
FORMATS = {one.key: one for one in (*SHOPIFY, *EBAY, *WOOCOMMERCE, *STRIPE, *PAYPAL)}
FILES = {
    "shopify/golden/orders.csv": "shopify-orders",
    "shopify/golden/payments.csv": "shopify-payouts",
    "ebay/golden/transactions_us.csv": "ebay-transactions",
    "ebay/golden/orders_au.csv": "ebay-orders",
    "stripe/golden/payout_reconciliation.csv": "stripe-balance",
    "paypal/golden/activity_us.csv": "paypal-activity",
    "paypal/golden/settlement.csv": "paypal-settlement",
    "woocommerce/golden/orders.json": "woocommerce-orders",
}
SCARS = ["", "x", "-", "9", ",", ".", '"', "'", "€", "\u202f", "1e9", "=1+1"]


def sort(name, text):
    try:
        return FORMATS[FILES[name]].map(read_content(text.encode(), name), Context())
    except Refused:
        return None


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_known_for_what_it_is_and_for_nothing_else(name):
    raw = read_content((HERE / name).read_bytes(), name)
    assert {key: sure for key, one in FORMATS.items() if (sure := one.certainty(raw))} == {FILES[name]: 100}


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith("json")])
def test_a_file_with_a_header_and_nothing_else_is_empty(name):
    lines = (HERE / name).read_text("utf-8-sig").splitlines(keepends=True)
    head = next(place for place, line in enumerate(lines) if line.count(",") > 6)
    mapped = sort(name, "".join(lines[: head + 1]))
    assert mapped is None or (mapped.count("record"), dict(mapped.tables)) == (0, {})


@settings(max_examples=settings.default.max_examples // 3)
@given(st.data())
@pytest.mark.parametrize("name", FILES)
def test_a_scar_anywhere_loses_nothing(name, data):
    text = (HERE / name).read_text("utf-8-sig")
    place = data.draw(st.integers(len(text) // 3, len(text) - 1))
    mapped = sort(name, text[:place] + data.draw(st.sampled_from(SCARS)) + text[place + 1 :])
    assert mapped is None or all(control.ties for control in mapped.controls)
