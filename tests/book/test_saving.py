"""Files into the book: whole or not at all, once, and nothing lost."""

from __future__ import annotations

import stat

import polars as pl
import pytest

from supercargo.book import reading, saving
from supercargo.book.models import Channel, ChannelItem, Customer, FindingRecord, ImportRow, ImportRun, Order, SettlementLine
from supercargo.book.nouns import NOUNS
from supercargo.connectors.records.tables import TABLES
from supercargo.kernel.finding import Refused


def save(book, made, tables, content=b"one", **more):
    outcome = more.pop("outcome", None)
    outcome = made.outcome_of(*tables.values()) if outcome is None else outcome
    return saving.save(book, made.document(content), tables, outcome, **more)


def test_the_tables_of_the_book_are_those_of_the_importers():
    assert {name: noun.schema for name, noun in NOUNS.items()} == {name: dict(schema) for name, schema in TABLES.items()}
    assert [list(noun.schema) for noun in NOUNS.values()] == [list(TABLES[name]) for name in NOUNS]


def test_what_is_saved_is_read_back_exactly(book, made):
    lines = made.order_lines(("1-1", "TEE", 2, 4990), ("1-1", "CUP", 1, None), ("1-2", 'a "quoted", té\nshirt', -1, -5))
    money = made.money_lines(("1-1", "sale_goods", 4990), ("1-1", "fee_referral", -749))
    receipt = save(book, made, {"order_line": lines, "money_line": money})
    assert (receipt.rows, receipt.records, receipt.held, receipt.skips, receipt.faults) == (3, 3, 0, 0, 0)
    assert reading.frame("order_line").select(lines.columns).equals(lines)
    assert reading.frame("money_line").select(money.columns).equals(money)
    assert reading.frame("bank_line").height == 0
    assert reading.frame("bank_line").columns == [*TABLES["bank_line"], "id", "document_id", "revision"]


def test_rows_of_the_file_are_records_held_skips_and_faults(book, made):
    lines = made.order_lines(("1-1", "TEE", 2, 4990))
    cells = pl.DataFrame({"row": [3, 4, 2], "cells": ['["Total"]', '["1,2,3"]', '["1-1"]']})
    outcome = made.outcome_of(lines, skips=(3,), faults=(4,))
    receipt = save(book, made, {"order_line": lines}, outcome=outcome, cells=cells, controls=[made.control(4990, 0, 0)])
    assert (receipt.rows, receipt.records, receipt.skips, receipt.faults) == (3, 1, 1, 1)
    assert list(ImportRow.objects.order_by("row").values_list("row", "status", "cells")) == [
        (3, "skip", '["Total"]'),
        (4, "fault", '["1,2,3"]'),
    ]
    assert ImportRun.objects.get().controls[0]["of_file"] == 4990
    assert reading.left_out(receipt.document_id).get_column("row").to_list() == [3, 4]


def test_the_same_file_twice_changes_nothing(book, made):
    lines = made.order_lines(("1-1", "TEE", 2, 4990))
    save(book, made, {"order_line": lines})
    again = save(book, made, {"order_line": lines})
    assert again.already_at is not None
    assert [finding.code for finding in again.findings] == ["BOOK-101"]
    assert (again.rows, again.held, again.records) == (1, 1, 0)
    assert ImportRun.objects.count() == 1


def test_an_overlapping_file_adds_only_what_is_new(book, made):
    first = made.money_lines(("1-1", "sale_goods", 4990), ("1-2", "sale_goods", 100))
    second = made.money_lines(("0-9", "sale_goods", 7), ("1-1", "sale_goods", 4990), ("1-2", "sale_goods", 100))
    save(book, made, {"money_line": first})
    receipt = save(book, made, {"money_line": second}, content=b"two")
    assert (receipt.rows, receipt.records, receipt.held, receipt.contested) == (3, 1, 2, 0)
    assert reading.frame("money_line").get_column("amount_minor").sum() == 4990 + 100 + 7


