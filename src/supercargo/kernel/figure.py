"""One exact amount that remembers its name, its formula, its parts and its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from typing import TYPE_CHECKING, Literal, overload

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.quantity import Quantity
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import translate

if TYPE_CHECKING:
    from datetime import date

    from supercargo.kernel.verdict import Test, Verdict
    from supercargo.kernel.words import Language, Text

EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, DivisionByZero])
ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero])
How = Literal["given", "fact", "+", "-", "*", "/", "negated", "rounded", "rounded up", "chosen", "sum", "shared"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact of the reference book stands: key, first day in force, sources, doubt."""

    key: str
    since: date | None
    sources: tuple[str, ...]
    confidence: str
    doubt: Text = ""
    layer: str = "shipped"


@dataclass(frozen=True, slots=True, eq=False)
class Figure(Quantity):
    """One exact decimal amount with unit, name, formula, parts and source.

    >>> goods = Figure.money("40.00", "EUR", "goods value")
    >>> print((goods * Figure.percent("19", "VAT rate")).rounded().named("VAT"))
    VAT 7.60 EUR
    """

    amount: Decimal
    unit: Unit
    name: str = ""
    how: How = "given"
    parts: tuple[Figure, ...] = ()
    per: str = ""
    path: str = ""
    citation: Citation | None = None
    verdict: Verdict | None = None
    as_percent: bool = False

    @staticmethod
    def of(amount: Decimal | int | str, unit: str | Unit, name: str = "", path: str = "") -> Figure:
        """Make a figure from what a person or a file gave."""
        return Figure(_decimal(amount), unit if isinstance(unit, Unit) else Unit.of(unit), name, path=path)

    @staticmethod
    def money(amount: Decimal | int | str, currency: str, name: str = "", path: str = "") -> Figure:
        """Make an amount of money; the currency must be in ISO 4217."""
        minor_digits(currency)
        return Figure(_decimal(amount), Unit.of(currency), name, path=path)

    @staticmethod
    def percent(amount: Decimal | int | str, name: str = "", path: str = "") -> Figure:
        """Make a rate from its percentage: ``percent("19")`` is the ratio 0.19."""
        return Figure(_decimal(amount).scaleb(-2, EXACT), RATIO, name, path=path, as_percent=True)

    @staticmethod
    def nothing(unit: str | Unit, name: str, per: str) -> Figure:
        """Make a zero that is known to be zero, and by which rule."""
        return Figure(Decimal(0), unit if isinstance(unit, Unit) else Unit.of(unit), name, per=per)

    @staticmethod
    def constant(amount: Decimal | int | str, unit: str, name: str, per: str) -> Figure:
        """Make a number that holds by definition, such as the days of a year; ``per`` is its glossary term."""
        return Figure(_decimal(amount), Unit.of(unit), name, per=per)

    def named(self, name: str, per: str = "") -> Figure:
        """Make this a step of the explanation."""
        if self.name:
            return Figure(self.amount, self.unit, name, "sum", (self,), per, as_percent=self.as_percent)
        return replace(self, name=name, per=per)

    def rounded(self, digits: int | None = None) -> Figure:
        """Round half-up, away from zero, to the minor unit of the currency or to ``digits``."""
        places = places_of(self.unit, digits, self.name)
        amount = self.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, ROUNDING)
        return Figure(amount, self.unit, how="rounded", parts=(self,), as_percent=self.as_percent)

    def rounded_up(self, step: Quantity) -> Figure:
        """Round up to whole multiples of ``step``, which is one amount for all cases."""
        step = single(step)
        self.same_unit(step, "round up")
        if self.amount < 0 or step.amount <= 0:
            msg = f"{self.name or 'an amount'} may not be negative; only non-negative amounts are rounded up"
            raise ValueError(msg)
        steps = whole_steps(self.amount, step.amount)
        return Figure(EXACT.multiply(Decimal(steps), step.amount), self.unit, how="rounded up", parts=(self, step))

    @overload
    def over(self, divisor: Figure, digits: int | None = None) -> Figure: ...
    @overload
    def over(self, divisor: Quantity, digits: int | None = None) -> Quantity: ...
    def over(self, divisor: Quantity, digits: int | None = None) -> Quantity:
        """Divide and round half-up to ``digits`` or to the minor unit of the result."""
        return divisor.divides(self, digits)

    def divides(self, dividend: Figure, digits: int | None) -> Figure:
        """Divide another figure by this one."""
        unit = dividend.unit / self.unit
        places = places_of(unit, digits, dividend.name)
        amount = half_up_quotient(dividend.amount, self.amount, places)
        return Figure(amount, unit, how="/", parts=(dividend, self), as_percent=dividend.as_percent)

    @overload
    def __add__(self, other: Figure) -> Figure: ...
    @overload
    def __add__(self, other: Quantity) -> Quantity: ...
    def __add__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Figure):
            return NotImplemented
        self.same_unit(other, "add")
        return Figure(EXACT.add(self.amount, other.amount), self.unit, how="+", parts=(self, other))

    @overload
    def __sub__(self, other: Figure) -> Figure: ...
    @overload
    def __sub__(self, other: Quantity) -> Quantity: ...
    def __sub__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Figure):
            return NotImplemented
        self.same_unit(other, "subtract")
        return Figure(EXACT.subtract(self.amount, other.amount), self.unit, how="-", parts=(self, other))

    @overload
    def __mul__(self, other: Figure) -> Figure: ...
    @overload
    def __mul__(self, other: Quantity) -> Quantity: ...
    def __mul__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Figure):
            return NotImplemented
        amount = EXACT.multiply(self.amount, other.amount)
        return Figure(amount, self.unit * other.unit, how="*", parts=(self, other))

    def __neg__(self) -> Figure:
        return Figure(EXACT.minus(self.amount), self.unit, how="negated", parts=(self,))

    def __le__(self, other: Quantity) -> Test:
        return self._verdict("<=", other, self.amount <= other.amount) if isinstance(other, Figure) else NotImplemented

    def __lt__(self, other: Quantity) -> Test:
        return self._verdict("<", other, self.amount < other.amount) if isinstance(other, Figure) else NotImplemented

    def __ge__(self, other: Quantity) -> Test:
        return self._verdict(">=", other, self.amount >= other.amount) if isinstance(other, Figure) else NotImplemented

    def __gt__(self, other: Quantity) -> Test:
        return self._verdict(">", other, self.amount > other.amount) if isinstance(other, Figure) else NotImplemented

    def __str__(self) -> str:
        return f"{self.name} {self.shown()}".strip()

    def shown(self, language: Language = "en") -> str:
        """Write amount and unit as a person reads them: ``8.74 EUR``, ``19 %``, ``2 item`` (``2 件``)."""
        if self.as_percent:
            return f"{plain(self.amount.scaleb(2))} %"
        currency = self.unit.currency
        amount = padded(self.amount, minor_digits(currency)) if currency else plain(self.amount)
        return f"{amount} {self.unit if language == 'en' else unit_in(str(self.unit), language)}".rstrip()

    def _verdict(self, relation: str, other: Figure, holds: bool) -> Verdict:  # noqa: FBT001 - the answer itself
        from supercargo.kernel.verdict import Verdict  # noqa: PLC0415 - figures and verdicts know each other

        self.same_unit(other, "compare")
        return Verdict(self, relation, other, holds)


