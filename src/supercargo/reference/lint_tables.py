"""What can be wrong with the long tables: fee schedules, market profiles, tariffs."""

from __future__ import annotations

import csv
import itertools
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said
from supercargo.reference.lint_bands import names
from supercargo.reference.tariff import parse
from supercargo.reference.tariff.nomenclature import HsCodeError, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = names(
    "channel programme market tier tier_en tier_zh size_class weight_basis dimensional_divisor_unit goods categories "
    "categories_except currency dims_in season provider plan case mode category fixed_currency fixed_per basis volume_unit "
    "since until source confidence doubt_en doubt_zh country name_en name_zh region is_eu languages en zh"
)
_RESULTS = names(
    "rate_percent minimum fixed fixed_currency fixed_per basis mode fee fee_per_extra per_extra_unit_g added_percent "
    "conversion_percent since until source confidence doubt_en doubt_zh tier_en tier_zh dims_in weight_oz"
)
FEE_TABLES = ("referral_fees", "fulfilment_fees", "payment_fees", "storage_fees")


def table_faults(sources: frozenset[str], used: set[str], counts: Counter[str]) -> Iterator[Finding]:
    """Check every row of the fee tables and the market profiles."""
    for name in FEE_TABLES:
        rows = _rows("supercargo.reference", f"tables/{name}.csv")
        counts["fee rows"] += len(rows)
        spans: dict[tuple[tuple[str, str], ...], list[tuple[date, date, int]]] = defaultdict(list)
        for number, row in enumerate(rows, start=2):
            where = f"tables/{name}.csv row {number}"
            yield from _row_faults(where, row, sources, used)
            span = _span(row)
            if span is None:
                yield Finding(
                    "LINT-201",
                    "error",
                    where,
                    "the row ends before it begins, or a day cannot be read",
                    "write since and until as 2026-07-01",
                )
                continue
            key = tuple((column, cell) for column, cell in row.items() if column not in _RESULTS)
            spans[key].append((*span, number))
        yield from _overlaps(name, spans)
    for file in sorted(entry.name for entry in (resources.files("supercargo.reference") / "tables").iterdir()):
        if file.endswith(".csv") and file.removesuffix(".csv") not in FEE_TABLES:
            yield from _other_table(file, sources, used, counts)


def _other_table(file: str, sources: frozenset[str], used: set[str], counts: Counter[str]) -> Iterator[Finding]:
    """Check what market profiles, lanes and the like cite."""
    for number, row in enumerate(_rows("supercargo.reference", f"tables/{file}"), start=2):
        counts["table rows"] += 1
        for column in row:
            if column == "source" or str(column).endswith("_source"):
                yield from _source(f"tables/{file} row {number}", row[column], sources, used)


def tariff_faults(sources: frozenset[str], used: set[str], counts: Counter[str]) -> Iterator[Finding]:
    """Check every row of the shipped tariff: code, duty, days, source."""
    for name, code_column in (("starter", "code"), ("us_section_301", "hs")):
        for number, row in enumerate(_rows("supercargo.reference.tariff", f"{name}.csv"), start=2):
            where = f"tariff/{name}.csv row {number}"
            counts["tariff rows"] += 1
            yield from _source(where, row["source"], sources, used)
            yield from _source(where, row.get("preference_source", ""), sources, used)
            yield from _confidence(where, row["source"], row["confidence"])
            if _span(row) is None:
                yield Finding(
                    "LINT-201",
                    "error",
                    where,
                    "the row ends before it begins, or a day cannot be read",
                    "write since and until as 2026-07-01",
                )
            try:
                normalise(row[code_column])
                parse(row["expression"]) if "expression" in row else None
            except (HsCodeError, ValueError) as fault:
                yield Finding(
                    "LINT-210",
                    "error",
                    where,
                    said("the code or the duty cannot be read: {fault}", fault=str(fault)),
                    "write them as the other rows do",
                )


def _rows(package: str, path: str) -> list[dict[str, str]]:
    with Path(str(resources.files(package) / path)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row_faults(where: str, row: dict[str, Any], sources: frozenset[str], used: set[str]) -> Iterator[Finding]:
    if None in row or None in row.values():
        yield Finding("LINT-202", "error", where, "the row has more or fewer cells than the header", "give it one cell for each column")
        return
    if not row["source"]:
        yield Finding("LINT-130", "error", where, "no source is given", 'give the key of a source, or "unverified"')
    yield from _source(where, row["source"], sources, used)
    yield from _confidence(where, row["source"], row["confidence"])
    if row["confidence"] == "low" and not row["doubt_en"] and row["source"] != "unverified":
        yield Finding("LINT-124", "error", where, "confidence is low and no doubt is stated", "say in both languages what is doubtful")
    if bool(row["doubt_en"]) != bool(row["doubt_zh"]):
        yield Finding("LINT-111", "error", where, "the text is not there in both languages", "fill doubt_en and doubt_zh, or neither")
    for column in ("currency", "fixed_currency"):
        if row.get(column) and not is_currency(row[column]):
            yield Finding(
                "LINT-203",
                "error",
                where,
                said("{code} is not a currency of ISO 4217", code=row[column]),
                "give three capital letters, such as EUR",
            )
    for column, cell in row.items():
        if cell and column not in _TEXTS and not _is_number(cell):
            yield Finding(
                "LINT-204",
                "error",
                where,
                said("{column} holds {cell}, which is not a number", column=column, cell=cell),
                "write it with a point, without separators",
            )


def _confidence(where: str, source: str, confidence: str) -> Iterator[Finding]:
    if confidence not in ("high", "medium", "low"):
        yield Finding(
            "LINT-132",
            "error",
            where,
            said("the confidence {confidence} is not known", confidence=confidence or "?"),
            "write high, medium or low",
        )
    if confidence == "high" and "unverified" in source.split("|"):
        yield Finding(
            "LINT-133", "error", where, "a value that nobody verified cannot have high confidence", "look it up, or lower the confidence"
        )


def _source(where: str, cell: str | None, sources: frozenset[str], used: set[str]) -> Iterator[Finding]:
    for key in (cell or "").split("|"):
        used.add(key)
        if key and key != "unverified" and key not in sources:
            yield Finding(
                "LINT-131", "error", where, said("there is no source {key}", key=key), "add it to the sources, or correct the key"
            )


def _overlaps(name: str, spans: dict[tuple[tuple[str, str], ...], list[tuple[date, date, int]]]) -> Iterator[Finding]:
    for held in spans.values():
        ordered = sorted(held)
        for (_, end, first), (begin, _, second) in itertools.pairwise(ordered):
            if begin < end:
                message = said("the row holds on days on which row {other} holds too", other=min(first, second))
                yield Finding("LINT-205", "error", f"tables/{name}.csv row {max(first, second)}", message, "end one where the other begins")


def _span(row: dict[str, str]) -> tuple[date, date] | None:
    try:
        since = date.fromisoformat(row["since"]) if row.get("since") else date.min
        until = date.fromisoformat(row["until"]) if row.get("until") else date.max
    except ValueError:
        return None
    return (since, until) if since < until else None


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False
