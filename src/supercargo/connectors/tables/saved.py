"""A mapping as a file: written by hand as TOML, read with every fault named."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from supercargo.connectors.countries import country_code
from supercargo.connectors.records.tables import TABLES
from supercargo.connectors.tables.mapping import MEANINGS, ROUTES, TOTAL_TO, Condition, Mapping, Rule, columns_of
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.connectors.tables.mapping import Then

_TOP = frozenset({"name", "noun", "proven", "columns", "constants", "reading", "words", "rules"})
_READING = frozenset({"optional", "decimal", "dates", "zone", "sheet", "flip"})
_RULE = frozenset({"when", "then", "means", "reason", "set"})
_CONDITION = frozenset({"column", "begins", "contains", "in", "empty", "zero", "negative"})
STATUSES = frozenset({"pending", "paid", "shipped", "delivered", "cancelled", "refunded", "unknown"})
_ANYTHING = re.compile(".*", re.DOTALL)
_KINDS: dict[type, re.Pattern[str]] = {
    pl.Int64: re.compile(r"-?[0-9]{1,18}"),
    pl.Date: re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    pl.Boolean: re.compile("true|false"),
}
_SIGNS, _ORDERS = ("", ".", ","), ("", "dmy", "mdy", "ymd")


def save(mapping: Mapping) -> str:
    """Write a mapping as TOML; ``load(save(x)) == x``."""
    lines = [f"name = {_quoted(mapping.name)}", f"noun = {_quoted(mapping.noun)}"]
    lines += [f"proven = {_quoted(mapping.proven)}"] if mapping.proven else []
    lines += ["", "[columns] # ours = theirs", *_pairs(mapping.columns)]
    lines += ["", "[constants]", *_pairs(mapping.constants)]
    lines += ["", "[reading]", *_reading(mapping)]
    for column, words in mapping.words.items():
        lines += ["", f"[words.{_quoted(column)}]", *_pairs(words)]
    for rule in mapping.rules:
        lines += ["", "[[rules]]", *_rule(rule)]
    return "\n".join(lines) + "\n"


def load(text: str, file: str = "mapping") -> Mapping:
    """Read a mapping.

    Raises:
        Refused: MAP-001 it is no TOML; MAP-002 an unknown word, MAP-003 a noun or column that we do not know, MAP-004 a value that
            cannot be; all of them at once.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = said("the mapping is no TOML: {reason}", reason=error)
        raise refuse("MAP-001", file, message, "repair the line, or let the mapping be suggested again") from error
    faults = [*_shape_faults(document, file)] or [*_word_faults(document, file)]
    if faults:
        raise Refused(*faults)
    reading = document.get("reading", {})
    return Mapping(
        noun=document["noun"],
        columns=document["columns"],
        name=document.get("name", ""),
        constants=document.get("constants", {}),
        optional=tuple(reading.get("optional", ())),
        decimal=reading.get("decimal", ""),
        dates=reading.get("dates", ""),
        zone=reading.get("zone", ""),
        sheet=reading.get("sheet", ""),
        flip=tuple(reading.get("flip", ())),
        words=document.get("words", {}),
        rules=tuple(_read_rule(rule) for rule in document.get("rules", ())),
        proven=document.get("proven", ""),
    )


def _read_rule(rule: dict[str, Any]) -> Rule:
    when = tuple(
        Condition(
            each["column"],
            each.get("begins", ""),
            each.get("contains", ""),
            tuple(each.get("in", ())),
            each.get("empty"),
            each.get("zero"),
            each.get("negative"),
        )
        for each in rule["when"]
    )
    then = cast("Then", rule["then"])
    return Rule(when, then, rule.get("means", "other"), rule.get("reason", ""), tuple(rule.get("set", {}).items()))


