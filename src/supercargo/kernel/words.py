"""The two languages of the product: the English text is the key, Chinese stands in ``words/zh``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that is not yet in a language: an English template and what fills it."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.into("en")

    def into(self, language: Language) -> str:
        """Say it in a language; values that are themselves said are said in it too."""
        text = translate(self.template, language)
        return text.format(**{name: _fill(value, language) for name, value in self.values.items()}) if self.values else text


def said(template: str, /, **values: Any) -> Said:
    """Say a sentence with values: ``said("no duty rate for {hs_code}", hs_code="610910")``."""
    return Said(template, values)


_CARRIED: dict[str, str] = {}
"""The Chinese of texts that came with both languages: a step named after a fact's label is said by it."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that carries both languages with it, such as the label of a fact."""

    en: str
    zh: str

    def __post_init__(self) -> None:
        if self.zh:
            _CARRIED[self.en] = self.zh

    def __str__(self) -> str:
        return self.en

    def into(self, language: Language) -> str:
        """Give the text in one of the languages."""
        return self.zh if language == "zh" else self.en


Text = Said | Bilingual | str


def into(text: Text, language: Language) -> str:
    """Say any text in a language; a bare string is a key of the catalogue."""
    return translate(text, language) if isinstance(text, str) else text.into(language)


def translate(text: str, language: Language) -> str:
    """Look a text up; what has no translation stays English (``supercargo words check`` finds it).

    A name that was filled before it is said, such as ``rate of exchange EUR to USD``, is found by its
    template in the tables ``[patterns]``; what fills it is translated too.

    >>> translate("rate of exchange EUR to USD", "zh")
    'EUR 兑 USD 汇率'
    """
    if language == "en" or not text:
        return text
    return catalogue().get(text) or _CARRIED.get(text) or _by_pattern(text)


def catalogue() -> dict[str, str]:
    """Read all Chinese words; the same English text may stand in only one file."""
    return _read()[0]


def patterns() -> dict[str, str]:
    """Read the templates of names that are filled before they are said."""
    return _read()[1]


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, str], dict[str, str]]:
    words: dict[str, str] = {}
    templates: dict[str, str] = {}
    for file in sorted((resources.files("supercargo") / "words" / "zh").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            entries = tomllib.loads(file.read_text(encoding="utf-8"))
            templates |= entries.pop("patterns", {})
            words |= entries
    return words, templates


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Turn ``duty: {name}`` into an expression, the longest template first."""
    ordered = sorted(patterns().items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((_expression(english), chinese) for english, chinese in ordered)


def _expression(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template)), re.DOTALL)


def _by_pattern(text: str) -> str:
    for expression, chinese in _compiled():
        if found := expression.fullmatch(text):
            return chinese.format(**{name: translate(value, "zh") for name, value in found.groupdict().items()})
    return text


def _fill(value: Any, language: Language) -> Any:
    return value.into(language) if isinstance(value, Said | Bilingual) else value
