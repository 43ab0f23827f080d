"""The best time of a few passes: the one that other programs on the machine disturbed least."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

PASSES = 3
Result = TypeVar("Result")


def best(work: Callable[[], Result]) -> tuple[float, Result]:
    """Time some work, and give the least seconds and its last result."""
    start = time.perf_counter()
    result = work()
    least = time.perf_counter() - start
    for _ in range(PASSES - 1):
        start = time.perf_counter()
        result = work()
        least = min(least, time.perf_counter() - start)
    return least, result
