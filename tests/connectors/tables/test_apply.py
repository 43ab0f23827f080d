"""A shop's own export by a mapping: every quirk of it named, every row counted once."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.tables import Condition, Mapping, Rule, apply, load
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parent / "golden"


def mapped(mapping, content, **context):
    raw = read_content(content if isinstance(content, bytes) else content.encode(), "table.csv")
    return apply(mapping, raw, Context(**context))


def left(result):
    return result.outcome.filter(pl.col("status") != "record").select("row", "status", "code").rows()


@pytest.fixture(scope="module")
def shop():
    return mapped(load((GOLDEN / "shop.toml").read_text("utf-8")), (GOLDEN / "shop.csv").read_bytes(), secret=b"key")


def test_each_row_has_one_outcome_with_its_reason(shop):
    assert left(shop) == [
        (1, "skip", "RAW-011"),  # stands above the header
        (2, "skip", "RAW-012"),  # is the header
        (7, "fault", "MAP-301"),  # no goods: a rule of the mapping
        (9, "fault", "RAW-041"),  # 9,9x
        (10, "fault", "MAP-304"),  # no currency of ISO 4217
        (11, "skip", "MAP-204"),  # the sum of the file
    ]
    assert shop.outcome.filter(pl.col("row") == 7).item(0, "reason") == "a line without goods"


def test_unit_price_times_quantity_is_rounded_half_up_and_the_difference_is_said(shop):
    """2 x 1234.50 = 2469.00; 3 x 0.335 = 1.005 -> 1.01, half a cent more; the discount goes to its own column; 990 yen have no cents."""
    lines = shop.tables["order_line"]
    assert lines.select("row", "unit_price_e6", "goods_minor", "goods_discount_minor", "shipping_minor").rows() == [
        (3, 1_234_500_000, 246_900, None, 490),
        (4, 335_000, 101, None, None),
        (5, -5_000_000, None, -500, None),
        (6, 990_000_000, 990, None, 0),
        (8, 9_900_000, -990, None, None),
    ]
    assert shop.facts["rounding_e6_EUR"] == "5000"
    assert any(finding.code == "MAP-101" and "0.005 EUR" in str(finding) for finding in shop.findings)


def test_words_days_and_countries_become_ours_and_unknown_ones_are_named(shop):
    lines = shop.tables["order_line"]
    assert lines.get_column("status").to_list() == ["shipped", "shipped", "shipped", "unknown", "cancelled"]
    assert lines.get_column("ship_country").to_list() == ["DE", "DE", "DE", None, "FR"]
    assert lines.get_column("ordered_on").to_list()[0] == date(2026, 5, 1)
    assert str(lines.get_column("ordered_at").to_list()[0]) == "2026-05-01 08:15:00+00:00"  # 10:15 in Berlin in summer
    named = [str(finding) for finding in shop.findings if finding.code == "MAP-102"]
    assert "unterwegs" in named[0]
    assert "Atlantis" in named[1]


def test_apostrophes_go_and_formulas_stay_text(shop):
    assert shop.tables["order_line"].get_column("sku").to_list()[:2] == ["00123", "=1+1"]
    assert any(finding.code == "MAP-103" for finding in shop.findings)


def test_a_buyer_is_a_keyed_hash(shop):
    keys = shop.tables["order_line"].get_column("buyer_key").to_list()
    assert keys[0] == keys[1]
    assert "anna" not in str(shop.tables["order_line"].to_dicts())


def test_the_controls_tie(shop):
    found = {(control.column, control.currency): (control.of_file, control.of_records) for control in shop.controls}
    assert found["Einzelpreis × Menge", "EUR"] == (247_491 - 990 - 990, 245_511)  # 2469.00 + 1.01 - 5.00 - 9.90
    assert all(control.ties for control in shop.controls)


def test_the_same_rows_have_the_same_keys_and_equal_rows_stay_apart():
    mapping = Mapping("order_line", {"order_ref": "no", "sku": "sku", "quantity": "qty"}, constants={"channel": "shop"})
    whole = mapped(mapping, "no,sku,qty\n1,A,1\n2,B,1\n2,B,1\n").tables["order_line"].get_column("key").to_list()
    part = mapped(mapping, "no,sku,qty\n2,B,1\n2,B,1\n3,C,1\n").tables["order_line"].get_column("key").to_list()
    assert len(set(whole)) == 3
    assert whole[1:] == part[:2]


def test_a_bank_s_two_columns_of_money_become_one_with_a_sign():
    mapping = Mapping(
        "bank_line",
        {"booked_on": "Date", "text": "Libellé", "amount_in": "Crédit", "amount_out": "Débit"},
        constants={"account": "FR76", "currency": "EUR"},
        dates="dmy",
    )
    result = mapped(mapping, "Date;Libellé;Débit;Crédit\n01/02/2026;VIR AMAZON;;12,50\n15/02/2026;FRAIS;1,20;\n16/02/2026;rien;;\n")
    assert result.tables["bank_line"].get_column("amount_minor").to_list() == [1250, -120]
    assert left(result)[1:] == [(4, "fault", "MAP-302")]
    assert all(control.ties for control in result.controls)


def test_signs_are_turned_round_where_the_mapping_says_so():
    mapping = Mapping(
        "money_line",
        {"transaction_ref": "id", "amount_minor": "fee"},
        flip=("amount_minor",),
        constants={"channel": "x", "currency": "EUR", "kind": "fee_payment"},
    )
    assert mapped(mapping, "id,fee\n1,2.50\n").tables["money_line"].get_column("amount_minor").to_list() == [-250]


def test_amounts_without_a_currency_and_rows_without_an_owner_are_asked_for():
    columns = {"order_ref": "no", "quantity": "qty", "goods_minor": "total"}
    for mapping, code in (
        (Mapping("order_line", columns, constants={"channel": "s"}), "MAP-010"),
        (Mapping("order_line", columns), "MAP-011"),
    ):
        with pytest.raises(Refused) as refused:
            mapped(mapping, "no,qty,total\n1,1,2.50\n")
        assert [finding.code for finding in refused.value.findings] == [code]


def test_days_that_can_be_read_in_two_ways_are_asked_for():
    mapping = Mapping("order_line", {"order_ref": "no", "ordered_at": "day"}, constants={"channel": "s"})
    with pytest.raises(Refused) as refused:
        mapped(mapping, "no,day\n1,03/04/2026\n")
    assert refused.value.findings[0].code == "RAW-030"
    assert mapped(mapping, "no,day\n1,03/04/2026\n", dates="mdy").tables["order_line"].get_column("ordered_on").to_list() == [
        date(2026, 3, 4)
    ]


def test_a_product_too_large_to_be_an_amount_is_a_fault_and_not_an_overflow():
    mapping = Mapping(
        "order_line", {"order_ref": "no", "quantity": "qty", "unit_price_e6": "price"}, constants={"channel": "s", "currency": "EUR"}
    )
    result = mapped(mapping, "no,qty,price\n1,999999999999,999999999.00\n2,1,1.00\n")
    assert left(result)[1:] == [(2, "fault", "MAP-303")]


@pytest.mark.parametrize(
    ("condition", "cells"),
    [
        (Condition("x", zero=True), {"0": True, "0.00": True, "-0": True, "0,0": True, "": False, "10": False, "0.01": False, ".0": True}),
        (Condition("x", negative=True), {"-1": True, "1-": True, "(1.00)": True, "1": False, "": False, "a-b": False}),
        (Condition("x", empty=True), {"": True, " ": True, "a": False}),
        (Condition("x", begins="C"), {"C1": True, "1C": False}),
        (Condition("x", within=("M", "POST")), {"M": True, "m": False, "POST": True, "POSTS": False}),
        (Condition("x", contains=".*"), {"a.*b": True, "ab": False}),  # a text, not an expression
    ],
)
def test_conditions_of_rules(condition, cells):
    assert pl.DataFrame({"x": list(cells)}).select(condition.holds()).to_series().to_list() == list(cells.values())


def test_all_conditions_of_a_rule_must_hold():
    rule = Rule((Condition("price", zero=True), Condition("buyer", empty=True)), "skip", "stock_note")
    mapping = Mapping("order_line", {"order_ref": "no", "quantity": "qty"}, constants={"channel": "s"}, rules=(rule,))
    result = mapped(mapping, "no,qty,price,buyer\n1,1,0,\n2,1,0,B\n3,1,2,\n")
    assert left(result)[1:] == [(2, "skip", "MAP-203")]


def test_a_total_that_is_not_price_times_quantity_is_said_and_an_empty_one_is_filled():
    columns = {name: name for name in ("supplier", "invoice_ref", "sku", "quantity", "currency", "unit_price_e6", "amount_minor")}
    rows = "supplier,invoice_ref,sku,quantity,currency,unit_price_e6,amount_minor\nF,1,A,3,CNY,0.335,\nF,1,B,2,CNY,10.00,19.00\n"
    result = mapped(Mapping("supplier_line", columns), rows)
    assert result.tables["supplier_line"].get_column("amount_minor").to_list() == [101, 1900]
    assert [finding.code for finding in result.findings] == ["MAP-104"]
    assert all(control.ties for control in result.controls)
