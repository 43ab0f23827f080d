"""The arithmetic of a settlement."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.kernel.quantity import Quantity


def sum_of_lines(parts: Sequence[Quantity]) -> Quantity:
    """A settlement's lines come to the sum of its kinds of money, apart from the payout itself."""
    return reduce(add, parts).named("sum of the lines", per="term-settlement")


def difference(lines: Quantity, total: Quantity) -> Quantity:
    """The difference is what the lines come to, less what the settlement says: positive is money that did not arrive."""
    return (lines - total).named("difference of the settlement", per="term-tie-out")


def reserve_open(held: Quantity, released: Quantity) -> Quantity:
    """A reserve is settled when what one settlement holds back comes back in the next: together they are nothing."""
    return (held + released).named("reserve not given back", per="term-reserve")


RULES = (sum_of_lines, difference, reserve_open)
