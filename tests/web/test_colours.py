"""Colours: enough contrast in light and in dark, computed from the tokens (WCAG 2.2: 4.5 for text, 3 for bounds)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supercargo.web import frame

CSS = (Path(frame.__file__).parent / "static" / "supercargo" / "tokens.css").read_text(encoding="utf-8")
TEXT = [("ink", "paper"), ("ink", "sheet"), ("ink", "sheet-2"), ("ink-2", "paper"), ("ink-2", "sheet"), ("ink-2", "sheet-2"), ("brass", "sheet"), ("brass", "paper"),
        ("link", "paper"), ("link", "sheet"), ("go", "go-soft"), ("fix", "fix-soft"), ("no-go", "no-go-soft"), ("none", "none-soft"), ("fix", "sheet"), ("no-go", "sheet"),
        ("on-sea", "sea-ink"), ("on-sea-2", "sea-ink"), ("brass-bright", "sea-ink"), ("on-sea", "sea-ink-2"), ("ink", "fix-soft")]  # fmt: skip
BOUNDS = [("line-strong", "sheet"), ("focus", "paper"), ("focus", "sheet"), ("bar", "sheet-2")]


def tokens(theme):
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", CSS.partition("@media")[0]))
    if theme == "dark":
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", CSS.partition(':root[data-theme="dark"] {')[2].partition("}")[0]))
    return found


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme):
    colours = tokens(theme)
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bounds_can_be_seen(theme):
    colours = tokens(theme)
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in BOUNDS if contrast(colours[pair[0]], colours[pair[1]]) < 3
    }
    assert weak == {}


def test_the_dark_of_the_system_is_the_dark_of_the_switch():
    system = CSS.partition('[data-theme="auto"] {')[2].partition("}")[0]
    switch = CSS.partition(':root[data-theme="dark"] {')[2].partition("}")[0]
    assert re.findall(r"--[\w-]+:[^;]+;", system) == re.findall(r"--[\w-]+:[^;]+;", switch)
