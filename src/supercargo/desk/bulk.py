"""Landed cost for a whole table: grouped by what makes the law constant, then computed in columns.

The rules are those of one quote; a group is rows for which every branch of the law is the same, and
inside it amounts and rates are columns of integers. Rows that no group can answer are refused with
their findings, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from supercargo.desk.situations import SITUATION, keyed
from supercargo.engines.customs.duty import Terms, terms_of
from supercargo.engines.pricing import landed_cost
from supercargo.kernel.column import Batch, Column
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import said
from supercargo.reference.tariff import HsCodeError, known, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law

AMOUNTS = ("goods", "freight", "insurance", "items", "weight_g")
DECISION = {
    "customs value": "customs_value",
    "customs duty": "duty",
    "tax at sale": "tax_at_sale",
    "tax at import": "tax_at_import",
    "processing fees": "fees",
    "landed cost": "landed_cost",
    "landed cost per item": "landed_cost_per_item",
}
"""The decided amounts: the column's name and the field of the decision behind it."""
RATE_DIGITS = 6
OBJECTION, COLLECTOR = "objection", "collector"
CHUNK = 4_000_000
"""Rows computed at a time: so that ten million rows with all of their steps stay under 4 GiB."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows whose law is the same: the situation, and the terms whose rates vary by row in columns."""

    situation: tuple[tuple[str, str], ...]
    terms: Terms | None
    rates: tuple[str, ...]
    findings: tuple[Finding, ...]

    def value(self, name: str) -> Any:
        """Give a word of the situation, which the facts narrow to the words that they allow."""
        return dict(self.situation)[name]

    @property
    def refused(self) -> bool:
        """Tell that no row of the group has an answer."""
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Part:
    """The computed rows of a group, the findings that hold for all of them, and its batch of steps."""

    group: Group
    frame: pl.DataFrame
    findings: tuple[Finding, ...]
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the rows of a group are computed: the batch, the columns to keep, what to say."""

    group: Group
    batch: Batch | None
    keep: list[str] | None
    findings: tuple[Finding, ...]


def quotes(
    frame: pl.DataFrame,
    law: Law,
    schemes: frozenset[str] = frozenset(),
    *,
    steps: bool = True,
    batch: Callable[[], Batch] = Batch.on_polars,
) -> list[Part]:
    """Decide the landed cost of every row.

    Columns: ``market origin hs_code tax_class channel business mode currency`` (text) and ``goods
    freight insurance`` (integers in the currency's minor unit), ``items``, ``weight_g`` (integers). With
    ``steps`` every named step is kept as a column, otherwise only the decision's columns.

    Returns a part for each group; the rows keep their number in the column ``row``. A part whose group
    cannot be answered has no computed columns and findings of severity error. A row in which a column
    ``objection N`` is true is refused by the group's N-th objection, and its amounts say nothing.
    """
    return list(chain.from_iterable(quote_chunks(frame, law, schemes, steps=steps, batch=batch)))


def quote_chunks(
    frame: pl.DataFrame,
    law: Law,
    schemes: frozenset[str] = frozenset(),
    *,
    steps: bool = True,
    batch: Callable[[], Batch] = Batch.on_polars,
    chunk: int = CHUNK,
) -> Iterator[list[Part]]:
    """Decide as ``quotes`` does, a chunk of rows at a time, so that memory stays bounded."""
    keys, table = grouped(frame, law)
    bounds = bounds_of(frame, table)
    recipes = {number: recipe(group, law, schemes, bounds, batch(), steps=steps) for number, group in table.groups.items()}
    narrow = frame.select(_needed(recipes, steps=steps)).with_columns(keys.alias("key"), table.number.gather(keys).alias("group"))
    numbered = narrow.with_row_index("row")
    for start in range(0, max(frame.height, 1), chunk):
        yield _computed(numbered.slice(start, chunk), table, recipes, "in-memory" if steps else "streaming")


def _needed(recipes: dict[int, Recipe], *, steps: bool) -> list[str]:
    """List the amounts that any rule looks at; weight, for one, matters only where duty hangs on it."""
    if steps:
        return list(AMOUNTS)
    looked_at = {name for recipe in recipes.values() if recipe.batch is not None for name in recipe.batch.looks_at(AMOUNTS)}
    return [name for name in AMOUNTS if name in looked_at]


@dataclass(frozen=True, slots=True)
class KeyTable:
    """What is known of each situation key: the number of its group and its rates in parts per million."""

    number: pl.Series
    rates: dict[str, pl.Series]
    groups: dict[int, Group]


def _computed(rows: pl.DataFrame, table: KeyTable, recipes: dict[int, Recipe], engine: Literal["in-memory", "streaming"]) -> list[Part]:
    parts = [(recipes[int(part["group"][0])], part) for part in rows.partition_by("group", maintain_order=True)]
    plans = [_lazy(part, table, recipe) for recipe, part in parts]
    computed = iter(pl.collect_all([plan for plan in plans if plan is not None], engine=engine))
    return [
        Part(recipe.group, part if plan is None else next(computed), recipe.findings, recipe.batch)
        for (recipe, part), plan in zip(parts, plans, strict=True)
    ]


def _lazy(part: pl.DataFrame, table: KeyTable, recipe: Recipe) -> pl.LazyFrame | None:
    if recipe.batch is None:
        return None
    rates = [pl.lit(table.rates[name]).gather(pl.col("key")).alias(name) for name in recipe.group.rates]
    frame: pl.LazyFrame = recipe.batch.run(part.lazy().with_columns(*rates), recipe.keep)
    return frame


def grouped(frame: pl.DataFrame, law: Law) -> tuple[pl.Series, KeyTable]:
    """Give each row the key of its situation, and each key its group and its rates in parts per million."""
    keys, situations = keyed(frame)
    groups: dict[Any, tuple[int, Group]] = {}
    numbers: list[int] = []
    rates: list[dict[str, int]] = []
    for situation in situations:
        group, varying = _group(law, situation)
        identity = (group.situation, _identity(group.terms), group.rates, tuple(str(finding) for finding in group.findings))
        numbers.append(groups.setdefault(identity, (len(groups), group))[0])
        rates.append(varying)
    names = dict.fromkeys(name for varying in rates for name in varying)
    columns = {name: pl.Series(name, [varying.get(name) for varying in rates], dtype=pl.Int64) for name in names}
    return keys, KeyTable(pl.Series("group", numbers, dtype=pl.Int32), columns, dict(groups.values()))


def _group(law: Law, situation: dict[str, str]) -> tuple[Group, dict[str, int]]:
    constant = tuple((name, word) for name, word in situation.items() if name != "hs_code")
    try:
        code = normalise(situation["hs_code"])
    except HsCodeError as error:
        finding = Finding("HS-001", "error", "hs_code", str(error), "give six to ten digits of the customs code")
        return Group(constant, None, (), (finding,)), {}
    if not known(code[:6]):
        message = said("{code} is not a subheading of the Harmonized System 2022", code=code[:6])
        finding = Finding("HS-404", "error", "hs_code", message, "give the code of your tariff")
        return Group(constant, None, (), (finding,)), {}
    tariffed = terms_of(law, situation["market"], code, situation["origin"], situation["currency"])
    if tariffed.terms is None:
        return Group(constant, None, (), tariffed.findings), {}
    varying: dict[str, int] = {}
    if isinstance(tariffed.terms.ad_valorem, Figure):
        varying["duty rate"] = _parts_per_million(tariffed.terms.ad_valorem)
    for rate in tariffed.terms.additional:
        if isinstance(rate, Figure):
            varying[rate.name] = _parts_per_million(rate)
    return Group(constant, tariffed.terms, tuple(varying), tariffed.findings), varying


def _parts_per_million(rate: Figure) -> int:
    scaled = rate.amount.scaleb(RATE_DIGITS)
    if scaled != scaled.to_integral_value():
        msg = f"{rate.name} {rate.shown()} is finer than {RATE_DIGITS} digits; compute these rows one by one"
        raise OverflowError(msg)
    return int(scaled)


def _identity(terms: Terms | None) -> Any:
    """Tell terms apart by what stays constant in a group: the amounts per kg and per item, the bounds."""
    if terms is None:
        return None
    constant = (name for name in terms.shape if name != "ad_valorem" and isinstance(getattr(terms, name, None), Figure))
    return (*((name, getattr(terms, name).amount) for name in constant), terms.shape)


def bounds_of(frame: pl.DataFrame, table: KeyTable) -> dict[str, tuple[int, int]]:
    """Find the interval that each amount and each rate lies in; it proves that nothing overflows."""
    summary = frame.select(
        *(pl.col(name).min().alias(f"{name} low") for name in AMOUNTS), *(pl.col(name).max().alias(f"{name} high") for name in AMOUNTS)
    )
    found = summary.row(0, named=True) if frame.height else {}
    amounts = {name: (found.get(f"{name} low") or 0, found.get(f"{name} high") or 0) for name in AMOUNTS}
    rates = {name: [rate for rate in column.to_list() if rate is not None] for name, column in table.rates.items()}
    return amounts | {name: (min(known_rates), max(known_rates)) for name, known_rates in rates.items()}


def recipe(group: Group, law: Law, schemes: frozenset[str], bounds: dict[str, tuple[int, int]], batch: Batch, *, steps: bool) -> Recipe:
    """Decide a group once, in columns: the steps to compute, what to keep and what to say."""
    if group.refused:
        return Recipe(group, None, None, group.findings)
    try:
        decision = landed_cost.decide(_facts(batch, group, schemes, bounds), law)
    except Refused as refusal:
        return Recipe(group, None, None, (*group.findings, *refusal.findings))
    objections = [f"{OBJECTION} {number}" for number in range(len(decision.objections))]
    for name, objection in zip(objections, decision.objections, strict=True):
        objection.when.named(name)
    for name, field in DECISION.items():
        if isinstance(constant := getattr(decision, field), Figure):
            batch.constant(constant).named(name, per=constant.per)
    collector = _collector(batch, decision)
    keep = None if steps else ["row", "group", *DECISION, *objections, *collector]
    return Recipe(group, batch, keep, (*group.findings, *decision.findings))


def _collector(batch: Batch, decision: landed_cost.Decision) -> list[str]:
    label = decision.collector
    if label.expr is None:
        return []
    batch.add(COLLECTOR, label.expr, label.level + 1, None, 0, "")
    return [COLLECTOR]


def _facts(batch: Batch, group: Group, schemes: frozenset[str], bounds: dict[str, tuple[int, int]]) -> landed_cost.Facts:
    currency = group.value("currency")
    digits = minor_digits(currency)

    def amount(column: str, unit: str, scale: int, name: str) -> Column:
        return batch.input(column, Unit.of(unit), scale, *bounds[column], name=name)

    return landed_cost.Facts(
        market=group.value("market"),
        origin=group.value("origin"),
        business=group.value("business"),
        channel=group.value("channel"),
        mode=group.value("mode"),
        schemes=schemes,
        tax_class=group.value("tax_class"),
        currency=currency,
        goods=amount("goods", currency, digits, "goods value"),
        freight=amount("freight", currency, digits, "freight"),
        insurance=amount("insurance", currency, digits, "insurance"),
        items=amount("items", "item", 0, "items"),
        categories=Figure.of(1, "item", "item categories"),
        weight=amount("weight_g", "kg", 3, "weight"),
        terms=_terms(batch, group, bounds),
    )


def _terms(batch: Batch, group: Group, bounds: dict[str, tuple[int, int]]) -> Terms | None:
    if group.terms is None:
        return None

    def column(rate: Quantity, name: str) -> Column:
        if isinstance(rate, Figure):
            batch.cite(rate)
        return batch.input(name, RATIO, RATE_DIGITS, *bounds[name], name=name)

    ad_valorem = group.terms.ad_valorem
    return replace(
        group.terms,
        ad_valorem=None if ad_valorem is None else column(ad_valorem, "duty rate"),
        additional=tuple(column(rate, rate.name) for rate in group.terms.additional),
    )


__all__ = ["AMOUNTS", "DECISION", "SITUATION", "Group", "Part", "quote_chunks", "quotes"]
