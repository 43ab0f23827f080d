"""Records make entries that balance; tax is never revenue; what does not tie is held."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting import posting
from supercargo.engines.accounting.kinds import KINDS
from supercargo.engines.accounting.posting import ChannelFacts, Facts, chart
from supercargo.engines.accounting.posting.chart import account_of_kind
from supercargo.kernel.words import translate

DAY, LAST = date(2026, 7, 3), date(2026, 7, 31)
CHANNELS = {
    "amazon-de": ChannelFacts("settlement", "DE"),
    "amazon-us": ChannelFacts("settlement", "US"),
    "stripe": ChannelFacts("nothing", "", True),
    "shop": ChannelFacts("orders", "DE"),
}


def money(kind, amount, ref="S1", order="o1", channel="amazon-de", **more):
    return {
        "channel": channel,
        "settlement_ref": ref,
        "order_ref": order,
        "kind": kind,
        "currency": "EUR",
        "amount_minor": amount,
        "posted_on": DAY,
        "country": "DE",
        **more,
    }


def settlement(total, ref="S1"):
    return {"channel": "amazon-de", "settlement_ref": ref, "currency": "EUR", "total_minor": total, "deposit_on": date(2026, 7, 10)}


@pytest.fixture
def decide(records, law):
    def asked(**tables):
        posted = tables.pop("posted", {})
        matches = pl.DataFrame(tables.pop("matches", []), schema=posting.MATCH, orient="row")
        frames = {f"{noun}s": records(noun, *rows) for noun, rows in tables.items()}
        decision = posting.decide(Facts("CNY", LAST, CHANNELS, matches=matches, posted=posted, **frames), law())
        for entry in decision.entries:
            assert entry.proved() is entry
        return decision

    return asked


def sums(decision, currency="EUR"):
    found = Counter()
    for entry in decision.entries:
        for side in entry.postings:
            if side.currency == currency:
                found[side.account_code] += side.amount_minor
    return {code: amount for code, amount in found.items() if amount}


def codes(decision):
    return [finding.code for finding in decision.findings]


def test_every_kind_of_money_has_an_account_and_every_account_both_names():
    assert set(account_of_kind()) == set(KINDS)
    assert {code for code in account_of_kind().values() if code != "own"} <= set(chart())
    for account in chart().values():
        assert account.name.en
        assert account.name.zh
        assert account.kingdee.isdigit()


def test_tax_that_stands_apart_is_owed_and_never_revenue(decide):
    # 100.00 sold, 19.00 tax on top, 15.00 commission: 104.00 at the marketplace.
    decision = decide(
        money_line=(money("sale_goods", 10_000), money("sale_tax", 1_900), money("fee_referral", -1_500)), settlement=(settlement(10_400),)
    )
    assert sums(decision) == {"1100.amazon-de": 10_400, "4010": -10_000, "2100.DE": -1_900, "6010": 1_500}
    assert codes(decision) == []


def test_tax_that_the_marketplace_collects_is_neither_revenue_nor_our_debt(decide):
    lines = (money("sale_goods", 10_000), money("sale_tax", 1_900), money("tax_withheld", -1_900))
    assert sums(decide(money_line=lines, settlement=(settlement(10_000),))) == {"1100.amazon-de": 10_000, "4010": -10_000}


def test_tax_inside_the_price_is_taken_from_the_report(decide):
    # The report says 19.05 of the 119.00 are tax (a rate of its own); goods and shipping share it.
    report = ({"order_ref": "o1", "transaction_type": "sale", "tax_minor": 1_905, "collected_by": "seller", "currency": "EUR"},)
    decision = decide(
        money_line=(money("sale_goods", 11_900), money("fee_referral", -900)), settlement=(settlement(11_000),), tax_line=report
    )
    assert sums(decision) == {"1100.amazon-de": 11_000, "4010": -9_995, "2100.DE": -1_905, "6010": 900}
    assert codes(decision) == []


def test_without_a_report_the_law_takes_it_out_and_says_so(decide):
    # Germany, 19 %: 119.00 hold 19.00; a discount of 11.90 holds 1.90 less.
    decision = decide(money_line=(money("sale_goods", 11_900), money("discount_goods", -1_190)), settlement=(settlement(10_710),))
    assert sums(decision) == {"1100.amazon-de": 10_710, "4010": -10_000, "4100": 1_000, "2100.DE": -1_710}
    assert codes(decision) == ["LED-301"]


@pytest.mark.parametrize(
    ("day", "tax"), [(date(2020, 6, 30), 1_900), (date(2020, 7, 1), 1_641), (date(2020, 12, 31), 1_641), (date(2021, 1, 1), 1_900)]
)
def test_the_rate_is_that_of_the_day(records, law, day, tax):
    # Germany: 19 %, from 1 July to 31 December 2020 16 %: 119.00 x 16 / 116 = 16.41.
    line, stated = money("sale_goods", 11_900) | {"posted_on": day}, settlement(11_900)
    facts = Facts("CNY", date(2021, 12, 31), CHANNELS, records("money_line", line), records("settlement", stated))
    assert sums(posting.decide(facts, law(day)))["2100.DE"] == -tax


def test_a_refund_gives_its_tax_back(decide):
    decision = decide(money_line=(money("refund_goods", -11_900),), settlement=(settlement(-11_900),))
    assert sums(decision) == {"1100.amazon-de": -11_900, "4200": 10_000, "2100.DE": 1_900}


def test_where_the_destination_is_unknown_nothing_is_silent(decide):
    lines = (money("sale_goods", 100, country=None, channel="mystery"),)
    decision = decide(money_line=lines, settlement=(settlement(100) | {"channel": "mystery"},))
    assert codes(decision) == ["LED-302"]


def test_prices_in_the_united_states_hold_no_tax(decide):
    lines = (money("sale_goods", 100, country="US", channel="amazon-us"),)
    decision = decide(money_line=lines, settlement=(settlement(100) | {"channel": "amazon-us"},))
    assert sums(decision) == {"1100.amazon-us": 100, "4010": -100}


@pytest.mark.parametrize(("stated", "held"), [(10_399, True), (10_400, False), (10_401, True)])
def test_a_settlement_that_does_not_tie_by_a_cent_is_held_whole(decide, stated, held):
    lines = (money("sale_goods", 10_000), money("sale_tax", 1_900), money("fee_referral", -1_500))
    decision = decide(money_line=lines, settlement=(settlement(stated),))
    assert (decision.held.height, bool(decision.entries)) == (int(held), not held)
    assert codes(decision) == (["LED-201"] if held else [])


def test_lines_of_a_settlement_that_is_not_there_are_held(decide):
    decision = decide(money_line=(money("sale_goods", 100),))
    assert (decision.entries, codes(decision)) == ((), ["LED-202"])


def test_reserves_and_payouts_stand_on_accounts_of_their_own(decide):
    lines = (money("sale_goods", 1_190), money("reserve_held", -190, order=None), money("payout", -1_000, order=None))
    found = sums(decide(money_line=lines, settlement=(settlement(0),)))
    assert (found["1110.amazon-de"], found["1040.amazon-de"]) == (190, 1_000)
    assert "1100.amazon-de" not in found


def test_deferred_money_waits_and_every_record_has_one_fate(decide):
    lines = (money("sale_goods", 100, status="deferred"), money("sale_goods", 200), money("sale_goods", 300, posted_on=date(2026, 8, 1)))
    decision = decide(money_line=lines, settlement=(settlement(500),), posted={"money_line": frozenset()})
    fates = dict(decision.counts.filter(pl.col("noun") == "money_line").select("fate", "rows").iter_rows())
    assert fates == {"waiting": 2, "posted": 1, "no value": 0, "posted before": 0}


def test_records_that_are_posted_are_not_posted_again_and_new_ones_are(decide):
    lines = (money("sale_tax", 100), money("sale_tax", 200))
    again = decide(money_line=lines, settlement=(settlement(300),), posted={"money_line": frozenset({1})})
    assert sums(again) == {"1100.amazon-de": 200, "2100.DE": -200}
    assert decide(money_line=lines, settlement=(settlement(300),), posted={"money_line": frozenset({1, 2})}).entries == ()


def test_a_shop_owes_its_tax_and_the_payment_house_pays_the_buyers_account(decide):
    # 119.00 with tax inside; 59.50 given back, half the tax with it. Stripe: 119.00 in, 3.00 fee.
    order = {
        "channel": "shop",
        "order_ref": "w1",
        "status": "paid",
        "ordered_on": DAY,
        "currency": "EUR",
        "goods_minor": 11_900,
        "goods_tax_minor": 1_900,
        "tax_included": True,
        "ship_country": "DE",
        "refunded_minor": 5_950,
    }
    paid = (money("customer_payment", 11_900, None, channel="stripe"), money("fee_payment", -300, None, channel="stripe"))
    found = sums(decide(order_line=(order,), money_line=paid))
    assert found == {"1150": 11_900 - 5_950 - 11_900, "4010": -10_000, "4200": 5_000, "2100.DE": -950, "1030.stripe": 11_600, "6030": 300}


def test_tax_on_top_of_a_shop_price_is_paid_by_the_buyer(decide):
    order = {
        "channel": "shop",
        "order_ref": "w1",
        "status": "shipped",
        "ordered_on": DAY,
        "currency": "EUR",
        "goods_minor": 10_000,
        "goods_tax_minor": 1_900,
        "tax_included": False,
        "ship_country": "DE",
    }
    assert sums(decide(order_line=(order,))) == {"1150": 11_900, "4010": -10_000, "2100.DE": -1_900}


def test_tax_that_a_marketplace_collects_on_an_order_never_reaches_us(decide):
    order = {
        "channel": "shop",
        "order_ref": "w1",
        "status": "shipped",
        "ordered_on": DAY,
        "currency": "EUR",
        "goods_minor": 11_900,
        "goods_tax_minor": 1_900,
        "tax_included": True,
        "tax_collected_by": "marketplace",
        "ship_country": "DE",
    }
    assert sums(decide(order_line=(order,))) == {"1150": 10_000, "4010": -10_000}


@pytest.mark.parametrize("status", ["pending", "cancelled", "unknown"])
def test_an_order_that_is_not_sold_waits(decide, status):
    order = {"channel": "shop", "order_ref": "w1", "status": status, "ordered_on": DAY, "currency": "EUR", "goods_minor": 100}
    assert decide(order_line=(order,)).entries == ()


def test_a_payout_arrives_with_a_bank_charge(decide):
    payout = {"channel": "amazon-de", "payout_ref": "P", "currency": "EUR", "amount_minor": 1_000, "sent_on": DAY, "status": "sent"}
    bank = {"account": "DE12", "currency": "EUR", "amount_minor": 985, "booked_on": date(2026, 7, 6)}
    found = sums(decide(payout=(payout,), bank_line=(bank,), matches=[(1, "amazon-de", "EUR", 1_000)]))
    assert found == {"1100.amazon-de": -1_000, "1010.DE12": 985, "6030": 15}


def test_a_payout_in_another_currency_passes_through_the_conversion_account(decide):
    bank = {"account": "DE12", "currency": "USD", "amount_minor": 1_250, "booked_on": DAY}
    decision = decide(bank_line=(bank,), matches=[(1, "amazon-de", "EUR", 1_000)])
    assert sums(decision) == {"1040.amazon-de": -1_000, "1045": 1_000}
    assert sums(decision, "USD") == {"1010.DE12": 1_250, "1045": -1_250}


def test_a_bank_item_that_nobody_explains_is_kept_apart(decide):
    decision = decide(bank_line=({"account": "DE12", "currency": "EUR", "amount_minor": -500, "booked_on": DAY},))
    assert sums(decision) == {"1010.DE12": -500, "1190.DE12": 500}
    assert codes(decision) == ["LED-206"]


def test_what_home_rounding_leaves_over_is_a_line_of_its_own(records):
    # 0.03 EUR = 0.01 + 0.01 + 0.01 at 7.7634 CNY (ECB, 3 July 2026): 0.23 against 3 x 0.08 = 0.24.
    from supercargo.reference.law import Law  # noqa: PLC0415

    lines = (money("sale_tax", 1, country="DE"), money("sale_tax", 1, country="FR"), money("sale_tax", 1, country="IT"))
    facts = Facts("CNY", LAST, CHANNELS, records("money_line", *lines), records("settlement", settlement(3)))
    (entry,) = posting.decide(facts, Law(LAST)).entries
    assert [side.home_minor for side in entry.postings] == [23, -8, -8, -8, 1]
    assert (entry.postings[-1].account_code, entry.postings[-1].amount_minor) == ("6790", 0)
    assert (entry.postings[0].rate, entry.postings[0].rate_day, entry.postings[0].rate_source) == ("7.7634", DAY, "ecb-reference-rates")


def test_a_currency_without_a_rate_waits_and_is_said(decide):
    lines = (money("sale_tax", 100, currency="VND"),)
    decision = decide(money_line=lines, settlement=(settlement(100) | {"currency": "VND"},))
    assert decision.entries == ()
    assert codes(decision) == ["LED-404"]
    assert dict(decision.counts.select("fate", "rows").iter_rows())["no value"] == 1


def test_a_million_lines_do_not_make_a_million_entries(decide):
    lines = tuple(money("sale_tax", 1, order=f"o{place}") for place in range(500))
    (entry,) = decide(money_line=lines, settlement=(settlement(500),)).entries
    assert len(entry.postings) == 2
    assert entry.row_ids == set(range(1, 501))


def test_the_narrative_is_said_in_both_languages(decide):
    (entry,) = decide(money_line=(money("sale_tax", 1),), settlement=(settlement(1),)).entries
    assert str(entry.told) == "settlement S1 of amazon-de"
    assert entry.told.into("zh") == translate("settlement S1 of amazon-de", "zh") == "amazon-de 结算单 S1"


kinds = st.sampled_from(sorted(KINDS))


@given(
    st.lists(
        st.tuples(kinds, st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "USD", "CNY"]), st.sampled_from([None, "DE", "FR", "US"])),
        min_size=1,
        max_size=25,
    )
)
def test_any_lines_make_entries_that_balance(records, law, drawn):
    lines = [
        money(kind, amount, currency=currency, country=country, order=f"o{place % 3}")
        for place, (kind, amount, currency, country) in enumerate(drawn)
    ]
    totals = Counter()
    for line in lines:
        totals[line["currency"]] += line["amount_minor"]
    stated = [settlement(total) | {"currency": currency} for currency, total in totals.items()]
    facts = Facts("CNY", LAST, CHANNELS, records("money_line", *lines), records("settlement", *stated))
    decision = posting.decide(facts, law())
    for entry in decision.entries:
        entry.proved()
    assert {row for entry in decision.entries for row in entry.row_ids} == set(range(1, len(lines) + 1))
    for currency, total in totals.items():
        assert sums(decision, currency).get("1100.amazon-de", 0) == total - sum(
            line["amount_minor"] for line in lines if line["kind"] == "balance_carried" and line["currency"] == currency
        )
