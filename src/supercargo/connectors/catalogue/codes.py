"""The words of foreign catalogues and ours: headers in eight languages, units, currencies, kinds of goods."""

from __future__ import annotations

import csv
import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import product as pairs

from supercargo.connectors.sheet import tidy
from supercargo.kernel.currency import is_currency

REQUIRED = ("sku", "hs_code", "origin", "unit_cost", "currency", "weight_g", "length_cm", "width_cm", "height_cm")
OPTIONAL = (
    "category", "tax_class", "battery", "monthly_units", "target_price", "target_price_currency", "moq",
    "units_per_carton", "carton_l_cm", "carton_w_cm", "carton_h_cm", "carton_weight_kg",
)  # fmt: skip
FIELDS = ("sku", "title_en", "title_zh", *REQUIRED[1:], *OPTIONAL)
"""The columns of a catalogue in the order in which ``render`` writes them."""

WEIGHTS = ("weight_g", "carton_weight_kg")
LENGTHS = ("length_cm", "width_cm", "height_cm", "carton_l_cm", "carton_w_cm", "carton_h_cm")
SIZES = {"size": LENGTHS[:3], "carton_size": LENGTHS[3:]}
MONEY = ("unit_cost", "target_price")
COUNTS = ("monthly_units", "moq", "units_per_carton")

_WORDS = tomllib.loads((resources.files("supercargo.connectors.catalogue") / "words.toml").read_text(encoding="utf-8"))
_HEADERS: dict[str, list[str]] = _WORDS["headers"]
_TWO_MEANINGS: dict[str, list[str]] = _WORDS["two_meanings"]
UNIT_WORDS: dict[str, str] = {word: unit for unit, words in _WORDS["units"].items() for word in words}
_CURRENCIES: dict[str, str] = {word: code for code, words in _WORDS["currencies"].items() for word in words}
_TAX_WORDS: dict[str, str] = {word: code for code, words in _WORDS["tax_classes"].items() for word in words}
_BATTERY_WORDS: dict[str, str] = {word: code for code, words in _WORDS["batteries"].items() for word in words}

TAX_CLASSES = frozenset(_WORDS["tax_classes"])
GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "oz": Decimal("28.349523125"), "lb": Decimal("453.59237")}
CENTIMETRES = {"mm": Decimal("0.1"), "cm": Decimal(1), "m": Decimal(100), "in": Decimal("2.54")}

_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_LAST_WORD = re.compile(r"^(.*?)[\s_./:-]+([^\s_./:-]+)$")
_LATIN_AFTER_CJK = re.compile(r"^(.*[\u4e00-\u9fff])([a-z%$€£¥]+)$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def has_chinese(text: str) -> bool:
    """Tell whether Chinese characters stand in a text.

    >>> has_chinese("T恤"), has_chinese("T-shirt")
    (True, False)
    """
    return bool(_CJK.search(text))


def meaning(header: str) -> tuple[tuple[str, ...], str]:
    """Find the fields that a header can mean, and the unit or currency that it states.

    >>> meaning("毛重（克）"), meaning("Unit cost (EUR)"), meaning("price"), meaning("colour")
    ((('weight_g',), 'g'), (('unit_cost',), 'EUR'), (('unit_cost', 'target_price'), ''), ((), ''))
    """
    text = tidy(header).casefold().replace("\n", " ").strip("*:： ")
    unit = next((found for word in _BRACKETS.findall(text) if (found := _unit(word))), "")
    for candidate, stated in _readings(text):
        fields = _known().get(_key(candidate), ())
        if fields:
            return fields, stated or unit
    return (), ""


def currency_code(text: str) -> str | None:
    """Find the currency that a word names.

    >>> currency_code("rmb"), currency_code("人民币"), currency_code("RMBX")
    ('CNY', 'CNY', None)
    """
    plain = tidy(text)
    code = plain.upper()
    return code if is_currency(code) else _CURRENCIES.get(plain.casefold()) or None


def tax_class_code(text: str) -> str | None:
    """Find the class of goods for tax that a word names."""
    word = tidy(text).casefold()
    code = word.replace(" ", "_").replace("-", "_")
    return code if code in TAX_CLASSES else _TAX_WORDS.get(word)


def battery_code(text: str) -> str | None:
    """Find the kind of battery that a word names; a bare "yes" names none."""
    return _BATTERY_WORDS.get(tidy(text).casefold())


def category_code(text: str) -> str | None:
    """Find the marketplace category by its code or its name in English or Chinese."""
    word = tidy(text).casefold()
    return categories().get(word) or categories().get(word.replace(" ", "_").replace("-", "_"))


@cache
def categories() -> dict[str, str]:
    """Read the categories that the shipped fee schedules know, by code and by both names."""
    source = resources.files("supercargo.reference") / "tables" / "product_categories.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {row[column].casefold(): row["category"] for row in rows for column in ("category", "en", "zh")}


def _readings(text: str) -> list[tuple[str, str]]:
    """List a header as it stands, without its brackets, and without a unit at its end."""
    bare = _BRACKETS.sub(" ", text).strip()
    found = [(text, ""), (bare, "")]
    for pattern in (_LAST_WORD, _LATIN_AFTER_CJK):
        match = pattern.match(bare)
        if match and _unit(match[2]):
            found.append((match[1], _unit(match[2])))
    found += [(bare.removesuffix(word), unit) for word, unit in UNIT_WORDS.items() if has_chinese(word) and bare.endswith(word)]
    return found


def _unit(word: str) -> str:
    plain = word.strip()
    return UNIT_WORDS.get(plain) or currency_code(plain) or ""


def _key(text: str) -> str:
    return "".join(character for character in text.replace("×", "x").replace("*", "x") if character.isalnum())


@cache
def _known() -> dict[str, tuple[str, ...]]:
    known = {_key(word): (field,) for field, words in _HEADERS.items() for word in words}
    known |= {_key(field): (field,) for field in FIELDS if field not in (*WEIGHTS, *LENGTHS)}
    for field in LENGTHS[:3]:
        carton = field.replace("length", "l").replace("width", "w").replace("height", "h")
        sides = [word for word in _HEADERS[field] if not word.startswith(("package", "包装"))]
        known |= {_key(f"{whole} {side}"): (field,) for whole, side in pairs(_HEADERS["size"], sides)}
        known |= {
            _key(f"{whole} {side}"): (f"carton_{carton}",) for whole, side in pairs([*_HEADERS["carton_size"], "carton", "外箱"], sides)
        }
    return known | {_key(word): tuple(fields) for word, fields in _TWO_MEANINGS.items()}
