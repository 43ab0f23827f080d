"""What the terminal can show and which language its user reads."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from io import TextIOWrapper
from typing import TYPE_CHECKING

from supercargo.kernel.words import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PLAIN = {
    "×": "x",
    "−": "-",
    "÷": "/",
    "→": "->",
    "↑": "^",
    "≥": ">=",
    "≤": "<=",
    "·": "-",
    "–": "-",
    "…": "...",
    "’": "'",
    "█": "#",
    "\u00a0": " ",
}
_WIDE = frozenset("WF")


def prepare() -> None:
    """Let a terminal that lacks a sign show a plain one in its place, and never fail because of it."""
    codecs.register_error("supercargo", _in_plain_signs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="supercargo")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Find the language: ``--lang``, else ``SUPERCARGO_LANG``, else the locale where it can be shown."""
    for place, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--lang":
            given = value if sign else "".join(arguments[place + 1 : place + 2])
            return given if given in LANGUAGES else "en"
    own = environment.get("SUPERCARGO_LANG", "")
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    wanted = own or (locale if shows("大班") else "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def shows(text: str) -> bool:
    """Tell whether standard output can show a text."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_terminal() -> bool:
    """Tell whether a person reads standard output on a terminal that can place text."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width(text: str) -> int:
    """Count the columns that a text takes; Chinese characters take two.

    >>> width("关税 duty")
    9
    """
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text up to a number of columns."""
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap


def harmless(text: str) -> str:
    """Take out signs that would steer the terminal; files come from outside."""
    return "".join(sign if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf") else "\ufffd" for sign in text)


def _in_plain_signs(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return "".join(_PLAIN.get(sign, "?") for sign in fault.object[fault.start : fault.end]), fault.end
