"""The ledger as a user works with it: posted once, closed once, and stock at the value that the ledger shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from supercargo.desk.ledger import Records, Settings, balances, close, post_all, read_settings, reverse
from supercargo.engines.accounting.period_close import guarded
from supercargo.engines.accounting.posting import ChannelFacts
from supercargo.kernel.finding import Refused

LAST = date(2026, 7, 31)
CHANNELS = {
    "amazon-de": ChannelFacts("settlement", "DE"),
    "stripe": ChannelFacts("nothing", "", True),
    "shop": ChannelFacts("orders", "DE"),
}
SETTINGS = Settings("CNY")


class Memory:
    """A ledger that forgets."""

    def __init__(self):
        self.kept, self.shut, self.gone = {}, set(), set()

    def post(self, entries):
        numbers = []
        for entry in guarded(entries, self.shut):
            self.gone.update([number for number, kept in self.kept.items() if entry.reverses == kept.source_key][-1:])
            numbers.append(len(self.kept) + 1)
            self.kept[numbers[-1]] = entry.proved()
        return numbers

    def entries(self):
        return self.kept

    def reversed_numbers(self):
        return frozenset(self.gone)

    def closed_months(self):
        return frozenset(self.shut)

    def close(self, month):
        self.shut.add(month)


@pytest.fixture
def july(records):
    """A month: one batch of 100 units, sold on a marketplace and in a shop, one returned, one lost; a settlement, a payout, a bank line."""

    def money(kind, amount, order="o1", **more):
        return {
            "channel": "amazon-de",
            "settlement_ref": "S1",
            "order_ref": order,
            "kind": kind,
            "currency": "EUR",
            "amount_minor": amount,
            "posted_on": date(2026, 7, 20),
            "country": "DE",
            **more,
        }

    return Records(
        CHANNELS,
        money_line=records(
            "money_line", money("sale_goods", 20_000, sku="A", quantity=2), money("sale_tax", 3_800), money("tax_withheld", -3_800),
            money("fee_referral", -3_000), {"channel": "stripe", "kind": "customer_payment", "currency": "EUR", "amount_minor": 11_900, "posted_on": date(2026, 7, 21)},
        ),
        settlement=records("settlement", {"channel": "amazon-de", "settlement_ref": "S1", "currency": "EUR", "total_minor": 17_000}),
        payout=records("payout", {"channel": "amazon-de", "payout_ref": "P1", "currency": "EUR", "amount_minor": 17_000, "sent_on": date(2026, 7, 22), "status": "sent"}),
        bank_line=records("bank_line", {"account": "DE12", "currency": "EUR", "amount_minor": 17_000, "booked_on": date(2026, 7, 24)}),
        order_line=records("order_line", {
            "channel": "shop", "order_ref": "w1", "status": "shipped", "ordered_on": date(2026, 7, 21), "sku": "A", "quantity": 1, "currency": "EUR",
            "goods_minor": 11_900, "goods_tax_minor": 1_900, "tax_included": True, "ship_country": "DE",
        }),
        customer_return=records("customer_return", {"channel": "amazon-de", "order_ref": "o1", "sku": "A", "quantity": 1, "disposition": "SELLABLE", "returned_on": date(2026, 7, 28)}),
        stock_move=records("stock_move", {"sku": "A", "kind": "lost", "quantity": -1, "moved_on": date(2026, 7, 29), "warehouse": "fba-eu"}),
        supplier_line=records("supplier_line", {"supplier": "Mill", "invoice_ref": "I1", "shipment_ref": "C1", "sku": "A", "quantity": 100, "currency": "USD", "amount_minor": 100_000, "invoiced_on": date(2026, 7, 3)}),
        freight_line=records("freight_line", {"forwarder": "Sea", "bill_ref": "F1", "shipment_ref": "C1", "share_by": "value", "currency": "CNY", "amount_minor": 50_001, "billed_on": date(2026, 7, 5)}),
        receipt_line=records("receipt_line", {"shipment_ref": "C1", "sku": "A", "quantity": 100, "warehouse": "fba-eu", "received_on": date(2026, 7, 10)}),
    )  # fmt: skip


def of(journal, code, month="2026-07"):
    found = balances(journal, month).filter(pl.col("account") == code)
    return found["home_minor"].sum()


def test_posting_twice_changes_nothing(july):
    journal = Memory()
    first = post_all(journal, july, SETTINGS, LAST)
    again = post_all(journal, july, SETTINGS, LAST)
    assert len(first.entries) == len(journal.kept) > 5
    assert again.entries == ()
    assert first.held.is_empty()


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.slow)], ids=["every sixth day", "every day"])
def test_posting_day_by_day_gives_what_posting_at_once_gives(july, step):
    once, daily = Memory(), Memory()
    post_all(once, july, SETTINGS, LAST)
    for day in range(1, 32, step):
        post_all(daily, july, SETTINGS, date(2026, 7, day))
    assert balances(once, "2026-07").equals(balances(daily, "2026-07"))


def test_inventory_in_the_ledger_is_what_the_stock_is_worth(july):
    journal = Memory()
    done = post_all(journal, july, SETTINGS, LAST)
    stock = done.costs.goods.stock.select(pl.sum_horizontal("purchase_minor", "first_leg_minor", "duty_minor").sum()).item()
    assert of(journal, "1200") == stock
    assert done.costs.goods.stock["units"].sum() == 100 - 2 - 1 + 1 - 1
    assert balances(journal, "2026-07")["home_minor"].sum() == 0


def test_a_month_is_closed_once_and_then_takes_nothing(july):
    journal = Memory()
    done = close(journal, july, SETTINGS, "2026-07", date(2026, 8, 3))
    assert done.closed
    assert journal.closed_months() == {"2026-07"}
    with pytest.raises(Refused, match="LED-409"):
        close(journal, july, SETTINGS, "2026-07", date(2026, 8, 3))
    with pytest.raises(Refused, match="LED-409"):
        reverse(journal, 1, LAST)


def test_before_its_end_a_month_is_not_closed_but_its_records_are_posted(july):
    journal = Memory()
    done = close(journal, july, SETTINGS, "2026-07", LAST)
    assert (done.closed, journal.closed_months()) == (False, frozenset())
    assert "LED-411" in {finding.code for finding in done.findings}


def test_a_reversal_takes_an_entry_back_and_its_records_may_be_posted_again(july):
    journal = Memory()
    post_all(journal, july, SETTINGS, LAST)
    number = next(number for number, entry in journal.kept.items() if entry.source_noun == "money_line")
    before = balances(journal, "2026-07")
    reverse(journal, number, LAST)
    assert not balances(journal, "2026-07").equals(before)
    assert len(post_all(journal, july, SETTINGS, LAST).entries) == 1
    assert balances(journal, "2026-07").equals(before)
    with pytest.raises(Refused, match="LED-406"):
        reverse(journal, number, LAST)
    with pytest.raises(Refused, match="LED-406"):
        reverse(journal, 9_999, LAST)


def test_a_bill_that_comes_late_corrects_the_cost_in_the_open_month(july, records):
    journal = Memory()
    without = replace(july, freight_line=records("freight_line"))
    close(journal, without, SETTINGS, "2026-07", date(2026, 8, 3))
    assert of(journal, "5020") == 0
    late = july.freight_line.with_columns(pl.lit(date(2026, 8, 5)).alias("billed_on"))
    done = close(journal, replace(july, freight_line=late), SETTINGS, "2026-08", date(2026, 9, 1))
    # 500.01 CNY over 100 units; 2 left and 1 came back, 1 left in the shop: 2 units net, 10.00; 1 lost.
    assert of(journal, "5020", "2026-08") == 1_000
    stock = done.costs.goods.stock.select(pl.sum_horizontal("purchase_minor", "first_leg_minor", "duty_minor").sum()).item()
    assert of(journal, "1200", "2026-08") == stock


def test_a_record_of_a_closed_month_is_booked_on_the_first_open_day(july, records):
    journal = Memory()
    close(journal, july, SETTINGS, "2026-07", date(2026, 8, 3))
    more = pl.concat(
        [
            july.bank_line,
            records(
                "bank_line",
                {
                    "id": 2,
                    "row": 2,
                    "key": "k2",
                    "account": "DE12",
                    "currency": "EUR",
                    "amount_minor": -100,
                    "booked_on": date(2026, 7, 30),
                },
            ),
        ]
    )
    done = post_all(journal, replace(july, bank_line=more), SETTINGS, date(2026, 8, 31))
    assert [entry.booked_on for entry in done.entries] == [date(2026, 8, 1)]
    assert "LED-410" in {finding.code for finding in done.findings}


def test_units_that_no_record_states_are_said(july):
    silent = july.money_line.with_columns(pl.lit(None, dtype=pl.Int64).alias("quantity"))
    done = post_all(Memory(), replace(july, money_line=silent), SETTINGS, LAST)
    assert "LED-210" in {finding.code for finding in done.findings}


def test_settings_are_read_exactly(tmp_path):
    (tmp_path / "ledger.toml").write_text(
        '[stock]\nmethod = "moving_average"\npool = "warehouse"\n[freight]\nrate_percent = 8.5\n[planning_rates]\n"USD/TWD" = "32.1"\n'
        '[warehouses]\namazon-de = "fba-eu"\n[[opening]]\nsku = "A"\nday = 2026-01-01\nunits = 3\npurchase = "10.05"\n'
    )
    settings = read_settings(tmp_path, "CNY")
    assert (settings.method, settings.pool, settings.freight_rate_ppm) == ("moving_average", "warehouse", 85_000)
    assert settings.opening.row(0)[3:5] == (3, 1_005)
    assert read_settings(tmp_path / "nowhere", "CNY").method == "fifo"


@pytest.mark.parametrize("text", ["[stock]\nmethod = 'lifo'", "[[opening]]\nsku = 'A'", "nonsense", "[planning_rates]\n'USD/TWD' = 'x'"])
def test_faulty_settings_are_refused(tmp_path, text):
    (tmp_path / "ledger.toml").write_text(text)
    with pytest.raises(Refused, match="LED-004"):
        read_settings(tmp_path, "CNY")


def test_opening_stock_is_posted_once(july, tmp_path):
    (tmp_path / "ledger.toml").write_text('[[opening]]\nsku = "A"\nday = 2026-07-01\nunits = 3\npurchase = "10.05"\n')
    journal, settings = Memory(), read_settings(tmp_path, "CNY")
    post_all(journal, july, settings, LAST)
    post_all(journal, july, settings, LAST)
    assert of(journal, "3000") == -1_005


BOOK = """
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
import polars as pl
from supercargo.book.place import Place
place = Place.create(Path(sys.argv[1]), home="CN", base_currency="CNY")
place.open()
from supercargo.book import saving
from supercargo.book.receipt import NewDocument
from supercargo.connectors.records.mapped import OUTCOME
from supercargo.connectors.records.tables import table_of
day = date(2011, 11, 5)
lines = [("sale_goods", 11900, 2), ("fee_referral", -1500, None)]
money = table_of("money_line", pl.DataFrame([{"row": n, "key": f"k{n}", "channel": "amazon-de", "settlement_ref": "S1", "order_ref": "o1", "sku": "A", "kind": k,
    "currency": "EUR", "amount_minor": a, "quantity": q, "posted_on": day, "status": "settled", "country": "DE"} for n, (k, a, q) in enumerate(lines, 2)]))
