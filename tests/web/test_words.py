"""Both languages are complete: no template has a bare text, and every text of ours has its Chinese."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from supercargo.kernel.words import catalogue
from supercargo.web import asked, board, choices, facts, factsheet, frame, statement

WEB = Path(frame.__file__).parent
TEMPLATES = sorted(WEB.glob("templates/**/*.html"))
SAY = re.compile(r"""\{% say (["'])(.*?)\1""")
OURS = tomllib.loads((WEB.parent / "words" / "zh" / "web.toml").read_text(encoding="utf-8"))
BOTH = {"500.html", "421.html"}  # these pages cannot know the language and say everything twice


def spoken():
    keys = {found[2] for template in TEMPLATES for found in SAY.finditer(template.read_text(encoding="utf-8"))}
    for table in (
        choices.CHANNELS,
        choices.BUSINESSES,
        choices.MODES,
        choices.CLASSES,
        choices.REGIONS,
        choices.FOLDERS,
        board.WORDS,
        board.MEANINGS,
        board.ROUTES,
        board.ORDERS,
        statement.SEVERITIES,
        statement.CONFIDENCE,
        factsheet.TREATMENTS,
        factsheet.CONFIDENCE,
        facts._ELSEWHERE,
        asked.LABELS,
    ):
        keys |= set(table.values())
    keys |= (
        {word for _, word in factsheet.FEE_PARTS}
        | {room.label for room in frame.ROOMS}
        | {label for _, _, label in frame.THEMES}
        | set(facts.GROUPS)
    )
    for module in ("asked", "days", "plans", "statement", "factsheet"):
        keys |= {found[1] for found in re.finditer(r'said\("(.*?)"', (WEB / f"{module}.py").read_text(encoding="utf-8"))}
    return sorted(keys)


def test_every_text_of_the_page_has_its_chinese():
    missing = [key for key in spoken() if key not in catalogue()]
    assert missing == []


def test_every_translation_of_the_page_is_chinese_and_keeps_its_places():
    names = {"eBay", "TikTok Shop", "Shopify", "Stripe", "PayPal"}
    for english, chinese in OURS.items():
        assert re.search(r"[\u4e00-\u9fff]", chinese) or english in names, english
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", chinese)), english


def test_no_text_stands_in_two_files():
    for file in (WEB.parent / "words" / "zh").glob("*.toml"):
        if file.name != "web.toml":
            assert set(tomllib.loads(file.read_text(encoding="utf-8"))) & set(OURS) == set(), file.name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_bare_text(template):
    if template.name in BOTH:
        return
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{% block main_class %\}.*?\{% endblock %\}", " ", text)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", text, flags=re.DOTALL)
    for attribute in ("title", "aria-label", "placeholder", "alt", "data-done", "label"):
        for value in re.findall(rf'\b{attribute}="([^"]*)"', text):
            assert not re.search(r"[A-Za-z]{2,}", value) or value == "6109.10", (attribute, value)
    text = re.sub(r"<(script|meta)[^>]*>|<!doctype html>", " ", text)
    bare = re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>", " ", text))
    assert set(bare) <= {"Supercargo", "English"}, bare
