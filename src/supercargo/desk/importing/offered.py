"""What the user points at -> single files: folders are walked, archives are opened, nothing is unpacked to disk."""

from __future__ import annotations

import glob
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LARGEST_BYTES = 2 << 30
LARGEST_UNPACKED = 4 << 30
MOST_FILES = 10_000
_WORKBOOK = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_ZIP = b"PK\x03\x04"
_HIDDEN = (".", "~$", "__MACOSX")


@dataclass(frozen=True, slots=True)
class Offered:
    """One file: its name, and how to get its bytes; or what is wrong with the place that was named."""

    name: str
    read: Callable[[], bytes] | None = None
    fault: Finding | None = None


def offered(paths: Iterable[str | Path]) -> list[Offered]:
    """List the files behind paths, patterns, folders and ZIP archives, each once, in order of their names.

    What cannot be found is listed with its fault, so that the others go on.
    """
    found: dict[Path, None] = {}
    listed: list[Offered] = []
    for given in paths:
        matches = _matches(given)
        if not matches:
            message = said("there is no file {path}", path=given)
            listed.append(Offered(str(given), fault=Finding("IMP-404", "error", str(given), message, "check its name and folder")))
        found.update(dict.fromkeys(matches))
    if len(found) > MOST_FILES:
        message = said("{count} files are more than one import takes", count=len(found))
        raise refuse("IMP-010", "files", message, said("give at most {most} at once", most=MOST_FILES))
    return listed + [each for path in found for each in _of_file(path)]


def _matches(given: str | Path) -> list[Path]:
    path = Path(given).expanduser()
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(each for each in path.rglob("*") if each.is_file() and not _is_hidden(each.relative_to(path).parts))
    named = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 - the pattern may be absolute
    return [each for each in named if each.is_file()]


def _is_hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(_HIDDEN) for part in parts)


def _of_file(path: Path) -> Iterator[Offered]:
    try:
        with path.open("rb") as stream:
            is_packed = stream.read(len(_ZIP)) == _ZIP
        if is_packed and (members := _members(path)) is not None:
            yield from members
            return
    except Refused as refusal:
        yield Offered(path.name, fault=refusal.findings[0])
        return
    except OSError:
        pass  # what cannot be opened says so when it is read
    yield Offered(path.name, lambda: _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_large(path.name, LARGEST_BYTES)
        return path.read_bytes()
    except OSError as error:
        message = said("{file} cannot be read: {reason}", file=path, reason=error.strerror or str(error))
        raise refuse("IMP-011", path.name, message, "check that you may read it") from error


def _members(path: Path) -> list[Offered] | None:
    """List the files of an archive; ``None`` if it is a workbook, which is an archive only inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(path.name) from error
    if any(info.filename in _WORKBOOK for info in infos):
        return None
    wanted = [info for info in infos if not _is_hidden(PurePosixPath(info.filename).parts)]
    if len(wanted) > MOST_FILES or sum(info.file_size for info in wanted) > LARGEST_UNPACKED:
        raise _too_large(path.name, LARGEST_UNPACKED)
    return [Offered(f"{path.name}/{info.filename}", _reader(path, info.filename)) for info in wanted]


def _reader(path: Path, member: str) -> Callable[[], bytes]:
    name = f"{path.name}/{member}"

    def read() -> bytes:
        try:
            whole = io.BytesIO()
            with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
                while chunk := stream.read(1 << 20):  # the size that an archive states is not to be trusted
                    whole.write(chunk)
                    if whole.tell() > LARGEST_BYTES:
                        raise _too_large(member, LARGEST_BYTES)
                return whole.getvalue()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, KeyError) as error:
            raise _damaged(name) from error

    return read


def _too_large(name: str, most: int) -> Refused:
    return refuse("IMP-012", name, said("the file is larger than {allowed} bytes", allowed=most), "split it by month and import the parts")


def _damaged(name: str) -> Refused:
    return refuse("IMP-013", name, "the archive is damaged or locked by a password", "unpack it and import the files in it")
