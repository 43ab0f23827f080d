"""Every text of the connectors and of the export is said in both languages."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from supercargo.kernel.words import catalogue

SOURCE = Path(__file__).parents[2] / "src" / "supercargo"
PLACES = ("connectors/sheet", "connectors/catalogue", "connectors/company", "desk/export")
TEXTS = {
    "said": (0, 1),
    "Finding": (3, 5),
    "refuse": (2, 4),
    "error": (2, 4),
    "warn": (2, 4),
    "_report": (2, 4),
    "NumberFault": (1, 3),
    "_wrong": (2, 3),
}


def texts_of(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [*texts_of(node.body), *texts_of(node.orelse)] if isinstance(node, ast.IfExp) else []


def said_in(place):
    for file in sorted((SOURCE / place).glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                first, last = TEXTS.get(name, (0, 0))
                for argument in node.args[first:last]:
                    yield from texts_of(argument)


@pytest.mark.parametrize("place", PLACES)
def test_every_text_has_its_chinese(place):
    texts = {text for text in said_in(place) if text}
    assert texts
    assert sorted(texts - set(catalogue())) == []


def test_the_chinese_fills_the_same_places():
    words = tomllib.loads((SOURCE / "words" / "zh" / "connectors.toml").read_text("utf-8"))
    for english, chinese in words.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", chinese)), english
