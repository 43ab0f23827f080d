"""How alike a foreign header is to the words that we know for a column."""

from __future__ import annotations

import re
import tomllib
from difflib import SequenceMatcher
from functools import lru_cache
from importlib import resources

from supercargo.connectors.catalogue.codes import currency_code
from supercargo.connectors.raw.header import plain

_WORDS = tomllib.loads((resources.files("supercargo.connectors.tables") / "words.toml").read_text(encoding="utf-8"))
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e", "ê": "e", "í": "i", "ó": "o", "á": "a", "ú": "u", "à": "a", "ñ": "n"}
)
"""Headers without their accents, as old systems write them."""
_BY_WORD: dict[str, list[str]] = {}
for _group, _words in _WORDS["groups"].items():
    for _word in _words:
        for _form in dict.fromkeys((plain(_word), plain(_word).translate(_SPELT))):
            _BY_WORD.setdefault(_form, []).append(_group)
STATUS_WORDS: dict[str, str] = {word.casefold(): ours for ours, words in _WORDS["status"].items() for word in words}
_BRACKETS = re.compile(r"\s*[(\[（【]([^)\]）】]*)[)\]）】]\s*")
_TRAILING = re.compile(r"[\s_]+([A-Za-z]{3})$")
_EXACT, _WITH_UNIT, _WITHIN, _CHINESE, _SIMILAR = 100, 95, 80, 75, 85
_LEAST_RATIO = 0.86
_SHORT = 3
_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


class _Nouns(dict[str, dict[str, list[str]]]):
    """Noun -> our column -> groups of words; ``marks`` are the columns by which a noun is known."""

    marks: dict[str, list[str]]


NOUNS = _Nouns({noun: {ours: groups for ours, groups in columns.items() if ours != "marks"} for noun, columns in _WORDS["nouns"].items()})
NOUNS.marks = {noun: columns["marks"] for noun, columns in _WORDS["nouns"].items()}


def unit_of(header: str) -> str:
    """Give the currency that a header states beside its name.

    >>> unit_of("Betrag (EUR)"), unit_of("金额（元）"), unit_of("Amount")
    ('EUR', 'CNY', '')
    """
    found = _BRACKETS.search(header) or _TRAILING.search(header)
    return (currency_code(found[1]) or "") if found and found[1].strip() else ""


@lru_cache(maxsize=4096)
def groups_of(header: str) -> dict[str, int]:
    """Give the groups of words that a header may belong to, with their likeness in percent.

    >>> groups_of("Bestellnummer"), groups_of("Order-Date (UTC)")["order_date"]
    ({'order': 100}, 95)
    """
    name = plain(header)
    if not name:
        return {}
    without_unit = plain(_BRACKETS.sub(" ", header))
    found: dict[str, int] = {}
    for text, score in ((name, _EXACT), (without_unit, _WITH_UNIT), (_spaced(name), _WITH_UNIT), (_spaced(without_unit), _WITH_UNIT)):
        for group in _BY_WORD.get(text, ()):
            found[group] = max(found.get(group, 0), score)
    if not found:
        for word, groups in _BY_WORD.items():
            score = _alike(_spaced(without_unit), word)
            for group in groups if score else ():
                found[group] = max(found.get(group, 0), score)
    return found


def _spaced(name: str) -> str:
    return " ".join(re.sub(r"[-_/.:]+", " ", name).split())


def _alike(header: str, word: str) -> int:
    if _WIDE.search(word):
        return _CHINESE if len(word) > 1 and word in header else 0
    if len(word) > _SHORT and f" {word} " in f" {header} ":
        return _WITHIN
    if min(len(word), len(header)) <= _SHORT:
        return 0
    ratio = SequenceMatcher(None, header, word).ratio()
    return int(ratio * _SIMILAR) if ratio >= _LEAST_RATIO else 0
