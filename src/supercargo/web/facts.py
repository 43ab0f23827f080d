"""The reference book in the browser: its jurisdictions, its facts with their history, its sources, its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supercargo.desk.setting import law_on
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import Language, into, said
from supercargo.reference.book import about, sources
from supercargo.reference.fact import bilingual
from supercargo.web import choices, statement
from supercargo.web.days import day_of, today
from supercargo.web.factsheet import confidence_word, summary, value_of
from supercargo.web.frame import Asking, language
from supercargo.web.glossary import glossary

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from supercargo.kernel.finding import Finding
    from supercargo.reference.book import Book, Source
    from supercargo.reference.fact import Entry, Fact

FOUND_MAX, KEY_MAX = 200, 120
GROUPS = ("Countries and unions", "States and provinces", "Platforms and lanes")


@dataclass(frozen=True, slots=True)
class Found:
    """A fact in a list."""

    key: str
    label: str
    value: str
    since: str
    doubt: bool


@require_safe
def index(request: Asking) -> HttpResponse:
    """List the jurisdictions, or the facts that a search finds."""
    words, book, day = request.GET.get("q", "").strip()[:100], law_on(today()).book, today()
    found = _search(book, words, day) if words else []
    folders = [] if words else _folders(book)
    shown = {"q": words, "found": found[:FOUND_MAX], "count": len(found), "more": len(found) > FOUND_MAX, "folders": folders}
    part = request.htmx and request.htmx.target == "found"
    return render(request, "web/law/found.html" if part else "web/law/index.html", shown)


@require_safe
def entry(request: Asking, key: str) -> HttpResponse:
    """Show a fact; a key with fewer parts lists the facts of its file or jurisdiction."""
    day, fault = day_of(request.GET.get("on", ""))
    book, key = law_on(day).book, key[:KEY_MAX]  # a key becomes the name of a file
    fact = book.find(key) if key.count(".") >= 2 else None  # noqa: PLR2004 - folder, file, table
    if fact is not None:
        return render(request, "web/law/fact.html", _fact(fact, day, fault))
    subjects = _subjects(book, key)
    if subjects:
        return render(request, "web/law/folder.html", _folder(book, key, subjects, day))
    elsewhere = statement_of(key)
    if elsewhere:
        return render(request, "web/law/elsewhere.html", {"key": key, "explanation": elsewhere, "on": day.isoformat()})
    remedy = said("look it up in the list of facts; a key has three parts, such as de.vat.standard")
    raise refuse("LAW-404", key, said("the reference book has no fact {key}", key=key), remedy)


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """List every source with its publisher."""
    listed = sorted(sources().values(), key=lambda source: (source.publisher.lower(), source.title.lower()))
    return render(request, "web/law/sources.html", {"sources": listed, "count": len(listed)})


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source and the facts that rest on it."""
    known = sources().get(key)
    day = today()
    facts = [fact for fact in law_on(day).book.facts() if any(key in held.sources for held in fact.history)]
    if known is None and not facts:
        raise Http404
    listed = [_found(fact, day) for fact in facts[:FOUND_MAX]]
    shown = {"key": key, "source": known, "url": safe_url(known), "facts": listed, "count": len(facts)}
    return render(request, "web/law/source.html", shown)


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Explain the words of the trade that the steps rest on."""
    return render(request, "web/law/words.html", {"terms": glossary(language())})


def safe_url(known: Source | None) -> str:
    """Give the address of a source when it is one of the web."""
    return known.url if known and known.url.startswith(("https://", "http://")) else ""


_ELSEWHERE = {
    "ecb": "A reference rate of the European Central Bank, or a cross rate made of two of them, as published for the day.",
    "tariff": "A line of the official tariff, from the starter table or from a tariff file that you loaded.",
    "fees": "A row of the fee tables that ship with the program.",
    "market_profiles": "A figure of the market's profile.",
    "gates": "A figure of the table of market sizes by category.",
    "company": "A value of your company's own file.",
    "policy": "A value of your company's policy.",
    "ratecard": "A row of a rate card.",
    "cards": "A row of a rate card.",
}


def statement_of(key: str) -> str:
    """Say what kind of record a key names that is not a fact of the book."""
    return _ELSEWHERE.get(key.partition(".")[0], "")


def _search(book: Book, asked: str, day: date) -> list[Found]:
    wanted = asked.lower().split()

    def holds(fact: Fact) -> bool:
        text = f"{fact.key} {fact.label.en} {fact.label.zh}".lower()
        return all(word in text for word in wanted)

    return [_found(fact, day) for fact in book.facts() if holds(fact)]


def _found(fact: Fact, day: date) -> Found:
    spoken, held = language(), fact.on(day)
    value = summary(fact, held, spoken) if held else ""
    since = held.since.isoformat() if held and held.since else ""
    return Found(fact.key, into(fact.label, spoken), value, since, bool(fact.doubt or (held and held.doubt)))


def _folders(book: Book) -> list[dict[str, Any]]:
    spoken = language()
    counts: dict[str, int] = {}
    for fact in book.facts():
        folder = fact.key.partition(".")[0]
        counts[folder] = counts.get(folder, 0) + 1
    entries = [{"key": folder, "title": choices.folder_title(folder, spoken), "count": count} for folder, count in sorted(counts.items())]
    return [{"title": title, "entries": [found for found in entries if _group(str(found["key"])) == title]} for title in GROUPS]


def _group(folder: str) -> str:
    """Tell countries, their states, and everything else apart by the form of the folder's name."""
    if len(folder) == 2 or folder in {"gcc", "world"}:  # noqa: PLR2004 - a country code of ISO 3166
        return GROUPS[0]
    return GROUPS[1] if folder[2:3] == "-" else GROUPS[2]


