"""Which header of a sheet is which column of a catalogue: found, reported, and refused where it is ambiguous."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from supercargo.connectors.catalogue.codes import FIELDS, LENGTHS, MONEY, REQUIRED, SIZES, WEIGHTS, meaning
from supercargo.connectors.catalogue.product import Answers, ColumnTaken
from supercargo.connectors.sheet import SignEvidence, gather, tidy
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, Severity
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supercargo.connectors.sheet import DecimalSign, Row, Sheet

SEARCHED_ROWS = 20
"""Rows at the top among which the header is looked for; titles and notes often stand above it."""
NUMBERS = (*WEIGHTS, *LENGTHS, *MONEY, "monthly_units", "moq", "units_per_carton")


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a sheet, and the rows below it that hold anything."""

    columns: tuple[ColumnTaken, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Tell whether rows can be read under this header."""
        return not any(finding.severity == "error" for finding in self.findings)

    def taken(self) -> dict[str, ColumnTaken]:
        """Give the columns by field."""
        return {column.field: column for column in self.columns if column.field}


def find_heading(sheet: Sheet, answers: Answers) -> Heading:
    """Find the header row, or two rows of a merged header, and what each header means."""
    filled = [row for row in sheet.rows if not row.is_empty]
    best: tuple[int, int, list[str]] = (0, 0, [])
    for place, row in enumerate(filled[:SEARCHED_ROWS]):
        for depth, names in _candidates(filled, place, row):
            known = sum(1 for name in names if _meanings(name, answers)[0])
            if known > best[0]:
                best = (known, place + depth, names)
    known, start, names = best
    rows = tuple(filled[start:])
    if not known:
        remedy = said("name the columns in one row, such as {columns}", columns=", ".join(REQUIRED))
        return Heading((), tuple(filled), (Finding("CAT-001", "error", "header", "no header of a catalogue was found", remedy),))
    columns, findings = _settle(names, answers)
    columns, doubts = _decide_signs(columns, rows, answers)
    findings += [*_missing(columns, answers), *_unitless(columns), *doubts]
    return Heading(tuple(columns), rows, tuple(findings))


def _candidates(rows: list[Row], place: int, row: Row) -> Iterable[tuple[int, list[str]]]:
    single = list(row.cells)
    yield 1, single
    below = rows[place + 1] if place + 1 < len(rows) else None
    if below is None or below.number != row.number + 1 or any(cell.strip()[:1].isdigit() for cell in below.cells):
        return
    width = max(len(row.cells), len(below.cells))
    joined, above = [], ""
    for position in range(width):
        upper, lower = row.cell(position).strip(), below.cell(position).strip()
        above = upper or (above if lower else "")
        joined.append(above if not lower or lower == above else f"{above} {lower}".strip())
    if any(lower and not upper for upper, lower in zip(single, below.cells, strict=False)) or _repeats(single):
        yield 2, joined


def _repeats(cells: list[str]) -> bool:
    return any(left.strip() and left == right for left, right in itertools.pairwise(cells))


def _meanings(header: str, answers: Answers) -> tuple[tuple[str, ...], str]:
    for name, field in answers.columns:
        if tidy(name).casefold() == tidy(header).casefold():
            return ((field,) if field else ()), meaning(header)[1]
    return meaning(header)


def _settle(names: list[str], answers: Answers) -> tuple[list[ColumnTaken], list[Finding]]:
    ignored = {tidy(name).casefold() for name, field in answers.columns if not field}
    meanings = [_meanings(name, answers) for name in names]
    sure = {fields[0] for fields, _ in meanings if len(fields) == 1}
    columns, findings = [], []
    for position, (name, (fields, unit)) in enumerate(zip(names, meanings, strict=True)):
        header = name.strip()
        left = [field for field in fields if field not in sure] if len(fields) > 1 else list(fields)
        field = left[0] if len(left) == 1 else ""
        columns.append(ColumnTaken(header, position, field, unit))
        if len(fields) > 1:
            findings.append(_two_meanings(header, fields, field))
        elif not field and header and tidy(header).casefold() not in ignored:
            message = said("nothing is known by the header {header}; the column is not read", header=header)
            findings.append(Finding("CAT-005", "note", f"header.{header}", message, "rename the header if the column matters"))
    return columns, findings + _conflicts(columns)


def _two_meanings(header: str, fields: tuple[str, ...], taken: str) -> Finding:
    both = " / ".join(fields)
    if taken:
        message = said(
            "the header {header} can mean {fields}; it was taken for {taken} because the other has its own column",
            header=header,
            fields=both,
            taken=taken,
        )
        return Finding("CAT-004", "warning", f"header.{header}", message, "rename the header to say which it is")
    message = said("the header {header} can mean {fields}: which is it?", header=header, fields=both)
    return Finding("CAT-004", "error", f"header.{header}", message, "rename the header, or answer with the name of the column")


def _conflicts(columns: list[ColumnTaken]) -> list[Finding]:
    findings = []
    for field, count in Counter(column.field for column in columns if column.field).items():
        if count > 1:
            headers = ", ".join(column.header for column in columns if column.field == field)
            message = said("several headers mean {field}: {headers}", field=field, headers=headers)
            findings.append(Finding("CAT-003", "error", f"header.{field}", message, "keep one of them, or answer which one counts"))
    taken = {column.field for column in columns}
    for size, sides in SIZES.items():
        if size in taken and taken & set(sides):
            message = said(
                "several headers mean {field}: {headers}",
                field=size,
                headers=", ".join(column.header for column in columns if column.field in {size, *sides}),
            )
            findings.append(Finding("CAT-003", "error", f"header.{size}", message, "keep one of them, or answer which one counts"))
    return findings


def _missing(columns: list[ColumnTaken], answers: Answers) -> list[Finding]:
    taken = {column.field for column in columns}
    taken |= {side for size, sides in SIZES.items() if size in taken for side in sides}
    cost = next((column for column in columns if column.field == "unit_cost"), None)
    if answers.currency or (cost and is_currency(cost.unit)):
        taken.add("currency")
    if answers.origin:
        taken.add("origin")
    findings = []
    for field in REQUIRED:
        if field not in taken:
            message = said("the column {field} is missing", field=field)
            findings.append(Finding("CAT-002", "error", f"header.{field}", message, said("add a column {field}", field=field)))
    if not taken & {"title", "title_en", "title_zh"}:
        message = said("the column {field} is missing", field="title_en")
        findings.append(Finding("CAT-002", "error", "header.title_en", message, "add a column title_en, title_zh or title"))
    return findings + _defaults(taken)


def _defaults(taken: set[str]) -> list[Finding]:
    assumed = {"category": "everything_else", "tax_class": "standard", "battery": "none"}
    findings = []
    for field in FIELDS:
        if field in taken or field not in (*assumed, "monthly_units"):
            continue
        if field == "monthly_units":
            message = said("the column {field} is missing; what depends on a volume cannot be computed", field=field)
        else:
            message = said("the column {field} is missing: {assumed} assumed", field=field, assumed=assumed[field])
        severity: Severity = "warning" if field == "battery" else "note"
        findings.append(Finding("CAT-006", severity, f"header.{field}", message, said("add a column {field}", field=field)))
    return findings


def _unitless(columns: list[ColumnTaken]) -> list[Finding]:
    findings = []
    for column in columns:
        if column.field in (*LENGTHS, *SIZES) and column.unit not in ("mm", "cm", "m", "in"):
            message = said("the header {header} states no unit: centimetres assumed", header=column.header)
            findings.append(
                Finding("CAT-007", "warning", f"header.{column.header}", message, "write the unit into the header, such as length_cm")
            )
    return findings


def _decide_signs(columns: list[ColumnTaken], rows: tuple[Row, ...], answers: Answers) -> tuple[list[ColumnTaken], list[Finding]]:
    """Decide the decimal sign per column, and by the whole file for a column that proves nothing."""
    evidence = {column.position: _evidence(column, rows) for column in columns if column.field in NUMBERS}
    whole = sum(evidence.values(), SignEvidence())
    findings = []
    decided: list[ColumnTaken] = []
    for column in columns:
        own = evidence.get(column.position)
        if own is None:
            decided.append(replace(column, decimal=answers.decimal or whole.sign) if column.field in SIZES else column)
            continue
        sign: DecimalSign | None = answers.decimal or (own.sign if own.point or own.comma else whole.sign)
        decided.append(replace(column, decimal=sign))
        if own.is_mixed and not answers.decimal:
            message = said("the column {header} writes decimals with a point and with a comma", header=column.header)
            findings.append(Finding("CAT-008", "warning", f"header.{column.header}", message, "write all numbers of the column in one way"))
    return decided, findings


def _evidence(column: ColumnTaken, rows: tuple[Row, ...]) -> SignEvidence:
    return gather(row.cell(column.position) for row in rows if row.kind(column.position) == "text")
