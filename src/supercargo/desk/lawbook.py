"""Reading and checking the reference book: what is known, what held on a day, how it changed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import Answer
from supercargo.desk.lawbook_tables import PREFIXES, show_row
from supercargo.desk.setting import home
from supercargo.kernel.explain import doubts_of
from supercargo.kernel.figure import plain
from supercargo.kernel.finding import Finding, Refused, Severity, refuse
from supercargo.kernel.words import Bilingual, Text, into, said
from supercargo.reference.book import Book, shipped, sources

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.kernel.figure import Figure
    from supercargo.reference.fact import Entry, Fact
    from supercargo.reference.law import Law

Progress = Callable[[int, int, str], None]
NUMBERS = frozenset({"percent", "number", "amount"})
YES, NO = said("yes"), said("no")


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """An official tariff file to take over: ``kind`` is ``hts`` or ``uk-tariff``.

    ``dated`` tells that a person gave ``since``; otherwise it is the day of the loading, and the answer says so.
    """

    kind: str
    path: Path
    since: date
    source: str = ""
    dated: bool = True


def book_of(overlays: tuple[Path, ...] = ()) -> Book:
    """Give the book with a user's own overlay folder and further ones laid over it."""
    folders = tuple(folder for folder in (home() / "overlay", *overlays) if folder.is_dir())
    return Book(folders) if folders else shipped()


def list_folders(book: Book) -> Answer:
    """List the countries, unions and platforms that the book knows, with the subjects of each."""
    folders: dict[str, list[str]] = {}
    for subject in book.subjects():
        folder, _, file = subject.partition(".")
        folders.setdefault(folder, []).append(file)
    rows = [
        {"folder": folder.upper(), "subjects": ", ".join(files), "count": sum(1 for _ in book.facts(folder))}
        for folder, files in folders.items()
    ]
    return Answer("law list", {}, rows={"folders": rows})


def list_facts(book: Book, folder: str, day: date) -> Answer:
    """List the facts of a country, union or platform, each with what holds on a day."""
    asked = {"folder": folder, "on": day.isoformat()}
    name, _, file = folder.lower().partition(".")
    facts = [fact for fact in book.facts(name) if not file or fact.subject == f"{name}.{file}"]
    if not facts:
        message = said("the reference book has nothing on {folder}", folder=folder)
        return _refused(
            "law list", asked, refuse("LAW-404", "folder", message, 'see all countries and platforms with "supercargo law list"')
        )
    return Answer("law list", asked, rows={"facts": [_fact_row(fact, day) for fact in facts]})


def show(law: Law, key: str) -> Answer:
    """Show what a fact says on a day: value, first day, sources, doubts."""
    asked = {"key": key, "on": law.day.isoformat()}
    try:
        if key.startswith(PREFIXES):
            return show_row(law, key)
        fact, entry = law.entry(key)
        amounts = {"value": _figure(law, fact)} if fact.kind in NUMBERS else {}
        words: dict[str, Text] = {"label": fact.label, "value": value_text(fact, entry), **_texts(fact, entry)}
        citation = law.cite(key)
    except Refused as refusal:
        return _refused("law show", asked, refusal)
    rows = {"bands": [_band_row(band, fact) for band in entry.content["bands"]]} if fact.kind == "bands" else {}
    rows["sources"] = source_rows(entry.sources)
    words |= {"since": _day(entry.since), "confidence": said(entry.confidence), "layer": citation.layer, "kind": fact.kind}
    return Answer("law show", asked, amounts, words, rows, doubts_of((citation,)))


def history(book: Book, key: str) -> Answer:
    """Show every entry of a fact, newest first, with the days on which it held."""
    try:
        fact = book.fact(key)
    except Refused as refusal:
        return _refused("law history", {"key": key}, refusal)
    ends = [None, *(entry.since for entry in fact.history)]
    rows = [_history_row(fact, entry, until) for entry, until in zip(fact.history, ends, strict=False)]
    keys = tuple(dict.fromkeys(source for entry in fact.history for source in entry.sources))
    return Answer("law history", {"key": key}, {}, {"label": fact.label}, {"history": rows, "sources": source_rows(keys)})


def check(overlays: tuple[Path, ...] = (), progress: Progress | None = None) -> Answer:
    """Check everything in the book and in the overlays; an error makes a fact unusable or misleading."""
    from supercargo.reference.lint import lint  # noqa: PLC0415 - reads the tariff's grammar, which showing a fact does not need

    own = home() / "overlay"
    report = lint((*((own,) if own.is_dir() else ()), *overlays), progress)
    rows = [{"checked": name, "count": count} for name, count in sorted(report.counts.items())]
    return Answer(
        "law check", {"overlays": ", ".join(str(folder) for folder in overlays)}, rows={"counts": rows}, findings=tuple(report.findings)
    )


