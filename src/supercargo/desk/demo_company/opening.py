"""The demonstration company's book: its files are written, imported and tied out, as its owner would do it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from supercargo.book.place import MARK, Place
from supercargo.desk.demo_company.company import trade
from supercargo.desk.demo_company.files import write
from supercargo.desk.demo_company.trade import KNOWN_UNTIL, LAST
from supercargo.desk.files import examples
from supercargo.desk.importing import Options, import_files
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from supercargo.desk.demo_company.faults import Fault
    from supercargo.desk.demo_company.files import Written
    from supercargo.desk.importing import FileReceipt
    from supercargo.kernel.words import Language

FILES, BOOK = "files-of-the-marketplaces", "book"
IMPORTING = "importing files"
DAY = KNOWN_UNTIL.replace(day=16)
"""The day on which the demonstration looks at its book: the bank's last statement is there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A book that was filled from files: where it is, what became of each file, what is wrong with them on purpose."""

    place: Place
    receipts: tuple[FileReceipt, ...]
    faults: tuple[Fault, ...]
    files: Path


def open_company(folder: Path, language: Language, progress: Callable[[int, int, str], None] | None = None) -> Opened:
    """Write the company's files below a folder and import them into a new book beside them.

    A book of an earlier demonstration in the same folder is thrown away; anything else in its place is left alone.

    Raises:
        Refused: DEMO-011, what stands in the book's place is no book of a demonstration; what importing raises.
        OSError: the folder cannot be written.
    """
    traded = trade()
    files = folder / FILES
    written = write(files, traded)
    place = _new_place(folder / BOOK)
    receipts: list[FileReceipt] = []

    def told(done: int, _of: int, what: str) -> None:
        if progress is not None and what == IMPORTING:
            progress(len(receipts) + done, len(written), IMPORTING)

    for (channel, zone), part in groupby(written, key=_told):
        options = Options(channel=channel, zone=zone, day=LAST)
        receipts.extend(import_files([one.path for one in part], place, options, told, language))
    if progress is not None:
        progress(len(written), len(written), IMPORTING)
    return Opened(place, tuple(receipts), traded.faults, files)


def _told(one: Written) -> tuple[str, str]:
    return one.channel, one.zone


def _new_place(folder: Path) -> Place:
    if folder.exists():
        if not (folder / MARK).is_file() or not (folder.parent / FILES).is_dir():
            message = said("{folder} holds something that is no book of a demonstration", folder=folder)
            raise refuse("DEMO-011", "folder", message, "choose another folder with --folder")
        _throw_away(folder)
    place = Place.create(folder, home="CN", base_currency="CNY")
    shutil.copyfile(examples() / "company.toml", place.company_file)
    return place


def _throw_away(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o600)  # kept originals are read-only
    shutil.rmtree(folder)
