"""Their words for a status, a kind of money or a country -> ours; an unknown one is said, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.countries import country_code
from supercargo.connectors.tables.cells import translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.connectors.raw.sift import Sift
    from supercargo.connectors.tables.mapping import Mapping
    from supercargo.kernel.finding import Finding

_UNKNOWN = {("order_line", "status"): "unknown", ("money_line", "kind"): "unclassified", ("freight_line", "share_by"): ""}
"""Columns of which every word must be one of ours."""


def own_words(sift: Sift, mapping: Mapping, columns: dict[str, str]) -> Iterator[Finding]:
    """Translate every column that has words in the mapping, and every country."""
    for ours, theirs in columns.items():
        given = mapping.words.get(ours, {})
        if ours.endswith("country"):
            yield from translate(sift, ours, theirs, given, lambda word: country_code(word) or "")
        elif (mapping.noun, ours) in _UNKNOWN:
            yield from translate(sift, ours, theirs, given, lambda _: "", _UNKNOWN[mapping.noun, ours])
        elif given and ours != "currency":
            yield from translate(sift, ours, theirs, given, lambda word: word)
