"""The tables of an open book: brought up to this version of the program when it is opened, in one transaction."""

from __future__ import annotations

from importlib import resources

from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

_APP = "book"


def bring_up_to_date(name: str) -> None:
    """Make or extend the tables, if they are not those of this program.

    Raises:
        Refused: BOOK-010 the database does not answer; BOOK-012 it was written by a newer program.
    """
    try:
        connection.ensure_connection()
        applied = _applied()
    except (OperationalError, UnicodeError) as error:  # what the driver says may hold more than is to be shown
        remedy = "check that it runs, its name and its password; a file must not be held by another program"
        raise refuse("BOOK-010", "database", said("the database {name} does not answer", name=name), remedy) from error
    known = _known()
    if applied - known:
        raise refuse("BOOK-012", "database", "the book was written by a newer version of the program", "install that version")
    if known - applied:
        call_command("migrate", _APP, verbosity=0, interactive=False)


def is_begun() -> bool:
    """Tell whether the database holds a book."""
    return bool(_applied())


def _applied() -> set[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = %s", [_APP])
            return {name for (name,) in cursor.fetchall()}
    except OperationalError as error:
        if connection.vendor != "sqlite" or "no such table" not in str(error):
            raise
        return set()
    except ProgrammingError:
        return set()


def _known() -> set[str]:
    files = (resources.files("supercargo.book") / "migrations").iterdir()
    return {file.name.removesuffix(".py") for file in files if file.name[:4].isdigit() and file.name.endswith(".py")}
