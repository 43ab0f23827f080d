"""Pages for what could not be shown: each says what happened and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from supercargo.web.statement import notices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supercargo.kernel.finding import Finding

_NOT_FOUND = ("LAW-404", "PAGE-404")


def refused(request: HttpRequest, findings: Iterable[Finding]) -> HttpResponse:
    """Show what the desk refused and why; what does not exist is 404, what cannot be answered 422."""
    found = tuple(findings)
    status = 404 if any(finding.code in _NOT_FOUND for finding in found) else 422
    return render(request, "web/refused.html", {"notices": notices(found)}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Show that there is no such page, and where to look."""
    return render(request, "web/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Show that the request could not be read."""
    return render(request, "web/400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Show that the program failed, without anything that could fail again."""
    return HttpResponse(render_to_string("web/500.html", {"html_lang": "en", "theme": "auto"}), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Show that a form came without its token: too old, or from another site."""
    return render(request, "web/403.html", status=403)


def foreign_host() -> HttpResponse:
    """Refuse a Host that is not this machine."""
    return HttpResponse(render_to_string("web/421.html", {"html_lang": "en", "theme": "auto"}), status=421)
