"""Parts that sum to the whole: no cent lost, none invented."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from itertools import accumulate
from typing import TYPE_CHECKING

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import EXACT, Figure, half_up_quotient

if TYPE_CHECKING:
    from collections.abc import Sequence


def allocate(whole: Figure, weights: Sequence[Figure], name: str, per: str = "") -> tuple[Figure, ...]:
    """Share an amount by weights, to the minor unit, so that the shares sum to the whole.

    Each share is the difference of two rounded running totals: the result depends on the order of
    the weights and on nothing else, and is the same in bulk. Without any weight the shares are equal.

    >>> [str(part) for part in allocate(Figure.money("1.00", "EUR"), [Figure.of(1, "")] * 3, "share")]
    ['share 0.33 EUR', 'share 0.34 EUR', 'share 0.33 EUR']

    Raises:
        ValueError: there is nothing to share among, or a weight is negative.
    """
    if not weights or any(weight.amount < 0 for weight in weights):
        msg = "an amount is shared among at least one weight, and weights are not negative"
        raise ValueError(msg)
    sizes = [weight.amount for weight in weights] if any(weight.amount for weight in weights) else [Decimal(1)] * len(weights)
    total, digits = reduce(EXACT.add, sizes), minor_digits(whole.unit.currency or "")
    reached = [half_up_quotient(EXACT.multiply(whole.amount, running), total, digits) for running in accumulate(sizes, EXACT.add)]
    reached[-1] = whole.amount
    shares = [EXACT.subtract(this, before) for this, before in zip(reached, [Decimal(0), *reached], strict=False)]
    return tuple(Figure(share, whole.unit, name, "shared", (whole, weight), per) for share, weight in zip(shares, weights, strict=True))
