"""What a table of the lake consists of: its files, and up to which record of the book they were written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "manifest.json"
VERSION = 1
"""Of the layout; a lake of another version is written anew."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its place below the table's folder, what it covers, and what bounds its sums."""

    path: str
    channel: str
    period: str
    lines: int
    bytes: int
    largest: int
    currencies: tuple[str, ...]
    first_order_on: date | None = None
    last_order_on: date | None = None
    first_posted_on: date | None = None
    last_posted_on: date | None = None
    content: str = ""
    """A hash of the lines, by which a file that would be the same is not written again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a table: readers look here first and see either all of a write or nothing of it."""

    generation: int = 0
    shape: str = ""
    """What the lines were made by; another shape makes all of them anew."""
    watermark: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    before: tuple[str, ...] = ()
    """Files of the generation before, kept for those who still read it."""
    notes: tuple[Mapping[str, Any], ...] = ()
    """What was found while the lines were made: plain values of findings, said again by whoever reads them."""

    @property
    def lines(self) -> int:
        """Count the lines."""
        return sum(part.lines for part in self.parts)

    @property
    def bytes(self) -> int:
        """Count the bytes on disk."""
        return sum(part.bytes for part in self.parts)

    def text(self) -> str:
        """Write it as JSON."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, indent=1, sort_keys=True, default=str)


def read(folder: Path) -> Manifest:
    """Read the manifest of a table's folder; an empty one where none was written yet.

    Raises:
        Refused: LAKE-002, the file is damaged.
    """
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _manifest(content) if content["version"] == VERSION else Manifest()
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = said("the manifest of the lake cannot be read: {reason}", reason=error)
        raise refuse("LAKE-002", NAME, message, 'write the lake anew with "supercargo lake write --anew"') from error


def _manifest(content: dict[str, Any]) -> Manifest:
    return Manifest(
        generation=int(content["generation"]),
        shape=str(content["shape"]),
        watermark={str(noun): int(number) for noun, number in content["watermark"].items()},
        parts=tuple(_part(entry) for entry in content["parts"]),
        before=tuple(map(str, content["before"])),
        notes=tuple(content["notes"]),
    )


def _part(entry: dict[str, Any]) -> Part:
    days = {name: date.fromisoformat(value) if value else None for name, value in entry.items() if name.endswith("_on")}
    path = str(entry["path"])
    if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/"):
        msg = f"{path} leaves the folder of the table"
        raise ValueError(msg)
    return Part(**{**entry, **days, "currencies": tuple(entry["currencies"])})
