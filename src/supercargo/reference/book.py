"""The files of the reference book, read when they are needed: one folder per country or platform."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import Bilingual, said
from supercargo.reference.fact import Entry, Fact, bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = Path(str(resources.files("supercargo.reference") / "law"))
SOURCES = Path(str(resources.files("supercargo.reference") / "sources"))
LONGEST = 100
"""No subject is longer; a key from outside may be, and is no file's name."""
_KNOWN = {"en", "zh", "kind", "unit", "note", "doubt", "since", "checked_on"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read."""

    key: str
    title: str
    publisher: str
    url: str
    kind: str


@dataclass(slots=True)
class Book:
    """The shipped facts and, above them, folders of a user's own, in the same form."""

    overlays: tuple[Path, ...] = ()
    _subjects: dict[str, dict[str, Fact]] = field(default_factory=dict)

    def fact(self, key: str) -> Fact:
        """Find a fact by its key, such as ``de.vat.standard``.

        Raises:
            Refused: LAW-404, there is no such fact.
        """
        found = self.find(key)
        if found is None:
            remedy = said('list what is known with "supercargo law list {folder}"', folder=key.partition(".")[0])
            raise refuse("LAW-404", key, said("the reference book has no fact {key}", key=key), remedy)
        return found

    def find(self, key: str) -> Fact | None:
        """Find a fact by its key, or nothing."""
        subject, _, _table = key.rpartition(".")
        return self.subject(subject).get(key)

    def subject(self, subject: str) -> dict[str, Fact]:
        """Read all facts of one file with what the overlays say about them."""
        if subject not in self._subjects:
            folder, _, file = subject.partition(".")
            facts = dict(_read(SHIPPED / folder / f"{file}.toml", subject, "shipped")) if _plain(subject) else {}
            for overlay in self.overlays:
                facts |= _read(overlay / folder / f"{file}.toml", subject, str(overlay)) if _plain(subject) else {}
            self._subjects[subject] = facts
        return self._subjects[subject]

    def subjects(self, folder: str = "") -> tuple[str, ...]:
        """List the files of a folder (a country, a platform), or of all folders, as ``de.vat``."""
        roots = (SHIPPED, *self.overlays)
        pattern = f"{folder}/*.toml" if folder else "*/*.toml"
        return tuple(sorted({f"{file.parent.name}.{file.stem}" for root in roots for file in root.glob(pattern)}))

    def facts(self, folder: str = "") -> Iterator[Fact]:
        """Go through all facts of a folder, or of the whole book."""
        for subject in self.subjects(folder):
            yield from self.subject(subject).values()


@cache
def shipped() -> Book:
    """Give the book as it is shipped, read once."""
    return Book()


@cache
def sources() -> dict[str, Source]:
    """Read all sources: title, publisher, address, kind."""
    found: dict[str, Source] = {}
    for file in sorted(SOURCES.glob("*.toml")):
        for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found[key] = Source(key, entry["title"], entry.get("publisher", ""), entry.get("url", ""), entry["kind"])
    return found


def about(subject: str) -> dict[str, Any]:
    """Read the heading of a file: jurisdiction, subject, titles."""
    folder, _, file = subject.partition(".")
    path = SHIPPED / folder / f"{file}.toml"
    return dict(_parsed(path).get("about", {})) if path.is_file() else {}


def _plain(subject: str) -> bool:
    return len(subject) <= LONGEST and subject.replace(".", "").replace("-", "").replace("_", "").isalnum()


@cache
def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        message = said("{file} is not valid TOML: {fault}", file=path.name, fault=str(fault))
        raise refuse("LAW-501", str(path), message, "correct the file; numbers are written bare, dates as 2026-07-01") from fault


def _read(path: Path, subject: str, layer: str) -> dict[str, Fact]:
    if not path.is_file():
        return {}
    tables = {name: table for name, table in _parsed(path).items() if name != "about"}
    return {f"{subject}.{name}": _fact(f"{subject}.{name}", table, layer) for name, table in tables.items()}


def _fact(key: str, table: dict[str, Any], layer: str) -> Fact:
    return Fact(
        key=key,
        label=Bilingual(str(table.get("en", key)), str(table.get("zh", table.get("en", key)))),
        kind=str(table.get("kind", "")),
        unit=str(table.get("unit", "")),
        history=tuple(_entry(entry) for entry in table.get("since", ())),
        note=bilingual(table.get("note")),
        doubt=bilingual(table.get("doubt")),
        extra={name: value for name, value in table.items() if name not in _KNOWN},
        layer=layer,
    )


def _entry(entry: dict[str, Any]) -> Entry:
    source = entry.get("source", ())
    doubt = bilingual(entry.get("doubt")) or bilingual(entry.get("why"))
    sources_of = (source,) if isinstance(source, str) else tuple(source)
    return Entry(entry.get("date"), entry, sources_of, str(entry.get("confidence", "")), doubt)
