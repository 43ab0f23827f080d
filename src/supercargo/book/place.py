"""The company's folder: its settings, its key, its original files, and the way to its database.

``supercargo.toml`` marks the folder, as ``.git`` marks a repository: any command started in it or below finds it.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from supercargo.book import configure
from supercargo.book.originals import Originals
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

MARK, SECRET, DATABASE = "supercargo.toml", "secret.key", "book.sqlite3"
FOLDERS = ("files", "mappings", "lake")
VARIABLE = "SUPERCARGO_BOOK"
_KEY_BYTES = 32
_FORM = 1


@dataclass(frozen=True)
class Place:
    """A company's folder. ``database`` is the name of a file in it, or the address of a server."""

    folder: Path
    database: str = field(repr=False)  # an address may hold a password
    home: str
    base_currency: str

    @staticmethod
    def find(start: Path | None = None) -> Place:
        """Find the folder: upward from ``start`` where one is given, else that of ``SUPERCARGO_BOOK``, else upward from here.

        Raises:
            Refused: BOOK-404 there is none; BOOK-003 its settings cannot be read.
        """
        named = os.environ.get(VARIABLE) if start is None else None
        begin = Path(named) if named else (start or Path.cwd())
        begin = begin.expanduser().absolute()
        upward = (begin,) if named else (begin, *begin.parents)
        folder = next((each for each in upward if (each / MARK).is_file()), None)
        if folder is None:
            message = said("there is no book in {folder} or above it", folder=begin)
            raise refuse("BOOK-404", "book", message, said('begin one with "supercargo init", or name its folder in {name}', name=VARIABLE))
        return _read(folder)

    @staticmethod
    def create(folder: Path, *, home: str, base_currency: str, database: str = "") -> Place:
        """Make a new folder with its key and its settings; the database is made by ``open``.

        Raises:
            Refused: BOOK-004 there is a book already; BOOK-005 the folder cannot be written; BOOK-001 no usable address.
        """
        place = Place(folder.expanduser().absolute(), database or DATABASE, home, base_currency)
        if database:
            configure.postgresql(database)
        try:
            _make(place)
        except FileExistsError as error:
            raise refuse("BOOK-004", "folder", said("there is a book in {folder} already", folder=folder), "give another folder") from error
        except OSError as error:
            message = said("{file} cannot be written: {reason}", file=folder, reason=error.strerror or str(error))
            raise refuse("BOOK-005", "folder", message, "give a folder that may be written to") from error
        return place

    @property
    def name(self) -> str:
        """Name the database without what is secret in its address."""
        return configure.shown(self.database) if self.is_server else self.database

    @property
    def is_server(self) -> bool:
        """Tell whether the records lie on a server."""
        return "://" in self.database

    @property
    def originals(self) -> Originals:
        """Give the kept files."""
        return Originals(self.folder / "files")

    @property
    def mappings(self) -> Path:
        """Give the folder of saved column mappings."""
        return self.folder / "mappings"

    @property
    def lake(self) -> Path:
        """Give the folder of Parquet files."""
        return self.folder / "lake"

    @property
    def company_file(self) -> Path:
        """Give the company's own values."""
        return self.folder / "company.toml"

    @cached_property
    def secret(self) -> bytes:
        """Read the company's key: buyers are hashed with it and rows are sealed with it.

        Raises:
            Refused: BOOK-006, it is missing or too short.
        """
        path = self.folder / SECRET
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise _no_key(path) from error
        if len(key) < _KEY_BYTES:
            raise _no_key(path)
        return key

    def open(self) -> None:
        """Connect this process to the book and bring its tables up to date.

        Raises:
            Refused: BOOK-010 the database does not answer; BOOK-012 it is of a newer program; BOOK-001, -002 see ``configure``.
        """
        from supercargo.book.configure import connect  # noqa: PLC0415 - Django is loaded only when a book is opened

        self.secret  # noqa: B018 - a book without its key is refused before anything is written
        connect(self._settings())
        from supercargo.book.tables import bring_up_to_date  # noqa: PLC0415 - after the settings

        bring_up_to_date(self.name)
        if not self.is_server:
            (self.folder / self.database).chmod(0o600)

    def _settings(self) -> dict[str, Any]:
        return configure.postgresql(self.database) if self.is_server else configure.sqlite(self.folder / self.database)


def _make(place: Place) -> None:
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (place.folder / MARK).exists() or (place.folder / DATABASE).exists() or (place.folder / SECRET).exists():
        raise FileExistsError
    for name in FOLDERS:
        (place.folder / name).mkdir(mode=0o700, exist_ok=True)
    _write_new(place.folder / SECRET, secrets.token_hex(_KEY_BYTES) + "\n")
    _write_new(place.folder / MARK, _settings_text(place))


def _settings_text(place: Place) -> str:
    return (
        "# The settings of this book. The file may hold the password of a database: keep it to yourself.\n"
        f"form = {_FORM}\n"
        f"database = {_quoted(place.database)}\n"
        f"home = {_quoted(place.home)}\n"
        f"base_currency = {_quoted(place.base_currency)}\n"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write_new(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)


def _read(folder: Path) -> Place:
    path = folder / MARK
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        values = [table[name] for name in ("database", "home", "base_currency")]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _faulty(path, reason) from None  # what a reader says may quote the line with the password
    except KeyError as error:
        raise _faulty(path, str(error.args[0])) from None
    if not all(isinstance(value, str) and value for value in values):
        raise _faulty(path, "database, home, base_currency")
    database, home, base_currency = values
    if "://" not in database and Path(database).name != database:
        raise _faulty(path, "database")
    return Place(folder, database, home, base_currency)


def _faulty(path: Path, reason: str) -> Exception:
    message = said("{file} cannot be read: {reason}", file=path, reason=reason)
    return refuse("BOOK-003", "settings", message, "it names database, home and base_currency, each as text")


def _no_key(path: Path) -> Exception:
    message = said("the key {file} is missing or damaged", file=path)
    return refuse("BOOK-006", "key", message, "put it back from your copy: without it buyers and seals can no longer be told apart")
