"""From the book into the lake by watermark: only what may have changed is made anew, and it equals a lake made from nothing."""

from __future__ import annotations

from datetime import date

import pytest

from supercargo.desk.lake import refresh
from supercargo.desk.lake.refresh import profit_lake, write
from supercargo.desk.profit.records import ChannelFact
from supercargo.reference.law import Law

from ..profit.conftest import Memory  # noqa: TID252 - the same book in memory


@pytest.fixture
def book():
    made = Memory()
    made.money("sale_goods", 10_000, quantity=1, country="US")
    made.order(channel="shopify", order_ref="S-1", tax_included=False)
    made.money("fee_payment", -99, channel="paypal", order_ref=None, sku=None)
    return made


@pytest.fixture
def lake(tmp_path):
    return profit_lake(tmp_path)


def held(lake):
    state = lake.manifest()
    return lake.scan(state, state.parts).collect().sort("channel", "record_id", "kind")


def anew(book, tmp_path):
    other = profit_lake(tmp_path / "anew")
    write(book, other, Law)
    return held(other)


def test_the_first_write_makes_every_channel(book, lake):
    done = write(book, lake, Law)
    assert done.channels == ("amazon-de", "paypal", "shopify")
    assert done.state.watermark == book.last()
    assert set(held(lake).get_column("channel")) == {"amazon-de", "paypal", "shopify"}


def test_without_new_records_nothing_is_made(book, lake):
    write(book, lake, Law)
    assert write(book, lake, Law).channels == ()
    assert held(lake).height


def test_a_new_record_makes_its_channel_and_the_lake_equals_one_made_from_nothing(book, lake, tmp_path):
    write(book, lake, Law)
    book.money("refund_goods", -2_500, quantity=1, country="US")
    assert write(book, lake, Law).channels == ("amazon-de",)
    assert held(lake).equals(anew(book, tmp_path))


def test_a_payment_houses_record_makes_the_shops_that_it_may_have_paid(book, lake, tmp_path):
    write(book, lake, Law)
    book.money("fee_payment", -400, channel="paypal", order_ref="S-1", sku=None)
    assert write(book, lake, Law).channels == ("paypal", "shopify")
    assert held(lake).equals(anew(book, tmp_path))


def test_a_shops_new_order_takes_its_fee_from_the_payment_house(book, lake, tmp_path):
    book.money("fee_payment", -400, channel="paypal", order_ref="S-2", sku=None)
    write(book, lake, Law)
    book.order(channel="shopify", order_ref="S-2", tax_included=False)
    write(book, lake, Law)
    assert held(lake).equals(anew(book, tmp_path))
    assert held(lake).filter(kind="fee_payment").get_column("channel").to_list() == ["paypal", "shopify"]


def test_a_new_product_makes_everything(book, lake):
    write(book, lake, Law)
    book.add("product", sku="TEE", brand="Norte", currency="EUR", unit_cost_minor=1_000)
    assert write(book, lake, Law).channels == ("amazon-de", "paypal", "shopify")
    assert "Norte" in set(held(lake).get_column("brand"))


def test_an_order_number_of_two_shops_takes_no_fee_of_a_payment_house(book, lake):
    book._channels = (*book.channels(), ChannelFact("woocommerce", "orders", None))
    book.order(channel="woocommerce", order_ref="S-1", tax_included=False)
    book.money("fee_payment", -400, channel="paypal", order_ref="S-1", sku=None)
    write(book, lake, Law)
    assert set(held(lake).filter(kind="fee_payment").get_column("channel")) == {"paypal"}


def test_lines_that_are_made_otherwise_are_all_made_anew(book, lake, monkeypatch):
    write(book, lake, Law)
    monkeypatch.setattr(refresh, "SHAPE", "another")
    assert write(book, lake, Law).channels == ("amazon-de", "paypal", "shopify")


def test_what_was_found_is_said_again_in_both_languages(book, lake):
    done = write(book, lake, Law)
    again = write(book, lake, Law)
    assert [finding.code for finding in again.findings] == [finding.code for finding in done.findings]
    assert any(finding.code == "PROF-013" for finding in again.findings)
    assert [finding.into("zh") for finding in again.findings] == [finding.into("zh") for finding in done.findings]


def test_a_settlement_takes_the_place_of_the_estimate(book, lake):
    book.order(order_ref="A-9", ordered_on=date(2024, 3, 11), ship_country="US", goods_minor=5_000)
    write(book, lake, Law)
    assert held(lake).filter(noun="order_line", kind="sale_goods", channel="amazon-de").height == 1
    book.money("sale_goods", 5_100, quantity=1, order_ref="A-9", country="US")
    write(book, lake, Law)
    found = held(lake).filter(channel="amazon-de", kind="sale_goods")
    assert sorted(found.get_column("amount_minor")) == [5_100, 10_000]


def test_the_progress_names_the_channels(book, lake):
    told = []
    write(book, lake, Law, progress=lambda done, total, what: told.append((done, total, what)))
    assert told == [(0, 3, "amazon-de"), (1, 3, "paypal"), (2, 3, "shopify"), (3, 3, "lake")]
