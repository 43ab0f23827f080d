"""A comparison that remembers both sides, and the choice that hangs on it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from typing import NoReturn

    from supercargo.kernel.label import Label
    from supercargo.kernel.quantity import Quantity


_OPPOSITE = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}


class Test(ABC):
    """A question to which the data answers yes or no; never use it in an ``if``."""

    __slots__ = ()
    __test__ = False

    @abstractmethod
    def named(self, name: str, per: str = "") -> Test:
        """Name the question, so that the explanation can say how it was answered."""

    @abstractmethod
    def pick(self, this: Quantity, that: Quantity) -> Quantity:
        """Take ``this`` where the answer is yes, ``that`` where it is no."""

    @abstractmethod
    def pick_word(self, this: Label, that: Label) -> Label:
        """Take one word where the answer is yes, another where it is no."""

    @abstractmethod
    def both(self, other: Test) -> Test:
        """Ask whether both hold."""

    @abstractmethod
    def fails(self) -> Test:
        """Ask the opposite question."""

    def __and__(self, other: Test) -> Test:
        return self.both(other)

    def __bool__(self) -> NoReturn:
        msg = "a comparison of data cannot steer an `if`; use choose(verdict, this, that)"
        raise TypeError(msg)


@dataclass(frozen=True, slots=True, eq=False)
class Verdict(Test):
    """The answer for one case, with both sides: ``40.00 EUR <= 150 EUR``."""

    left: Figure
    relation: str
    right: Figure
    holds: bool
    name: str = ""
    per: str = ""
    also: Verdict | None = None

    def named(self, name: str, per: str = "") -> Verdict:
        """Name the question."""
        return replace(self, name=name, per=per)

    def pick(self, this: Quantity, that: Quantity) -> Quantity:
        """Take one of two figures and remember why."""
        taken = this if self.holds else that
        if isinstance(taken, Figure):
            return Figure(taken.amount, taken.unit, how="chosen", parts=(taken,), verdict=self, as_percent=taken.as_percent)
        return taken

    def pick_word(self, this: Label, that: Label) -> Label:
        """Take one of two words."""
        return this if self.holds else that

    def both(self, other: Test) -> Test:
        """Join with a second verdict; both sides of both stay visible."""
        if not isinstance(other, Verdict):
            return other.both(self)
        return replace(self, holds=self.holds and other.holds, also=other)

    def fails(self) -> Verdict:
        """Ask the opposite: ``<=`` becomes ``>``. A joined question has no single opposite relation."""
        if self.also is not None:
            msg = "ask the opposite of each question before joining them"
            raise ValueError(msg)
        return replace(self, relation=_OPPOSITE[self.relation], holds=not self.holds)

    def __str__(self) -> str:
        text = f"{self.left} {self.relation} {self.right}: {'yes' if self.holds else 'no'}"
        return f"{text}, {self.also}" if self.also else text


def choose(question: Test, this: Quantity, that: Quantity) -> Quantity:
    """Take ``this`` where the question is answered yes, else ``that``; both must have one unit."""
    this.same_unit(that, "choose between")
    return question.pick(this, that)


def smaller_of(this: Quantity, that: Quantity) -> Quantity:
    """Take the smaller of two amounts."""
    return choose(this <= that, this, that)


def larger_of(this: Quantity, that: Quantity) -> Quantity:
    """Take the larger of two amounts."""
    return choose(this >= that, this, that)