def _quoted(text: str) -> str:
    """Write a text as a basic string: JSON's escapes are TOML's, but for the sign DEL."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def _pairs(pairs: dict[str, str]) -> Iterator[str]:
    return (f"{_quoted(name)} = {_quoted(value)}" for name, value in pairs.items())


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _reading(mapping: Mapping) -> Iterator[str]:
    for name in ("decimal", "dates", "zone", "sheet"):
        if getattr(mapping, name):
            yield f"{name} = {_quoted(getattr(mapping, name))}"
    for name in ("flip", "optional"):
        if getattr(mapping, name):
            yield f"{name} = {_list(getattr(mapping, name))}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"when = [{', '.join(map(_condition, rule.when))}]"
    yield f"then = {_quoted(rule.then)}"
    if rule.means != "other":
        yield f"means = {_quoted(rule.means)}"
    if rule.reason:
        yield f"reason = {_quoted(rule.reason)}"
    if rule.values:
        yield f"set = {{ {', '.join(f'{_quoted(name)} = {_quoted(value)}' for name, value in rule.values)} }}"


def _condition(condition: Condition) -> str:
    parts = [f"column = {_quoted(condition.column)}"]
    parts += [f"{name} = {_quoted(getattr(condition, name))}" for name in ("begins", "contains") if getattr(condition, name)]
    parts += [f"in = {_list(condition.within)}"] if condition.within else []
    for name in ("empty", "zero", "negative"):
        value = getattr(condition, name)
        parts += [] if value is None else [f"{name} = {str(value).lower()}"]
    return f"{{ {', '.join(parts)} }}"


def _shape_faults(document: dict[str, Any], file: str) -> Iterator[Finding]:
    """Find what is not of the shape of a mapping: unknown words, values of another kind."""
    yield from _strange(document, _TOP, file)
    for name in ("name", "noun", "proven"):
        if not isinstance(document.get(name, ""), str):
            yield _impossible(f"{file}.{name}")
    for name in ("columns", "constants"):
        if not _is_texts(document.get(name, {})):
            yield _impossible(f"{file}.{name}")
    if "noun" not in document or "columns" not in document:
        yield Finding("MAP-004", "error", file, "a mapping needs a noun and columns", "name what the rows are and at least one column")
    reading = document.get("reading", {})
    if not isinstance(reading, dict):
        yield _impossible(f"{file}.reading")
        return
    yield from _strange(reading, _READING, f"{file}.reading")
    for name, value in reading.items():
        good = _is_list(value) if name in ("optional", "flip") else isinstance(value, str)
        if name in _READING and not good:
            yield _impossible(f"{file}.reading.{name}")
    words = document.get("words", {})
    if not isinstance(words, dict) or not all(_is_texts(each) for each in words.values()):
        yield _impossible(f"{file}.words")
    yield from _rule_shapes(document.get("rules", []), f"{file}.rules")


def _rule_shapes(rules: object, path: str) -> Iterator[Finding]:
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        yield _impossible(path)
        return
    for place, rule in enumerate(rules, start=1):
        where = f"{path}[{place}]"
        yield from _strange(rule, _RULE, where)
        when = rule.get("when")
        if not isinstance(when, list) or not when or not all(isinstance(each, dict) and _is_condition(each) for each in when):
            yield _impossible(f"{where}.when")
        if rule.get("then") not in ("skip", "fault", "set") or rule.get("means", "other") not in MEANINGS:
            yield _impossible(f"{where}.then")
        if not _is_texts(rule.get("set", {})) or not isinstance(rule.get("reason", ""), str):
            yield _impossible(f"{where}.set")


def _is_condition(condition: dict[str, Any]) -> bool:
    return (
        set(condition) <= _CONDITION
        and len(condition) > 1
        and all(isinstance(condition.get(name, ""), str) for name in ("column", "begins", "contains"))
        and bool(condition.get("column"))
        and _is_list(condition.get("in", []))
        and all(isinstance(condition.get(name, True), bool) for name in ("empty", "zero", "negative"))
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _strange(table: dict[str, Any], known: frozenset[str], path: str) -> Iterator[Finding]:
    for name in sorted(set(table) - known):
        message = said("a mapping has no word {name}", name=name)
        yield Finding("MAP-002", "error", path, message, said("the words are {names}", names=", ".join(sorted(known))))


def _impossible(path: str) -> Finding:
    return Finding("MAP-004", "error", path, "the value is not of the kind that stands here", "look at the examples of mappings")


def _word_faults(document: dict[str, Any], file: str) -> Iterator[Finding]:
    """Find nouns, columns and words that are not ours."""
    noun = document["noun"]
    if noun not in TABLES:
        message = said("{noun} is no kind of record", noun=noun)
        yield Finding("MAP-003", "error", f"{file}.noun", message, said("the kinds are {names}", names=", ".join(TABLES)))
        return
    reading = document.get("reading", {})
    known = columns_of(noun)
    set_by_rules = [name for rule in document.get("rules", ()) for name in rule.get("set", {}) if name != TOTAL_TO]
    named = [*document["columns"], *document.get("constants", {}), *document.get("words", {}), *reading.get("flip", ()), *set_by_rules]
    for name in dict.fromkeys(named):
        if name not in known:
            message = said("{noun} has no column {name}", noun=noun, name=name)
            yield Finding("MAP-003", "error", f"{file}.columns", message, said("the columns are {names}", names=", ".join(known)))
    if reading.get("decimal", "") not in _SIGNS or reading.get("dates", "") not in _ORDERS:
        yield _impossible(f"{file}.reading")
    for name, value in _values(document):
        if not _is_ours(noun, name, value):
            message = said("{value} is none of our words for {name}", value=value, name=name)
            yield Finding("MAP-004", "error", f"{file}.words.{name}", message, "use one of the words in the list of columns")


def _values(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from document.get("constants", {}).items()
    for name, words in document.get("words", {}).items():
        yield from ((name, value) for value in words.values() if value)
    for rule in document.get("rules", ()):
        yield from rule.get("set", {}).items()


def _is_ours(noun: str, name: str, value: str) -> bool:
    """Tell whether a word that a mapping gives is one that the rest of the program understands."""
    if name == TOTAL_TO:
        return value in ROUTES.get(noun, ())
    kind = TABLES[noun].get(name, pl.String())
    if not _KINDS.get(type(kind), _ANYTHING).fullmatch(value):
        return False
    if name == "kind" and noun == "money_line":
        return value in KINDS
    if name == "status" and noun == "order_line":
        return value in STATUSES
    if name == "currency":
        return is_currency(value)
    if name.endswith("country"):
        return country_code(value) == value
    return True
