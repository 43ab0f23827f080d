"""Countries as files name them -> their two letters of ISO 3166."""

from __future__ import annotations

import tomllib
from importlib import resources

from supercargo.connectors.sheet import tidy

_WORDS = tomllib.loads((resources.files("supercargo.connectors") / "countries.toml").read_text(encoding="utf-8"))
CODES = frozenset[str](_WORDS["codes"])
_BY_NAME: dict[str, str] = {name: code for code, names in _WORDS["names"].items() for name in names}


def country_code(text: str) -> str | None:
    """Find the code of a country by its code or by its usual name in English, Chinese or its own language.

    >>> country_code("cn"), country_code("越南"), country_code("UK"), country_code("Atlantis")
    ('CN', 'VN', 'GB', None)
    """
    plain = tidy(text)
    code = plain.upper()
    return code if code in CODES else _BY_NAME.get(plain.casefold())
