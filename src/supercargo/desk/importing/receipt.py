"""What is asked of an import, and what became of each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import finding_document
from supercargo.kernel.currency import is_currency, minor_digits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from supercargo.connectors.records.mapped import Control
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.words import Language

UNKNOWN_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says beside the files; what is empty is found out from them, or asked."""

    format: str = ""
    """The key of a format, where the files are not to be recognised."""
    mapping: Path | None = None
    """A column mapping for tables of no known format."""
    channel: str = ""
    account: str = ""
    warehouse: str = ""
    day: date | None = None
    decimal: str = ""
    dates: str = ""
    zone: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    faults: Path | None = None
    """A folder for sheets of the faulty rows, to be corrected and imported."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that became no record: skip or fault, why, and its cells as they stood."""

    row: int
    status: str
    code: str
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """What became of one file. Unless it was refused: rows = records + held + skips + faults.

    ``saved`` counts records by noun (of a dry run: that would be). ``held`` rows were in the book already, ``contested`` ones
    among them say something else than it. ``left_out`` shows the first rows that became no record, faults first.
    """

    name: str
    format: str = ""
    certainty: int = 0
    rows: int = 0
    records: int = 0
    held: int = 0
    contested: int = 0
    skips: int = 0
    faults: int = 0
    saved: Mapping[str, int] = field(default_factory=dict)
    controls: tuple[Control, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    document_id: int | None = None
    already_at: datetime | None = None
    fault_sheet: Path | None = None
    suggestion: str = ""
    """A mapping to begin with, for a table of no known format."""

    @property
    def refused(self) -> bool:
        """Tell that nothing of the file was kept."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def ties(self) -> bool:
        """Tell that no row and no money was lost."""
        return self.rows == self.records + self.held + self.skips + self.faults and all(control.ties for control in self.controls)

    def document(self, language: Language) -> dict[str, Any]:
        """Give the receipt as plain values."""
        names = ("name", "format", "certainty", "rows", "records", "held", "contested", "skips", "faults")
        return {
            **{name: getattr(self, name) for name in names},
            "refused": self.refused,
            "ties": self.ties,
            "already_imported_at": self.already_at.isoformat() if self.already_at else None,
            "saved": dict(self.saved),
            "controls": [control_document(control) for control in self.controls],
            "facts": dict(self.facts),
            "left_out": [{"row": line.row, "status": line.status, "code": line.code, "reason": line.reason} for line in self.left_out],
            "fault_sheet": str(self.fault_sheet) if self.fault_sheet else None,
            "suggestion": self.suggestion or None,
            "findings": [finding_document(finding, language) for finding in self.findings],
        }


def control_document(control: Control) -> dict[str, Any]:
    """Give a control sum as plain values: amounts as text in the currency's own digits."""
    sums = {name: amount(getattr(control, name), control.currency) for name in ("of_file", "of_records", "of_skips", "of_faults")}
    return {"column": control.column, "currency": control.currency, **sums, "unreadable": control.unreadable, "ties": control.ties}


def amount(minor: int, currency: str) -> str:
    """Write an amount of minor units with a point; what is no currency has two digits, as control sums do.

    >>> amount(-123456, "EUR"), amount(5, "JPY")
    ('-1234.56', '5')
    """
    digits = minor_digits(currency) if is_currency(currency) else UNKNOWN_DIGITS
    whole = f"{abs(minor):0{digits + 1}d}"
    text = f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
    return f"-{text}" if minor < 0 else text
