"""The tie-out of a whole book: nothing is found where all is well, and every planted fault is named with its money and its row."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from supercargo.desk.tie_out import Policy, tied_out
from supercargo.desk.tie_out.sheet import write
from supercargo.kernel.finding import Refused
from supercargo.kernel.words import into
from supercargo.reference.law import Law

DAY = date(2026, 10, 14)
LAW = Law(DAY)


def tie(company, *asked, **more):
    return tied_out(company.records(), "CNY", *asked, day=DAY, law=LAW, **more)


def told(answer):
    return [(one.finding.code, one.amount) for one in answer.weighed if one.finding.severity != "note"]


def test_where_everything_ties_nothing_is_said_and_the_program_is_content(company):
    answer = tie(company)
    assert told(answer) == []
    assert answer.ties
    assert answer.exit_code == 0
    verdicts = answer.statement.group_by("noun", "verdict").len().sort("noun", "verdict").rows()
    assert verdicts == [("bank_line", "other", 1), ("bank_line", "tied", 3), ("payout", "tied", 3), ("settlement", "tied", 3)]


def test_every_settlement_payout_and_bank_line_is_listed_with_its_file_and_row(company):
    listed = tie(company).statement
    assert listed.height == 3 + 3 + 4
    first = listed.row(0, named=True)
    assert (first["noun"], first["reference"], first["file"], first["row"]) == ("settlement", "SETTLE-1", "settlements-eu.txt", 2)
    assert listed.filter(noun="bank_line")["file"].unique().to_list() == ["bank.sta"]


def test_a_short_settlement_is_named_with_what_is_missing(company):
    """The lines come to 2 x (25.00 - 3.75 - 5.22) = 32.06; 12.40 less is stated and paid: 19.66."""
    for noun, column in (("settlement", "total_minor"), ("payout", "amount_minor")):
        company.of(noun, settlement_ref="SETTLE-2")[column] -= 1240
    company.of("bank_line", text="REF SETTLE-2")["amount_minor"] -= 1240
    answer = tie(company)
    assert told(answer) == [("TIE-101", "12.40 EUR")]
    assert answer.exit_code == 1
    (one,) = [one for one in answer.weighed if one.finding.code == "TIE-101"]
    assert one.rows == (("settlements-eu.txt", 3),)


def test_a_doubled_row_is_named_with_both_rows_and_its_order_is_not_blamed_again(company):
    """The principal of 25.00 stands twice, in the file's rows 8 and 9 (six lines of the first settlement, a header, and its own)."""
    lines = company.rows["money_line"]
    place = next(number for number, line in enumerate(lines) if line["settlement_ref"] == "SETTLE-2")
    lines.insert(place + 1, dict(lines[place]))
    answer = tie(company)
    assert told(answer) == [("TIE-102", "25.00 EUR")]
    (one,) = [one for one in answer.weighed if one.finding.code == "TIE-102"]
    assert one.rows == (("settlements-eu.txt", place + 3),)
    assert f"row {place + 3} repeats row {place + 2} (ItemPrice/Principal)" in str(one.finding)


def test_a_fulfilment_overcharge_is_named_with_units_and_tariff(company):
    """From September on 6.03 is charged for 5.22: 0.81 x 2; settlement, payout and bank agree with one another."""
    for line in company.rows["money_line"]:
        if line["kind"] == "fee_fulfilment" and line["settlement_ref"] == "SETTLE-3":
            line["amount_minor"] -= 81
    for noun, column in (("settlement", "total_minor"), ("payout", "amount_minor")):
        company.of(noun, settlement_ref="SETTLE-3")[column] -= 162
    company.of("bank_line", text="REF SETTLE-3")["amount_minor"] -= 162
    answer = tie(company)
    assert [code for code, _ in told(answer)] == ["TIE-501"]
    (found,) = [one for one in answer.weighed if one.finding.code == "TIE-501"]
    assert found.discrepancy.on == date(2026, 9, 3)
    assert "2 units billed at 6.03 EUR since 2026-09-03" in str(found.finding)
    assert len(found.rows) == 2


def test_a_missing_payout_is_named_with_its_money(company):
    company.rows["bank_line"] = [line for line in company.rows["bank_line"] if line["text"] != "REF SETTLE-1"]
    answer = tie(company)
    assert told(answer) == [("TIE-201", "32.06 EUR")]
    assert answer.statement.filter(verdict="missing")["reference"].to_list() == ["SETTLE-1"]


def test_a_payout_in_a_wrong_currency_is_named(company):
    company.of("bank_line", text="REF SETTLE-1")["currency"] = "GBP"
    answer = tie(company)
    assert told(answer) == [("TIE-205", "32.06 EUR")]
    assert set(answer.statement.filter(verdict="differs")["noun"]) == {"payout", "bank_line"}


