"""The page on this machine: ``serve()`` binds 127.0.0.1 and nothing else."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.core.servers.basehttp import WSGIServer

ADDRESS = "127.0.0.1"
PORT = 8741


class PortTaken(OSError):  # noqa: N818 - it says what happened, as the refusals of the house do
    """Another program listens on the port."""


def start(port: int = PORT) -> WSGIServer:
    """Bind the page to a port of the loopback address; 0 takes a free one. ``serve_forever()`` runs it.

    Raises:
        PortTaken: another program listens there; choose another port.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")
    from django.core.servers.basehttp import ThreadedWSGIServer  # noqa: PLC0415 - Django is loaded only when a page is wanted
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    from supercargo.web.requests import QuietRequests  # noqa: PLC0415

    application = get_wsgi_application()
    try:
        server = ThreadedWSGIServer((ADDRESS, port), QuietRequests, ipv6=False)
    except OSError as fault:
        msg = f"port {port} of {ADDRESS} is taken or not allowed: choose another with --port"
        raise PortTaken(msg) from fault
    server.set_app(application)
    return server


def serve(
    port: int = PORT,
    *,
    catalogue: Path | None = None,
    company: Path | None = None,
    cards: Path | None = None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the page until the keyboard interrupts; ``announce`` is told the address.

    Raises:
        PortTaken: another program listens there; choose another port.
    """
    for name, path in (("SUPERCARGO_CATALOGUE", catalogue), ("SUPERCARGO_COMPANY", company), ("SUPERCARGO_CARDS", cards)):
        if path is not None:
            os.environ[name] = str(path.resolve())
    server = start(port)
    if announce is not None:
        announce(f"http://{ADDRESS}:{server.server_port}/")
    threading.Thread(target=_warm, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _warm() -> None:
    """Read the book and start the plan of the day, so that the first page need not wait."""
    from supercargo.kernel.finding import Refused  # noqa: PLC0415
    from supercargo.web import choices, days, plans  # noqa: PLC0415

    choices.schemes()
    try:
        plans.ask(days.today())
    except Refused:
        return  # the page itself says what is missing
