"""The arithmetic of profit: bring each line into one currency, add by stage, walk down the waterfall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.accounting.kinds import MARGIN_3, Stage
from supercargo.engines.accounting.profit.facts import Waterfall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.kernel.quantity import Quantity

COUNTED: tuple[Stage, ...] = MARGIN_3
"""The stages that make the waterfall, in its order; tax and clearing are not among them."""
CODES: Mapping[Stage, int] = {stage: code for code, stage in enumerate((*COUNTED, "tax", "clearing"))}
"""The number under which a stage stands in the lake; profit is below ``CODES["tax"]``."""
COLUMNS: Mapping[Stage, str] = {stage: f"{stage}_minor" for stage in COUNTED}
"""The column in which a table holds the sum of a stage."""
RATE_DIGITS = 6


def converted(amount: Quantity, rate: Quantity) -> Quantity:
    """Bring a line into the currency of the view at the rate of its day, half-up to the minor unit."""
    return (amount * rate).rounded().named("value of the line", per="term-profit-line")


def converted_in_bulk(amount: Quantity, rate: Quantity, divisor: Quantity) -> Quantity:
    """Bring a whole column into the currency of the view: whole minor units times a whole rate over a power of ten, half-up.

    The same as ``converted`` for lines of many currencies at once: ``rate / divisor`` is the rate of exchange times
    what the minor units of the two currencies differ by.
    """
    return (amount * rate).over(divisor, 0)


def waterfall(stages: Mapping[Stage, Quantity]) -> Waterfall:
    """Walk from gross sales down to contribution margin 3; costs come with their minus."""
    gross = stages["sales"].named("gross sales", per="term-gross-sales")
    net = (gross + stages["discounts"] + stages["refunds"]).named("net revenue", per="term-net-revenue")
    first = (net + stages["goods"]).named("contribution margin 1", per="term-contribution-margin-one")
    second = first + stages["channel"] + stages["fulfilment"] + stages["payment"]
    second = second.named("contribution margin 2", per="term-contribution-margin-two")
    third = second + stages["marketing"] + stages["account"] + stages["unclassified"]
    return Waterfall(gross, net, first, second, third.named("contribution margin 3", per="term-contribution-margin-three"))


def margin_rate(margin: Quantity, net_revenue: Quantity, name: str) -> Quantity:
    """A contribution margin as a share of net revenue, which must be positive."""
    return margin.over(net_revenue, RATE_DIGITS).named(name, per="term-margin-rate")


def share_moved(part: Quantity, moved: Quantity, name: str, per: str) -> Quantity:
    """The part of all money moved, without regard to its sign, that is of one sort."""
    return part.over(moved, RATE_DIGITS).named(name, per=per)


def fee_expected(net_sales: Quantity, share: Quantity) -> Quantity:
    """A fee that is not settled yet is the channel's own average share of net sales, half-up to the minor unit."""
    return (net_sales * share).rounded().named("fee expected", per="term-estimated")


RULES = (converted, converted_in_bulk, fee_expected, waterfall, margin_rate, share_moved)
