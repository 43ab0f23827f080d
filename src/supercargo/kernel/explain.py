"""How an amount came about: every named step with formula, source and first day in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure, padded, plain
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Language, Text, into, said, translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from supercargo.kernel.figure import Citation
    from supercargo.kernel.verdict import Verdict

_BINDS_LEFT = frozenset({("-", "+"), ("-", "-"), ("/", "*"), ("/", "/")})
"""What stands to the right of a sign and must be read first."""
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}


@dataclass(frozen=True, slots=True)
class Line:
    """One named step as a document carries it; the amount is text, so that no reader rounds it."""

    name: str
    amount: str
    unit: str
    shown: str
    formula: str
    source: str
    effective: date | None
    sources: tuple[str, ...] = ()
    confidence: str = ""
    path: str = ""
    layer: str = ""

    def document(self) -> dict[str, Any]:
        """Give the line as plain values for JSON."""
        return {
            "name": self.name,
            "amount": self.amount,
            "unit": self.unit,
            "formula": self.formula,
            "source": self.source,
            "effective": self.effective.isoformat() if self.effective else None,
            "confidence": self.confidence or None,
            "path": self.path or None,
        }


def explain(figure: Figure, language: Language = "en") -> tuple[Line, ...]:
    """List every named step behind a figure, parts before wholes, each with its source.

    A step without a source key of its own names the path of the input that it came from.
    """
    return explain_all((figure,), language)


def explain_all(figures: tuple[Figure, ...], language: Language = "en") -> tuple[Line, ...]:
    """List every named step behind several figures, each once."""
    cited = {citation.key: citation for citation in citations(figures)}
    return tuple(_line(step, language, cited) for step in steps(*figures))


def steps(*figures: Figure) -> tuple[Figure, ...]:
    """Walk the named figures below (and including) some figures, parts first, each once."""
    seen: dict[int, Figure] = {}
    named: dict[int, Figure] = {}
    for figure in figures:
        _walk(figure, seen, named)
    return tuple(named.values())


def citations(figures: Iterable[Figure]) -> tuple[Citation, ...]:
    """List the facts of the reference book that some figures rest on, each once."""
    found: dict[str, Citation] = {}
    seen: dict[int, Figure] = {}
    for figure in figures:
        _walk(figure, seen, {})
    for figure in seen.values():
        if figure.citation is not None:
            found.setdefault(figure.citation.key, figure.citation)
    return tuple(found.values())


def doubts(figures: Iterable[Figure]) -> tuple[Finding, ...]:
    """Turn what is doubtful about the facts behind some figures into findings for their reader."""
    return doubts_of(citations(figures))


def doubts_of(cited: Iterable[Citation]) -> tuple[Finding, ...]:
    """Turn the doubts of facts into findings; an unverified or weak fact is a doubt by itself.

    The same doubt about several rows of one table is said once, at the first of them.
    """
    found: dict[tuple[str, str], Finding] = {}
    for citation in cited:
        if (finding := _doubt(citation)) is not None:
            found.setdefault((finding.code, str(finding.message) if finding.code == "LAW-201" else finding.path), finding)
    return tuple(found.values())


def _doubt(citation: Citation) -> Finding | None:
    remedy: Text = "give a planning rate of your own"
    if not citation.key.startswith("ecb."):
        remedy = said('check it and, if need be, put your own value in an overlay ("supercargo law show {key}")', key=citation.key)
    sources = ", ".join(citation.sources)
    if citation.doubt:
        return Finding("LAW-201", "warning", citation.key, citation.doubt, remedy, sources)
    if "unverified" in citation.sources:
        return Finding("LAW-202", "note", citation.key, "this fact has not been looked up in a source yet", remedy, sources)
    if citation.confidence == "low":
        return Finding("LAW-203", "warning", citation.key, "confidence in this fact is low", remedy, sources)
    return None


def _walk(figure: Figure, seen: dict[int, Figure], named: dict[int, Figure]) -> None:
    if id(figure) in seen:
        return
    seen[id(figure)] = figure
    for part in figure.parts:
        _walk(part, seen, named)
    for side in _sides(figure.verdict):
        _walk(side, seen, named)
    if figure.name:
        named[id(figure)] = figure


def _sides(verdict: Verdict | None) -> Iterator[Figure]:
    while verdict is not None:
        yield verdict.left
        yield verdict.right
        verdict = verdict.also


def _line(figure: Figure, language: Language, cited: dict[str, Citation]) -> Line:
    citation = figure.citation or cited.get(figure.per)
    return Line(
        name=translate(figure.name, language),
        amount=_amount(figure),
        unit=str(figure.unit) or "1",
        shown=figure.shown(language),
        formula=formula(figure, language),
        source=figure.per or (citation.key if citation else "") or ("given" if figure.how == "given" else "arithmetic"),
        effective=citation.since if citation else None,
        sources=citation.sources if citation else (),
        confidence=citation.confidence if citation else "",
        path=figure.path,
        layer=citation.layer if citation else "",
    )


def _amount(figure: Figure) -> str:
    currency = figure.unit.currency
    return padded(figure.amount, minor_digits(currency)) if currency else plain(figure.amount)


def formula(figure: Figure, language: Language = "en") -> str:
    """Write how a figure was made from named parts: ``customs value 46.00 EUR × duty rate 12 %``."""
    return _reasoned(figure, language, top=True)


def _reasoned(figure: Figure, language: Language, *, top: bool = False) -> str:
    if figure.name and not top:
        return f"{translate(figure.name, language)} {figure.shown(language)}"
    if not figure.parts:
        return "" if top else figure.shown(language)
    parts = [_reasoned(part, language) for part in figure.parts]
    match figure.how:
        case "+" | "-" | "*" | "/":
            return f" {_SIGNS[figure.how]} ".join(
                _grouped(part, figure.how, own, first=own is figure.parts[0]) for part, own in zip(parts, figure.parts, strict=True)
            )
        case "chosen":
            because = translate("because", language)
            return f"{parts[0]} ({because} {_verdict(figure.verdict, language)})"
        case "rounded":
            return f"{parts[0]} → {figure.shown(language)}"
        case "rounded up":
            return f"{parts[0]} ↑ {parts[1]}"
        case "shared":
            return " ∝ ".join(parts)
        case "negated":
            return f"−({parts[0]})"
        case _:
            return ", ".join(parts)


def _grouped(text: str, how: str, figure: Figure, *, first: bool) -> str:
    if figure.name or not figure.parts:
        return text
    loose = (how in "*/" and figure.how in "+-") or (not first and (how, figure.how) in _BINDS_LEFT)
    return f"({text})" if loose else text


def _verdict(verdict: Verdict | None, language: Language) -> str:
    if verdict is None:
        return ""
    answer = translate("yes" if verdict.holds else "no", language)
    asked = f"{into(verdict.name, language)}: " if verdict.name else ""
    texts = []
    link: Verdict | None = verdict
    while link is not None:
        texts.append(f"{_reasoned(link.left, language)} {link.relation} {_reasoned(link.right, language)}")
        link = link.also
    return f"{asked}{', '.join(texts)}: {answer}"
