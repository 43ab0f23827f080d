"""The ledger takes whole entries in open months, and gives none back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from supercargo.book import posting, verifying
from supercargo.book.models import Entry, Posting
from supercargo.book.posting import NewEntry, NewPosting
from supercargo.desk.ledger.book_journal import BookJournal
from supercargo.kernel.finding import Refused

DAY = date(2011, 11, 30)


@pytest.fixture
def ledger(book):
    posting.open_accounts([("1100", "receivable", "asset", None), ("4000", "sales", "income", None), ("1000-EUR", "bank", "asset", "EUR")])
    return book


def sale(*amounts, account="1100", currency="EUR", on=DAY):
    sides = [NewPosting(account if number == 0 else "4000", currency, amount, home) for number, (amount, home) in enumerate(amounts)]
    return NewEntry(on, "sale of order {order}", tuple(sides), {"order": "1-1"}, "order_line", 7)


def refusal(ledger, *entries):
    with pytest.raises(Refused) as refused:
        posting.post(ledger, entries)
    assert Entry.objects.count() == 0
    return [(finding.code, finding.path) for finding in refused.value.findings]


def test_a_whole_entry_is_posted_and_verified(ledger):
    ids = posting.post(ledger, [sale((100, 780), (-100, -780)), sale((5, None), (-5, None))])
    assert list(ids) == [1, 2]
    assert list(Posting.objects.order_by("id").values_list("entry_id", "account__code", "amount_minor", "home_minor")) == [
        (1, "1100", 100, 780), (1, "4000", -100, -780), (2, "1100", 5, None), (2, "4000", -5, None),
    ]  # fmt: skip
    assert Entry.objects.get(id=1).arguments == {"order": "1-1"}
    done = verifying.verify(ledger)
    assert (done.findings, done.postings) == ([], 4)
    assert list(posting.post(ledger, [sale((1, 8), (-1, -8))])) == [3]


def test_an_entry_that_does_not_sum_to_zero_in_a_currency_is_refused_with_all_others(ledger):
    assert refusal(ledger, sale((100, 780), (-100, -780)), sale((100, 780), (-99, -780))) == [("BOOK-040", "entries[1].postings")]


def test_currencies_do_not_make_up_for_one_another(ledger):
    mixed = NewEntry(DAY, "x", (NewPosting("1100", "EUR", 100), NewPosting("4000", "USD", -100)))
    assert refusal(ledger, mixed) == [("BOOK-040", "entries[0].postings")] * 2


def test_home_values_sum_to_zero_and_the_difference_is_a_line_of_its_own(ledger):
    assert refusal(ledger, sale((100, 790), (-100, -780))) == [("BOOK-041", "entries[0].postings")]
    assert len(posting.post(ledger, [sale((100, 790), (-100, -780), (0, -10))])) == 1


@pytest.mark.parametrize(("account", "currency"), [("9999", "EUR"), ("1000-EUR", "USD")])
def test_an_account_must_be_there_and_take_the_currency(ledger, account, currency):
    assert ("BOOK-042", "entries[0].account") in refusal(ledger, sale((1, 1), (-1, -1), account=account, currency=currency))


def test_an_empty_entry_and_a_word_for_a_currency_are_refused(ledger):
    assert refusal(ledger, NewEntry(DAY, "x", ())) == [("BOOK-044", "entries[0].postings")]
    assert ("BOOK-045", "entries[0].currency") in refusal(ledger, sale((1, 1), (-1, -1), currency="EURO"))


def test_a_closed_month_takes_nothing_more(ledger):
    posting.close("2011-11")
    assert refusal(ledger, sale((1, 1), (-1, -1))) == [("BOOK-043", "booked_on")]
    assert len(posting.post(ledger, [sale((1, 1), (-1, -1), on=date(2011, 12, 1))])) == 1
    with pytest.raises(Refused):
        posting.close("2011-11")
    assert verifying.verify(ledger).findings == []


def test_a_correction_is_a_reversal_and_only_one(ledger):
    posting.post(ledger, [sale((100, 780), (-100, -780))])
    posting.post(ledger, [posting.reversal(1, date(2011, 12, 1), "reversal of {entry}", {"entry": "1"})])
    assert sum(Posting.objects.values_list("home_minor", flat=True)) == 0
    with pytest.raises(Refused):
        posting.reversal(1, date(2011, 12, 2), "again")


@pytest.mark.parametrize("table", ["book_entry", "book_posting"])
def test_the_database_refuses_to_change_what_was_posted(ledger, table):
    posting.post(ledger, [sale((100, 780), (-100, -780))])
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608 - a name of ours
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_posting_altered_behind_the_guard_is_found(ledger):
    posting.post(ledger, [sale((100, 780), (-100, -780))])
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER book_posting_no_update" + (" ON book_posting" if connection.vendor == "postgresql" else ""))
        cursor.execute("UPDATE book_posting SET amount_minor = amount_minor * 2")
    assert [finding.code for finding in verifying.verify(ledger).findings] == ["BOOK-206", "BOOK-207"]


def test_a_posting_without_a_value_at_home_is_not_read_as_nothing(ledger):
    posting.post(ledger, [sale((5, None), (-5, None))])
    with pytest.raises(Refused, match="LED-411"):
        BookJournal(ledger).entries()