def load(request: LoadRequest, progress: Progress | None = None) -> Answer:
    """Take an official tariff file into the user's folder; every line that was left out is reported."""
    from supercargo.reference.tariff.loaders import load as take_over  # noqa: PLC0415 - only this use case needs the readers

    asked = {"kind": request.kind, "file": str(request.path), "since": request.since.isoformat()}
    if not request.path.is_file():
        message = said("there is no file {file}", file=request.path)
        return _refused("law load", asked, refuse("LOAD-404", "file", message, "check its name and folder"))
    folder = home() / "tariffs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if progress is not None:
            progress(0, 1, request.path.name)
        loaded = take_over(request.kind, request.path, folder, since=request.since, source=request.source or request.path.name)
    except OSError as fault:
        message = said("{file} cannot be read or kept: {reason}", file=request.path, reason=fault.strerror or str(fault))
        return _refused(
            "law load", asked, refuse("LOAD-010", "file", message, "check the rights on the file and on the folder of Supercargo")
        )
    if progress is not None:
        progress(1, 1, request.path.name)
    severity: Severity = "warning" if loaded.path else "error"
    found = [
        Finding(fault.code, severity, f"row {fault.row_number}", Bilingual(fault.message.en, fault.message.zh)) for fault in loaded.faults
    ]
    if not request.dated:
        message = said("the file does not say from when it holds; it is taken to hold from {day}", day=request.since)
        found.insert(0, Finding("LOAD-201", "warning", "since", message, "give the first day of the edition with --since"))
    if loaded.path is None:
        found.append(
            Finding("LOAD-422", "error", "file", "no line of a tariff could be read", "give the file as the customs authority exports it")
        )
        return Answer("law load", asked, findings=tuple(found))
    counts = {
        "lines read": loaded.lines,
        "rows kept": loaded.rows,
        "duty not computable": loaded.not_computable,
        "lines left out": len(loaded.faults),
    }
    rows = [{"what": name, "count": count} for name, count in counts.items()]
    return Answer("law load", asked, {}, {"file": str(loaded.path)}, {"counts": rows}, tuple(found))


def value_text(fact: Fact, entry: Entry) -> Text:
    """Say what an entry holds, short: ``19 %``, ``3 EUR/item``, a word, a text, the number of bands."""
    if entry.repealed:
        return said("no longer in force")
    if entry.unknown:
        return said("not known")
    value = entry.value
    match fact.kind:
        case "percent":
            return f"{plain(Decimal(value))} %"
        case "number" | "amount":
            return f"{plain(Decimal(value))} {fact.unit}"
        case "flag":
            return YES if value else NO
        case "bands":
            return said("{count} bands by value", count=len(entry.content.get("bands", ())))
        case "fee":
            return _fee_text(fact, entry)
        case "text":
            text = entry.content.get("text", {})
            return Bilingual(str(text.get("en", "")), str(text.get("zh", "")))
        case _:
            return str(value)


def source_rows(keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """Give title, publisher and address of sources."""
    known = sources()
    found = [(key, known.get(key)) for key in keys]
    return [
        {
            "key": key,
            "title": source.title if source else "",
            "publisher": source.publisher if source else "",
            "url": source.url if source else "",
        }
        for key, source in found
    ]


def _refused(question: str, asked: dict[str, str], refusal: Refused) -> Answer:
    return Answer(question, asked, findings=refusal.findings)


def _figure(law: Law, fact: Fact) -> Figure:
    return law.rate(fact.key) if fact.kind == "percent" else law.amount(fact.key)


def _fact_row(fact: Fact, day: date) -> dict[str, Any]:
    entry = fact.on(day)
    value = value_text(fact, entry) if entry else said("no record yet")
    return {
        "key": fact.key,
        **_both("label", fact.label),
        **_both("value", value),
        "since": _day(entry.since) if entry else "",
        "confidence": entry.confidence if entry else "",
    }


def _history_row(fact: Fact, entry: Entry, until: date | None) -> dict[str, Any]:
    return {
        "since": _day(entry.since),
        "until": _day(until),
        "last_day": _day(until - timedelta(days=1)) if until else "",
        **_both("value", value_text(fact, entry)),
        "confidence": entry.confidence,
        "sources": list(entry.sources),
        **_both("doubt", entry.doubt),
    }


def _band_row(band: dict[str, Any], fact: Fact) -> dict[str, Any]:
    limit = f"{plain(Decimal(band['up_to']))} {fact.unit}" if "up_to" in band else ""
    rest = {name: value for name, value in band.items() if name not in ("up_to", "treatment", "why")}
    detail = ", ".join(f"{name} {value}" for name, value in rest.items())
    return {"up_to": limit, "treatment": str(band.get("treatment", "")), "detail": detail}


def _texts(fact: Fact, entry: Entry) -> dict[str, Text]:
    texts = {"note": fact.note, "doubt": entry.doubt or fact.doubt}
    return {name: text for name, text in texts.items() if text}


def _fee_text(fact: Fact, entry: Entry) -> Text:
    extra = fact.extra | entry.content
    unit = fact.unit

    def number(name: str) -> str:
        return plain(Decimal(extra[name]))

    parts = [f"{number('rate')} %"] if "rate" in extra else []
    parts += [f"{number('amount')} {unit}"] if "amount" in extra else []
    parts += [f"≥ {number('min')} {unit}"] if "min" in extra else []
    parts += [f"≤ {number('max')} {unit}"] if "max" in extra else []
    return ", ".join(parts)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _both(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_en": into(text, "en"), f"{name}_zh": into(text, "zh")}
