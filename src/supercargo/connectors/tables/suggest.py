"""A table that nobody has seen -> a mapping to begin with: from its headers in seven languages and from what stands below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import TABLES
from supercargo.connectors.tables.evidence import fits, speaks_alone
from supercargo.connectors.tables.likeness import NOUNS, STATUS_WORDS, groups_of, unit_of
from supercargo.connectors.tables.mapping import Mapping, columns_of
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supercargo.connectors.raw.table import Grid, Raw

_PROBED, _SAMPLE = 40, 500
_LEAST, _SURE = 60, 85
_CLOSE = 5
_RUNNER_UP = 10
_MONEY = re.compile(r".*(_minor|_e6)|amount_in|amount_out")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping, how sure each of its columns is in percent, and what a person has to decide."""

    mapping: Mapping
    certainty: dict[str, int]
    undecided: tuple[str, ...]
    """Their headers that are taken for nothing."""
    questions: tuple[Finding, ...]

    @property
    def is_sure(self) -> bool:
        """Tell whether it may be used without being looked at."""
        return not self.questions and min(self.certainty.values(), default=0) >= _SURE


class _Candidate(NamedTuple):
    score: int
    ours: str
    theirs: int


def suggest(raw: Raw, noun: str = "", skus: frozenset[str] = frozenset()) -> Suggestion:
    """Suggest a mapping.

    Args:
        raw: the file.
        noun: what the rows are, where that is known.
        skus: the company's own article numbers: a column that holds them is the sku, whatever its header.

    Raises:
        Refused: MAP-020 no header is recognised; MAP-021 what the rows are cannot be seen.
    """
    grid, place = _heading(raw)
    headers = _named(grid.cells.row(place)[1:])
    samples = [grid.cells.get_column(f"c{column}").slice(place + 1, _SAMPLE).str.strip_chars().to_list() for column in range(len(headers))]
    nouns = (noun,) if noun else tuple(NOUNS)
    found = {name: _assign(name, headers, samples, skus) for name in nouns}
    best = max(nouns, key=lambda name: _merit(name, found[name]))
    if not noun and _merit(best, found[best]) < 1:
        message = "what the rows of the table are cannot be seen from its headers"
        raise refuse("MAP-021", "file", message, said("say it: {names}", names=", ".join(NOUNS)))
    return _suggestion(best, headers, samples, found[best], grid.name if len(raw.grids) > 1 else "")


def _heading(raw: Raw) -> tuple[Grid, int]:
    """Find the row with the most headers that we know."""
    best: tuple[int, Grid, int] | None = None
    for grid in raw.grids:
        for place, cells in enumerate(grid.cells.head(_PROBED).drop(ROW).rows()):
            known = sum(bool(groups_of(cell)) for cell in cells if cell.strip())
            if best is None or known > best[0]:
                best = (known, grid, place)
    if best is None or best[0] < 2:  # noqa: PLR2004 - one word alone is no header
        raise refuse("MAP-020", "file", "no header of the table is recognised", "write a mapping by hand; the examples show how")
    return best[1], best[2]


def _named(cells: Sequence[str]) -> list[str]:
    """Name the columns as the reader does, made unique."""
    width = max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
    names: list[str] = []
    for place, cell in enumerate(cells[:width], start=1):
        name = own = " ".join(cell.split()) or f"column {place}"
        number = 2
        while name in names:
            name, number = f"{own} ({number})", number + 1
        names.append(name)
    return names


def _assign(noun: str, headers: list[str], samples: list[list[str]], skus: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Give each of our columns the header that fits best: our column -> certainty and place; each header serves once."""
    candidates = sorted(_candidates(noun, headers, samples, skus), key=lambda each: (-each.score, each.theirs, each.ours))
    taken: dict[str, tuple[int, int]] = {}
    used: set[int] = set()
    for score, ours, theirs in candidates:
        if ours in taken and theirs not in used and score >= taken[ours][0] - _CLOSE:
            taken[ours] = (min(taken[ours][0], _SURE - 1), taken[ours][1])  # a second header is as good: ask
        if ours not in taken and theirs not in used:
            taken[ours] = (score, theirs)
            used.add(theirs)
    return taken


def _candidates(noun: str, headers: list[str], samples: list[list[str]], skus: frozenset[str]) -> Iterator[_Candidate]:
    for place, header in enumerate(headers):
        likeness = groups_of(header)
        for ours, groups in NOUNS[noun].items():
            score = max((likeness.get(group, 0) - rank * _RUNNER_UP // 2 for rank, group in enumerate(groups)), default=0)
            score = max(score, speaks_alone(ours, samples[place], skus))
            if score >= _LEAST:
                weighed = fits(noun, ours, samples[place], score)
                if weighed >= _LEAST:
                    yield _Candidate(weighed, ours, place)


def _merit(noun: str, taken: dict[str, tuple[int, int]]) -> float:
    """Weigh a noun: all of the columns that mark it count one, every other header that it explains a little."""
    marks = NOUNS.marks[noun]
    has = {*taken, *({"amount_minor"} if {"amount_in", "amount_out"} & set(taken) else set())}
    share = sum(mark in has for mark in marks) / len(marks)
    return (1.0 if share == 1 else share / 2) + sum(score for score, _ in taken.values()) / 10_000


def _suggestion(noun: str, headers: list[str], samples: list[list[str]], taken: dict[str, tuple[int, int]], sheet: str) -> Suggestion:
    order = [ours for ours in columns_of(noun) if ours in taken]
    columns = {ours: headers[taken[ours][1]] for ours in order}
    mapping = Mapping(noun, columns, name=noun, sheet=sheet, words=_status_words(noun, taken, samples))
    units = {unit_of(columns[ours]) for ours in order if _MONEY.fullmatch(ours)} - {""}
    if "currency" not in columns and len(units) == 1 and is_currency(next(iter(units))):
        mapping = replace(mapping, constants={"currency": next(iter(units))})
    certainty = {ours: taken[ours][0] for ours in order}
    used = {place for _, place in taken.values()}
    undecided = tuple(header for place, header in enumerate(headers) if place not in used)
    return Suggestion(mapping, certainty, undecided, tuple(_questions(mapping, certainty)))


def _status_words(noun: str, taken: dict[str, tuple[int, int]], samples: list[list[str]]) -> dict[str, dict[str, str]]:
    if noun != "order_line" or "status" not in taken:
        return {}
    found = {word: STATUS_WORDS.get(word.casefold(), "") for word in dict.fromkeys(samples[taken["status"][1]]) if word}
    known = {word: value for word, value in found.items() if value}
    return {"status": known} if known else {}


def _questions(mapping: Mapping, certainty: dict[str, int]) -> Iterator[Finding]:
    for ours, percent in certainty.items():
        if percent < _SURE:
            message = said(
                "{header} is taken for {column}, with {percent} % certainty", header=mapping.columns[ours], column=ours, percent=percent
            )
            yield Finding("MAP-022", "warning", f"columns.{ours}", message, "confirm it, or name the right column in the mapping")
    has_money = any(_MONEY.fullmatch(ours) for ours in mapping.columns)
    if has_money and "currency" in TABLES[mapping.noun] and "currency" not in {*mapping.columns, *mapping.constants}:
        nothing = "the table has amounts and nothing says in which currency"
        remedy = "write the currency into the mapping, or name the column that states it"
        yield Finding("MAP-010", "error", "mapping.constants.currency", nothing, remedy)