def test_lost_stock_and_an_unpaid_order_are_in_the_list_by_their_worth_at_home(company):
    """3 cups at 31.00 CNY are 93.00 CNY; 25.00 EUR are about 200 CNY: the order stands first."""
    company.rows["stock_move"].append({"channel": "amazon-eu", "sku": "CUP", "kind": "lost", "quantity": -3, "moved_on": date(2026, 9, 20)})
    unpaid = {
        "channel": "amazon-de",
        "order_ref": "O-99",
        "sku": "CUP",
        "currency": "EUR",
        "ordered_on": date(2026, 7, 20),
        "status": "shipped",
    }
    company.rows["order_line"].append({**unpaid, "goods_minor": 2500, "tax_included": True})
    answer = tie(company)
    assert told(answer) == [("TIE-301", "25.00 EUR"), ("TIE-601", "93.00 CNY")]
    first, second = answer.weighed[:2]
    assert first.home_minor > second.home_minor == 9300
    assert first.rate


def test_the_company_s_own_days_replace_an_assumption(company):
    unpaid = {
        "channel": "amazon-de",
        "order_ref": "O-99",
        "sku": "CUP",
        "currency": "EUR",
        "ordered_on": date(2026, 7, 20),
        "status": "shipped",
    }
    company.rows["order_line"].append({**unpaid, "goods_minor": 2500, "tax_included": True})
    assert told(tie(company, policy=Policy(pay_days={"amazon": 120}))) == []


@pytest.mark.parametrize(("source", "found"), [("amazon", True), ("amazon-de", True), ("stripe", False)])
def test_one_source_is_listed_alone(company, source, found):
    company.rows["bank_line"] = [line for line in company.rows["bank_line"] if line["text"] != "REF SETTLE-1"]
    stripe = {
        "channel": "stripe",
        "payout_ref": "po_000001",
        "currency": "EUR",
        "amount_minor": 500,
        "sent_on": date(2026, 8, 3),
        "status": "sent",
    }
    company.rows["payout"].append(stripe)
    answer = tie(company, source)
    assert (("TIE-201", "32.06 EUR") in told(answer)) == found
    assert (("TIE-201", "5.00 EUR") in told(answer)) != found
    assert set(answer.statement["house"]) == {source.partition("-")[0]}


def test_a_source_that_the_book_does_not_know_is_refused(company):
    with pytest.raises(Refused, match="TIE-003"):
        tie(company, "amazonn")


@pytest.mark.parametrize(("month", "settlements"), [("2026-07", ["SETTLE-1"]), ("2026-08", ["SETTLE-2"]), ("2026-12", [])])
def test_one_month_is_listed_alone(company, month, settlements):
    assert tie(company, None, month).statement.filter(noun="settlement")["reference"].to_list() == settlements


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-7", "july", "0000-01", "9999-12", "２０２６-07"])
def test_what_is_no_month_is_refused(company, month):
    with pytest.raises(Refused, match="TIE-002"):
        tie(company, None, month)


def planted(company):
    company.of("settlement", settlement_ref="SETTLE-2")["total_minor"] -= 1240
    company.rows["bank_line"] = [line for line in company.rows["bank_line"] if line["text"] != "REF SETTLE-1"]
    company.rows["stock_move"].append(
        {"channel": "amazon-eu", "sku": "NO-COST", "kind": "lost", "quantity": -3, "moved_on": date(2026, 9, 20)}
    )
    return company


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_document_says_everything_as_text_beside_its_currency(company, language):
    document = json.loads(json.dumps(tie(planted(company)).document(language)))
    assert document["answered"] is False
    assert {row["verdict"] for row in document["rows"]["statement"]} == {"tied", "differs", "missing"}
    short = next(finding for finding in document["findings"] if finding["code"] == "TIE-101")
    assert (short["amount"], short["currency"], short["rows"]) == ("12.40 EUR", "EUR", [{"file": "settlements-eu.txt", "row": 3}])
    assert short["amount_home"].endswith("CNY")
    assert short["rate_day"]
    lost = next(finding for finding in document["findings"] if finding["code"] == "TIE-601")
    assert lost["amount"] is None


def test_every_finding_has_its_chinese(company):
    for finding in tie(planted(company)).findings:
        assert into(finding.message, "zh") != into(finding.message, "en"), finding
        assert into(finding.remedy, "zh") != into(finding.remedy, "en"), finding


@pytest.mark.parametrize("name", ["tie.xlsx", "tie.csv", "tie.parquet"])
def test_the_sheet_is_written_whole(company, tmp_path, name):
    answer = tie(planted(company))
    write(answer, tmp_path / name, "zh")
    assert (tmp_path / name).stat().st_size > 0
    if name == "tie.parquet":
        read = pl.read_parquet(tmp_path / name)
        assert read.height == answer.statement.height


def test_an_empty_book_ties(company):
    company.rows = {noun: [] for noun in company.rows}
    answer = tie(company)
    assert answer.ties
    assert answer.statement.height == 0
    assert answer.document()["rows"]["statement"] == []
