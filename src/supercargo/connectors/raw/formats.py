"""What a format is: how it is recognised, how it is mapped, how it is written back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped


@dataclass(frozen=True, slots=True)
class Context:
    """What the importer is told beside the file; what is empty is found out or asked for."""

    channel: str = ""
    account: str = ""
    warehouse: str = ""
    day: date | None = None
    """The day of a snapshot that does not name its own."""
    decimal: str = ""
    """A comma or a point where the file leaves it open."""
    dates: str = ""
    """The order dmy, mdy or ymd where the file leaves it open."""
    zone: str = ""
    """IANA name of the shop's time zone where the file's times are local."""
    secret: bytes = b"no secret"
    """The company's key, with which buyers' names are hashed."""
    options: Mapping[str, str] = field(default_factory=dict)


class MapsFile(Protocol):
    """The pure function of a format: raw -> records and outcomes."""

    def __call__(self, raw: Raw, context: Context) -> Mapped:
        """Map a whole file.

        Raises:
            Refused: the file as a whole cannot be read as this format, or leaves a question open; all such findings at once.
        """


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file of one source."""

    key: str
    """What --as takes: amazon-settlement."""
    source: str
    """The folder of the connector: "amazon"."""
    name: str
    """For people, English; Chinese in the word lists."""
    certainty: Callable[[Raw], int]
    """How sure a file is of this kind, in percent: 100 is every column that is required, and no other source's."""
    map: MapsFile
    render: Callable[..., bytes] | None = None
    """Writes records in the format, exactly as the source would: for samples and proofs."""
    proven: str = ""
    """What the layout rests on, and what is not proven about it (reaches the user as a note)."""
