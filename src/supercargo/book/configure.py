"""Django and its database without the web: what the command line and the workers need of it, and no more."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from supercargo.kernel.finding import Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

ALIAS = "default"
APP = "supercargo.book"
WAIT_SECONDS = 30
_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-262144"
_ALLOWED = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "target_session_attrs"})


def connect(database: dict[str, Any]) -> None:
    """Point this process at a database; one process has one book open at a time, and opening another closes the first.

    Settings that are there already (the page's) are kept; the database alone is exchanged.
    """
    import django  # noqa: PLC0415 - half a second, and only a book needs it
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured:
        settings.configure(INSTALLED_APPS=[APP], DATABASES={}, USE_TZ=True, TIME_ZONE="UTC", USE_I18N=False)
    django.setup()
    from django.db import connections  # noqa: PLC0415 - after the settings

    if ALIAS in connections.settings:
        connections[ALIAS].close()
        del connections[ALIAS]
    connections.settings[ALIAS] = connections.configure_settings({ALIAS: database})[ALIAS]


def sqlite(path: Path) -> dict[str, Any]:
    """Describe a file: many readers, one writer that waits its turn, nothing lost when the power fails."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": WAIT_SECONDS, "init_command": _PRAGMAS}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


def postgresql(url: str) -> dict[str, Any]:
    """Describe a server by ``postgresql://user:password@host:port/name``; without a password libpq looks where it always looks.

    Raises:
        Refused: BOOK-001 the address is none; BOOK-002 the driver is not installed.
    """
    parts = _parted(url)
    if find_spec("psycopg") is None:
        raise refuse(
            "BOOK-002", "database", "the driver for PostgreSQL is not installed", "install it with: pip install supercargo[postgresql]"
        )
    options: dict[str, Any] = {"connect_timeout": "10", "options": "-c timezone=UTC"}
    for name, value in parse_qsl(parts.query):
        if name not in _ALLOWED:
            raise _no_address(said("{name} is not known here", name=name))
        options[name] = value
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def shown(url: str) -> str:
    """Write a database's address without what is secret in it.

    >>> shown("postgresql://ledger:hush@db.example:5432/book?sslmode=require")
    'postgresql://ledger@db.example:5432/book'
    """
    parts = _parted(url)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}"


def _parted(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("postgresql", "postgres") and bool(parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:  # what urlsplit says may hold the password
        raise _no_address("it cannot be read") from None
    if not whole:
        raise _no_address("it lacks the name of the database")
    return parts


def _no_address(why: Any) -> Refused:
    return refuse(
        "BOOK-001",
        "database",
        said("the address of the database is none that can be used: {why}", why=why),
        "write it as postgresql://user@host:5432/name",
    )
