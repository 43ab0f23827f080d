"""Rows of text -> rate cards and findings: pure, without files or clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supercargo.connectors.ratecards.build import Faulty, build
from supercargo.connectors.ratecards.cells import CellFault, Column
from supercargo.connectors.ratecards.codes import CHINESE, SAME_OFFER, SEEN_BY, SHEETS
from supercargo.connectors.ratecards.reading import Reading
from supercargo.connectors.sheet import DecimalSign, Row, gather, tidy
from supercargo.engines.logistics.ratecard import RateCard
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.engines.logistics.ratecard import Kind, Offer

NO_SHEET = "RATE-001"
NO_COLUMN = "RATE-002"
UNUSED_COLUMN = "RATE-003"
COLUMN_TWICE = "RATE-004"
NO_ROWS = "RATE-005"
BAD_CELL = "RATE-101"
WITHHELD = "RATE-110"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was read: its number and the value of each column."""

    row: int
    values: dict[str, Any]


@dataclass(slots=True)
class _Heading:
    """Where each column stands, and what is wrong with the heading."""

    kind: Kind | None = None
    places: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return self.kind is not None and all(finding.severity != "error" for finding in self.findings)


def parse(rows: Sequence[Row], file: str = "") -> Reading:
    """Read the rows of one sheet, the heading first; the kind of sheet is seen from its columns.

    Findings: RATE-001 to -005 about the sheet, RATE-101 a cell, RATE-102 to -109 rows that do not
    fit together, RATE-110 an offer that was left out because of one of its rows.
    """
    full = [row for row in rows if not row.is_empty]
    heading = _heading(full[0]) if full else _Heading()
    body = full[1:]
    if heading.kind is None or not heading.is_sound:
        findings = heading.findings or [_not_a_sheet()]
        return Reading((), tuple(findings), len(body), tuple(row.number for row in body), file)
    if not body:
        empty = Finding(NO_ROWS, "error", "rows", "the sheet has a heading and no rows", "add the carrier's prices")
        return Reading((), (*heading.findings, empty), 0, (), file)
    lines, faults = _lines(body, heading.kind, heading.places)
    offers, misfits, left_out = _offers(heading.kind, lines, faults, file)
    findings = [*heading.findings, *(fault for _, _, fault in faults), *misfits]
    rejected = sorted({row for row, _, _ in faults} | left_out)
    return Reading(_cards(heading.kind, offers), tuple(findings), len(body), tuple(rejected), file)


def _not_a_sheet() -> Finding:
    remedy = "use the column names of the samples (examples/ratecards/README.md)"
    return Finding(NO_SHEET, "error", "rows[1]", "this is no rate card that is known here: its columns do not say which", remedy)


def _heading(row: Row) -> _Heading:
    heading = _Heading()
    for position, text in enumerate(row.cells):
        name = _column_name(text)
        if name in heading.places:
            message = said("the column {column} stands here twice", column=name)
            heading.findings.append(Finding(COLUMN_TWICE, "error", f"rows[{row.number}].{name}", message, "remove one of them"))
        elif name:
            heading.places[name] = position
    kind = next((kind for kind, telling in SEEN_BY.items() if telling <= heading.places.keys()), None)
    heading.kind = kind
    if kind is not None:
        heading.findings += _columns(kind, heading.places, row.number)
    return heading


def _column_name(text: str) -> str:
    bare = tidy(text)
    return CHINESE.get(bare, bare.lower().replace(" ", "_"))


def _columns(kind: Kind, places: dict[str, int], row: int) -> list[Finding]:
    known = {column.name: column for column in SHEETS[kind]}
    missing = [name for name, column in known.items() if column.required and name not in places]
    unused = [name for name in places if name not in known]
    remedy = "add the column; the samples in examples/ratecards show all of them"
    return [
        *(
            Finding(NO_COLUMN, "error", f"rows[{row}].{name}", said("the column {column} is missing", column=name), remedy)
            for name in missing
        ),
        *(Finding(UNUSED_COLUMN, "note", f"rows[{row}].{name}", said("the column {column} is not used", column=name)) for name in unused),
    ]


Fault = tuple[int, dict[str, Any], Finding]
"""A faulty cell: the row's number, what could be read of the row, and the finding."""


def _lines(body: list[Row], kind: Kind, places: dict[str, int]) -> tuple[list[Line], list[Fault]]:
    columns = [(column, places[column.name]) for column in SHEETS[kind] if column.name in places]
    absent = {column.name: None for column in SHEETS[kind] if column.name not in places}
    sign = gather(row.cell(position) for row in body for _, position in columns if row.kind(position) == "text").sign or "point"
    lines: list[Line] = []
    faults: list[Fault] = []
    for row in body:
        values, wrong = _values(row, columns, sign)
        if wrong:
            faults += [(row.number, values, finding) for finding in wrong]
        else:
            lines.append(Line(row.number, values | absent))
    return lines, faults


def _values(row: Row, columns: list[tuple[Column, int]], sign: DecimalSign) -> tuple[dict[str, Any], list[Finding]]:
    values: dict[str, Any] = {}
    wrong: list[Finding] = []
    for column, position in columns:
        try:
            values[column.name] = _value(row, column, position, sign)
        except CellFault as fault:
            wrong.append(Finding(BAD_CELL, "error", f"rows[{row.number}].{column.name}", fault.message, fault.remedy))
    return values, wrong


def _value(row: Row, column: Column, position: int, sign: DecimalSign) -> Any:
    kind = row.kind(position)
    if kind == "fault":
        raise CellFault(said("{text} is an error of the spreadsheet", text=row.cell(position)), "repair the formula and save again")
    return column.value(row.cell(position), "point" if kind == "number" else sign)


def _offers(kind: Kind, lines: list[Line], faults: list[Fault], file: str) -> tuple[list[Offer], list[Finding], set[int]]:
    groups: dict[tuple[Any, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(_key(kind, line.values), []).append(line)
    damaged = {_key(kind, values): row for row, values, _ in reversed(faults)}
    offers: list[Offer] = []
    findings: list[Finding] = []
    left_out: set[int] = set()
    for key, group in groups.items():
        try:
            offers.append(_offer(kind, group, damaged.get(key), file))
        except Faulty as fault:
            findings += fault.findings
            left_out |= {line.row for line in group}
    return offers, findings, left_out


def _offer(kind: Kind, group: list[Line], damaged_row: int | None, file: str) -> Offer:
    if damaged_row is not None:
        raise Faulty(_withheld(group, damaged_row))
    return build(kind, [(line.row, line.values) for line in group], file)


def _key(kind: Kind, values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name, ...) for name in SAME_OFFER[kind])


def _withheld(group: list[Line], row: int) -> Finding:
    message = said("this offer was left out because row {row}, one of its weight steps, is faulty", row=row)
    return Finding(WITHHELD, "error", f"rows[{group[0].row}]", message, "repair that row and load the sheet again")


def _cards(kind: Kind, offers: list[Offer]) -> tuple[RateCard, ...]:
    by_name: dict[str, list[Offer]] = {}
    for offer in offers:
        by_name.setdefault(offer.terms.card, []).append(offer)
    return tuple(RateCard(name, kind, tuple(found)) for name, found in by_name.items())
