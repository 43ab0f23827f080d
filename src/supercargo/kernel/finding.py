"""What is wrong, doubtful or worth knowing: where, how much it matters, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.words import Language, Said, Text, into

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning", "note"]
_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or doubt. Codes are stable; the words may improve.

    >>> print(Finding("DUTY-001", "error", "lines[0].hs_code", "six digits are missing", "give six digits"))
    DUTY-001 lines[0].hs_code: six digits are missing; give six digits
    """

    code: str
    severity: Severity
    path: str
    message: Text
    remedy: Text = ""
    source: str = ""

    def at(self, path: str) -> Finding:
        """Put the finding below a place: the row or line in which it was found."""
        return replace(self, path=f"{path}.{self.path}" if self.path else path)

    def into(self, language: Language) -> str:
        """Say the finding on one line: code, place, what, what to do."""
        where = f" {self.path}" if self.path else ""
        text = f"{self.code}{where}: {into(self.message, language)}"
        remedy = into(self.remedy, language)
        return f"{text}{'；' if language == 'zh' else '; '}{remedy}" if remedy else text

    def __str__(self) -> str:
        return self.into("en")


class Refused(Exception):  # noqa: N818 - a refusal is an answer of the house, not an error of the program
    """No number can be given; the findings say what is missing and how to supply it."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def refuse(code: str, path: str, message: Text, remedy: Text, source: str = "") -> Refused:
    """Make the refusal that one finding stands for, to be raised."""
    return Refused(Finding(code, "error", path, message, remedy, source))


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings by severity and drop repetitions, keeping the order of discovery."""
    unique: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        unique.setdefault((finding.code, finding.path, str(finding.message)), finding)
    return tuple(sorted(unique.values(), key=lambda finding: _ORDER[finding.severity]))


__all__ = ["Finding", "Refused", "Said", "Severity", "refuse", "worst_first"]
