"""The one set of operators that rules are written in, for one amount or for a whole table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

from supercargo.kernel.unit import Unit, UnitMismatchError

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.verdict import Test


class Quantity(ABC):
    """An amount with a unit and a name: a Figure (one case) or a Column (a table of cases).

    Adding or comparing different units raises ``UnitMismatchError``. Products are exact; nothing is
    rounded unless a rule says ``rounded``, ``rounded_up`` or ``over``.
    """

    __slots__ = ()
    unit: Unit
    name: str

    @abstractmethod
    def named(self, name: str, per: str = "") -> Self:
        """Make this a step of the explanation; ``per`` is the source key or glossary term behind it."""

    @abstractmethod
    def rounded(self, digits: int | None = None) -> Self:
        """Round half-up (away from zero) to the currency's minor unit, or to ``digits`` after the point."""

    @abstractmethod
    def rounded_up(self, step: Quantity) -> Quantity:
        """Round a non-negative amount up to whole multiples of ``step``, as carriers bill weight."""

    @abstractmethod
    def over(self, divisor: Quantity, digits: int | None = None) -> Quantity:
        """Divide and round half-up to ``digits`` (default: minor unit of the resulting currency)."""

    @abstractmethod
    def divides(self, dividend: Figure, digits: int | None) -> Quantity:
        """Divide a figure by this quantity, as ``dividend.over(self, digits)`` asks."""

    @abstractmethod
    def __add__(self, other: Quantity) -> Quantity: ...
    @abstractmethod
    def __sub__(self, other: Quantity) -> Quantity: ...
    @abstractmethod
    def __mul__(self, other: Quantity) -> Quantity: ...
    @abstractmethod
    def __neg__(self) -> Quantity: ...
    @abstractmethod
    def __le__(self, other: Quantity) -> Test: ...
    @abstractmethod
    def __lt__(self, other: Quantity) -> Test: ...
    @abstractmethod
    def __ge__(self, other: Quantity) -> Test: ...
    @abstractmethod
    def __gt__(self, other: Quantity) -> Test: ...

    def same_unit(self, other: Quantity, doing: str) -> None:
        """Refuse to add or compare unlike amounts."""
        if self.unit != other.unit:
            msg = (
                f"cannot {doing} {self.name or 'an amount'} in {str(self.unit) or 'a ratio'}"
                f" and {other.name or 'an amount'} in {str(other.unit) or 'a ratio'}"
            )
            raise UnitMismatchError(msg)