def test_a_changed_order_line_is_a_new_revision(book, made):
    save(book, made, {"order_line": made.order_lines(("1-1", "TEE", 2, 4990), ("1-1", "CUP", 1, 10))})
    receipt = save(book, made, {"order_line": made.order_lines(("1-1", "TEE", 1, 2495))}, content=b"two")
    assert (receipt.records, receipt.revised) == (1, {"order_line": 1})
    now = reading.frame("order_line", sku="TEE")
    assert now.select("quantity", "revision").rows() == [(1, 2)]
    assert reading.frame("order_line", sku="TEE", current=False).get_column("quantity").to_list() == [2, 1]
    order = Order.objects.get(order_ref="1-1")
    assert (order.lines, order.quantity, order.goods_minor) == (2, 2, 2505)
    older = save(book, made, {"order_line": made.order_lines(("1-1", "TEE", 2, 4990))}, content=b"the first again, cut short")
    assert (older.records, older.held) == (0, 1)
    assert reading.frame("order_line", sku="TEE").get_column("quantity").to_list() == [1]


def test_a_changed_money_line_is_a_finding_and_the_earlier_one_stays(book, made):
    save(book, made, {"money_line": made.money_lines(("1-1", "sale_goods", 4990))})
    receipt = save(book, made, {"money_line": made.money_lines(("1-1", "sale_goods", 4991))}, content=b"two")
    assert (receipt.rows, receipt.records, receipt.held, receipt.contested) == (1, 0, 1, 1)
    assert [(finding.code, finding.path) for finding in receipt.findings] == [("BOOK-102", "row 2")]
    assert FindingRecord.objects.get().code == "BOOK-102"
    assert SettlementLine.objects.get().amount_minor == 4990


def test_an_open_money_line_that_settles_is_revised(book, made):
    save(book, made, {"money_line": made.money_lines(("1-1", "sale_goods", 4990), status="open")})
    receipt = save(book, made, {"money_line": made.money_lines(("1-1", "sale_goods", 4990))}, content=b"two")
    assert (receipt.records, receipt.contested) == (1, 0)
    assert reading.frame("money_line").select("status", "revision").rows() == [("settled", 2)]


def test_one_key_twice_in_one_file(book, made):
    """Two rows that say the same are one record; orders that differ are revisions, money that differs is contested."""
    lines = made.order_lines(("1-1", "TEE", 1, 5), ("1-1", "TEE", 1, 5), ("1-1", "TEE", 2, 10))
    lines = lines.with_columns(pl.lit(lines.item(0, "ordered_at")).alias("ordered_at"))
    money = made.money_lines(("1-1", "sale_goods", 5), ("1-1", "sale_goods", 6))
    receipt = save(book, made, {"order_line": lines, "money_line": money})
    assert (receipt.saved, receipt.held) == ({"order_line": 2, "money_line": 1}, 0 if receipt.records == 3 else 1)
    assert reading.frame("order_line").get_column("goods_minor").to_list() == [10]
    assert reading.frame("money_line").get_column("amount_minor").to_list() == [5]


def test_derived_nouns_follow_from_the_rows(book, made):
    lines = made.order_lines(("a-1", "TEE", 2, 4990), ("a-2", "CUP", 1, 10), ("b-1", "TEE", 1, 9))
    lines = lines.with_columns(pl.when(pl.col("sku") == "TEE").then(pl.lit("B00TEE")).alias("listing_ref"))
    save(book, made, {"order_line": lines})
    assert list(Channel.objects.values_list("code", "house", "country", "revenue_from")) == [("amazon-de", "amazon", "DE", "settlement")]
    assert list(Order.objects.order_by("order_ref").values_list("order_ref", "goods_minor", "status")) == [
        ("a-1", 4990, "shipped"), ("a-2", 10, "shipped"), ("b-1", 9, "shipped"),
    ]  # fmt: skip
    assert list(Customer.objects.order_by("order__order_ref").values_list("buyer_key", "order__order_ref")) == [
        ("buyer-a", "a-1"), ("buyer-a", "a-2"), ("buyer-b", "b-1"),
    ]  # fmt: skip
    assert list(ChannelItem.objects.order_by("sku").values_list("sku", "listing_ref")) == [("CUP", None), ("TEE", "B00TEE")]
    named = made.order_lines(("c-1", "CUP", 1, 10)).with_columns(pl.lit("B00CUP").alias("listing_ref"))
    save(book, made, {"order_line": named}, content=b"two")
    assert list(ChannelItem.objects.order_by("sku").values_list("sku", "listing_ref")) == [("CUP", "B00CUP"), ("TEE", "B00TEE")]


