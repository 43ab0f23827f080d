"""What stands before every page: whose request is answered and with which headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from supercargo.kernel.finding import Refused
from supercargo.web import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


class LoopbackOnly:
    """Answer nobody but this machine: another Host means that a foreign page points its name at us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a Host that is not a loopback name."""
        domain, _port = split_domain_port(request.META.get("HTTP_HOST", request.META.get("SERVER_NAME", "")))
        if not domain or not validate_host(domain, LOOPBACK):
            return refusals.foreign_host()
        return self.get_response(request)


class QuietHeaders:
    """Tell the browser that the page needs no sensors and may not be read by other sites."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that Django does not set by itself."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalAsPage:
    """Show a refusal of the desk as a page that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn ``Refused`` into its page; everything else is an error of the program."""
        return refusals.refused(request, exception.findings) if isinstance(exception, Refused) else None
