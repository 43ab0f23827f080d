"""The smallest prices for many offers at once, and their economics at the prices that are shown, in columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from supercargo.engines.pricing import target_price, unit_economics
from supercargo.engines.pricing.target_price.rules import meets
from supercargo.kernel.column import Batch, Column, TooLargeError
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.gather import Gathered, gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supercargo.engines.answer import Objection
    from supercargo.reference.law import Law

MEETS, OBJECTION = "meets the margin", "objection"
FIRST_WINDOW = 512
"""So many prices are tried first: most cases end here, and rows are cheaper than another pass."""
WINDOWS_GROW = 4
FEE_BANDS = 3
WIDEST_WINDOW = 65_536
"""So many prices are tried at once at most, so that a dear product cannot fill the memory."""
TRIED_MOST = 1_000_000
"""So many prices are tried for one case; the answer then says up to which."""
ASKED = -1
"""The number of the shop price among the candidates, which need not be a price of the grid."""
_TOO_LARGE = Finding(
    "PRICE-413", "error", "unit_cost", "the amounts are too large to be computed exactly in bulk",
    "check cost, weight and currency in the catalogue",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """An offer whose price is looked for; ``asked`` is the shop price that the catalogue wants, if any."""

    facts: target_price.Facts
    asked: Decimal | None = None


@dataclass(slots=True)
class Priced:
    """What a search gives for one case.

    ``price`` is the smallest that meets the margin, ``dearest`` the last that was tried. ``amounts`` are those at the shop price, else at
    ``price``, in minor units by name; absent where nothing can be shown, and then ``findings`` say why:
    empty means that prices can be computed and none meets the margin. ``notes`` are what the rules say
    about all cases decided together: what is left out, which registration a sale may need.
    """

    price: Decimal | None = None
    amounts: dict[str, int] | None = None
    findings: tuple[Finding, ...] = ()
    dearest: Decimal | None = None
    notes: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Search:
    """A search in progress: the price numbers still to try, what stood in the way of those tried."""

    case: Case
    first: int
    last: int
    result: Priced = field(default_factory=Priced)
    opened: bool = False
    computable: bool = False
    stood: tuple[Finding, ...] = ()


def priced(cases: Sequence[Case], law: Law) -> list[Priced]:
    """Find for each case the smallest allowed price that meets its margin, and its economics; as one by one, in columns."""
    searches = [_search(case) for case in cases]
    for margin in {search.case.facts.margin_rate.amount for search in searches}:
        alike = [search for search in searches if search.case.facts.margin_rate.amount == margin]
        for group in _groups([_in_common_shape(search.case.facts.economics) for search in alike]):
            _work(group, alike, law)
    for search in searches:
        search.result.dearest = search.case.facts.grid.price(search.last)
    return [search.result for search in searches]


def _search(case: Case) -> _Search:
    first, last = target_price.search_range(case.facts)
    return _Search(case, first, min(last, first + TRIED_MOST))


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
        for alone in _alone(_in_common_shape(search.case.facts.economics)):
            _work(replace(alone, places=(group.places[number],)), searches, law)


def _refuse(searches: Iterable[_Search], findings: tuple[Finding, ...]) -> None:
    for search in searches:
        search.result.findings = findings


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
    _take(table, members, amounts, decision.objections)
    for search in members.values():
        search.result.notes = decision.findings


def _take(table: pl.DataFrame, members: dict[int, _Search], amounts: dict[str, str], objections: tuple[Objection, ...]) -> None:
    """Read the answers off the table: the smallest price that meets, the amounts at the shown price, what stood in the way."""
    member, number = table["member"].to_numpy(), table["number"].to_numpy()
    refused = np.zeros(table.height, dtype=bool)
    for n in range(len(objections)):
        refused |= table[f"{OBJECTION} {n}"].to_numpy()
    allowed = number != ASKED
    met = _first_of_each(member, allowed & ~refused & table[MEETS].to_numpy())
    for place in met:
        search = members[int(member[place])]
        search.result.price = search.case.facts.grid.price(int(number[place]))
    wanted = [place for place in met if members[int(member[place])].case.asked is None]
    for row in table[[*np.flatnonzero(~allowed).tolist(), *wanted]].iter_rows(named=True):
        result = members[row["member"]].result
        standing = _standing(row, objections)
        if standing:
            result.findings = standing
        else:
            result.amounts = {name: row[column] for name, column in amounts.items()}
    for place in _first_of_each(member, allowed & ~refused):
        members[int(member[place])].computable = True
    if objections:
        for row in table[_first_of_each(member, allowed & refused)].iter_rows(named=True):
            members[row["member"]].stood = _standing(row, objections)


def _first_of_each(member: Any, holds: Any) -> list[int]:
    """Give the first row of each member for which something holds; the rows of a member rise with its prices."""
    places = np.flatnonzero(holds)
    _, first = np.unique(member[places], return_index=True)
    return [int(place) for place in places[first]]


def _standing(row: dict[str, Any], objections: tuple[Objection, ...]) -> tuple[Finding, ...]:
    return tuple(objection.finding for n, objection in enumerate(objections) if row[f"{OBJECTION} {n}"])


def _candidates(group: Gathered, members: dict[int, _Search], window: int) -> pl.DataFrame:
    """Lay out the allowed prices of a window for every case of a group, and in the first window the shop prices."""
    minor = Decimal(10) ** minor_digits(group.first.currency)
    places: list[Any] = []
    numbers: list[Any] = []
    prices: list[Any] = []
    for member, search in members.items():
        grid = search.case.facts.grid
        number = np.arange(search.first, min(search.last + 1, search.first + window), dtype=np.int64)
        price = number * int(grid.step * minor) + int(grid.ending * minor)
        number, price = number[price > 0], price[price > 0]
        if search.case.asked is not None and not search.opened:
            number, price = np.append(ASKED, number), np.append(int(search.case.asked * minor), price)
        search.opened = True
        places.append(np.full(len(number), member, dtype=np.int64))
        numbers.append(number)
        prices.append(price)
    place = np.concatenate(places)
    laid_out = {"member": place, "number": np.concatenate(numbers), "shop price": np.concatenate(prices)}
    return group.frame[place].with_columns(*(pl.Series(name, values, dtype=pl.Int64) for name, values in laid_out.items()))


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


def _in_common_shape(facts: unit_economics.Facts) -> unit_economics.Facts:
    """Bring facts into the shape that most share, so that more cases are decided together; no amount changes.

    What the arithmetic does not look at is blurred: names, and the class whose tax rate is already
    given. What does not apply becomes zero or a step that no price reaches.
    """
    common = replace(
        facts,
        channel="",
        commission=_common_commission(facts.commission, facts.currency),
        fulfilment=_common_fee(facts.fulfilment, facts.currency),
    )
    if facts.route != "direct" or facts.parcel is None:
        return replace(common, market="", route="warehouse")
    terms = facts.parcel.terms
    parcel = replace(facts.parcel, tax_class="standard", terms=None if terms is None else replace(terms, source=""))
    return replace(common, parcel=parcel)


def _common_commission(commission: unit_economics.Commission, currency: str) -> unit_economics.Commission:
    """Give a commission a minimum and a fixed part of zero, and at least two tiers, the first up to nothing."""
    nothing = Figure.money(0, currency, "nothing")
    first = commission.tiers[0]
    tiers = commission.tiers if len(commission.tiers) > 1 else (unit_economics.Tier(first.rate, nothing), replace(first, up_to=None))
    mode = "whole_price" if commission.mode == "flat" else commission.mode
    least, fixed = (nothing if part is None else part for part in (commission.least, commission.fixed))
    if commission.mode == "flat":
        tiers = (unit_economics.Tier(first.rate, nothing), unit_economics.Tier(first.rate))
    return unit_economics.Commission(mode, tiers, least, fixed)


def _common_fee(fee: unit_economics.FeeByPrice, currency: str) -> unit_economics.FeeByPrice:
    """Give a fee by price three bands, the added ones up to nothing."""
    nothing = Figure.money(0, currency, "nothing")
    missing = FEE_BANDS - len(fee.steps)
    return unit_economics.FeeByPrice((*((nothing, fee.steps[0][1]) for _ in range(missing)), *fee.steps))


__all__ = ["Case", "Priced", "priced"]
