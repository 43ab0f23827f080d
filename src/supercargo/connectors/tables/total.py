"""Unit price times quantity, rounded half up row by row; the exact value stays in millionths, and the difference is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.catalogue.codes import currency_code
from supercargo.connectors.raw.amounts import bare
from supercargo.connectors.raw.sift import DIGITS
from supercargo.connectors.records.mapped import FAULT, SKIP, Control
from supercargo.connectors.tables.cells import OURS
from supercargo.connectors.tables.mapping import ROUTES, TOTAL_TO, TOTALS
from supercargo.kernel.figure import plain
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.connectors.raw.sift import Sift
    from supercargo.connectors.records.mapped import Mapped
    from supercargo.connectors.tables.mapping import Mapping

FILLED = "filled "
"""Before the name of a column of which empty cells were computed; the column itself stays as the file states it."""
_MICRO = 6
_LARGEST = 10**18
_STEPS: dict[str, int] = {code: 10 ** (_MICRO - digits) for code, digits in DIGITS.items()}
_WORKING = ("__exact", "__step", "__size", "__minor")


@dataclass(frozen=True, slots=True)
class Total:
    """What the rows of a table come to, exactly and rounded."""

    columns: tuple[str, ...]
    """Our columns in which the totals stand."""
    theirs: tuple[str, str]
    rounded: dict[str, tuple[int, int]]
    """Currency -> exact millionths of all records, and how many of them were rounded."""
    minor: dict[str, int]
    cells: pl.DataFrame
    """Row and the two cells as they stand in the file."""
    currencies: pl.DataFrame
    """Row and currency of the records."""
    decimal: str

    def facts(self) -> dict[str, str]:
        """Say what rounding made of the whole file, in millionths of the currency."""
        return {f"rounding_e6_{currency}": str(self._difference(currency)) for currency in self.rounded if self._difference(currency)}

    def _difference(self, currency: str) -> int:
        return self.minor[currency] * _STEPS[currency] - self.rounded[currency][0]

    def findings(self) -> Iterator[Finding]:
        """Say how many rows were rounded and what that comes to."""
        for currency, (_, count) in self.rounded.items():
            if count:
                difference = plain(Decimal(self._difference(currency)).scaleb(-_MICRO))
                message = said(
                    "{count} totals are finer than the smallest coin; rounded row by row they come to {difference} {currency} more",
                    count=count, difference=difference, currency=currency,
                )  # fmt: skip
                yield Finding("MAP-101", "note", "rows", message, "the exact price of each row is kept; nothing needs to be done")

    def controlled(self, mapped: Mapped, record: pl.DataFrame) -> Mapped:
        """Add the control of the totals: each row computed once more from its two cells, with decimals of another kind.

        Raises:
            AssertionError: the sums do not tie; that is a fault of the program, and nothing is saved.
        """
        controls = tuple(self._controls(mapped, record))
        if any(not control.ties for control in controls):
            msg = "the sums of unit price times quantity do not tie"
            raise AssertionError(msg)
        return replace(mapped, controls=(*mapped.controls, *controls))

    def _controls(self, mapped: Mapped, record: pl.DataFrame) -> Iterator[Control]:
        status = mapped.outcome.select(pl.col("row").alias("__row"), "status")
        cells = self.cells.join(status, on="__row").join(self.currencies, on="__row", how="left")
        counted = cells.group_by("currency", "price", "quantity", "status").len()
        counted = counted.with_columns(bare(counted.get_column("price")), bare(counted.get_column("quantity")))
        sums: dict[str, dict[str, int]] = {}
        bad: dict[str, int] = {}
        for currency, price, quantity, state, count in counted.iter_rows():
            minor = _minor(price, quantity, currency, self.decimal)
            states = sums.setdefault(currency or "", {})
            states[state] = states.get(state, 0) + (minor or 0) * count
            bad[currency or ""] = bad.get(currency or "", 0) + (count if minor is None else 0)
        own = record.select("currency", pl.sum_horizontal(pl.col(name) for name in self.columns).alias("minor"))
        ours = dict(own.group_by("currency").agg(pl.col("minor").sum()).iter_rows())
        name = " × ".join(self.theirs)
        for currency, states in sorted(sums.items()):
            yield Control(
                name, currency, sum(states.values()), ours.get(currency, 0), states.get(SKIP, 0), states.get(FAULT, 0), bad[currency]
            )


def with_total(sift: Sift, mapping: Mapping, before: pl.DataFrame, decimal: str) -> Total:
    """Add the total to the rows, in the column where a rule brings it, else in the usual one.

    Args:
        sift: the rows, their price and quantity read.
        mapping: which columns those are.
        before: the rows as they stood in the file, for the control.
        decimal: the decimal sign of the file.
    """
    _multiply(sift)
    columns = _routed(sift, mapping)
    was_rounded = pl.col("__exact").abs() != pl.col("__size") * pl.col("__step")
    sums = sift.rows.group_by(OURS + "currency").agg(
        pl.col("__exact").sum().cast(pl.String), pl.col("__minor").sum(), was_rounded.sum().alias("count")
    )
    found = {
        currency: (int(exact_sum or 0), minor_sum or 0, count) for currency, exact_sum, minor_sum, count in sums.iter_rows() if currency
    }
    theirs = (mapping.columns["unit_price_e6"], mapping.columns["quantity"])
    cells = before.select("__row", pl.col(theirs[0]).alias("price"), pl.col(theirs[1]).alias("quantity"))
    sift.rows = sift.rows.drop(_WORKING)
    return Total(
        columns, theirs, {code: (value, count) for code, (value, _, count) in found.items()},
        {code: value for code, (_, value, _) in found.items()}, cells, _codes(sift, mapping, before), decimal,
    )  # fmt: skip


def with_stated(sift: Sift, mapping: Mapping, columns: dict[str, str]) -> Iterator[Finding]:
    """Fill in a total that a row leaves empty, and say which rows state another one than price times quantity."""
    name = TOTALS.get(mapping.noun, "")
    if not {name, "unit_price_e6", "quantity"} <= set(columns):
        return
    _multiply(sift)
    stated = pl.col(OURS + name)
    sift.rows = sift.rows.with_columns(pl.coalesce(stated, pl.col("__minor")).alias(FILLED + name))
    other = sift.rows.filter((stated != pl.col("__minor")).fill_null(value=False)).get_column("__row")
    if other.len():
        message = said("{count} rows state another total than unit price times quantity; the total counts", count=other.len())
        yield Finding("MAP-104", "warning", f"rows[{other[0]}].{columns[name]}", message, "compare the rows with the paper")
    sift.rows = sift.rows.drop(_WORKING)


def _multiply(sift: Sift) -> None:
    """Add the exact product in millionths, and the product rounded half up in the minor unit."""
    exact = pl.col(OURS + "unit_price_e6").cast(pl.Int128) * pl.col(OURS + "quantity").cast(pl.Int128)
    step = pl.col(OURS + "currency").replace_strict(_STEPS, default=None, return_dtype=pl.Int128)
    sift.rows = sift.rows.with_columns(exact.alias("__exact"), step.alias("__step"))
    sift.rows = sift.rows.with_columns(((pl.col("__exact").abs() + pl.col("__step") // 2) // pl.col("__step")).alias("__size"))
    sift.fault(pl.col("__exact").abs() >= _LARGEST, "MAP-303", "unit price times quantity is too large to be an amount")
    size = pl.col("__size").cast(pl.Int64)
    sift.rows = sift.rows.with_columns(pl.when(pl.col("__exact") < 0).then(-size).otherwise(size).alias("__minor"))


def _routed(sift: Sift, mapping: Mapping) -> tuple[str, ...]:
    """Bring the total to the column that the last fitting rule names."""
    target = pl.lit(mapping.total)
    for place, rule in enumerate(mapping.rules):
        named = dict(rule.values).get(TOTAL_TO)
        if rule.then == "set" and named:
            target = pl.when(pl.col(f"__rule {place}")).then(pl.lit(named)).otherwise(target)
    routes = [dict(rule.values)[TOTAL_TO] for rule in mapping.rules if rule.then == "set" and TOTAL_TO in dict(rule.values)]
    columns = tuple(dict.fromkeys((mapping.total, *(name for name in ROUTES.get(mapping.noun, ()) if name in routes))))
    sift.rows = sift.rows.with_columns(target.alias("__target"))
    sift.rows = sift.rows.with_columns(
        pl.when(pl.col("__target") == name).then(pl.col("__minor")).alias(OURS + name) for name in columns
    ).drop("__target")
    return columns


def _minor(price: str, quantity: str, currency: str | None, decimal: str) -> int | None:
    digits = DIGITS.get(currency or "")
    one, many = _number(price, decimal), _number(quantity, decimal)
    if digits is None or one is None or many is None:
        return None
    return int((one * many).scaleb(digits).quantize(Decimal(1), ROUND_HALF_UP))


def _number(text: str | None, decimal: str) -> Decimal | None:
    swapped = (text or "").replace(".", "").replace(",", ".") if decimal == "," else (text or "").replace(",", "")
    try:
        return Decimal(swapped.replace(" ", "").replace("'", ""))
    except InvalidOperation:
        return None


def _codes(sift: Sift, mapping: Mapping, before: pl.DataFrame) -> pl.DataFrame:
    """Give each row's currency, also of the rows that have left."""
    if "currency" not in mapping.columns or mapping.columns["currency"] not in before.columns:
        known = sift.rows.get_column(OURS + "currency").first() if OURS + "currency" in sift.rows.columns else None
        return before.select("__row", pl.lit(known or mapping.constants.get("currency"), pl.String).alias("currency"))
    words = before.get_column(mapping.columns["currency"])
    given = mapping.words.get("currency", {})
    codes = {word: given.get(word) or currency_code(word) for word in words.unique().to_list() if word}
    return before.select("__row", words.replace_strict(codes, default=None, return_dtype=pl.String).alias("currency"))
