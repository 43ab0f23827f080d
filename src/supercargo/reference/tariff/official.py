"""Reading an official CSV file that nobody has looked at: what is readable, and every fault.

Used by `us_hts`, `uk_tariff` and the layers. Files may be gzipped. Nothing is dropped in silence:
a row is given out, or a `Fault` says which line and why.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from supercargo.kernel.words import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from io import BufferedReader
    from pathlib import Path

    from supercargo.reference.tariff.expression import DutyRate, NotComputable

LIMIT_BYTES: Final = 256 * 1024 * 1024
"""The largest file read, unpacked: forty times the largest tariff known, and no zip bomb."""

Record = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a file that cannot be used.

    Attributes:
        row_number: line in the file, the header being 1; 0 for the file as a whole.
        code: stable; tests and programs check this, not the words.
    """

    row_number: int
    code: str
    message: Bilingual

    def __str__(self) -> str:
        """Say where and what, in English."""
        place = f"line {self.row_number}" if self.row_number else "file"
        return f"{place} {self.code}: {self.message.en}"


@dataclass(frozen=True, slots=True)
class SpecialProgramme:
    """A rate for goods of certain origins: `Free (AU,BH,CL)` in the United States' tariff."""

    rate: DutyRate | NotComputable
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TariffLine:
    """One line of an official tariff, before it becomes a row of a layer.

    Attributes:
        code: digits only, 8 or 10.
        expression: the words of the file, unchanged but for surrounding blanks.
        since: the first day for which the file is known to speak; the caller says it, since no
            tariff file does.
        inherited_from: the code of the line above whose rate a statistical line takes; "" if own.
    """

    market: str
    code: str
    description: str
    expression: str
    rate: DutyRate | NotComputable
    since: date
    row_number: int
    special: tuple[SpecialProgramme, ...] = ()
    inherited_from: str = ""


def records(path: Path, required: Sequence[str]) -> Iterator[Record | Fault]:
    """Each data row with its line number, cells stripped; or the faults.

    Faults: `missing` (no such file), `encoding` (not UTF-8), `packing` (damaged gzip), `header`,
    `too_large`, `width` (a row of another width than the header), `csv`.
    """
    text = _text(path)
    if isinstance(text, Fault):
        yield text
        return
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in required if name not in header]
        if missing:
            yield _fault(1, "header", f"the columns {', '.join(missing)} are missing",
                         f"缺少列: {'、'.join(missing)}")  # fmt: skip
            return
        yield from _rows(reader, header)
    except csv.Error as error:
        yield _fault(reader.line_num, "csv", f"not valid CSV from here on ({error})",
                     f"从此行起不是有效的 CSV({error})")  # fmt: skip


def _rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[Record | Fault]:
    previous = 1
    for cells in reader:
        number, previous = previous + 1, getattr(reader, "line_num", previous + 1)
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield _fault(number, "width", f"{len(cells)} cells under {len(header)} columns",
                         f"该行 {len(cells)} 格, 表头 {len(header)} 列")  # fmt: skip
            continue
        yield number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _text(path: Path) -> str | Fault:
    try:
        with _opened(path) as stream:
            content = stream.read(LIMIT_BYTES + 1)
        if len(content) > LIMIT_BYTES:
            return _fault(0, "too_large", f"more than {LIMIT_BYTES >> 20} MiB when unpacked",
                          f"解压后超过 {LIMIT_BYTES >> 20} MiB")  # fmt: skip
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        return _fault(0, "missing", "there is no such file", "文件不存在")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _fault(line, "encoding", "not UTF-8; save the file as CSV UTF-8 and load it again",
                      "不是 UTF-8 编码, 请另存为 CSV UTF-8 后再导入")  # fmt: skip
    except (OSError, EOFError, zlib.error) as error:
        return _fault(0, "packing", f"the file cannot be read ({error})", f"文件无法读取({error})")


def _opened(path: Path) -> gzip.GzipFile | BufferedReader:
    """The file's bytes, unpacked when it is gzipped, whatever it is called."""
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def _fault(number: int, code: str, en: str, zh: str) -> Fault:
    return Fault(number, code, Bilingual(en, zh))
