"""Draws that fall the same everywhere: the demonstration company has the same buyers on every machine."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_Thing = TypeVar("_Thing")


class Draw:
    """A stream of draws that its name alone decides.

    >>> Draw("amazon-de").whole(1, 6) == Draw("amazon-de").whole(1, 6)
    True
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._number = 0

    def whole(self, least: int, most: int) -> int:
        """Draw a whole number between two bounds, both included."""
        self._number += 1
        digest = blake2b(f"{self._name}|{self._number}".encode(), digest_size=8).digest()
        return least + int.from_bytes(digest) % (most - least + 1)

    def chance(self, per_thousand: int) -> bool:
        """Draw whether something happens that happens so often in a thousand times."""
        return self.whole(1, 1000) <= per_thousand

    def one_of(self, things: Sequence[_Thing]) -> _Thing:
        """Draw one of several things, all equally likely."""
        return things[self.whole(0, len(things) - 1)]

    def digits(self, count: int) -> str:
        """Draw a number of so many digits."""
        return str(self.whole(10 ** (count - 1), 10**count - 1))
