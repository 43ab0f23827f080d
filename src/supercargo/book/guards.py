"""What the database itself refuses, whoever asks: changing or deleting what may only be added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = ("book_audit_entry", "book_entry", "book_posting")
"""A later migration that rebuilds one of these tables on SQLite must set its guards again: a rebuilt table has none."""


def set_guards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers, in the words of the database that is open."""
    write = _on_postgresql if editor.connection.vendor == "postgresql" else _on_sqlite
    for statement in write():
        editor.execute(statement)


def lift_guards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, so that the tables can be taken away."""
    for table in APPEND_ONLY:
        place = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for change in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{change}{place}")


def _on_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in APPEND_ONLY
        for change in ("update", "delete")
    ]


def _on_postgresql() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION book_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION book_append_only()"
        for table in APPEND_ONLY
        for change in ("update", "delete")
    ]
    whole = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION book_append_only()"
        for table in APPEND_ONLY
    ]
    return [refuse, *rows, *whole]
