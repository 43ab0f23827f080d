"""How the loopback server speaks: quietly, and never longer than a header should be."""

from __future__ import annotations

from typing import Any

from django.core.servers.basehttp import WSGIRequestHandler


class QuietRequests(WSGIRequestHandler):
    """Handle requests without a line in the terminal for each of them."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        """Say nothing: errors are logged by Django itself."""
