"""A table of the lake on disk: written whole or not at all, read through its manifest.

Layout: ``<table>/<channel>/<period>-<generation>-<number>.parquet``, zstd. The period is a year, or a month once the
channel's year has more than ``LINES_OF_A_YEAR`` lines, so that neither many small files nor few huge ones arise.
Readers want few columns of many lines of some months and channels: columns come from Parquet, months and
channels from the manifest, without opening a file.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import polars as pl

from supercargo.desk.lake import manifest as manifests
from supercargo.desk.lake.manifest import Manifest, Part
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

LINES_OF_A_YEAR = 1_000_000
LINES_OF_A_FILE = 4_000_000
ROW_GROUP = 250_000
LEVEL = 1
"""Of zstd: twice as fast as the default here, and 4 % larger."""
_DAYS = ("order_on", "posted_on")


@dataclass(frozen=True, slots=True)
class Lake:
    """One table in its folder."""

    folder: Path

    def manifest(self) -> Manifest:
        """Give the state that readers see. Raises Refused LAKE-002."""
        return manifests.read(self.folder)

    def scan(self, state: Manifest, parts: Iterable[Part]) -> pl.LazyFrame:
        """Read some files of a state, lazily.

        Raises:
            Refused: LAKE-001, the table was never written or is empty; LAKE-003, a file is missing.
        """
        files = self.files(state, parts)
        return pl.scan_parquet(files, glob=False)

    def files(self, state: Manifest, parts: Iterable[Part]) -> list[str]:
        """Give the files by their full names. Raises as ``scan`` does."""
        paths = [self.folder / part.path for part in parts]
        if not state.parts:
            raise refuse("LAKE-001", "lake", "the lake holds no lines yet", 'write it with "supercargo lake write"')
        missing = [path.name for path in paths if not path.is_file()]
        if missing:
            message = said("files of the lake are missing: {files}", files=", ".join(missing[:3]))
            raise refuse("LAKE-003", "lake", message, 'write the lake anew with "supercargo lake write --anew"')
        return [str(path) for path in paths]

    @contextmanager
    def write(self, shape: str = "") -> Iterator[Writing]:
        """Write a new state; it takes the place of the old one when the block ends, and not at all if the block fails.

        Raises:
            Refused: LAKE-004, somebody else is writing.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with _alone(self.folder / "writing.lock"):
            old = self.manifest()
            _sweep(self.folder, old)
            writing = Writing(self.folder, old, shape)
            yield writing
            writing.commit()


class Writing:
    """A state that is being written: files under names of the new generation, which nobody reads before the end."""

    def __init__(self, folder: Path, old: Manifest, shape: str) -> None:
        self.folder, self.old, self.shape = folder, old, shape
        self.generation = old.generation + 1
        self.parts: list[Part] = []
        self.watermark: Mapping[str, int] = old.watermark
        self.notes: tuple[Mapping[str, Any], ...] = ()
        self.kept = 0
        self._number = 0

    def keep(self, parts: Iterable[Part]) -> None:
        """Take files of the old state over as they are."""
        taken = list(parts)
        self.kept += len(taken)
        self.parts.extend(taken)

    def put(self, channel: str, lines: pl.DataFrame, report: Callable[[str], None] = lambda _: None) -> None:
        """Write all lines of a channel: by year, or by month where the year is large; what did not change is kept."""
        for period, part in periods(lines):
            report(period)
            for start in range(0, part.height, LINES_OF_A_FILE):
                self.put_file(channel, period, part.slice(start, LINES_OF_A_FILE))

    def put_file(self, channel: str, period: str, lines: pl.DataFrame) -> None:
        """Write one file, unless the old state has the very same one."""
        self._number += 1
        path = f"{quote(channel, safe='') or '-'}/{period}-{self.generation}-{self._number}.parquet"
        draft = _drafted(self.folder / path, lines)
        content = _hash(draft)
        same = next((part for part in self.old.parts if (part.channel, part.period, part.content) == (channel, period, content)), None)
        if same is not None and (self.folder / same.path).is_file():
            draft.unlink()
            self.keep((same,))
            return
        _push(draft)
        size = draft.stat().st_size
        draft.replace(self.folder / path)
        self.parts.append(replace(_described(lines, channel, period), path=path, bytes=size, content=content))

    def commit(self) -> None:
        """Let readers see the new state."""
        before = tuple(sorted({part.path for part in self.old.parts} - {part.path for part in self.parts}))
        parts = tuple(sorted(self.parts, key=lambda part: (part.channel, part.period, part.path)))
        state = Manifest(self.generation, self.shape, dict(self.watermark), parts, before, self.notes)
        _replace(self.folder / manifests.NAME, state.text())


def periods(lines: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Cut lines by the year of the order, and a large year by month; lines without a day are a period of their own."""
    days = lines.get_column("order_on")
    if days.null_count():
        yield "undated", lines.filter(pl.col("order_on").is_null())
        lines = lines.filter(pl.col("order_on").is_not_null())
    ordered = lines if lines.get_column("order_on").is_sorted() else lines.sort("order_on", maintain_order=True)
    for year, part in _runs(ordered, "1y"):
        if part.height <= LINES_OF_A_YEAR:
            yield f"{year:%Y}", part
        else:
            yield from ((f"{month:%Y-%m}", smaller) for month, smaller in _runs(part, "1mo"))


def _runs(ordered: pl.DataFrame, every: str) -> Iterator[tuple[date, pl.DataFrame]]:
    """Cut lines in the order of their days where a year or a month ends; the pieces share the memory of the whole."""
    starts = ordered.get_column("order_on").dt.truncate(every).rle().struct.unnest()
    place = 0
    for length, start in starts.iter_rows():
        yield start, ordered.slice(place, length)
        place += length


def _described(lines: pl.DataFrame, channel: str, period: str) -> Part:
    ends = lines.select(
        pl.col("amount_minor").abs().max().alias("largest"),
        *(pl.col(name).min().alias(f"first_{name}") for name in _DAYS),
        *(pl.col(name).max().alias(f"last_{name}") for name in _DAYS),
    ).row(0, named=True)
    currencies = tuple(sorted(lines.get_column("currency").drop_nulls().unique()))
    days: dict[str, date | None] = {name: ends[name] for name in ends if name != "largest"}
    return Part("", channel, period, lines.height, 0, ends["largest"] or 0, currencies, **days)  # type: ignore[arg-type]


def _drafted(path: Path, lines: pl.DataFrame) -> Path:
    """Write a file beside its place, under a name that no reader looks at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    lines.write_parquet(draft, compression="zstd", compression_level=LEVEL, row_group_size=ROW_GROUP)
    return draft


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    _push(part)
    part.replace(path)


def _push(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sweep(folder: Path, state: Manifest) -> None:
    """Remove files that neither the state nor the one before it names: what a killed write left, and what is two states old."""
    named = {part.path for part in state.parts} | set(state.before)
    for path in folder.glob("*/*.parquet*"):
        if path.relative_to(folder).as_posix() not in named:
            path.unlink(missing_ok=True)
    for path in folder.glob("*/.*.part"):
        path.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one write at a time; the lock is a database's, which the system frees when a process is killed."""
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise refuse("LAKE-004", "lake", "somebody else is writing the lake", "wait until that write has ended") from error
    try:
        yield
    finally:
        lock.close()