def unit_in(unit: str, language: Language) -> str:
    """Say the counted words of a unit in a language: ``EUR/item`` is ``EUR/件``; symbols stay."""
    return "/".join("*".join(_counted(factor, language) for factor in part.split("*")) for part in unit.split("/"))


def _counted(factor: str, language: Language) -> str:
    said = translate(f"unit {factor}", language)
    return factor if said == f"unit {factor}" else said


def single(quantity: Quantity) -> Figure:
    """Take a quantity that is known to be one case as the figure that it is.

    Raises:
        TypeError: it is a column; only a rule may handle both.
    """
    if not isinstance(quantity, Figure):
        msg = f"{quantity.name or 'a quantity'} is a whole column; one figure is needed here"
        raise TypeError(msg)
    return quantity


def half_up_quotient(dividend: Decimal, divisor: Decimal, places: int) -> Decimal:
    """Divide exactly, then round half away from zero to ``places`` digits.

    Integers throughout, so that no digit is lost before the rounding.

    >>> half_up_quotient(Decimal("179.00") * 19, Decimal(119), 2)
    Decimal('28.58')
    """
    above, below = dividend.scaleb(places, EXACT).as_integer_ratio(), divisor.as_integer_ratio()
    numerator, denominator = above[0] * below[1], above[1] * below[0]
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return Decimal(size if numerator >= 0 else -size).scaleb(-places, EXACT)


def whole_steps(amount: Decimal, step: Decimal) -> int:
    """Count the steps that cover an amount; a started step counts whole.

    >>> whole_steps(Decimal("0.501"), Decimal("0.5"))
    2
    """
    above, below = amount.as_integer_ratio(), step.as_integer_ratio()
    return -(-above[0] * below[1] // (above[1] * below[0]))


def plain(amount: Decimal) -> str:
    """Write a decimal without an exponent and without idle zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def padded(amount: Decimal, digits: int) -> str:
    """Write money with at least its minor digits; a finer amount keeps all of its digits."""
    text = plain(amount)
    shown = len(text.partition(".")[2])
    return f"{amount:.{digits}f}" if shown <= digits else text


def _decimal(amount: Decimal | int | str) -> Decimal:
    if isinstance(amount, float):
        msg = f"{amount!r} is a binary float; give money as text or Decimal"
        raise TypeError(msg)
    value = Decimal(amount)
    if not value.is_finite():
        msg = f"{amount!r} is not a finite number"
        raise ValueError(msg)
    return value


def places_of(unit: Unit, digits: int | None, name: str) -> int:
    """Give the digits to round to: those that were asked for, or the minor unit of the currency.

    Raises:
        TypeError: the unit has no minor unit and nobody said how many digits.
    """
    if digits is not None:
        return digits
    currency = unit.currency
    if currency is None:
        msg = f"{name or 'this amount'} in {unit} has no minor unit; say how many digits to round to"
        raise TypeError(msg)
    return minor_digits(currency)
