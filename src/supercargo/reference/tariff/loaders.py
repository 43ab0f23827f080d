"""Taking an official tariff file into the user's data folder: `supercargo law load hts FILE`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from supercargo.reference.tariff import uk_tariff, us_hts
from supercargo.reference.tariff.answers import TariffRow
from supercargo.reference.tariff.layers import write_layer
from supercargo.reference.tariff.official import Fault, TariffLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

_LINE: Final = 8


class Reader(Protocol):
    """What every module of an official file offers."""

    def __call__(self, path: Path, *, since: date) -> Iterator[TariffLine | Fault]:
        """Each line of the file, or what is wrong with it."""
        ...


READERS: Final[dict[str, Reader]] = {"hts": us_hts.read, "uk-tariff": uk_tariff.read}
"""Kinds of official file, by the word that `supercargo law load` takes."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of an official file.

    Attributes:
        path: the layer that was written; None when no line could be read.
        rows: how many rows the layer has.
        lines: how many lines the official file gave, statistical ones included.
        not_computable: how many rows no duty can be computed from.
        faults: every line that was left out, and why.
    """

    path: Path | None
    rows: int
    lines: int
    not_computable: int
    faults: tuple[Fault, ...]


def load(kind: str, path: Path, folder: Path, *, since: date, source: str) -> Loaded:
    """Read an official file and write it as a layer `tariff-<kind>-<since>.csv` in a folder.

    Args:
        kind: a key of `READERS`.
        path: the official file, gzipped or not.
        folder: the user's data folder; it must exist.
        since: first day for which this edition holds; no official file says it.
        source: title and edition as the user wants to see them cited.

    Raises:
        KeyError: when the kind is not known.
    """
    lines: list[TariffLine] = []
    faults: list[Fault] = []
    for line in READERS[kind](path, since=since):
        if isinstance(line, Fault):
            faults.append(line)
        else:
            lines.append(line)
    rows = [_row(line, source) for line in compact(lines)]
    target = folder / f"tariff-{kind}-{since.isoformat()}.csv"
    return Loaded(
        path=target if rows else None,
        rows=write_layer(target, rows) if rows else 0,
        lines=len(lines),
        not_computable=sum(not hasattr(row.rate, "ad_valorem") for row in rows),
        faults=tuple(faults),
    )


def compact(lines: Iterable[TariffLine]) -> tuple[TariffLine, ...]:
    """One line for eight digits wherever all statistical lines below them say the same."""
    groups: dict[tuple[str, str], list[TariffLine]] = {}
    for line in lines:
        groups.setdefault((line.market, line.code[:_LINE]), []).append(line)
    kept: list[TariffLine] = []
    for group in groups.values():
        same = len({line.expression for line in group}) == 1
        kept.extend([group[0]] if same else group)
    return tuple(kept)


def _row(line: TariffLine, source: str) -> TariffRow:
    return TariffRow(
        market=line.market,
        code=line.code,
        expression=line.expression,
        since=line.since,
        until=None,
        source=source,
        confidence="high",
        layer="loaded",
        row_number=line.row_number,
    )
