"""Which format a file is, and how sure that is; where it is not sure, the file is refused with the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.connectors import tables
from supercargo.connectors.registry import format_of, recognise
from supercargo.kernel.finding import Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from supercargo.connectors.raw.formats import Context, MapsFile
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped
    from supercargo.connectors.tables import Mapping

LEAST_CERTAIN = 60
CLOSE = 10
BY_MAPPING = "mapping"
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format, how sure it is in percent, and the function that maps it."""

    key: str
    source: str
    certainty: int
    map: MapsFile
    proven: str = ""


def recognised(raw: Raw, wanted: str, mappings: Iterable[Mapping]) -> Recognised:
    """Find the format of a file.

    Args:
        raw: the file.
        wanted: the key of a format that the user named.
        mappings: the saved column mappings, for tables of no known format.

    Raises:
        Refused: IMP-001 nothing is known of such a file; IMP-002 no format is sure enough; IMP-003 two are about as sure;
            RAW-050 the format that was named does not exist.
    """
    if wanted:
        chosen = format_of(wanted)
        return Recognised(chosen.key, chosen.source, 100, chosen.map, chosen.proven)
    found = recognise(raw)
    sure = [(form, percent) for form, percent in found if percent >= LEAST_CERTAIN]
    if not sure and (saved := _fitting(raw, mappings)):
        return by_mapping(saved)
    candidates = ", ".join(f"{form.key} ({percent} %)" for form, percent in found[:_SHOWN])
    remedy = "say which it is with --as"
    if not found:
        raise refuse("IMP-001", raw.name, "no format that is known has such columns", "say which column is what with --map")
    if not sure:
        raise refuse("IMP-002", raw.name, said("no format is sure enough: {candidates}", candidates=candidates), remedy)
    if len(sure) > 1 and sure[0][1] - sure[1][1] < CLOSE:
        raise refuse("IMP-003", raw.name, said("the file may be one of several formats: {candidates}", candidates=candidates), remedy)
    form, percent = sure[0]
    return Recognised(form.key, form.source, percent, form.map, form.proven)


def by_mapping(mapping: Mapping) -> Recognised:
    """Take a saved column mapping for a format."""

    def apply(raw: Raw, context: Context) -> Mapped:
        return tables.apply(mapping, raw, context)

    return Recognised(f"{BY_MAPPING}:{mapping.name or mapping.noun}", BY_MAPPING, 100, apply)


def saved_mappings(folder: Path) -> list[Mapping]:
    """Read the mappings that the company has saved; one that can no longer be read is passed over."""
    found = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        try:
            found.append(tables.load(path.read_text(encoding="utf-8-sig"), path.name))
        except (Refused, OSError, UnicodeDecodeError):
            continue
    return found


def suggested(raw: Raw) -> str:
    """Write a mapping to begin with for a table of no known format; empty where even that is not possible."""
    try:
        return tables.save(tables.suggest(raw).mapping) if raw.grids else ""
    except Refused:
        return ""


def _fitting(raw: Raw, mappings: Iterable[Mapping]) -> Mapping | None:
    headings = [frozenset(cell.casefold() for cell in row if cell) for row in raw.headings]
    fits = [each for each in mappings if each.headers and any({h.casefold() for h in each.headers} <= heading for heading in headings)]
    best = sorted(fits, key=lambda each: -len(each.headers))
    return best[0] if best and (len(best) == 1 or len(best[0].headers) > len(best[1].headers)) else None
