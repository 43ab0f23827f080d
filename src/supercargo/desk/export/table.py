"""A table to be written: a frame, and what each of its columns means to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from supercargo.kernel.words import Text

Kind = Literal["text", "integer", "number", "money", "percent", "date", "link", "verdict"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: the frame's column ``name``, the ``title`` that a person reads, and what it holds.

    money:    Decimal, text of a decimal, or integers at ``scale`` (``None``: minor units of the row's
              currency). Needs ``currency`` (one for all) or ``currency_column`` (one per row).
    percent:  Decimal ratio (0.19 is 19 %), or integers at ``scale`` (6: parts per million).
    number:   Decimal, text of a decimal, or integers at ``scale``.
    integer, text, date, link (http or https), verdict ("go", "fix", "no-go").
    Binary floats are refused everywhere.
    """

    name: str
    title: Text
    kind: Kind = "text"
    currency: str | None = None
    currency_column: str | None = None
    scale: int | None = None
    digits: int | None = None
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the export."""

    name: Text
    frame: pl.DataFrame
    columns: tuple[ColumnSpec, ...]
    freeze_columns: int = 0
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; give ``created_on`` where files are to be compared."""

    title: Text = "Supercargo"
    subject: Text = ""
    author: str = "Supercargo"
    company: str = ""
    created_on: date | None = None
    comments: Text = ""
