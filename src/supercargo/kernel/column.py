"""A whole table of amounts in exact integers: the same operators, the same cents, in bulk.

A Column is an expression (narwhals, or Polars itself) over 64-bit integers at a decimal scale, with
the interval that its values lie in. The interval proves, when the expression is built, that no step can overflow and
tells whether a rounding must mind negatives. Nothing is rounded that a Figure would not round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.dialect import INT64, Dialect, narwhals, polars
from supercargo.kernel.figure import EXACT, Figure, places_of, single
from supercargo.kernel.label import Label
from supercargo.kernel.quantity import Quantity
from supercargo.kernel.verdict import Test, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supercargo.kernel.figure import Citation
    from supercargo.kernel.unit import Unit


class TooLargeError(OverflowError):
    """An amount in a table is so large that integer arithmetic could overflow; compute it one by one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A named column that the batch computes: ``unit`` at ``scale`` decimal digits."""

    alias: str
    name: str
    expr: Any
    level: int
    unit: Unit | None
    scale: int
    per: str = ""


@dataclass(slots=True)
class Batch:
    """The steps of one table in the order of their making, and the facts that they used."""

    dialect: Dialect = field(default_factory=narwhals)
    limit: int = INT64
    steps: dict[str, Step] = field(default_factory=dict)
    citations: dict[str, Citation] = field(default_factory=dict)

    @staticmethod
    def for_spark() -> Batch:
        """Make a batch whose divisions are exact on Spark too."""
        return Batch(narwhals(divides_as_doubles=True))

    @staticmethod
    def on_polars() -> Batch:
        """Make a batch for Polars alone, whose expressions are quicker to build."""
        return Batch(polars())

    def input(self, column: str, unit: Unit, scale: int, low: int, high: int, name: str = "") -> Column:
        """Take a column of the table as a quantity: integers at ``scale``, all within [low, high]."""
        return Column(self.dialect.col(column), unit, scale, low, high, self, name=name or column)

    def constant(self, figure: Figure) -> Column:
        """Take one figure as the same amount in every row, and note its source."""
        self.cite(figure)
        exponent = figure.amount.normalize(EXACT).as_tuple().exponent
        currency = figure.unit.currency
        least = minor_digits(currency) if currency else 0
        scale = max(least, -exponent) if isinstance(exponent, int) else least
        value = int(figure.amount.scaleb(scale, EXACT))
        self.bound(abs(value), figure.name)
        return Column(self.dialect.number(value), figure.unit, scale, value, value, self, name=figure.name, constant=value)

    def bound(self, size: int, name: str) -> None:
        """Refuse a step whose amounts could leave what integers of 64 bits hold.

        Raises:
            TooLargeError: the step must be computed one by one.
        """
        if size > self.limit:
            msg = f"{name or 'a step'} could reach {size}, more than {self.limit}; compute these rows one by one"
            raise TooLargeError(msg)

    def cite(self, figure: Figure) -> None:
        """Remember the facts below a figure."""
        if figure.citation is not None:
            self.citations.setdefault(figure.citation.key, figure.citation)
        for part in figure.parts:
            self.cite(part)

    def add(self, name: str, expr: Any, level: int, unit: Unit | None, scale: int, per: str) -> str:
        """Register a named step and give the column under which it will stand; the same step stands once."""
        alias, number = name, 2
        while alias in self.steps:
            if self.dialect.same(self.steps[alias].expr, expr):
                return alias
            alias, number = f"{name} ({number})", number + 1
        self.steps[alias] = Step(alias, name, expr, level, unit, scale, per)
        return alias

    def looks_at(self, columns: Sequence[str]) -> set[str]:
        """List those of some input columns that any step uses; all of them where the engine cannot tell."""
        if self.dialect.name != "polars":
            return set(columns)
        roots = {name for step in self.steps.values() for name in step.expr.meta.root_names()}
        return roots & set(columns)

    def run(self, frame: Any, keep: list[str] | None = None) -> Any:
        """Compute the steps on a frame that narwhals knows; keep all of them, or only ``keep``."""
        table = self.dialect.table(frame)
        levels: dict[int, list[Any]] = {}
        for step in self.steps.values():
            levels.setdefault(step.level, []).append(step.expr.alias(step.alias))
        for level in sorted(levels):
            table = table.with_columns(*levels[level])
        return self.dialect.native(table.select(*keep) if keep is not None else table)


@dataclass(frozen=True, slots=True, eq=False)
class Column(Quantity):
    """Amounts of one unit for every row of a table, as integers at a decimal scale."""

    expr: Any
    unit: Unit
    scale: int
    low: int
    high: int
    batch: Batch
    name: str = ""
    level: int = 0
    constant: int | None = None

    def named(self, name: str, per: str = "") -> Column:
        """Keep this step as a column of the result."""
        alias = self.batch.add(name, self.expr, self.level + 1, self.unit, self.scale, per)
        return Column(self.batch.dialect.col(alias), self.unit, self.scale, self.low, self.high, self.batch, name, self.level + 1)

    def rounded(self, digits: int | None = None) -> Column:
        """Round half-up, away from zero, to the minor unit or to ``digits``: the result stands at exactly that scale."""
        places = places_of(self.unit, digits, self.name)
        if places >= self.scale:
            return _finer(self, places) if places > self.scale else self
        unit_of_rounding = 10 ** (self.scale - places)
        expr = self._half_up(self.expr, unit_of_rounding)
        return self._with(expr, places, half_up(self.low, unit_of_rounding), half_up(self.high, unit_of_rounding))

    def rounded_up(self, step: Quantity) -> Quantity:
        """Round up to whole multiples of ``step``."""
        this, other = _aligned(self, self._lift(step))
        if this.low < 0 or other.low <= 0:
            msg = f"{self.name or 'a column'} may be negative; only non-negative amounts are rounded up"
            raise ValueError(msg)
        size = _operand(other)
        self.bound_quotient((this.high + other.high) // other.low)
        expr = self.batch.dialect.divide(this.expr + (size - 1), size) * size
        return this.join(other, expr, this.unit, this.scale, (this.low, this.high + other.high))

    def over(self, divisor: Quantity, digits: int | None = None) -> Quantity:
        """Divide and round half-up to ``digits`` or to the minor unit of the result."""
        other = self._lift(divisor)
        unit = self.unit / other.unit
        places = places_of(unit, digits, self.name)
        if other.low <= 0:
            msg = f"{self.name or 'a column'} divided by {other.name}: the divisor must be proved positive in bulk"
            raise ValueError(msg)
        shift = places + other.scale - self.scale
        finer, coarser = 10 ** max(shift, 0), 10 ** max(-shift, 0)
        half = _operand(other) * coarser
        above = self.expr * (2 * finer) + half
        self.bound(2 * (max(abs(self.low), abs(self.high)) * finer + other.high * coarser))
        if self.low < 0:
            above = above - (self.expr < 0).cast(self.batch.dialect.whole)
        expr = self.batch.dialect.divide(above, half * 2)
        bounds = [half_up_ratio(side * finer, divisor * coarser) for side in (self.low, self.high) for divisor in (other.low, other.high)]
        self.bound_quotient(max(map(abs, bounds)))
        return self.join(other, expr, unit, places, (min(bounds), max(bounds)))

    def divides(self, dividend: Figure, digits: int | None) -> Quantity:
        """Divide a figure by this column."""
        return self.batch.constant(dividend).over(self, digits)

    def __add__(self, other: Quantity) -> Quantity:
        self.same_unit(other, "add")
        this, that = _aligned(self, self._lift(other))
        bounds = (this.low + that.low, this.high + that.high)
        return this.join(that, this.expr + _operand(that), this.unit, this.scale, bounds)

    def __radd__(self, other: Quantity) -> Quantity:
        return self._lift(other) + self

    def __sub__(self, other: Quantity) -> Quantity:
        self.same_unit(other, "subtract")
        this, that = _aligned(self, self._lift(other))
        bounds = (this.low - that.high, this.high - that.low)
        return this.join(that, this.expr - _operand(that), this.unit, this.scale, bounds)

    def __rsub__(self, other: Quantity) -> Quantity:
        return self._lift(other) - self

    def __mul__(self, other: Quantity) -> Quantity:
        that = self._lift(other)
        corners = [left * right for left in (self.low, self.high) for right in (that.low, that.high)]
        bounds = (min(corners), max(corners))
        expr = self.expr * _operand(that)
        return self.join(that, expr, self.unit * that.unit, self.scale + that.scale, bounds)

    def __rmul__(self, other: Quantity) -> Quantity:
        return self * other

    def __neg__(self) -> Quantity:
        return self._with(self.expr * -1, self.scale, -self.high, -self.low)

    def __le__(self, other: Quantity) -> Test:
        return self._compare(other, lambda left, right: left <= right)

    def __lt__(self, other: Quantity) -> Test:
        return self._compare(other, lambda left, right: left < right)

    def __ge__(self, other: Quantity) -> Test:
        return self._compare(other, lambda left, right: left >= right)

    def __gt__(self, other: Quantity) -> Test:
        return self._compare(other, lambda left, right: left > right)

    def _compare(self, other: Quantity, relation: Callable[[Any, Any], Any]) -> Test:
        self.same_unit(other, "compare")
        this, that = _aligned(self, self._lift(other))
        return Answers(relation(this.expr, _operand(that)), self.batch, max(this.level, that.level))

    def _lift(self, other: Quantity) -> Column:
        return _column(other, self.batch)

    def _half_up(self, expr: Any, unit_of_rounding: int) -> Any:
        half = unit_of_rounding // 2
        self.bound_quotient(max(abs(self.low), abs(self.high)) // unit_of_rounding + 1)
        self.bound(max(abs(self.low), abs(self.high)) + half)
        if self.low < 0:
            # A tie rounds away from zero: below zero it must fall one short of the next whole.
            return self.batch.dialect.divide(expr + half - (expr < 0).cast(self.batch.dialect.whole), unit_of_rounding)
        return self.batch.dialect.divide(expr + half, unit_of_rounding)

    def bound_quotient(self, size: int) -> None:
        """Refuse a quotient that the engine would not compute exactly."""
        largest = self.batch.dialect.largest_quotient
        if size > largest:
            msg = f"{self.name or 'a quotient'} could reach {size}, more than the {largest} that this engine divides exactly"
            raise TooLargeError(msg)

    def bound(self, size: int) -> None:
        """Refuse amounts of this size, as the batch does."""
        self.batch.bound(size, self.name)

    def _with(self, expr: Any, scale: int, low: int, high: int) -> Column:
        return Column(expr, self.unit, scale, low, high, self.batch, level=self.level)

    def join(self, other: Column, expr: Any, unit: Unit, scale: int, bounds: tuple[int, int]) -> Column:
        """Make the column that an operation with another gives, once its bounds are proved."""
        self.bound(max(abs(bounds[0]), abs(bounds[1])))
        return Column(expr, unit, scale, *bounds, self.batch, level=max(self.level, other.level))


@dataclass(frozen=True, slots=True, eq=False)
class Answers(Test):
    """The answers for every row of a table."""

    expr: Any
    batch: Batch
    level: int

    def named(self, name: str, per: str = "") -> Answers:
        """Keep the answers as a column of yes and no."""
        alias = self.batch.add(name, self.expr, self.level + 1, None, 0, per)
        return Answers(self.batch.dialect.col(alias), self.batch, self.level + 1)

    def pick(self, this: Quantity, that: Quantity) -> Quantity:
        """Take ``this`` in the rows where the answer is yes, ``that`` in the others."""
        yes, no = _aligned(_column(this, self.batch), _column(that, self.batch))
        expr = self.batch.dialect.when(self.expr).then(yes.expr).otherwise(no.expr)
        low, high = min(yes.low, no.low), max(yes.high, no.high)
        return Column(expr, yes.unit, yes.scale, low, high, self.batch, level=max(self.level, yes.level, no.level))

    def pick_word(self, this: Label, that: Label) -> Label:
        """Take the number of one word or another, row by row."""
        number = self.batch.dialect.number(0)
        yes = this.expr if this.expr is not None else number
        no = that.expr if that.expr is not None else number
        expr = self.batch.dialect.when(self.expr).then(yes).otherwise(no + len(this.words))
        return Label(this.words + that.words, expr, max(self.level, this.level, that.level))

    def fails(self) -> Answers:
        """Ask the opposite, row by row."""
        return Answers(~self.expr, self.batch, self.level)

    def both(self, other: Test) -> Test:
        """Ask whether both hold, row by row."""
        if isinstance(other, Verdict):
            return self if other.holds else Answers(self.expr & self.batch.dialect.truth(False), self.batch, self.level)
        if not isinstance(other, Answers):
            msg = f"a {type(other).__name__} cannot be asked of a table"
            raise TypeError(msg)
        return Answers(self.expr & other.expr, self.batch, max(self.level, other.level))


def half_up(value: int, unit_of_rounding: int) -> int:
    """Round an integer half away from zero to whole multiples, and count them.

    >>> half_up(-15, 10), half_up(14, 10)
    (-2, 1)
    """
    size = (2 * abs(value) + unit_of_rounding) // (2 * unit_of_rounding)
    return size if value >= 0 else -size


def half_up_ratio(above: int, below: int) -> int:
    """Divide by a positive integer, half away from zero."""
    size = (2 * abs(above) + below) // (2 * below)
    return size if above >= 0 else -size


def _aligned(this: Column, that: Column) -> tuple[Column, Column]:
    if this.scale == that.scale:
        return this, that
    if this.scale < that.scale:
        return _finer(this, that.scale), that
    return this, _finer(that, this.scale)


def _finer(column: Column, scale: int) -> Column:
    factor = 10 ** (scale - column.scale)
    low, high = column.low * factor, column.high * factor
    column.bound(max(abs(low), abs(high)))
    constant = None if column.constant is None else column.constant * factor
    expr = column.expr * factor if constant is None else column.batch.dialect.number(constant)
    return Column(expr, column.unit, scale, low, high, column.batch, column.name, column.level, constant)


def _operand(column: Column) -> Any:
    return column.expr if column.constant is None else column.constant


def _column(quantity: Quantity, batch: Batch) -> Column:
    return quantity if isinstance(quantity, Column) else batch.constant(single(quantity))
