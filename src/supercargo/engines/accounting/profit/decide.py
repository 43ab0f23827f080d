"""The profit of one cell, line by line, every step kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.accounting.kinds import KINDS, Stage, stage_of
from supercargo.engines.accounting.profit.facts import Decision, Facts, ProfitLine
from supercargo.engines.accounting.profit.rules import CODES, COUNTED, converted, margin_rate, share_moved, waterfall
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supercargo.reference.law import Law

NAMES: dict[Stage, str] = {
    "sales": "sales", "discounts": "discounts", "refunds": "refunds", "goods": "cost of goods sold", "channel": "channel fees",
    "fulfilment": "fulfilment", "payment": "payment", "marketing": "marketing", "account": "account charges",
    "unclassified": "not classified",
}  # fmt: skip
"""What the stages are called for people."""
LABELS = ("contribution margin rate 1", "contribution margin rate 2", "contribution margin rate 3")


def decide(facts: Facts, law: Law) -> Decision:  # noqa: ARG001 - rates come with the lines, each of its own day
    """Bring every line into the currency of the view, add by kind and by stage, and walk down the waterfall.

    Findings:
        PROF-001: the cell has lines whose amount is not known; they count as nothing and the margins are too high by them.
    """
    lines = [line for line in facts.lines if CODES[stage_of(line.kind)] < CODES["tax"]]
    values = [(line, _in_view(line)) for line in lines]
    known = [(line, value) for line, value in values if value is not None]
    kinds = {
        kind: _total([value for line, value in known if line.kind == kind], facts.currency, KINDS[kind].name)
        for kind in _kinds(line for line, _ in known)
    }
    stages: dict[Stage, Figure] = {stage: _stage(stage, kinds, facts.currency) for stage in COUNTED}
    steps = waterfall(stages)
    moved = _size([value for _, value in known], facts.currency, "money moved")
    unknown = len(values) - len(known)
    return Decision(
        waterfall=steps,
        stages=stages,
        kinds=kinds,
        margin_rates=_rates((steps.margin_1, steps.margin_2, steps.margin_3), single(steps.net_revenue)),
        units=_units(lines, "units sold", 1),
        units_returned=_units(lines, "units returned", -1),
        moved=moved,
        estimated_share=_share([value for line, value in known if line.estimated], moved, "share estimated", "term-estimated"),
        settled_share=_share([value for line, value in known if line.settled], moved, "share settled", "term-settled"),
        unknown=unknown,
        findings=amounts_unknown(unknown),
    )


def _in_view(line: ProfitLine) -> Figure | None:
    """Bring a line into the view; one that is in its currency already stays what the file says."""
    if line.amount is None or line.rate.unit.is_ratio:
        return line.amount
    return single(converted(line.amount, line.rate))


def _kinds(lines: Iterable[ProfitLine]) -> list[str]:
    met = {line.kind for line in lines}
    return [kind for kind in KINDS if kind in met]


def _total(values: Sequence[Figure], currency: str, name: str) -> Figure:
    """Add figures in one step, so that a cell of a thousand lines is not a thousand sums deep."""
    amount = sum((value.amount for value in values), Decimal(0))
    return Figure(amount, Figure.money(0, currency).unit, name, "sum", tuple(values), per="term-profit-line")


def _stage(stage: Stage, kinds: dict[str, Figure], currency: str) -> Figure:
    parts = [figure for kind, figure in kinds.items() if stage_of(kind) == stage]
    return replace(_total(parts, currency, NAMES[stage]), per="term-waterfall")


def _size(values: Iterable[Figure], currency: str, name: str) -> Figure:
    return Figure(sum((abs(value.amount) for value in values), Decimal(0)), Figure.money(0, currency).unit, name, per="term-money-moved")


def _share(values: Sequence[Figure], moved: Figure, name: str, per: str) -> Figure | None:
    if not moved.amount:
        return None
    part = _size(values, moved.unit.currency or "", "money of this sort")
    return replace(single(share_moved(part, moved, name, per)), as_percent=True)


def _rates(margins: tuple[object, object, object], net: Figure) -> tuple[Figure | None, Figure | None, Figure | None]:
    if net.amount <= 0:
        return None, None, None
    first, second, third = (
        replace(single(margin_rate(margin, net, name)), as_percent=True)
        for margin, name in zip(margins, LABELS, strict=True)
        if isinstance(margin, Figure)
    )
    return first, second, third


def _units(lines: Iterable[ProfitLine], name: str, sign: int) -> Figure:
    return Figure(Decimal(sum(max(0, sign * line.quantity) for line in lines)), Figure.of(0, "item").unit, name, per="term-units-sold")


def amounts_unknown(count: int) -> tuple[Finding, ...]:
    """Say how many lines of a cell have no amount; nothing where all have one."""
    if not count:
        return ()
    message = said("{count} lines of the cell have no known amount; the margins are too high by them", count=count)
    return (Finding("PROF-001", "warning", "lines", message, "give the unit costs of the products, or import the settlements"),)
