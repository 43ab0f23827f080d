"""The company's own accounts at banks: statements and their lines."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.imported import Imported, by, known_by, of_source


class BankStatement(Imported):
    """A statement: what the account held before and after its lines."""

    account = fields.text(64)
    statement_ref = fields.text()
    currency = fields.currency()
    opening_minor = fields.minor()
    opening_on = fields.day()
    closing_minor = fields.minor()
    closing_on = fields.day()

    class Meta:
        """Known by account and key; asked by day."""

        db_table = "book_bank_statement"
        constraints = (known_by("bank_statement", "account"),)
        indexes = (of_source("bank_statement"), by("bank_statement", "closing_on", "id"))


class BankLine(Imported):
    """One booking on an account; in is positive."""

    account = fields.text(64)
    statement_ref = fields.text()
    currency = fields.currency()
    amount_minor = fields.minor()
    booked_on = fields.day()
    value_on = fields.day()
    counterparty = fields.prose()
    text = fields.prose()
    bank_ref = fields.text()
    end_to_end_ref = fields.text()
    is_reversal = fields.truth()

    class Meta:
        """Known by account and key; asked by day, and by amount when a payout is looked for."""

        db_table = "book_bank_line"
        constraints = (known_by("bank_line", "account"),)
        indexes = (
            of_source("bank_line"),
            by("bank_line", "booked_on", "id"),
            models.Index(fields=["currency", "amount_minor"], name="bank_line_amount"),
        )
