"""Exchange differences, one by one, and what a closing books, checks and refuses."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.accounting import exchange_difference, period_close
from supercargo.engines.accounting.exchange_difference import POSTING
from supercargo.engines.accounting.exchange_difference.walk import walk
from supercargo.engines.accounting.period_close import first_of, guarded, last_of, mirrored, month_of
from supercargo.engines.accounting.posting import ChannelFacts, EntryDraft, PostingDraft
from supercargo.kernel.finding import Refused

JULY = (date(2026, 7, 1), date(2026, 7, 31))
AUGUST_1 = date(2026, 8, 1)


def lines(*rows):
    return pl.DataFrame(
        [(date(2026, 7, day), account, currency, amount, home) for day, account, currency, amount, home in rows],
        schema=POSTING,
        orient="row",
    )


def decide(law, *rows):
    return exchange_difference.decide(exchange_difference.Facts("CNY", *JULY, lines(*rows)), law())


def table(decision):
    return [tuple(row) for row in decision.differences.select("kind", "account", "day", "difference_minor").iter_rows()]


def test_a_payout_realises_what_the_rate_did_since_the_money_came_in(law):
    # 100.00 EUR came in at 7.80 (780.00 CNY) and leave at 7.90 (790.00): a gain of 10.00 on an asset.
    decision = decide(law, (1, "1100.amazon-de", "EUR", 10_000, 78_000), (9, "1100.amazon-de", "EUR", -10_000, -79_000))
    assert table(decision) == [("realised", "1100.amazon-de", date(2026, 7, 9), 1_000)]
    (entry,) = decision.entries
    assert [(side.account_code, side.amount_minor, side.home_minor) for side in entry.postings] == [
        ("1100.amazon-de", 0, 1_000),
        ("6710", 0, -1_000),
    ]


def test_the_moving_average_carries_what_came_in_at_two_rates(law):
    # 100 at 7.00 and 100 at 9.00: average 8.00. 50 leave at 9.00: 450 - 400 = 50.00. Left 150 carried at 1,200.00, worth 8 x 150 = 1,200.00.
    decision = decide(
        law, (1, "1010.x", "EUR", 10_000, 70_000), (2, "1010.x", "EUR", 10_000, 90_000), (3, "1010.x", "EUR", -5_000, -45_000)
    )
    assert table(decision) == [("realised", "1010.x", date(2026, 7, 3), 5_000)]


def test_paying_a_debt_at_a_higher_rate_is_a_loss(law):
    decision = decide(law, (1, "2010.mill", "USD", -10_000, -60_000), (9, "2010.mill", "USD", 10_000, 62_000))
    assert table(decision) == [("realised", "2010.mill", date(2026, 7, 9), -2_000)]
    assert decision.entries[0].postings[1].home_minor == 2_000  # the debit of an expense


def test_what_is_left_is_valued_at_month_end_and_reversed_on_the_next_day(law):
    # 100.00 EUR carried at 780.00, worth 800.00 on 31 July.
    decision = decide(law, (1, "1030.stripe", "EUR", 10_000, 78_000))
    assert table(decision) == [("unrealised", "1030.stripe", JULY[1], 2_000)]
    booked, back = decision.entries
    assert (booked.booked_on, back.booked_on, back.reverses) == (JULY[1], AUGUST_1, booked.source_key)
    assert [side.home_minor for side in booked.postings] == [2_000, -2_000]
    assert [side.home_minor for side in back.postings] == [-2_000, 2_000]
    assert booked.postings[1].account_code == "6720"


def test_a_conversion_shows_what_it_cost(law):
    # 100.00 EUR (800.00 CNY) were given and 125.00 USD (781.25) came: 18.75 lost.
    decision = decide(law, (5, "1045", "EUR", 10_000, 80_000), (5, "1045", "USD", -12_500, -78_125))
    assert table(decision) == [("conversion", "1045", date(2026, 7, 5), -1_875)]


def test_one_side_of_a_conversion_alone_is_said(law):
    decision = decide(law, (5, "1045", "EUR", 10_000, 80_000))
    assert (table(decision), [finding.code for finding in decision.findings]) == ([], ["LED-501"])


def test_stock_and_home_currency_have_no_difference(law):
    assert table(decide(law, (1, "1200", "USD", 100, 700), (1, "1010.x", "CNY", 100, 100))) == []


def test_a_difference_of_an_earlier_month_is_not_booked_again(law):
    rows = pl.DataFrame(
        [(date(2026, 6, 1), "1010.x", "EUR", 100, 780), (date(2026, 6, 9), "1010.x", "EUR", -100, -790)], schema=POSTING, orient="row"
    )
    assert exchange_difference.decide(exchange_difference.Facts("CNY", *JULY, rows), law()).entries == ()


def test_a_difference_explains_itself(law):
    decision = decide(law, (1, "1030.stripe", "EUR", 10_000, 78_000))
    figure = exchange_difference.explained(decision.differences.row(0, named=True), "CNY")
    assert (figure.shown(), [part.shown() for part in figure.parts]) == ("20.00 CNY", ["800.00 CNY", "780.00 CNY"])


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9).filter(bool), st.integers(1, 10**6)), min_size=1, max_size=20))
def test_home_values_are_conserved(moves):
    rows = [(date(2026, 7, 1), amount, amount * rate // 1000 or (1 if amount > 0 else -1)) for amount, rate in moves]
    walked = list(walk(rows))
    assert walked[-1][4] == sum(amount for _, amount, _ in rows)
    assert walked[-1][5] == sum(home for _, _, home in rows) + sum(value - carrying for _, _, carrying, value, _, _ in walked)
    assert walked[-1][4] or not walked[-1][5]


ENTRY = EntryDraft(
    date(2026, 7, 9), "opening stock", "opening", "opening|x", (PostingDraft("1200", "CNY", 5, 5), PostingDraft("3000", "CNY", -5, -5))
)


def test_a_reversal_mirrors_its_entry():
    back = mirrored(ENTRY, AUGUST_1)
    assert [(side.amount_minor, side.home_minor) for side in back.postings] == [(-5, -5), (5, 5)]
    assert (back.reverses, back.told.into("zh")) == ("opening|x", "冲销：opening stock")


def test_a_closed_month_takes_no_postings():
    with pytest.raises(Refused, match="LED-409"):
        guarded((ENTRY,), {"2026-07"})
    with pytest.raises(Refused, match="LED-409"):
        mirrored(ENTRY, date(2026, 7, 31), {"2026-07"})
    assert mirrored(ENTRY, AUGUST_1, {"2026-07"}).booked_on == AUGUST_1


@pytest.mark.parametrize(
    ("month", "last"), [("2026-02", date(2026, 2, 28)), ("2024-02", date(2024, 2, 29)), ("2026-12", date(2026, 12, 31))]
)
def test_a_month_has_its_last_day(month, last):
    assert (last_of(month), month_of(last), first_of(month).day) == (last, month, 1)


@pytest.mark.parametrize("text", ["2026-13", "2026-7", "07/2026", ""])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(Refused, match="LED-400"):
        first_of(text)


CHANNELS = {"amazon-de": ChannelFacts("settlement", "DE")}


def close(records, law, today=date(2026, 8, 1), orders=(), money=(), **more):
    facts = period_close.Facts(
        "CNY", "2026-07", today, more.pop("closed", frozenset()), more.pop("with_entries", frozenset({"2026-07"})), CHANNELS,
        records("order_line", *orders), records("money_line", *money), more.pop("postings", lines()), **more,
    )  # fmt: skip
    return period_close.decide(facts, law())


@pytest.mark.parametrize(("today", "may"), [(date(2026, 7, 31), False), (date(2026, 8, 1), True)])
def test_a_month_is_closed_once_it_is_over(records, law, today, may):
    assert close(records, law, today).may_close is may


def test_months_are_closed_in_their_order(records, law):
    both = frozenset({"2026-06", "2026-07"})
    assert not close(records, law, with_entries=both).may_close
    assert close(records, law, with_entries=both, closed=frozenset({"2026-06"})).may_close


def test_records_that_are_not_posted_stop_the_closing(records, law):
    decision = close(records, law, unposted=1)
    assert (decision.may_close, [finding.code for finding in decision.findings]) == (False, ["LED-601"])


def test_money_in_transit_is_listed_and_does_not_stop_it(records, law):
    decision = close(records, law, postings=lines((9, "1040.amazon-de", "EUR", 1_000, 8_000)))
    assert (decision.may_close, [finding.code for finding in decision.findings]) == (True, ["LED-603"])


ORDER = {
    "channel": "amazon-de",
    "order_ref": "o1",
    "status": "shipped",
    "ordered_on": date(2026, 7, 31),
    "currency": "EUR",
    "goods_minor": 11_900,
    "ship_country": "DE",
}


def test_what_is_shipped_and_not_settled_is_accrued_without_its_tax_and_reversed(records, law):
    # 119.00 EUR with 19 % inside: 100.00 EUR x 8 = 800.00 CNY.
    booked, back = close(records, law, orders=(ORDER,)).entries
    assert [(side.account_code, side.amount_minor, side.home_minor) for side in booked.postings] == [
        ("1120.amazon-de", 10_000, 80_000),
        ("4010", -10_000, -80_000),
    ]
    assert (booked.booked_on, back.booked_on, back.postings[0].home_minor) == (JULY[1], AUGUST_1, -80_000)


@pytest.mark.parametrize(
    "change",
    [{"ordered_on": AUGUST_1}, {"status": "pending"}, {"status": "cancelled"}, {"channel": "shop"}],
)
def test_what_is_not_shipped_in_the_month_is_not_accrued(records, law, change):
    assert close(records, law, orders=(ORDER | change,)).entries == ()


def test_what_is_settled_is_not_accrued(records, law):
    money = {"channel": "amazon-de", "order_ref": "o1", "kind": "sale_goods", "posted_on": JULY[1], "amount_minor": 1, "currency": "EUR"}
    assert close(records, law, orders=(ORDER,), money=(money,)).entries == ()
    assert close(records, law, orders=(ORDER,), money=(money | {"posted_on": AUGUST_1},)).entries != ()
