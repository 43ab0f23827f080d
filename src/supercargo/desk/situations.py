"""Numbering the situations of a table: one small integer for each combination of words that occurs."""

from __future__ import annotations

import numpy as np
import polars as pl

SITUATION = ("market", "origin", "hs_code", "tax_class", "channel", "business", "mode", "currency")
"""The words that decide which law and which tariff line a row meets."""
DENSE = 50_000_000
"""Up to so many conceivable combinations a plain array finds the number of each row."""


def keyed(frame: pl.DataFrame) -> tuple[pl.Series, list[dict[str, str]]]:
    """Give each row the number of its situation, and list the situations that occur, in that order.

    The words of each column are numbered, the numbers of a row are combined to one integer, and the
    integers that occur are numbered again: arithmetic on whole columns, no comparison of texts.
    """
    combined, words = np.zeros(frame.height, dtype=np.int64), []
    conceivable = 1
    for name in SITUATION:
        numbers, names = _numbered(frame[name])
        words.append(names)
        if len(names) > 1:
            combined *= len(names)
            combined += numbers
            conceivable *= len(names)
    occurring, keys = _compressed(combined, conceivable)
    return pl.Series("key", keys), [_words(int(code), words) for code in occurring]


def _numbered(column: pl.Series) -> tuple[np.ndarray, list[str]]:
    """Number the words of a column: an Enum by its own numbers, other text by its sorted words."""
    if isinstance(column.dtype, pl.Enum) and not column.has_nulls():
        return column.to_physical().to_numpy(), column.dtype.categories.to_list()
    text = column.cast(pl.String).fill_null("")
    names = sorted(text.unique().to_list())
    if len(names) <= 1:
        return np.zeros(0, dtype=np.int64), names or [""]
    return text.cast(pl.Enum(names)).to_physical().to_numpy(), names


def _compressed(combined: np.ndarray, conceivable: int) -> tuple[np.ndarray, np.ndarray]:
    if conceivable > DENSE:
        occurring, keys = np.unique(combined, return_inverse=True)
        return occurring, keys.astype(np.uint32)
    seen = np.zeros(conceivable, dtype=bool)
    seen[combined] = True
    occurring = np.flatnonzero(seen)
    numbers = np.zeros(conceivable, dtype=np.uint32)
    numbers[occurring] = np.arange(len(occurring), dtype=np.uint32)
    return occurring, numbers[combined]


def _words(code: int, words: list[list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, names in zip(reversed(SITUATION), reversed(words), strict=True):
        code, place = divmod(code, len(names))
        found[name] = names[place]
    return {name: found[name] for name in SITUATION}
