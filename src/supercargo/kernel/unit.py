"""What an amount is measured in: ``EUR``, ``kg``, ``EUR/kg``, ``EUR/item``, or nothing (a ratio)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from supercargo.kernel.currency import is_currency


class UnitMismatchError(TypeError):
    """Two amounts of different units were added or compared, such as EUR and USD."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers of base units; euros per kilogram are ``(("EUR", 1), ("kg", -1))``."""

    powers: tuple[tuple[str, int], ...] = ()

    @staticmethod
    def of(text: str) -> Unit:
        """Read a unit as the trade writes it.

        >>> str(Unit.of("EUR/kg") * Unit.of("kg"))
        'EUR'
        """
        return _read(text)

    def __mul__(self, other: Unit) -> Unit:
        return _multiply(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _multiply(self, other, -1)

    def __str__(self) -> str:
        above = [_power(base, power) for base, power in self.powers if power > 0]
        below = [_power(base, -power) for base, power in self.powers if power < 0]
        return "/".join(["*".join(above) or "1", *below]) if self.powers else ""

    @property
    def is_ratio(self) -> bool:
        """Tell whether this is a bare number: a rate, a share, a factor."""
        return not self.powers

    @property
    def currency(self) -> str | None:
        """Give the currency when the unit is money and nothing else, such as ``EUR``."""
        match self.powers:
            case ((base, 1),) if is_currency(base):
                return base
            case _:
                return None


RATIO = Unit()


def _power(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


@lru_cache(maxsize=4096)
def _read(text: str) -> Unit:
    above, *below = text.strip().split("/")
    powers: dict[str, int] = {}
    for part, sign in [(above, 1), *((part, -1) for part in below)]:
        for factor in part.split("*"):
            base, _, exponent = factor.strip().partition("^")
            if base not in ("", "1"):
                powers[base] = powers.get(base, 0) + sign * int(exponent or 1)
    return Unit(tuple(sorted((base, power) for base, power in powers.items() if power)))


@lru_cache(maxsize=16384)
def _multiply(left: Unit, right: Unit, sign: int) -> Unit:
    if not right.powers:
        return left
    powers = dict(left.powers)
    for base, power in right.powers:
        powers[base] = powers.get(base, 0) + sign * power
    return Unit(tuple(sorted((base, power) for base, power in powers.items() if power)))