def test_the_original_is_kept_under_its_hash_and_only_to_be_read(book, made):
    receipt = save(book, made, {"order_line": made.order_lines(("1-1", "TEE", 2, 4990))}, content=b"as it came")
    where = reading.raw_row(book, receipt.document_id, 2)
    assert where.path.read_bytes() == b"as it came"
    assert stat.S_IMODE(where.path.stat().st_mode) == 0o400
    assert where.path.parent.name == where.path.name[:2]
    assert reading.documents().select("name", "records").rows() == [("orders.csv", 1)]


def test_a_fault_in_the_middle_leaves_nothing(book, made, monkeypatch):
    def fails(*_):
        raise RuntimeError("power cut")

    monkeypatch.setattr(saving.deriving, "derive", fails)
    lines = {"order_line": made.order_lines(("1-1", "TEE", 2, 4990))}
    with pytest.raises(RuntimeError):
        save(book, made, lines)
    monkeypatch.undo()
    assert reading.frame("order_line").height == 0
    assert not list((book.folder / "files").iterdir())
    assert save(book, made, lines).records == 1


def test_text_too_long_for_its_column_refuses_the_file_and_names_the_row(book, made):
    lines = made.order_lines(("1-1", "T" * 300, 2, 4990))
    with pytest.raises(Refused) as refusal:
        save(book, made, {"order_line": lines.with_columns(pl.lit("k").alias("key"))})
    assert [(finding.code, finding.path) for finding in refusal.value.findings] == [("BOOK-020", "row 2")]
    assert ImportRun.objects.count() == 0


def test_signs_that_a_database_cannot_hold_are_shown_as_such(book, made):
    lines = made.order_lines(("1-1", "TEE", 2, 1)).with_columns(pl.lit("a\x00b").alias("title"), pl.lit("").alias("listing_ref"))
    save(book, made, {"order_line": lines})
    assert reading.frame("order_line").select("title", "listing_ref").rows() == [("a\ufffdb", None)]


@pytest.mark.parametrize("loses", ["a row", "a sum", "an outcome"])
def test_what_loses_something_is_not_saved(book, made, loses):
    lines = made.order_lines(("1-1", "TEE", 2, 4990))
    outcome = made.outcome([3]) if loses == "a row" else made.outcome([2, 2]) if loses == "an outcome" else made.outcome([2])
    controls = [made.control(4990)] if loses != "a sum" else [made.Control("amount", "EUR", 4990, 4980, 0, 0)]
    with pytest.raises(AssertionError):
        save(book, made, {"order_line": lines}, outcome=outcome, controls=controls)
    assert ImportRun.objects.count() == 0


def test_records_are_asked_for_by_column_and_bound(book, made):
    lines = made.order_lines(("1-1", "TEE", 2, 1), ("1-2", "CUP", 1, 2), ("1-3", "HAT", 1, 3))
    save(book, made, {"order_line": lines})
    frame = reading.frame("order_line")
    assert reading.frame("order_line", sku=["TEE", "HAT"]).height == 2
    assert reading.frame("order_line", channel="amazon-de", order_ref="1-2").height == 1
    assert reading.frame("order_line", channel="amazon-fr").height == 0
    assert reading.frame("order_line", id_after=frame.item(1, "id")).get_column("sku").to_list() == ["HAT"]
    assert reading.frame("order_line", ordered_on_since=made.DAY, ordered_on_until=made.DAY).height == 0
    assert reading.frame("order_line", ordered_at=frame.item(1, "ordered_at")).height == 1
    assert reading.frame("order_line", title=None).height == 3
    with pytest.raises(KeyError):
        reading.frame("order_line", colour="red")
