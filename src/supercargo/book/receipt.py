"""What is handed to the book to be kept, and what the book says that it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from supercargo.kernel.finding import Finding

OUTCOME_SCHEMA: dict[str, pl.DataType] = {"row": pl.Int64(), "status": pl.String(), "code": pl.String(), "reason": pl.String()}
CELLS_SCHEMA: dict[str, pl.DataType] = {"row": pl.Int64(), "cells": pl.String()}


class ControlSum(Protocol):
    """One column of money, summed from the file and from what became of its rows."""

    @property
    def column(self) -> str:
        """Give the file's name of the column."""

    @property
    def currency(self) -> str:
        """Give the currency in which the sum is."""

    @property
    def of_file(self) -> int:
        """Give the sum of the raw cells."""

    @property
    def of_records(self) -> int:
        """Give the sum over rows that became records."""

    @property
    def of_skips(self) -> int:
        """Give the sum over rows that were left out by name."""

    @property
    def of_faults(self) -> int:
        """Give the sum over faulty rows."""

    @property
    def unreadable(self) -> int:
        """Count the cells of faulty rows that are no number."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file to be kept: its bytes as they came, their hash, and which format they were read as."""

    sha256: str
    name: str
    content: bytes
    format: str
    source: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: rows = records + held + skips + faults. ``contested`` are rows among the held ones.

    ``records`` are rows of which something new was kept; ``held`` rows of which all was in the book already; ``contested``
    those that say something else than the book about money that was booked: the earlier record stays. ``saved`` counts the
    new records by noun, ``revised`` those among them that follow an earlier one.
    """

    document_id: int
    name: str
    format: str
    rows: int
    records: int = 0
    held: int = 0
    contested: int = 0
    skips: int = 0
    faults: int = 0
    saved: Mapping[str, int] = field(default_factory=dict)
    revised: Mapping[str, int] = field(default_factory=dict)
    controls: tuple[ControlSum, ...] = ()
    findings: tuple[Finding, ...] = ()
    already_at: datetime | None = None
    """When the very same file was imported before; then nothing was changed."""