def _folder(book: Book, key: str, subjects: list[str], day: date) -> dict[str, Any]:
    spoken = language()
    sheets = [
        {
            "key": subject,
            "title": about(subject).get(spoken, subject),
            "facts": [_found(fact, day) for fact in book.subject(subject).values()],
        }
        for subject in subjects
    ]
    return {"key": key, "title": choices.folder_title(key.partition(".")[0], spoken), "sheets": sheets, "on": day.isoformat()}


def _fact(fact: Fact, day: date, fault: Finding | None) -> dict[str, Any]:
    spoken, held = language(), fact.on(day)
    folder = fact.key.partition(".")[0]
    return {
        "fact": fact,
        "label": into(fact.label, spoken),
        "note": into(fact.note, spoken) if fact.note else "",
        "doubt": into(fact.doubt, spoken) if fact.doubt else "",
        "on": day.isoformat(),
        "held": held is not None,
        "now": _entry(fact, held, spoken, current=True) if held else None,
        "first": fact.history[-1].first_day.isoformat() if fact.history else "",
        "history": [_entry(fact, past, spoken, current=past is held) for past in fact.history],
        "notices": statement.notices([fault] if fault else []),
        "folder": {"key": folder, "title": choices.folder_title(folder, spoken)},
        "subject": {"key": fact.subject, "title": about(fact.subject).get(spoken, fact.subject)},
        "extra": [(name, _plain(value)) for name, value in fact.extra.items()],
        "own": fact.layer != "shipped",
    }


def _entry(fact: Fact, held: Entry, spoken: Language, *, current: bool) -> dict[str, Any]:
    return {
        "since": held.since.isoformat() if held.since else "",
        "value": value_of(fact, held, spoken),
        "confidence": confidence_word(held),
        "weak": held.confidence not in {"high", ""},
        "doubt": into(held.doubt, spoken) if held.doubt else "",
        "sources": [_source(key) for key in held.sources if key],
        "current": current,
        "note": into(bilingual(held.content.get("note")), spoken),
    }


def _source(key: str) -> dict[str, str]:
    known = sources().get(key)
    return {"key": key, "title": known.title if known else "", "url": safe_url(known)}


def _plain(value: Any) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)


def _subjects(book: Book, key: str) -> list[str]:
    """List the files that a folder's or a file's key names; nothing for a key that is no plain word."""
    if not key.replace(".", "").replace("-", "").replace("_", "").isalnum():
        return []
    folder = key.partition(".")[0]
    return [subject for subject in book.subjects(folder) if key in {subject, folder}]
