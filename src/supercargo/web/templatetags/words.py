"""Words and amounts in templates: ``{% say "Landed cost" %}``, ``{{ text|grouped }}``."""

from __future__ import annotations

import re
from typing import Any

from django import template

from supercargo.kernel.words import Text, into, translate
from supercargo.web.frame import language
from supercargo.web.shown import grouped as group_digits

register = template.Library()


@register.simple_tag
def say(text: str, /, **values: Any) -> str:
    """Say an English text of ours in the reader's language, with values filled in."""
    words = translate(text, language())
    return words.format(**values) if values else words


@register.filter
def said(text: Text) -> str:
    """Say a text that the desk gave in the reader's language."""
    return into(text, language())


@register.filter
def grouped(text: str) -> str:
    """Set thousands apart in amounts of money."""
    return group_digits(text)


@register.filter
def anchor(text: str) -> str:
    """Make a name fit for an id."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text)
