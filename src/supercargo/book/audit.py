"""The record of every write: one chain of entries, each with the hash of the one before.

Every use case that writes calls ``record`` inside its own transaction, so that there is no write without its entry and no
entry without its write.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from getpass import getuser
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import connection

from supercargo.book import bulk
from supercargo.book.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGINNING = "0" * 64
_LONGEST_NAME = 80


def record(action: str, content: Mapping[str, Any], at: datetime | None = None, actor: str = "") -> AuditEntry:
    """Add an entry to the chain.

    Args:
        action: what was done: init, import, mapping, post, close, decide.
        content: what JSON can hold; never a secret, never a person's name.
        at: the moment, in UTC; now if absent.
        actor: who did it; the user of the machine if absent.

    Raises:
        RuntimeError: there is no transaction to which the entry could belong.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a write and its audit entry belong in one transaction")
    _one_at_a_time()
    last = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, BEGINNING)
    entry = AuditEntry(
        number=number + 1,
        at=(at or datetime.now(UTC)).astimezone(UTC),
        actor=(actor or _user())[:_LONGEST_NAME],
        action=action,
        content=canonical(content),
        previous_hash=previous,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def canonical(content: Mapping[str, Any]) -> str:
    """Write JSON in the one way that has one hash: keys sorted, no blanks.

    >>> canonical({"rows": 2, "file": "ä"})
    '{"file":"ä","rows":2}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def hash_of(entry: AuditEntry) -> str:
    """Compute the hash of an entry over everything in it and the hash before."""
    whole = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "content": entry.content,
        "previous": entry.previous_hash,
    }
    return sha256(canonical(whole).encode("utf-8", "surrogatepass")).hexdigest()


def _one_at_a_time() -> None:
    """Let nobody else add an entry until this transaction ends; SQLite has one writer anyway."""
    if bulk.on_postgresql():
        bulk.execute(f"LOCK TABLE {bulk.quoted(AuditEntry._meta.db_table)} IN EXCLUSIVE MODE")  # noqa: SLF001 - Django's own way to ask


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
