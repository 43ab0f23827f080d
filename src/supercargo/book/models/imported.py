"""What every row that came from outside has in common: its file, its row, what it is known by, and its seal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Coalesce

from supercargo.book import fields
from supercargo.book.models.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence


class Imported(Record):
    """A row of a file of somebody else's. It is never edited: what changed is a new ``revision``, ``is_current`` tells the last.

    ``row`` is the number of the file's row as its owner counts. ``key`` makes it the same record in another file.
    ``seal`` is a hash of the content with the company's key: who alters a row in the database cannot make the seal that fits.
    """

    document = fields.document()
    row = models.BigIntegerField()
    key = fields.name(fields.KEY_LENGTH)
    revision = models.IntegerField(default=1)
    is_current = models.BooleanField(default=True)
    seal = fields.name(32)

    class Meta:
        """No table of its own."""

        abstract = True


class OfChannel(Imported):
    """A row of a sales channel or payment house; the channel is unknown for stock that lies in no channel."""

    channel = fields.channel()

    class Meta:
        """No table of its own."""

        abstract = True


def of_source(table: str) -> models.Index:
    """Let the rows of a file be found: ``audit verify``, "what became of this file"."""
    return models.Index(fields=["document", "row"], name=f"{table}_source")


def by(table: str, *columns: str) -> models.Index:
    """Let rows be found by what people ask for."""
    return models.Index(fields=list(columns), name=f"{table}_{columns[0].removesuffix('_id')}")


def known_by(table: str, scope: str = "", empty: Any = "") -> models.UniqueConstraint:
    """Let a record stand once: by its key, within its channel or account where it has one."""
    within: Sequence[Any] = (Coalesce(scope, models.Value(empty)),) if scope else ()
    return models.UniqueConstraint(*within, "key", "revision", name=f"{table}_key")


def of_channel(table: str) -> models.UniqueConstraint:
    """Let a record of a channel stand once."""
    return known_by(table, "channel", 0)
