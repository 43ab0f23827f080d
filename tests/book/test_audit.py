"""The audit is append-only, chained, and finds what was changed behind the program's back."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from supercargo.book import audit, saving, sealing, verifying
from supercargo.book.incoming import sealed
from supercargo.book.models import AuditEntry
from supercargo.book.nouns import NOUNS


def imported(book, made, content=b"one", **more):
    lines = made.order_lines(("1-1", "TEE", 2, 4990), ("1-1", "CUP", 1, None), ("1-2", "HAT", 1, 5))
    money = made.money_lines(("1-1", "sale_goods", 4990), ("1-1", "fee_referral", -749))
    outcome = made.outcome_of(lines, money, skips=(9,), faults=(10,))
    saving.save(book, made.document(content), {"order_line": lines, "money_line": money}, outcome, **more)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def codes(book):
    return [(finding.code, finding.path) for finding in verifying.verify(book).findings]


def test_an_untouched_book_is_whole(book, made):
    imported(book, made)
    done = verifying.verify(book)
    assert (done.findings, done.entries, done.documents, done.rows) == ([], 1, 1, 7)


@pytest.mark.usefixtures("book")
def test_entries_follow_one_another_by_their_hashes():
    with transaction.atomic():
        first = audit.record("decide", {"b": 1, "a": "é"})
        second = audit.record("decide", {})
    assert (first.number, first.previous_hash, first.content) == (1, "0" * 64, '{"a":"é","b":1}')
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert [audit.hash_of(entry) for entry in AuditEntry.objects.order_by("number")] == [first.hash, second.hash]


@pytest.mark.usefixtures("book")
def test_an_entry_belongs_to_the_transaction_of_its_write():
    with pytest.raises(RuntimeError):
        audit.record("decide", {})


@pytest.mark.parametrize("statement", ["UPDATE book_audit_entry SET actor = 'x'", "DELETE FROM book_audit_entry"])
def test_the_database_itself_refuses_to_change_the_audit(book, made, statement):
    imported(book, made)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    assert codes(book) == []


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE book_settlement_line SET amount_minor = amount_minor + 1 WHERE kind = 'fee_referral'", 3),
        ("UPDATE book_order_line SET goods_minor = 0 WHERE sku = 'CUP'", 3),
        ("UPDATE book_order_line SET sku = 'HATS', seal = 'a' WHERE sku = 'HAT'", 4),
        ("UPDATE book_order_line SET channel_id = NULL WHERE sku = 'TEE'", 2),
        ("UPDATE book_order_line SET ordered_on = '2011-11-06' WHERE sku = 'TEE'", 2),
    ],
)
def test_one_altered_value_is_found_and_its_row_named(book, made, statement, row):
    imported(book, made)
    sql(statement)
    assert ("BOOK-202", f"orders.csv row {row}") in codes(book)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM book_settlement_line WHERE kind = 'fee_referral'",
        "UPDATE book_order_line SET \"row\" = 7 WHERE sku = 'HAT'",
        "DELETE FROM book_import_row WHERE status = 'fault'",
        "UPDATE book_import_row SET reason = 'fine' WHERE status = 'fault'",
    ],
)
def test_rows_taken_away_or_moved_are_found(book, made, statement):
    imported(book, made)
    sql(statement)
    assert codes(book) == [("BOOK-203", "orders.csv")]


def test_a_seal_made_with_another_key_does_not_help(book, made):
    """Whoever writes to the database and knows the program, but not the company's key, cannot make the seal that fits."""
    imported(book, made)
    noun = NOUNS["order_line"]
    row = made.order_lines(("1-2", "HAT", 1, 6))
    sql("UPDATE book_order_line SET goods_minor = 6, seal = %s WHERE sku = 'HAT'", sealing.seals(row, sealed(noun), b"guessed").item(0))
    assert ("BOOK-202", "orders.csv row 4") in codes(book)


def test_an_original_that_was_altered_or_taken_away_is_found(book, made):
    imported(book, made)
    [path] = [each for each in (book.folder / "files").rglob("*") if each.is_file()]
    path.chmod(0o600)
    path.write_bytes(b"another")
    assert codes(book) == [("BOOK-204", "orders.csv")]
    path.unlink()
    assert codes(book) == [("BOOK-204", "orders.csv")]


def test_a_broken_chain_is_found_at_its_place(book, made):
    imported(book, made)
    imported(book, made, b"two")
    guard = "DROP TRIGGER book_audit_entry_no_update" + (" ON book_audit_entry" if connection.vendor == "postgresql" else "")
    sql(guard)
    changed = json.dumps({"document": "0" * 64}, separators=(",", ":"))
    sql("UPDATE book_audit_entry SET actor = %s WHERE number = 1", changed)
    assert ("BOOK-201", "audit 1") in codes(book)


def test_the_verification_tells_how_far_it_is(book, made):
    imported(book, made)
    told = []
    verifying.verify(book, lambda done, total, what: told.append((done, total, what)))
    assert told == [(1, 1, "verifying")]
