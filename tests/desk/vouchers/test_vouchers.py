"""Vouchers that other books take: balanced, exact, escaped; Beancount computes what we compute."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.data import Transaction
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from supercargo.desk.vouchers import SYSTEMS, export, own_mapping, template, vouchers_of
from supercargo.desk.vouchers.beancount import beancount, name, sums
from supercargo.desk.vouchers.journals import XERO_LINES
from supercargo.engines.accounting.posting import EntryDraft, PostingDraft, account, chart
from supercargo.kernel.finding import Refused

DAY = date(2026, 7, 9)


def entry(key, *sides, day=DAY, narrative="settlement {ref} of {whose}", **told):
    made = tuple(
        PostingDraft(code, currency, amount, home, rate, DAY, "ecb-reference-rates") for code, currency, amount, home, rate in sides
    )
    return EntryDraft(day, narrative, "money_line", key, made, told or {"whose": "amazon-de", "ref": "S1"}).proved()


SALE = entry(
    "a",
    ("1100.amazon-de", "EUR", 10_400, 83_200, "8"),
    ("4010", "EUR", -10_000, -80_000, "8"),
    ("2100.DE", "EUR", -1_900, -15_200, "8"),
    ("6010", "EUR", 1_500, 12_000, "8"),
)
ROUNDED = entry("b", ("1100.amazon-de", "EUR", 3, 23, "7.7634"), ("2100.DE", "EUR", -3, -24, "7.7634"), ("6790", "CNY", 0, 1, "1"))
GAIN = entry("c", ("1100.amazon-de", "EUR", 0, 1_000, "1"), ("6710", "CNY", 0, -1_000, "1"))
YEN = entry("d", ("1030.stripe", "JPY", 1_234, 5_193, "0.042082611"), ("4010", "JPY", -1_234, -5_193, "0.042082611"))
NASTY = entry(
    "e",
    ("2010.=cmd|' /C calc'!A0", "CNY", -100, -100, "1"),
    ("1200", "CNY", 100, 100, "1"),
    narrative="invoice {ref} of {whose}",
    whose="=1+1",
    ref='"quoted" \\ and\nmore',
)
OTHER = entry("f", ("1200", "CNY", 1, 1, "1"), ("3000", "CNY", -1, -1, "1"), day=date(2026, 8, 1))
ALL = vouchers_of((SALE, ROUNDED, GAIN, YEN, NASTY, OTHER), "2026-07", "CNY")


def loaded(text):
    entries, errors, _ = loader.load_string(text)
    assert not errors, [error.message for error in errors]
    found = Counter()
    for each in entries:
        if isinstance(each, Transaction):
            for posting in each.postings:
                found[posting.account, posting.units.currency] += posting.units.number
    return dict(found)


def test_the_vouchers_of_a_month_are_numbered_and_leave_out_other_months():
    assert [voucher.number for voucher in ALL] == [1, 2, 3, 4, 5]
    assert {voucher.key for voucher in ALL} == {"a", "b", "c", "d", "e"}


def test_beancount_accepts_the_month_and_computes_our_sums():
    ours = {(name(code), currency): amount for (code, currency), amount in sums(ALL, "CNY").items()}
    assert loaded(beancount(ALL, "2026-07", "CNY")) == ours
    assert ours["Assets:1100-Marketplace-clearing:Amazon-de", "EUR"] == Decimal("104.03")
    assert ours["Assets:1100-Marketplace-clearing:Amazon-de", "CNY"] == Decimal("10.00")
    assert ours["Assets:1030-Balance-at-payment-house:Stripe", "JPY"] == Decimal(1_234)


def test_an_entry_that_does_not_balance_at_home_would_be_refused_by_beancount():
    text = beancount(ALL, "2026-07", "CNY").replace("@@ 832.00 CNY", "@@ 832.01 CNY", 1)
    assert loader.load_string(text)[1]


def test_two_parties_never_fall_into_one_account():
    names = [name(f"2010.{party}") for party in ("深圳工厂", "杭州工厂", "Mill Ltd.", "Mill Ltd", "mill-ltd", "?", "=")]
    assert len(set(names)) == len(names)


codes = st.sampled_from([code if not account.by else f"{code}.x-{account.by}" for code, account in chart().items()])
amounts = st.tuples(codes, codes, st.sampled_from(["EUR", "CNY", "JPY", "KWD"]), st.integers(-(10**9), 10**9), st.integers(0, 10**10))


@given(st.lists(amounts, min_size=1, max_size=8))
def test_any_ledger_is_taken_by_beancount_with_our_sums(drawn):
    entries = []
    for place, (debit, credit, currency, amount, worth) in enumerate(drawn):
        home = amount if currency == "CNY" else (worth if amount >= 0 else -worth)
        if amount == 0 and currency == "CNY":
            home = worth
        entries.append(entry(f"k{place}", (debit, currency, amount, home, "1"), (credit, currency, -amount, -home, "1")))
    vouchers = vouchers_of(entries, "2026-07", "CNY")
    ours = {(name(code), currency): amount for (code, currency), amount in sums(vouchers, "CNY").items()}
    assert loaded(beancount(vouchers, "2026-07", "CNY")) == ours


def rows_of(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_xero_takes_signed_amounts_at_home_that_sum_to_zero_per_journal(tmp_path):
    (path,), findings = export("xero", ALL, "2026-07", "CNY", tmp_path)
    heading, *rows = rows_of(path)
    assert heading[:6] == ["*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"]
    assert rows[0][:6] == ["1: settlement S1 of amazon-de", "09/07/2026", "marketplace clearing: amazon-de", "1100", "Tax Exempt", "832.00"]
    totals = Counter()
    for row in rows:
        totals[row[0]] += Decimal(row[5])
    assert not any(totals.values())
    assert [finding.code for finding in findings] == ["EXP-101"]


@pytest.mark.parametrize(("count", "files"), [(XERO_LINES // 2, 1), (XERO_LINES // 2 + 1, 2)])
def test_xero_files_hold_three_hundred_lines_and_never_cut_a_journal(tmp_path, count, files):
    entries = [entry(f"k{place:04}", ("1200", "CNY", 1, 1, "1"), ("3000", "CNY", -1, -1, "1")) for place in range(count)]
    paths, _ = export("xero", vouchers_of(entries, "2026-07", "CNY"), "2026-07", "CNY", tmp_path)
    assert len(paths) == files


def test_quickbooks_takes_debits_and_credits_apart(tmp_path):
    (path,), _ = export("quickbooks", ALL, "2026-07", "CNY", tmp_path)
    heading, *rows = rows_of(path)
    assert heading[:5] == ["JournalNo", "JournalDate", "AccountName", "Debits", "Credits"]
    assert rows[0][:5] == ["1", "07/09/2026", "marketplace clearing", "832.00", ""]
    for number in {row[0] for row in rows}:
        mine = [row for row in rows if row[0] == number]
        assert sum(Decimal(row[3] or 0) for row in mine) == sum(Decimal(row[4] or 0) for row in mine)


def sheet_of(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_kingdee_takes_the_head_on_the_first_line_and_balances(tmp_path):
    (tmp_path / "accounts.toml").write_text('[kingdee.currencies]\nEUR = "PRE003"\nJPY = "PRE004"\n')
    (path,), _ = export("kingdee", ALL, "2026-07", "CNY", tmp_path, tmp_path)
    keys, _names, *rows = sheet_of(path)
    lines = [dict(zip(keys, row, strict=True)) for row in rows]
    assert lines[0]["FBillHead(GL_VOUCHER)"] == 1
    assert lines[1]["FBillHead(GL_VOUCHER)"] == ""
    assert (lines[0]["FACCOUNTID"], lines[0]["FCURRENCYID"], lines[0]["FAMOUNTFOR"], lines[0]["FDEBIT"], lines[0]["FCREDIT"]) == (
        "1122",
        "PRE003",
        104,
        832,
        0,
    )
    assert lines[0]["FEXPLANATION"] == "amazon-de 结算单 S1"
    assert round(sum(line["FDEBIT"] for line in lines) - sum(line["FCREDIT"] for line in lines), 6) == 0


def test_a_currency_without_a_number_at_kingdee_is_refused(tmp_path):
    with pytest.raises(Refused, match="EXP-005"):
        export("kingdee", ALL, "2026-07", "CNY", tmp_path)


def test_yonyou_takes_foreign_amounts_beside_those_at_home(tmp_path):
    (path,), _ = export("yonyou", ALL, "2026-07", "CNY", tmp_path)
    titles, *rows = sheet_of(path)
    lines = [dict(zip(titles, row, strict=True)) for row in rows]
    assert (len(titles), titles[:4]) == (73, ["会计期间", "凭证类别字", "凭证类别排序号", "凭证编号"])
    assert (lines[0]["科目编码"], lines[0]["借方金额"], lines[0]["外币借方金额"], lines[0]["币种"], lines[0]["汇率"]) == (
        "1122",
        832,
        104,
        "EUR",
        8,
    )
    assert (lines[1]["科目编码"], lines[1]["贷方金额"]) in {("6001", 800), ("2221", 152), ("6601", 0)}
    assert round(sum(line["借方金额"] for line in lines) - sum(line["贷方金额"] for line in lines), 6) == 0


def test_nothing_that_a_spreadsheet_would_run_leaves_the_house(tmp_path):
    (tmp_path / "accounts.toml").write_text('[quickbooks.accounts]\n2010 = "=evil()"\n[xero.accounts]\n2010 = "@evil"\n')
    for system in ("xero", "quickbooks"):
        paths, _ = export(system, ALL, "2026-07", "CNY", tmp_path, tmp_path)
        for path in paths:
            cells = [cell for row in rows_of(path) for cell in row]
            assert not [
                cell
                for cell in cells
                if cell.startswith(("=", "@", "+", "\t")) or (cell.startswith("-") and not cell[1:].replace(".", "").isdecimal())
            ]


def test_the_mapping_that_we_propose_can_be_read_back_and_edited(tmp_path):
    (tmp_path / "accounts.toml").write_text(template(), encoding="utf-8")
    for system in ("xero", "quickbooks", "kingdee", "yonyou"):
        assert set(own_mapping(tmp_path, system).accounts) == set(chart())
    (tmp_path / "accounts.toml").write_text('[xero.accounts]\n"1100.amazon-de" = "610"\n')
    mapping = own_mapping(tmp_path, "xero")
    assert (mapping.account("1100.amazon-de"), mapping.account("1100.amazon-fr")) == ("610", "1100")


@pytest.mark.parametrize("text", ["nonsense", '[xero.accounts]\n9999 = "1"'])
def test_a_faulty_mapping_is_refused(tmp_path, text):
    (tmp_path / "accounts.toml").write_text(text)
    with pytest.raises(Refused, match="EXP-004"):
        own_mapping(tmp_path, "xero")


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_month_without_entries_is_not_exported(tmp_path, system):
    with pytest.raises(Refused, match="EXP-001"):
        export(system, (), "2026-07", "CNY", tmp_path)


def test_every_account_has_a_kind_that_beancount_knows():
    assert {account(code).kind for code in chart()} <= {"asset", "liability", "equity", "income", "expense"}
