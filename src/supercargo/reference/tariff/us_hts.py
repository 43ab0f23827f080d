"""The Harmonized Tariff Schedule of the United States, as the USITC exports it to CSV.

A statistical line (10 digits) has no rate of its own: it takes that of the line above it in the
hierarchy of indents. Source: https://hts.usitc.gov, "Export" (key `usitc-hts-2024`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.expression import parse
from supercargo.reference.tariff.official import Fault, SpecialProgramme, TariffLine, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

COLUMNS: Final = (
    "HTS Number", "Indent", "Description", "General Rate of Duty", "Special Rate of Duty",
)  # fmt: skip
_CODE: Final = re.compile(r"\d{4}(\.\d\d){0,3}", re.ASCII)
_SHORTEST_LINE: Final = 8
_SPECIAL: Final = re.compile(r"([^()]+?) ?\(([^()]*)\)")


@dataclass(slots=True)
class _Node:
    """A line of the hierarchy that the lines below it may inherit from."""

    indent: int
    code: str
    rate: str
    special: str


@dataclass(slots=True)
class _Hierarchy:
    """The lines above the present one, outermost first."""

    nodes: list[_Node] = field(default_factory=list)

    def enter(self, node: _Node) -> None:
        while self.nodes and self.nodes[-1].indent >= node.indent:
            self.nodes.pop()
        self.nodes.append(node)

    def rated(self) -> _Node | None:
        """The nearest line, from the present one upwards, that states a rate."""
        return next((node for node in reversed(self.nodes) if node.rate), None)


def read(path: Path, *, since: date) -> Iterator[TariffLine | Fault]:
    """Each line of 8 or 10 digits with the duty that holds for it.

    Args:
        path: the USITC's CSV, gzipped or not.
        since: first day for which this edition is known to hold.

    Findings: faults `indent`, `code`, `no_rate` (a last line without a rate anywhere above it)
        and those of `official.records`.
    """
    above = _Hierarchy()
    for record, deeper in _with_next(records(path, COLUMNS)):
        if isinstance(record, Fault):
            yield record
            continue
        number, cells = record
        if fault := _faulty(number, cells):
            yield fault
            continue
        node = _node(cells)
        above.enter(node)
        line = _line(above, cells, number, since)
        if line is not None:
            yield line
        elif len(node.code) >= _SHORTEST_LINE and not deeper:
            yield Fault(number, "no_rate", Bilingual(f"{node.code} and the lines above it state no rate",
                                                f"{node.code} 及其上级税目均无税率"))  # fmt: skip


def programmes(text: str, market: str = "US") -> tuple[SpecialProgramme, ...]:
    """The rates by trade programme: `Free (AU,BH) 3.2% (KR)` gives two."""
    return tuple(
        SpecialProgramme(
            parse(match[1].strip(), market=market),
            tuple(code.strip() for code in match[2].split(",") if code.strip()),
        )
        for match in _SPECIAL.finditer(text)
    )


def _with_next(
    stream: Iterator[tuple[int, dict[str, str]] | Fault],
) -> Iterator[tuple[tuple[int, dict[str, str]] | Fault, bool]]:
    """Each record, and whether the one after it lies deeper in the hierarchy."""
    present = next(stream, None)
    while present is not None:
        following = next(stream, None)
        yield present, _indent(following) > _indent(present)
        present = following


def _indent(record: tuple[int, dict[str, str]] | Fault | None) -> int:
    if record is None or isinstance(record, Fault) or not record[1]["Indent"].isdecimal():
        return -1
    return int(record[1]["Indent"])


def _faulty(number: int, cells: dict[str, str]) -> Fault | None:
    if not (cells["Indent"].isascii() and cells["Indent"].isdecimal()):
        return Fault(number, "indent", Bilingual(f"indent {cells['Indent']!r} is not a number",
                                            f"缩进层级 {cells['Indent']!r} 不是数字"))  # fmt: skip
    if cells["HTS Number"] and not _CODE.fullmatch(cells["HTS Number"]):
        return Fault(number, "code", Bilingual(f"{cells['HTS Number']!r} is not an HTS number",
                                          f"{cells['HTS Number']!r} 不是 HTS 编码"))  # fmt: skip
    return None


def _node(cells: dict[str, str]) -> _Node:
    return _Node(
        int(cells["Indent"]),
        cells["HTS Number"].replace(".", ""),
        cells["General Rate of Duty"],
        cells["Special Rate of Duty"],
    )


def _line(above: _Hierarchy, cells: dict[str, str], number: int, since: date) -> TariffLine | None:
    code = above.nodes[-1].code
    rated = above.rated()
    if len(code) < _SHORTEST_LINE or rated is None:
        return None
    return TariffLine(
        market="US",
        code=code,
        description=cells["Description"],
        expression=rated.rate,
        rate=parse(rated.rate, market="US"),
        since=since,
        row_number=number,
        special=programmes(rated.special),
        inherited_from="" if rated is above.nodes[-1] else rated.code,
    )
