"""The few kinds of columns that the book is made of; where a value may be unknown, it is null and never a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import date, datetime

    from supercargo.book.models import Channel, Document

KEY_LENGTH = 255
TEXT_LENGTH = 255


def text(length: int = TEXT_LENGTH) -> models.CharField[str | None, str | None]:
    """A text as the source says it."""
    return models.CharField(max_length=length, null=True)


def prose() -> models.TextField[str | None, str | None]:
    """A text of any length, such as a title."""
    return models.TextField(null=True)


def name(length: int = TEXT_LENGTH) -> models.CharField[str, str]:
    """A text that must be there."""
    return models.CharField(max_length=length)


def currency() -> models.CharField[str | None, str | None]:
    """A currency of ISO 4217."""
    return models.CharField(max_length=3, null=True)


def country() -> models.CharField[str | None, str | None]:
    """A country of ISO 3166, alpha-2."""
    return models.CharField(max_length=2, null=True)


def minor() -> models.BigIntegerField[int | None, int | None]:
    """An amount in the minor unit of the row's currency; the sign is the seller's."""
    return models.BigIntegerField(null=True)


def whole() -> models.BigIntegerField[int | None, int | None]:
    """A count, or a measure in the unit that the name ends in."""
    return models.BigIntegerField(null=True)


def day() -> models.DateField[date | None, date | None]:
    """A day in the source's own reckoning."""
    return models.DateField(null=True)


def instant() -> models.DateTimeField[datetime | None, datetime | None]:
    """A moment in UTC."""
    return models.DateTimeField(null=True)


def truth() -> models.BooleanField[bool | None, bool | None]:
    """Yes, no, or unknown."""
    return models.BooleanField(null=True)


def document() -> models.ForeignKey[Document, Document]:
    """The file from which a row comes.

    Rows are written in the transaction that writes their file, thousands at a time: the database is spared the check of each
    one (it took a third of an import on PostgreSQL), and ``audit verify`` makes it over all.
    """
    return models.ForeignKey("book.Document", on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+")


def channel() -> models.ForeignKey[Channel | None, Channel | None]:
    """The channel of a row, null for what lies in no channel; see ``document`` for the check."""
    return models.ForeignKey("book.Channel", on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False, related_name="+")
