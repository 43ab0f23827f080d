"""A source's words -> ours, each distinct word once; a word that is not known is told, never guessed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.header import plain
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN = "unknown"
_SHOWN = 5


def turned(meanings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Turn a table of ours -> theirs round, such that case, width and blanks do not matter.

    >>> turned({"shipped": ["Dikirim", "จัดส่งแล้ว"]})["dikirim"]
    'shipped'
    """
    return {word(theirs): ours for ours, words in meanings.items() for theirs in words}


def word(text: str) -> str:
    """Bring a word to the form in which words are compared."""
    return unicodedata.normalize("NFKC", plain(text)).rstrip(".。")


def ours(column: pl.Series, meanings: Mapping[str, str], default: str | None = UNKNOWN) -> pl.Series:
    """Say a column of their words in ours; an empty cell and a strange word are the default."""
    known = {theirs: meanings.get(word(theirs), default) for theirs in column.drop_nulls().unique()}
    return column.replace_strict(known, default=default, return_dtype=pl.String)


def strange(column: pl.Series, meanings: Mapping[str, str], code: str) -> tuple[Finding, ...]:
    """Name the words that have no meaning here yet, with one finding for the whole column."""
    words = sorted(theirs for theirs in column.drop_nulls().unique() if theirs.strip() and word(theirs) not in meanings)
    if not words:
        return ()
    shown = ", ".join(words[:_SHOWN])
    message = said("{count} statuses are not known here: {names}; they are kept as unknown", count=len(words), names=shown)
    return (Finding(code, "note", column.name, message, "tell us what they mean, so that they can be read next time"),)
