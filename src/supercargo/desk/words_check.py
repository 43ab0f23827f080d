"""Whether everything that a person reads is there in both languages: the sources are read, not run."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.desk.answer import Answer
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

SPOKEN: dict[str, tuple[int | str, ...]] = {
    "said": (0,), "say": (0,), "translate": (0,), "named": (0,),
    "Finding": (3, 4, "message", "remedy"), "refuse": (2, 3, "message", "remedy"), "fault": (2, 3), "_fault": (2, 3), "need": (1,),
    "error": (2, 3), "warn": (2, 3), "_report": (2, 3), "NumberFault": (1, 2), "_wrong": (2,),
    "of": (2, "name"), "money": (2, "name"), "percent": (1, "name"), "nothing": (1, "name"), "rate": (1, "label"), "amount": (1, 2),
    "Head": (0,), "ColumnSpec": (1, "title"), "Table": (0, "name"), "pick_word": (1, 2), "share_of": (2,), "allocate": (2,),
    "_total": (1,), "_shared": (2,), "_none": (1,), "_days": (1,), "_tell": (3,), "report": (2,), "here": (3,), "input": (5,),
    "price": (2,), "measure": (2,), "_price": (2,), "_unknown": (1,), "_here": (4,), "heading": (0,),
}  # fmt: skip
"""Which arguments of which calls reach a person, by place or by name."""
LISTS = re.compile(r"_?(NAMES|LABELS|TITLES|WORDS|OWN_WORDS)")
"""Constants at the top of a module whose strings are texts: ``NAMES = {"duty": "customs duty"}``."""
_TAG = re.compile(r"""{%\s*say\s+(?:"([^"]*)"|'([^']*)')""")
_HOLE = re.compile(r"{\w+}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FILLED = "\ue000"
_LEAST_FIXED = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A text that the program says somewhere; a name that is filled by code has ``holes``."""

    text: str
    place: str
    holes: bool = False


def check(source: Path | None = None) -> Answer:
    """Compare the texts of code and templates with the Chinese words, both ways."""
    root = source or Path(__file__).parents[1]
    told = [*_in_code(root), *_in_templates(root)]
    constants, filled = _constants(root)
    words, patterns, findings = _words(root / "words" / "zh")
    findings += _missing(told, words, patterns)
    findings += _unlike(words | patterns)
    findings += _unused([*told, *filled], constants, words)
    counts = {
        "texts": len({entry.text for entry in told}),
        "translations": len(words) + len(patterns),
        "missing": sum(f.code == "WORDS-001" for f in findings),
    }
    rows = [{"checked": name, "count": count} for name, count in counts.items()]
    return Answer("words check", {}, rows={"counts": rows}, findings=tuple(findings))


def _in_code(root: Path) -> Iterator[Told]:
    for file in sorted(root.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        place = file.relative_to(root).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for argument in _spoken(node):
                    yield from _texts(argument, f"{place}:{node.lineno}")
        for node in tree.body:
            yield from _listed(node, place)


def _spoken(call: ast.Call) -> Iterator[ast.expr]:
    if any(_CHINESE.search(node.value) for node in ast.walk(call) if isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return  # the call carries both languages itself
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for place in SPOKEN.get(name, ()):
        if isinstance(place, int):
            yield from call.args[place : place + 1]
        else:
            yield from (keyword.value for keyword in call.keywords if keyword.arg == place)


def _texts(node: ast.expr, place: str) -> Iterator[Told]:
    match node:
        case ast.Constant(value=str(text)) if _is_words(text):
            yield Told(text, place)
        case ast.JoinedStr(values=parts):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else _FILLED for part in parts)
            if len(re.findall(r"[A-Za-z]", text)) >= _LEAST_FIXED and _is_words(text):
                yield Told(text, place, holes=True)
        case ast.IfExp(body=this, orelse=that):
            yield from (*_texts(this, place), *_texts(that, place))
        case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            for value in values:
                yield from _texts(value, place)
        case ast.Dict(values=values):
            for value in values:
                yield from _texts(value, place)


def _listed(node: ast.stmt, place: str) -> Iterator[Told]:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(target, ast.Name) and value is not None and LISTS.fullmatch(target.id):
        yield from _texts(value, f"{place}:{node.lineno}")


def _is_words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3}", text)) and not text.startswith("term-") and not re.fullmatch(r"[a-z0-9_-]*[._][a-z0-9_.-]*", text)


def _in_templates(root: Path) -> Iterator[Told]:
    for file in sorted((*root.rglob("*.html"), *root.rglob("*.txt"))):
        for found in _TAG.finditer(file.read_text(encoding="utf-8")):
            yield Told(found.group(1) or found.group(2), file.relative_to(root).as_posix())


def _constants(root: Path) -> tuple[set[str], list[Told]]:
    """Collect every literal of the sources, and every name that code fills, whoever says it later."""
    whole: set[str] = set()
    filled: list[Told] = []
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole |= {node.value, node.value.replace("_", " "), node.value.removeprefix("term-").replace("-", " ")}
            elif isinstance(node, ast.JoinedStr):
                filled.extend(_texts(node, file.name))
    return whole, filled


def _words(folder: Path) -> tuple[dict[str, str], dict[str, str], list[Finding]]:
    words: dict[str, str] = {}
    patterns: dict[str, str] = {}
    first: dict[str, str] = {}
    findings = []
    for file in sorted(folder.glob("*.toml")):
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        patterns |= entries.pop("patterns", {})
        for english in entries:
            if english in first:
                message = said('"{text}" stands in {first} already', text=english, first=first[english])
                findings.append(Finding("WORDS-003", "error", f"words/zh/{file.name}", message, "keep it in one file"))
            first.setdefault(english, file.name)
        words |= entries
    return words, patterns, findings


def _missing(told: list[Told], words: dict[str, str], patterns: dict[str, str]) -> list[Finding]:
    templates = [_expression(_HOLE.split(template)) for template in patterns]
    findings: dict[str, Finding] = {}
    for entry in told:
        if entry.holes:
            known = any(template.fullmatch(entry.text) for template in templates) or _spelt_out(entry.text, words)
        else:
            known = entry.text in words or any(template.fullmatch(entry.text) for template in templates)
        if not known:
            shown = entry.text.replace(_FILLED, "{}")
            message = said('there is no Chinese for "{text}"', text=shown)
            remedy = "add it to a file of words/zh; a name that code fills goes into patterns.toml"
            findings.setdefault(entry.text, Finding("WORDS-001", "error", entry.place, message, remedy))
    return list(findings.values())


def _spelt_out(text: str, words: dict[str, str]) -> bool:
    expression = _expression(text.split(_FILLED))
    return any(expression.fullmatch(english) for english in words)


def _expression(fixed: list[str]) -> re.Pattern[str]:
    return re.compile(".+".join(re.escape(part) for part in fixed), re.DOTALL)


def _unlike(words: dict[str, str]) -> list[Finding]:
    return [
        Finding(
            "WORDS-002",
            "error",
            "words/zh",
            said('the values of "{text}" and of its Chinese differ', text=english),
            "let both have the same {names}",
        )
        for english, chinese in words.items()
        if Counter(set(_HOLE.findall(english))) != Counter(set(_HOLE.findall(chinese)))
    ]


def _unused(told: list[Told], constants: set[str], words: dict[str, str]) -> list[Finding]:
    spoken = {entry.text for entry in told}
    expressions = [_expression(entry.text.split(_FILLED)) for entry in told if entry.holes]
    return [
        Finding("WORDS-004", "note", "words/zh", said('nothing says "{text}"', text=english), "remove it")
        for english in words
        if english not in spoken and english not in constants and not any(expression.fullmatch(english) for expression in expressions)
    ]
