"""The Harmonized System of 2022: which six-digit codes exist, and how a typed one is read.

The codes are facts of the World Customs Organization's nomenclature; the words of the headings
are not shipped. Source: key `datasets-harmonized-system` in reference/sources/tariff.toml.

    >>> normalise(" 6109.10.00 ")
    '61091000'
    >>> known("610910"), chapter("6109.10")
    (True, '61')
"""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib import resources
from typing import Final

CODE_LENGTHS: Final = (6, 8, 9, 10)
"""Digits of a subheading, a national line (8), Japan's statistical code (9), a full code (10)."""

_SEPARATORS: Final = " .-\u00a0\u3000\t"


class HsCodeError(ValueError):
    """A text that cannot be an HS code; the message says what is wrong with it."""


def normalise(text: str) -> str:
    """The digits of a code that a person typed, dots, dashes and spaces taken out.

    Args:
        text: six, eight, nine or ten digits; full-width digits of a Chinese keyboard are read.

    Raises:
        HsCodeError: with the length found, or the first character that is no digit.
    """
    digits = "".join(_plain(character) for character in text if character not in _SEPARATORS)
    for character in digits:
        if not ("0" <= character <= "9"):
            message = f"HS code {text!r}: {character!r} is not a digit"
            raise HsCodeError(message)
    if len(digits) not in CODE_LENGTHS:
        message = f"HS code {text!r} has {len(digits)} digits; give 6, 8, 9 or 10"
        raise HsCodeError(message)
    return digits


def _plain(character: str) -> str:
    """A digit of any script as 0-9; anything else as it is."""
    return str(unicodedata.decimal(character, character))


def chapter(code: str) -> str:
    """The chapter, two digits, to which a code belongs.

    Raises:
        HsCodeError: when the text is no code.
    """
    return normalise(code)[:2]


def heading(code: str) -> str:
    """The heading, four digits, to which a code belongs.

    Raises:
        HsCodeError: when the text is no code.
    """
    return normalise(code)[:4]


def known(hs6: str) -> bool:
    """Whether a six-digit code exists in the HS of 2022; a longer code is judged by its first six.

    Raises:
        HsCodeError: when the text is no code.
    """
    return normalise(hs6)[:6] in subheadings()


@cache
def subheadings() -> frozenset[str]:
    """All 5,612 six-digit codes of the HS of 2022."""
    source = resources.files("supercargo.reference.tariff") / "hs_codes.csv"
    lines = source.read_text(encoding="utf-8").splitlines()
    return frozenset(row["code"] for row in csv.DictReader(lines))
