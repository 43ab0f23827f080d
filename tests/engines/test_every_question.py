"""Every question has one shape: four public names, a page that explains it, rules that say what they are."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

import supercargo.engines

ROOT = Path(supercargo.engines.__file__).parent
QUESTIONS = sorted(str(path.parent.relative_to(ROOT)) for path in ROOT.glob("*/*/decide.py"))


def of(question):
    return importlib.import_module("supercargo.engines." + question.replace("/", "."))


def test_the_walk_finds_the_questions():
    assert "customs/duty" in QUESTIONS
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_four_public_names_are_there(question):
    module = of(question)
    assert {"Facts", "Decision", "decide", "RULES"} <= set(module.__all__)
    assert list(inspect.signature(module.decide).parameters) == ["facts", "law"]
    for noun in (module.Facts, module.Decision):
        assert noun.__dataclass_params__.frozen
    assert module.__doc__.strip().endswith("?"), "a question is asked"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_says_what_is_asked_what_is_left_out_and_which_error_is_worse(question):
    page = ROOT / question / "README.md"
    assert page.is_file()
    text = page.read_text(encoding="utf-8").lower()
    assert text.startswith("# ")
    for said in ("leaves out", "error is worse"):
        assert said in text, said


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_rule_says_what_it_is(question):
    rules = of(question).RULES
    assert rules
    for rule in rules:
        assert inspect.getdoc(rule), rule
        assert (inspect.getdoc(rule) or "").splitlines()[0].endswith((".", ":")), rule
        assert rule.__module__.startswith("supercargo.engines."), rule


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
