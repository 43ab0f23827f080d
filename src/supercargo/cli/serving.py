"""What ``serve`` and ``demo`` share: the port, and the page until Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from supercargo.cli.screen import Screen
    from supercargo.cli.usage import Given

LAST_PORT = 65535


def options(parser: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Add the option of the port."""
    parser.add_argument("--port", metavar="N", help=say("port of the loopback address 127.0.0.1; 8741 if absent"))


def port_of(given: Given) -> int:
    """Read the port."""
    port = given.count("port")
    if port is not None and port > LAST_PORT:
        given.fault(
            "USAGE-027", "--port", said("there is no port {port}", port=port), said("give a number from 1 to {last}", last=LAST_PORT)
        )
    return port or 8741


def serve(screen: Screen, port: int, catalogue: Path | None, company: Path | None, cards: Path | None) -> None:
    """Serve the page until the keyboard interrupts.

    Raises:
        Refused: SERVE-409, the port is taken.
    """
    from supercargo.web.serve import PortTaken  # noqa: PLC0415 - Django is loaded only when a page is wanted
    from supercargo.web.serve import serve as run  # noqa: PLC0415

    def announce(address: str) -> None:
        screen.line(screen.say(said("the page is at {address}; Ctrl-C ends it", address=address)))
        print(end="", flush=True)

    try:
        run(port, catalogue=catalogue, company=company, cards=cards, announce=announce)
    except PortTaken as fault:
        raise refuse("SERVE-409", "port", said("port {port} is taken or not allowed", port=port), "choose another with --port") from fault
