"""An answer: the amounts decided, every line behind them, and what is doubtful; one object, many views."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.explain import Line, citations, explain_all
from supercargo.kernel.figure import padded, plain
from supercargo.kernel.finding import worst_first
from supercargo.kernel.words import Language, Text, into, translate
from supercargo.reference.book import sources

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding
    from supercargo.reference.law import Law

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, what was decided, why, and what to mind.

    ``amounts`` are the decided figures by a stable key; ``words`` decided words by a stable key;
    ``rows`` are tables of plain values (a ranking, a history) by a stable key.
    """

    question: str
    asked: dict[str, str]
    amounts: dict[str, Figure] = field(default_factory=dict)
    words: dict[str, Text] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    law: Law | None = field(default=None, repr=False, compare=False)

    @property
    def answered(self) -> bool:
        """Tell that something was decided and nothing stands against it."""
        return not any(finding.severity == "error" for finding in self.findings) and bool(self.amounts or self.words or self.rows)

    @property
    def exit_code(self) -> int:
        """Give 0 when answered, 1 when a finding of severity error stands or nothing could be decided."""
        return 0 if self.answered else 1

    def lines(self, language: Language = "en") -> tuple[Line, ...]:
        """List every named step behind the amounts, parts first, each once."""
        lines = explain_all(tuple(self.amounts.values()), language)
        return lines if self.law is None else tuple(_dated(line, self.law) for line in lines)

    def document(self, language: Language = "en") -> dict[str, Any]:
        """Give the answer as plain values for JSON: amounts are text beside their currency."""
        return {
            "supercargo": VERSION,
            "question": self.question,
            "answered": self.answered,
            "asked": self.asked,
            "amounts": {key: amount_document(figure, language) for key, figure in self.amounts.items()},
            "words": {key: into(text, language) for key, text in self.words.items()},
            **({"rows": self.rows} if self.rows else {}),
            "lines": [line.document() for line in self.lines(language)],
            "findings": [finding_document(finding, language) for finding in worst_first(self.findings)],
            "sources": self.sources(),
        }

    def sources(self) -> list[dict[str, str]]:
        """List the sources behind the amounts: key, title, publisher, address."""
        known = sources()
        keys = {key for citation in citations(self.amounts.values()) for key in citation.sources}
        return [
            {"key": key, "title": known[key].title, "publisher": known[key].publisher, "url": known[key].url}
            if key in known
            else {"key": key, "title": "", "publisher": "", "url": ""}
            for key in sorted(keys)
        ]


def _dated(line: Line, law: Law) -> Line:
    """Give a step that rests on a word of the law, such as CIF, that fact's first day and sources."""
    if line.effective is not None or not law.knows(line.source):
        return line
    citation = law.cite_or_nothing(line.source)
    return line if citation is None else replace(line, effective=citation.since, sources=citation.sources, confidence=citation.confidence)


def amount_document(figure: Figure, language: Language = "en") -> dict[str, str]:
    """Give a figure as text and unit; money has at least the digits of its currency."""
    currency = figure.unit.currency
    amount = padded(figure.amount, minor_digits(currency)) if currency else plain(figure.amount)
    document = {"name": translate(figure.name, language), "amount": amount, "unit": str(figure.unit) or "1"}
    return document | ({"currency": currency} if currency else {})


def finding_document(finding: Finding, language: Language = "en") -> dict[str, str]:
    """Give a finding as plain values."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "message": into(finding.message, language),
        "remedy": into(finding.remedy, language),
        "source": finding.source,
    }