stated = table_of("settlement", pl.DataFrame([{"row": 1, "key": "S1", "channel": "amazon-de", "settlement_ref": "S1", "currency": "EUR", "total_minor": 10400, "deposit_on": day}]))
outcome = pl.DataFrame([(n, "record", None, None) for n in (1, 2, 3)], schema=OUTCOME, orient="row")
saving.save(place, NewDocument(sha256(b"x").hexdigest(), "s.txt", b"x", "hand-made", "tests"), {"money_line": money, "settlement": stated}, outcome)
"""


STEPS = """
import contextlib, io, json
from supercargo.cli.main import main
out = sys.argv[2]
told = []
for words in (
    "ledger post --until 2011-11-30", "ledger post --until 2011-11-30", "ledger balances --month 2011-11", "ledger reverse 1 --on 2011-11-30",
    "ledger post --until 2011-11-30", "ledger reverse 1 --on 2011-11-30", "ledger close --month 2011-11", "ledger close --month 2011-11",
    f"export beancount --month 2011-11 --out {out}", "export xero --out x",
):
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        code = main(words.split())
    told.append((code, heard.getvalue()))
print(json.dumps(told))
"""


def test_in_a_book_a_settlement_is_posted_closed_exported_and_reversed(tmp_path):
    place = tmp_path / "book"
    told = {**os.environ, "SUPERCARGO_BOOK": str(place), "SUPERCARGO_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", BOOK + STEPS, str(place), str(tmp_path)], capture_output=True, text=True, env=told, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    first, again, sums, reversal, anew, refused, closed, twice, exported, slip = json.loads(done.stdout)
    assert first[0] == 1  # an error: no stock covers what was sold
    assert "settlement S1 of amazon-de" in first[1]
    assert "COGS-201" in first[1]
    assert "settlement S1 of amazon-de" not in again[1]
    assert (sums[0], "104.00" in sums[1]) == (0, True)
    assert (reversal[0], "reversal" in reversal[1]) == (0, True)
    assert "settlement S1 of amazon-de" in anew[1]
    assert (refused[0], "LED-406" in refused[1]) == (1, True)
    assert "LED-301" in closed[1]
    assert (twice[0], "LED-409" in twice[1]) == (1, True)
    assert exported[0] == 0
    assert "104.00 EUR" in Path(tmp_path / "2011-11.beancount").read_text(encoding="utf-8")
    assert (slip[0], "USAGE-001" in slip[1]) == (2, True)
