"""A company's file from disk."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from supercargo.connectors.company.mapping import parse
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.connectors.company.company import Company

LARGEST_BYTES = 4 << 20


def read(path: Path) -> Company:
    """Read ``company.toml``.

    Raises:
        Refused: COMPANY-010 the file cannot be read; COMPANY-001 to -009 with every fault in it.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise refuse(
                "COMPANY-010",
                "file",
                said("the file is larger than {allowed} bytes", allowed=LARGEST_BYTES),
                "give the file of the company",
            )
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        message = said("{file} cannot be read: {reason}", file=path, reason=error.strerror or error)
        raise refuse("COMPANY-010", "file", message, "check the name of the file") from error
    except UnicodeDecodeError as error:
        raise refuse("COMPANY-010", "file", "the file is not UTF-8", "save it as UTF-8") from error
    return replace(parse(text.replace("\r\n", "\n"), path.name), sha256=sha256(content).hexdigest())
