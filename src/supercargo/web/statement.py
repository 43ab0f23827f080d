"""An answer of the desk, laid out as a statement: its parts, its steps, its findings; text only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as url_quote

from django.urls import reverse

from supercargo.desk.answer import amount_document
from supercargo.kernel.finding import worst_first
from supercargo.kernel.words import Language, into, said, translate
from supercargo.web.asked import field_of, label_of
from supercargo.web.shown import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supercargo.desk.answer import Answer
    from supercargo.kernel.explain import Line
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding

ICONS = {"error": "✕", "warning": "!", "note": "i"}
SEVERITIES = {"error": "Error", "warning": "Mind this", "note": "Note"}
CONFIDENCE = {"high": "confidence: high", "medium": "confidence: medium", "low": "confidence: low"}
HEADLINE = "landed_cost"
PARTS = ("customs_value", "duty", "tax_at_sale", "tax_on_flat_duty", "tax_at_import", "fees", "charges", "landed_cost_per_item")
_FLAG = re.compile(r"--([a-z]+(?:-[a-z]+)*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One amount of the result, and the step that explains it."""

    key: str
    name: str
    shown: str
    amount: str
    step: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the statement."""

    id: str
    name: str
    shown: str
    formula: str
    source: str
    url: str
    field: str
    effective: str
    confidence: str
    own: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding as the page shows it, with the fields that it speaks about."""

    code: str
    severity: str
    icon: str
    word: str
    path: str
    field: str
    label: str
    line: str
    message: Finding
    remedy_field: str
    url: str


def part(answer: Answer, key: str, language: Language, lines: tuple[Line, ...]) -> Part:
    """Lay out one amount of an answer."""
    figure = answer.amounts[key]
    written = amount_document(figure, language)
    step = next((f"step-{place}" for place, line in reversed(list(enumerate(lines))) if line.name == written["name"]), "")
    return Part(key, written["name"], figure.shown(language), written["amount"], step)


def parts(answer: Answer, language: Language, lines: tuple[Line, ...]) -> list[Part]:
    """Lay out the amounts of an answer in reading order, those of the list first."""
    keys = [*(key for key in PARTS if key in answer.amounts), *(key for key in answer.amounts if key not in (*PARTS, HEADLINE, "tax"))]
    return [part(answer, key, language, lines) for key in keys]


def steps(answer: Answer, language: Language, day: str, lines: tuple[Line, ...]) -> list[Step]:
    """Lay out every named step with its source, first day and formula."""
    wholes = {translate(figure.name, language) for figure in answer.amounts.values()}
    return [_step(place, line, day, wholes) for place, line in enumerate(lines)]


def _step(place: int, line: Line, day: str, wholes: set[str]) -> Step:
    given = line.source == "given" or not line.source
    return Step(
        id=f"step-{place}",
        name=line.name,
        shown=line.shown,
        formula=line.formula,
        source="" if given else line.source,
        url="" if given else source_url(line.source, day),
        field=field_of(line.path),
        effective=line.effective.isoformat() if line.effective else "",
        confidence=CONFIDENCE.get(line.confidence, "") if line.confidence != "high" else "",
        own=line.layer not in {"", "shipped", "starter"},
        whole=line.name in wholes,
    )


def source_url(key: str, day: str = "") -> str:
    """Find the page of a source key: a word of the trade, or a fact on a day."""
    if key == "arithmetic":
        return ""
    if key.startswith("term-"):
        return f"{reverse('law-words')}#{url_quote(key)}"
    address = reverse("law-entry", args=[key])
    return f"{address}?on={day}" if day else address


def notices(findings: Iterable[Finding]) -> list[Notice]:
    """Lay out findings, the gravest first; a remedy that names a flag leads to its field."""
    return [_notice(finding) for finding in worst_first(findings)]


def _notice(finding: Finding) -> Notice:
    flags = [flag.replace("-", "_") for flag in _FLAG.findall(into(finding.remedy, "en"))]
    fields = [name for name in (field_of("hs_code" if flag == "hs" else flag) for flag in flags) if name]
    url = source_url(finding.path) if finding.code.startswith("LAW-2") else ""
    place = field_of(finding.path)
    label, line = label_of(place)
    return Notice(
        code=finding.code,
        severity=finding.severity,
        icon=ICONS[finding.severity],
        word=SEVERITIES[finding.severity],
        path=finding.path,
        field=place,
        label=label,
        line=line,
        message=finding,
        remedy_field=fields[0] if fields else "",
        url=url,
    )


def as_text(answer: Answer, headline: Figure | None, language: Language, lines: tuple[Line, ...]) -> str:
    """Write an answer as plain text, to be pasted into a message."""
    written = [f"{key}: {value}" for key, value in answer.asked.items()]
    if headline is not None:
        written += ["", f"{translate(headline.name, language)}: {grouped(headline.shown(language))}"]
    for line in lines:
        formula = f" = {grouped(line.formula)}" if line.formula else ""
        since = ", " + into(said("in force since {day}", day=line.effective), language) if line.effective else ""
        written.append(f"- {line.name}: {grouped(line.shown)}{formula} [{line.source}{since}]")
    written += [finding.into(language) for finding in worst_first(answer.findings)]
    return "\n".join(written)
