"""A file appears whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Write to a neighbour and put it in the place of the old file at the end.

    Raises:
        Refused: EXPORT-001, the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        message = said("{file} cannot be written: {reason}", file=path, reason=error.strerror or error)
        raise refuse("EXPORT-001", "out", message, "close the file in other programs, or choose another place") from error
    finally:
        part.unlink(missing_ok=True)
