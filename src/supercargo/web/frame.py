"""The frame around every page: its rooms, the language, the theme. A new room is declared here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from supercargo.kernel.words import Language

THEME_COOKIE = "supercargo_theme"
THEMES = (("auto", "◐", "Theme of the system"), ("light", "☀", "Light theme"), ("dark", "☾", "Dark theme"))
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the house that the header leads to."""

    name: str
    route: str
    label: str


ROOMS = (
    Room("calculator", "calculator", "Landed cost"),
    Room("matrix", "matrix", "Decision matrix"),
    Room("law", "law", "Facts"),
)


class Asking(HttpRequest):
    """A request as our views get it: htmx says whether a part of the page is enough."""

    htmx: HtmxDetails


def language() -> Language:
    """Give the language of the reader of the page that is being made."""
    return "zh" if (translation.get_language() or "en").startswith("zh") else "en"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template what the frame shows."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    match = getattr(request, "resolver_match", None)
    return {
        "lang": language(),
        "html_lang": "zh-Hans" if language() == "zh" else "en",
        "theme": theme if theme in {name for name, _, _ in THEMES} else "auto",
        "themes": THEMES,
        "rooms": [{"label": room.label, "url": reverse(room.route), "name": room.name} for room in ROOMS],
        "room": (match.url_name or "").partition("-")[0] if match else "",
    }


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's choice, and go back."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    theme = request.POST.get("theme", "auto")
    if theme in {name for name, _, _ in THEMES}:
        response.set_cookie(THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", httponly=True)
    return response
