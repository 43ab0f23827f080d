"""Where column expressions are built: narwhals for any engine that it knows, Polars itself locally.

The rules and the arithmetic are the same; only the handful of words that make an expression differ.
Built by narwhals an expression costs about ten times as much to put together, which matters when a
plan has hundreds of small groups and not when it has millions of rows (docs/adr/0001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


INT64 = 2**63 - 1
"""Polars wraps silently beyond this."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words of an expression: a column, a constant, a choice, a whole number, a division, a table."""

    name: str
    col: Callable[[str], Any]
    number: Callable[[int], Any]
    truth: Callable[[bool], Any]
    when: Callable[[Any], Any]
    whole: Any
    divide: Callable[[Any, Any], Any]
    table: Callable[[Any], Any]
    native: Callable[[Any], Any]
    same: Callable[[Any, Any], bool] = lambda left, right: left is right
    """Whether two expressions are known to be one; an engine that cannot tell computes both."""
    largest_quotient: int = INT64
    """Beyond this the division is not exact."""


EXACT_AS_DOUBLE = 2**51
"""Two roundings of a double cannot move a smaller quotient by as much as a half."""


def floor_divide(dividend: Any, divisor: Any) -> Any:
    """Divide integers exactly, towards minus infinity."""
    return dividend // divisor


def narwhals(*, divides_as_doubles: bool = False) -> Dialect:
    """Build expressions that run on every engine that narwhals knows; Spark divides integers as doubles."""
    import narwhals as nw  # noqa: PLC0415 - a single quote needs no tables

    def divide_by_remainder(dividend: Any, divisor: Any) -> Any:
        """Take the remainder off first: the quotient is then exact as a double, below ``EXACT_AS_DOUBLE``."""
        return ((dividend - dividend % divisor) / divisor).round(0).cast(nw.Int64)

    return Dialect(
        "narwhals", nw.col, lambda value: nw.lit(value, nw.Int64), nw.lit, nw.when, nw.Int64,
        divide_by_remainder if divides_as_doubles else floor_divide, nw.from_native, lambda table: table.to_native(),
        largest_quotient=EXACT_AS_DOUBLE if divides_as_doubles else INT64,
    )  # fmt: skip


def polars() -> Dialect:
    """Build Polars expressions directly."""
    import polars as pl  # noqa: PLC0415 - a single quote needs no tables

    return Dialect(
        "polars", pl.col, lambda value: pl.lit(value, dtype=pl.Int64), pl.lit, pl.when, pl.Int64, floor_divide,
        lambda table: table, lambda table: table, lambda left, right: bool(left.meta.eq(right)),
    )  # fmt: skip
