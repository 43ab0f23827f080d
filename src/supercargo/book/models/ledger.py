"""The double-entry ledger: accounts, entries, their postings, and the months in which they stand."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.record import Record

KINDS = ("asset", "liability", "equity", "income", "expense")


class Account(Record):
    """An account of the chart; with a ``currency`` it takes postings in that currency only."""

    code = fields.name(40)
    name = fields.name()
    kind = fields.name(10)
    currency = fields.currency()

    class Meta:
        """One row a code."""

        constraints = (
            models.UniqueConstraint(fields=["code"], name="account_code"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="account_kind"),
        )


class Period(Record):
    """A month of the book; once closed, nothing is posted in it, and corrections stand in a later one."""

    month = fields.name(7)
    closed_at = fields.instant()
    closing = models.ForeignKey("book.AuditEntry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """One row a month, written 2011-11."""

        constraints = (models.UniqueConstraint(fields=["month"], name="period_month"),)


class Entry(Record):
    """One event in the ledger; its postings sum to zero in every currency. It is never changed, only reversed by another one.

    ``narrative`` is a text of the word lists and ``arguments`` what fills it. ``source_noun`` and ``source_id`` name the
    record from which it was posted.
    """

    booked_on = models.DateField()
    narrative = fields.name()
    arguments = models.JSONField(default=dict)
    source_noun = fields.text(40)
    source_id = fields.whole()
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False)
    hash = fields.name(32)

    class Meta:
        """Paged by day; found by its source."""

        indexes = (
            models.Index(fields=["booked_on", "id"], name="entry_day"),
            models.Index(fields=["period", "id"], name="entry_period"),
            models.Index(fields=["source_noun", "source_id"], name="entry_source"),
        )
        constraints = (models.UniqueConstraint(fields=["reverses"], name="entry_reversed_once"),)


class Posting(Record):
    """One side of an entry: debit is positive, credit negative; with its value at home and the rate that made it.

    ``home_minor`` is null where no rate is known.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    currency = fields.name(3)
    amount_minor = models.BigIntegerField()
    home_minor = fields.minor()
    rate_text = fields.text(40)
    rate_source = fields.text(80)
    rate_day = fields.day()

    class Meta:
        """Summed by account."""

        indexes = (models.Index(fields=["account", "entry"], name="posting_account"),)
