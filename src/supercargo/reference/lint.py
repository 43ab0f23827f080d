"""Everything that can be wrong with the reference book, found before a seller relies on it.

Every TOML file, every entry of every history, every source, every long table; a user's overlays by
the same rules. An error makes a fact unusable or misleading; a note is only worth knowing.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said
from supercargo.reference.book import SHIPPED, SOURCES
from supercargo.reference.lint_bands import band_faults, fee_faults, names
from supercargo.reference.lint_tables import table_faults, tariff_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KINDS = frozenset({"percent", "text", "number", "amount", "choice", "bands", "fee", "flag"})
CONFIDENCES = ("high", "medium", "low")
SOURCE_KINDS = frozenset({"official", "adviser", "secondary", "carrier", "marketplace"})
UNITS = names(
    "% item kg g t m3 cm3 in3 lb tkm CO2 order month months day days day_of_month hours years parcel container listing "
    "listings SKU SDR transactions currencies times lines characters"
)
ENTRY_FIELDS = names(
    "date value text bands repealed unknown source confidence doubt why note covers covers_partly measure per rate amount min max"
)
FACT_FIELDS = names(
    "en zh kind unit checked_on since note doubt covers covers_partly chapters postcodes in_place_of origin measured "
    "product modes list instead_of not_with hs base joined inclusive methods controlled_goods status pattern example "
    "required fields region regions elements hs_digits codes diamond_goods circle_goods up_to over limit_unit measure per "
    "dispatched_from unless_scheme applies_to in_vat_base"
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_UNIT_PHRASES = {"day of month": "day_of_month", "g CO2/tkm": "g/tkm"}


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong with it."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Give the findings that make a fact unusable or misleading."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


@dataclass(slots=True)
class Place:
    """A place in a file, which knows how to report a fault there."""

    file: str
    keys: frozenset[str]
    sources: frozenset[str]
    used: set[str]
    counts: Counter[str]

    def fault(self, code: str, path: str, message: Any, remedy: Any) -> Finding:
        """Report an error at a path of the file."""
        return Finding(code, "error", f"{self.file} {path}".strip(), message, remedy)

    def knows(self, key: str) -> bool:
        """Tell whether a fact of this key exists."""
        return key in self.keys


def lint(overlays: tuple[Path, ...] = (), progress: Callable[[int, int, str], None] | None = None, shipped: Path = SHIPPED) -> Report:
    """Check the shipped book and the overlays; the report counts what was checked."""
    report, used = Report(), set[str]()
    known = _sources(report)
    files = [(root, file) for root in (shipped, *overlays) for file in sorted(root.glob("*/*.toml"))]
    parsed = {file: _parse(file, report) for _, file in files}
    keys = frozenset(
        f"{file.parent.name}.{file.stem}.{name}"
        for _, file in files
        for name, table in (parsed[file] or {}).items()
        if isinstance(table, dict)
    )
    for number, (root, file) in enumerate(files, 1):
        if progress is not None:
            progress(number, len(files), f"{file.parent.name}/{file.name}")
        content = parsed[file]
        if content is not None:
            name = f"{file.parent.name}/{file.name}" if root == shipped else str(file)
            place = Place(name, keys, frozenset(known), used, report.counts)
            report.findings.extend(_file_faults(place, file, content, overlay=root != shipped))
            report.counts["files" if root == shipped else "overlay files"] += 1
    report.findings.extend(_labels(parsed))
    for faults in (table_faults, tariff_faults):
        report.findings.extend(faults(frozenset(known), used, report.counts))
    report.findings.extend(_unused(known, used))
    return report


def _sources(report: Report) -> dict[str, str]:
    known: dict[str, str] = {}
    for file in sorted(SOURCES.glob("*.toml")):
        for key, source in tomllib.loads(file.read_text(encoding="utf-8")).items():
            report.counts["sources"] += 1
            where = f"sources/{file.name} {key}"
            if key in known:
                message = said("the source stands in {first} already", first=known[key])
                report.findings.append(Finding("LINT-601", "error", where, message, "keep it in one file"))
            known[key] = file.name
            report.findings.extend(_source_faults(where, source))
    return known


def _source_faults(where: str, source: dict[str, Any]) -> Iterator[Finding]:
    for name in ("title", "publisher"):
        if not str(source.get(name, "")).strip():
            yield Finding("LINT-602", "error", where, said("{name} is missing", name=name), "say what was read and who published it")
    if source.get("kind") not in SOURCE_KINDS:
        yield Finding(
            "LINT-603",
            "error",
            where,
            said("the kind {kind} is not known", kind=source.get("kind")),
            said("use one of {known}", known=", ".join(sorted(SOURCE_KINDS))),
        )
    if not isinstance(source.get("read_on"), date):
        yield Finding("LINT-604", "error", where, "the day on which it was read is missing", "write read_on = 2026-07-01")
    if source.get("url") and not str(source["url"]).startswith(("https://", "http://")):
        yield Finding("LINT-605", "error", where, "the address does not begin with https://", "give the whole address")


def _parse(file: Path, report: Report) -> dict[str, Any] | None:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        message = said("{file} is not valid TOML: {fault}", file=file.name, fault=str(fault))
        report.findings.append(
            Finding("LINT-100", "error", str(file), message, "correct the file; numbers are written bare, dates as 2026-07-01")
        )
        return None


def _file_faults(place: Place, file: Path, content: dict[str, Any], *, overlay: bool) -> Iterator[Finding]:
    about = content.get("about", {})
    if not overlay:
        folder = file.parent.name.removeprefix("lane-")
        allowed = {folder, "global"} if folder == "world" else {folder}
        if str(about.get("jurisdiction")).casefold() not in allowed or about.get("subject") != file.stem:
            yield place.fault(
                "LINT-101", "about", "jurisdiction and subject do not say what folder and file say", "write them as the path says"
            )
        yield from _languages(place, "about", about)
    for name, table in content.items():
        if name == "about":
            continue
        if not isinstance(table, dict) or not _NAME.fullmatch(name):
            yield place.fault(
                "LINT-102", name, "this is not a fact: a fact is a table with a name in small letters", "see any file of the shipped book"
            )
            continue
        place.counts["facts" if not overlay else "overlay facts"] += 1
        yield from _fact_faults(place, name, table, overlay=overlay)


def _fact_faults(place: Place, name: str, table: dict[str, Any], *, overlay: bool) -> Iterator[Finding]:
    kind = table.get("kind")
    if kind not in KINDS:
        yield place.fault(
            "LINT-110",
            f"{name}.kind",
            said("the kind {kind} is not known", kind=kind),
            said("use one of {known}", known=", ".join(sorted(KINDS))),
        )
        return
    yield from _languages(place, name, table)
    yield from _unknown_fields(place, name, table, FACT_FIELDS)
    if kind not in ("text", "choice", "flag"):
        yield from _unit_faults(place, name, str(kind), str(table.get("unit", "")))
    if not overlay and not isinstance(table.get("checked_on"), date):
        yield place.fault("LINT-113", f"{name}.checked_on", "the day of the last check is missing", "write checked_on = 2026-07-01")
    for text in ("note", "doubt"):
        if text in table:
            yield from _languages(place, f"{name}.{text}", table[text])
    for reference in (table.get("in_place_of"), *_fact_names(place, table.get("not_with", ()))):
        if reference and not place.knows(reference):
            yield place.fault("LINT-116", name, said("there is no fact {key}", key=reference), "correct the key")
    yield from _history_faults(place, name, table)


def _fact_names(place: Place, names: Any) -> list[str]:
    subject = place.file.removesuffix(".toml").replace("/", ".")
    return [f"{'.'.join(subject.split('.')[-2:])}.{name}" for name in names]


def _history_faults(place: Place, name: str, table: dict[str, Any]) -> Iterator[Finding]:
    history = table.get("since")
    if not isinstance(history, list) or not history:
        yield place.fault(
            "LINT-114", name, "there is no entry", said("add [[{name}.since]] with date, value, source and confidence", name=name)
        )
        return
    days = [entry.get("date") for entry in history]
    for number, (newer, older) in enumerate(itertools.pairwise(days), 1):
        if newer is None or (older is not None and newer <= older):
            path = f"{name}.since[{number}]"
            yield place.fault(
                "LINT-115",
                path,
                "the entries overlap or are not newest first",
                "give each its first day, the newest on top; only the last may have none",
            )
    for number, entry in enumerate(history):
        place.counts["entries"] += 1
        yield from _entry_faults(place, f"{name}.since[{number}]", table, entry)


def _entry_faults(place: Place, path: str, table: dict[str, Any], entry: dict[str, Any]) -> Iterator[Finding]:
    yield from _unknown_fields(place, path, entry, ENTRY_FIELDS)
    if "date" in entry and not (isinstance(entry["date"], date) and type(entry["date"]) is date):
        yield place.fault("LINT-120", f"{path}.date", "this is not a day", "write it bare, as 2026-07-01")
    for text in ("doubt", "why", "note", "text"):
        if text in entry:
            yield from _languages(place, f"{path}.{text}", entry[text])
    yield from _content_faults(place, path, table, entry)
    yield from source_faults(place, path, entry.get("source"), str(entry.get("confidence", "")))
    doubted = entry.get("doubt") or table.get("doubt") or entry.get("why") or entry.get("source") == "unverified"
    if entry.get("confidence") == "low" and not doubted:
        yield place.fault("LINT-124", path, "confidence is low and no doubt is stated", "say in both languages what is doubtful")


def _content_faults(place: Place, path: str, table: dict[str, Any], entry: dict[str, Any]) -> Iterator[Finding]:
    if entry.get("repealed"):
        return
    if entry.get("unknown"):
        if not entry.get("why"):
            yield place.fault(
                "LINT-121", f"{path}.why", "the value is not known and nothing says why", "say in both languages what was looked for"
            )
        return
    match table["kind"]:
        case "percent" | "number" | "amount":
            good = isinstance(entry.get("value"), int | Decimal) and not isinstance(entry.get("value"), bool)
        case "choice":
            good = isinstance(entry.get("value"), str) and bool(entry["value"])
        case "flag":
            good = isinstance(entry.get("value"), bool)
        case "text":
            good = isinstance(entry.get("text"), dict)
        case "bands":
            good = isinstance(entry.get("bands"), list) and bool(entry["bands"])
            yield from band_faults(place, path, table, entry) if good else ()
        case _:
            good = any(isinstance(entry.get(name), int | Decimal) for name in ("rate", "amount"))
            yield from fee_faults(place, path, table, entry)
    if not good:
        yield place.fault(
            "LINT-122",
            path,
            said("the entry holds nothing that a {kind} needs", kind=table["kind"]),
            "give its value, or repealed = true, or unknown = true with why",
        )


def source_faults(place: Place, path: str, source: Any, confidence: str) -> Iterator[Finding]:
    """Check that what is cited exists, and that nothing unverified is called certain."""
    keys = [source] if isinstance(source, str) else list(source or ())
    place.used.update(keys)
    if not keys:
        yield place.fault("LINT-130", f"{path}.source", "no source is given", 'give the key of a source, or "unverified"')
    for key in keys:
        if key != "unverified" and key not in place.sources:
            yield place.fault(
                "LINT-131", f"{path}.source", said("there is no source {key}", key=key), "add it to the sources, or correct the key"
            )
    if confidence not in CONFIDENCES:
        yield place.fault(
            "LINT-132",
            f"{path}.confidence",
            said("the confidence {confidence} is not known", confidence=confidence or "?"),
            "write high, medium or low",
        )
    if "unverified" in keys:
        place.counts["unverified"] += 1
        if confidence == "high":
            yield place.fault(
                "LINT-133", path, "a value that nobody verified cannot have high confidence", "look it up, or lower the confidence"
            )
    place.counts[f"confidence {confidence}"] += 1


def _languages(place: Place, path: str, text: Any) -> Iterator[Finding]:
    if not isinstance(text, dict) or not all(str(text.get(language, "")).strip() for language in ("en", "zh")):
        yield place.fault("LINT-111", path, "the text is not there in both languages", 'write it as {en = "...", zh = "..."}')


def _unit_faults(place: Place, name: str, kind: str, unit: str) -> Iterator[Finding]:
    if kind == "percent" and unit != "%":
        yield place.fault("LINT-112", f"{name}.unit", "the unit of a percentage is %", 'write unit = "%"')
    bases = [base for part in _UNIT_PHRASES.get(unit, unit).split("/") for base in part.split("*")]
    if not unit or not all(is_currency(base) or base in UNITS for base in bases):
        yield place.fault(
            "LINT-112",
            f"{name}.unit",
            said("the unit {unit} is not known", unit=unit or "?"),
            "write it as EUR, EUR/kg, EUR/item, % or days",
        )
    if kind in ("bands", "fee") and not is_currency(unit):
        yield place.fault(
            "LINT-112",
            f"{name}.unit",
            said("a {kind} is stated in a currency, not in {unit}", kind=kind, unit=unit or "?"),
            "give three capital letters, such as EUR",
        )


def _unknown_fields(place: Place, path: str, table: dict[str, Any], known: frozenset[str]) -> Iterator[Finding]:
    for name in sorted(set(table) - known):
        yield place.fault(
            "LINT-103",
            f"{path}.{name}",
            said("the field {name} is not known; it would be ignored", name=name),
            "correct its name or remove it",
        )


def _labels(parsed: dict[Path, dict[str, Any] | None]) -> Iterator[Finding]:
    """One English label has one Chinese label, since steps are named by the English one."""
    first: dict[str, tuple[str, str]] = {}
    for file, content in parsed.items():
        for name, table in (content or {}).items():
            if name == "about" or not isinstance(table, dict) or not table.get("zh"):
                continue
            key = f"{file.parent.name}.{file.stem}.{name}"
            chinese, other = first.setdefault(str(table.get("en")), (str(table["zh"]), key))
            if chinese != table["zh"]:
                message = said("the English label is that of {other}, the Chinese one is not", other=other)
                yield Finding("LINT-117", "warning", key, message, "make the English labels differ, or the Chinese ones agree")


def _unused(known: dict[str, str], used: set[str]) -> Iterator[Finding]:
    for key in sorted(set(known) - used):
        yield Finding(
            "LINT-606", "note", f"sources/{known[key]} {key}", "nothing rests on this source", "remove it, or cite it where it was read"
        )


__all__ = ["Place", "Report", "lint", "source_faults"]
