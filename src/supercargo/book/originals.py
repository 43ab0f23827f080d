"""The files as they came, kept under their hash in the company's folder: written once, never again, readable only."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_READ_ONLY = 0o400
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Originals:
    """The folder ``files``: ``files/ab/abcd...`` holds the file whose SHA-256 is abcd..."""

    folder: Path

    def path_of(self, digest: str) -> Path:
        """Tell where the file of a hash lies.

        Raises:
            ValueError: the text is no SHA-256.
        """
        if not _HASH.fullmatch(digest):
            msg = f"{digest!r} is no SHA-256"
            raise ValueError(msg)
        return self.folder / digest[:2] / digest

    def keep(self, digest: str, content: bytes) -> Path:
        """Keep a file; one that is there already is left as it is.

        Raises:
            Refused: BOOK-030 the content is not that of the hash; BOOK-031 it cannot be written; BOOK-032 what lies there is another.
        """
        if sha256(content).hexdigest() != digest:
            raise refuse("BOOK-030", "file", "the file changed while it was read", "import it again once it is whole")
        path = self.path_of(digest)
        if path.exists() and not self.is_whole(digest):
            message = said("the original {file} no longer has its hash", file=path.name)
            raise refuse("BOOK-032", "files", message, "move it out of the folder and import the file again")
        try:
            if not path.exists():
                _write(path, content)
        except OSError as error:
            message = said("{file} cannot be written: {reason}", file=path, reason=error.strerror or str(error))
            raise refuse("BOOK-031", "files", message, "make room and see to it that the folder may be written to") from error
        return path

    def is_whole(self, digest: str) -> bool:
        """Tell whether the file of a hash is there and still has it."""
        whole = sha256()
        try:
            with self.path_of(digest).open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    whole.update(chunk)
        except OSError:
            return False
        return whole.hexdigest() == digest


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    part = path.with_name(name.rpartition(os.sep)[2])
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_READ_ONLY)
        part.rename(path)  # whoever was quicker wrote the same: the name is the content
    finally:
        part.unlink(missing_ok=True)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the name survive a loss of power, where the system can promise that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
