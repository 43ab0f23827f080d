"""The smallest prices for many offers at once, and their economics at the prices that are shown, in columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.pricing import target_price, unit_economics
from supercargo.engines.pricing.target_price.decide import FIRST_WINDOW
from supercargo.engines.pricing.target_price.rules import meets
from supercargo.kernel.column import Batch, Column, TooLargeError
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.gather import Gathered, gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supercargo.engines.answer import Objection
    from supercargo.kernel.figure import Figure
    from supercargo.reference.law import Law

MEETS, OBJECTION = "meets the margin", "objection"
WINDOWS_GROW = 4
WIDEST_WINDOW = 65_536
"""So many prices are tried at once at most, so that a dear product cannot fill the memory."""
ASKED = -1
"""The number of the shop price among the candidates, which need not be a price of the grid."""
_TOO_LARGE = Finding(
    "PRICE-413", "error", "unit_cost", "the amounts are too large to be computed exactly in bulk", "check cost, weight and currency in the catalogue"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """An offer whose price is looked for; ``asked`` is the shop price that the catalogue wants, if any."""

    facts: target_price.Facts
    asked: Decimal | None = None


@dataclass(slots=True)
class Priced:
    """What a search gives for one case.

    ``price`` is the smallest that meets the margin. ``amounts`` are those at the shop price, else at
    ``price``, in minor units by name; absent where nothing can be shown, and then ``findings`` say why:
    empty means that prices can be computed and none meets the margin.
    """

    price: Decimal | None = None
    amounts: dict[str, int] | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Search:
    """A search in progress: the price numbers still to try, what stood in the way of those tried."""

    case: Case
    first: int
    last: int
    result: Priced = field(default_factory=Priced)
    computable: bool = False
    stood: tuple[Finding, ...] = ()


def priced(cases: Sequence[Case], law: Law) -> list[Priced]:
    """Find for each case the smallest allowed price that meets its margin, and its economics; as one by one, in columns."""
    searches = [_Search(case, *target_price.search_range(case.facts)) for case in cases]
    for group in _groups([_without_names(case.facts.economics) for case in cases]):
        _work(group, searches, law)
    return [search.result for search in searches]


def _groups(economics: list[unit_economics.Facts]) -> Iterable[Gathered]:
    """Gather all cases; where an amount does not fit a table, each by itself."""
    try:
        return gather(economics)
    except (OverflowError, TypeError, pl.exceptions.PolarsError):
        return [replace(alone, places=(place,)) for place, case in enumerate(economics) for alone in _alone(case)]


def _alone(case: unit_economics.Facts) -> Iterable[Gathered]:
    try:
        return gather([case])
    except (OverflowError, TypeError, pl.exceptions.PolarsError):
        return [Gathered((0,), case, pl.DataFrame(schema={"place": pl.Int64}), {})]


def _work(group: Gathered, searches: list[_Search], law: Law) -> None:
    """Widen the window of prices until every case of a group has its answer."""
    waiting, window = list(range(len(group.places))), FIRST_WINDOW
    while waiting:
        members = {number: searches[group.places[number]] for number in waiting}
        try:
            _try(group, members, window, law)
        except Refused as refusal:
            _refuse(members.values(), refusal.findings)
            return
        except (TooLargeError, OverflowError, pl.exceptions.PolarsError):
            _one_by_one(group, members, searches, law)
            return
        waiting = [number for number, search in members.items() if not _settled(search, window)]
        window = min(window * WINDOWS_GROW, WIDEST_WINDOW)


def _one_by_one(group: Gathered, members: dict[int, _Search], searches: list[_Search], law: Law) -> None:
    """Search cases alone whose common bounds are too wide for exact integers; refuse one that is too large by itself."""
    if len(members) == 1 or group.frame.is_empty():
        _refuse(members.values(), (_TOO_LARGE,))
        return
    for number, search in members.items():
        for alone in _alone(_without_names(search.case.facts.economics)):
            _work(replace(alone, places=(group.places[number],)), searches, law)


def _refuse(searches: Iterable[_Search], findings: tuple[Finding, ...]) -> None:
    for search in searches:
        search.result = Priced(search.result.price, search.result.amounts, findings)


def _settled(search: _Search, window: int) -> bool:
    """Move on to the next window, or close a search that has tried every price."""
    if search.result.price is not None:
        return True
    search.first += window
    if search.first <= search.last:
        return False
    if search.result.amounts is None and not search.result.findings and not search.computable:
        search.result.findings = search.stood
    return True


def _try(group: Gathered, members: dict[int, _Search], window: int, law: Law) -> None:
    candidates = _candidates(group, members, window)
    batch = Batch.on_polars()
    facts = group.columns(batch)
    low, high = int(candidates["shop price"].min()), int(candidates["shop price"].max())  # type: ignore[arg-type]
    price = batch.input("shop price", facts.price.unit, minor_digits(facts.currency), low, high, "shop price")
    decision = unit_economics.decide(replace(facts, price=price), law)
    meets(decision.profit, decision.net_price, next(iter(members.values())).case.facts.margin_rate).named(MEETS)
    objections = [f"{OBJECTION} {n}" for n in range(len(decision.objections))]
    for name, objection in zip(objections, decision.objections, strict=True):
        objection.when.named(name)
    amounts = _amounts(decision, batch, group.first.currency)
    table = batch.run(candidates.lazy(), ["member", "number", MEETS, *amounts.values(), *objections]).collect()
    refused = pl.any_horizontal(objections) if objections else pl.lit(value=False)
    table = table.with_columns(refused.alias("refused"))
    _take(table, members, amounts, decision.objections)


def _take(table: pl.DataFrame, members: dict[int, _Search], amounts: dict[str, str], objections: tuple[Objection, ...]) -> None:
    """Read the answers off the table: the smallest price that meets, the amounts at the shown price, what stood in the way."""
    allowed = table.filter(pl.col("number") != ASKED)
    met = allowed.filter(pl.col(MEETS) & ~pl.col("refused")).group_by("member").agg(pl.col("number").min()).iter_rows()
    for member, number in met:
        members[member].result.price = members[member].case.facts.grid.price(number)
    shown = {number: _shown(search) for number, search in members.items()}
    wanted = pl.DataFrame(
        {"member": shown.keys(), "number": shown.values()}, schema={"member": pl.Int64, "number": pl.Int64}
    ).drop_nulls()
    for row in table.join(wanted, on=["member", "number"]).iter_rows(named=True):
        result = members[row["member"]].result
        if row["refused"]:
            result.findings = _standing(row, objections)
        else:
            result.amounts = {name: row[column] for name, column in amounts.items()}
    if objections:
        _note(allowed, members, objections)
    else:
        for search in members.values():
            search.computable = True


def _shown(search: _Search) -> int | None:
    """Give the number of the price that is shown: the shop price, else the smallest that meets the margin, once it is found."""
    if search.case.asked is not None:
        return ASKED
    price = search.result.price
    return None if price is None else int((price - search.case.facts.grid.ending) / search.case.facts.grid.step)


def _note(allowed: pl.DataFrame, members: dict[int, _Search], objections: tuple[Objection, ...]) -> None:
    """Remember whether any price could be computed at all, and what stood against the dearest."""
    for row in allowed.sort("number").group_by("member", maintain_order=True).last().iter_rows(named=True):
        members[row["member"]].stood = _standing(row, objections)
    for (member,) in allowed.filter(~pl.col("refused")).select("member").unique().iter_rows():
        members[member].computable = True


def _standing(row: dict[str, Any], objections: tuple[Objection, ...]) -> tuple[Finding, ...]:
    return tuple(objection.finding for n, objection in enumerate(objections) if row[f"{OBJECTION} {n}"])


def _candidates(group: Gathered, members: dict[int, _Search], window: int) -> pl.DataFrame:
    """Lay out the allowed prices of a window for every case of a group, and in the first window the shop prices."""
    minor = Decimal(10) ** minor_digits(group.first.currency)
    grids = [search.case.facts.grid for search in members.values()]
    starts = pl.DataFrame({
        "member": list(members), "first": [search.first for search in members.values()], "last": [search.last for search in members.values()],
        "step": [int(grid.step * minor) for grid in grids], "ending": [int(grid.ending * minor) for grid in grids],
        "asked": [None if search.case.asked is None else int(search.case.asked * minor) for search in members.values()],
    }, schema=dict.fromkeys(("member", "first", "last", "step", "ending", "asked"), pl.Int64))  # fmt: skip
    cases = pl.concat([group.frame[list(members)], starts], how="horizontal")
    number = pl.int_ranges("first", pl.min_horizontal(pl.col("last") + 1, pl.col("first") + window))
    grid = cases.with_columns(number.alias("number")).explode("number").drop_nulls("number")
    grid = grid.with_columns((pl.col("number") * pl.col("step") + pl.col("ending")).alias("shop price")).filter(pl.col("shop price") > 0)
    asked = cases.drop_nulls("asked").with_columns(pl.lit(ASKED, dtype=pl.Int64).alias("number"), pl.col("asked").alias("shop price"))
    return pl.concat([asked, grid])


def _amounts(decision: unit_economics.Decision, batch: Batch, currency: str) -> dict[str, str]:
    """Name the columns of the decision's amounts in the order of the waterfall."""
    lines = ("sale_tax", "commission", "payment", "fulfilment", "storage", "first_leg", "duty", "import_tax", "import_fees", "goods",
             "returns", "adverts", "conversion", "capital", "wastage")  # fmt: skip
    values: dict[str, Any] = dict(zip(lines, decision.lines, strict=True))
    values |= {
        "price": decision.price,
        "net_price": decision.net_price,
        "costs": decision.costs,
        "profit": decision.profit,
        "landed_unit_cost": decision.landed_unit_cost,
    }
    digits = minor_digits(currency)
    columns = {}
    for name, value in values.items():
        column = value if isinstance(value, Column) else batch.constant(value)
        columns[name] = _alias(column.rounded() if column.scale > digits else column, name)
    return columns


def _alias(column: Column, name: str) -> str:
    return column.batch.add(f"= {name}", column.expr, column.level + 1, column.unit, column.scale, "")


def _without_names(facts: unit_economics.Facts) -> unit_economics.Facts:
    """Blur what the arithmetic of stock does not look at, so that more cases are decided together."""
    if facts.route != "direct" or facts.parcel is None:
        return replace(facts, market="", channel="", route="warehouse")
    terms = facts.parcel.terms
    return facts if terms is None else replace(facts, channel="", parcel=replace(facts.parcel, terms=replace(terms, source="")))


__all__ = ["Case", "Figure", "Priced", "priced"]
