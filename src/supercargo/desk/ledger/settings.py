"""How the company keeps its ledger: ``ledger.toml`` in its folder; without it, first in first out over the whole company."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from supercargo.engines.accounting.cost_of_goods import OPENING
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from supercargo.engines.accounting.cost_of_goods.facts import Method, PoolBy

FILE = "ledger.toml"
_METHODS, _POOLS = ("fifo", "moving_average"), ("company", "warehouse")


@dataclass(frozen=True, slots=True)
class Settings:
    """Home currency, method of costing, estimate of freight, planning rates, warehouses of channels, and opening stock (``OPENING``)."""

    home: str
    method: Method = "fifo"
    pool: PoolBy = "company"
    freight_rate_ppm: int | None = None
    planning: Mapping[tuple[str, str], Decimal] = field(default_factory=lambda: MappingProxyType({}))
    warehouses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    opening: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OPENING))

    def law(self, day: date) -> Law:
        """Give the law of a day with the company's planning rates."""
        return Law(day, exchange=Rates(day, dict(self.planning), FILE))


def read_settings(folder: Path, home: str) -> Settings:
    """Read ``ledger.toml``.

    Raises:
        Refused: LED-004, the file cannot be read or says something that is not known.
    """
    path = folder / FILE
    if not path.is_file():
        return Settings(home)
    try:
        return _settings(tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal), home)
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        KeyError,
        ValueError,
        InvalidOperation,
        TypeError,
        AttributeError,
    ) as fault:
        message = said("{file} cannot be read: {reason}", file=FILE, reason=str(fault))
        raise refuse("LED-004", FILE, message, "correct the file, or move it away to use the usual settings") from fault


def _settings(table: dict[str, Any], home: str) -> Settings:
    stock = table.get("stock", {})
    rate = table.get("freight", {}).get("rate_percent")
    prices = {(pair[:3], pair[4:]): Decimal(str(price)) for pair, price in table.get("planning_rates", {}).items()}
    opening = [_opening(row, home) for row in table.get("opening", [])]
    return Settings(
        home, cast("Method", _one_of(stock.get("method", "fifo"), _METHODS)), cast("PoolBy", _one_of(stock.get("pool", "company"), _POOLS)),
        None if rate is None else int(Decimal(str(rate)) * 10_000), prices, dict(table.get("warehouses", {})),
        pl.DataFrame(opening, schema=OPENING, orient="row"),
    )  # fmt: skip


def _opening(row: dict[str, Any], home: str) -> tuple[str, str | None, date, int, int, int, int]:
    money = [int(Decimal(str(row.get(name, 0))).scaleb(minor_digits(home))) for name in ("purchase", "first_leg", "duty")]
    if "purchase" not in row or not isinstance(row["day"], date):
        raise ValueError(FILE)
    return str(row["sku"]), row.get("warehouse"), row["day"], int(row["units"]), money[0], money[1], money[2]


def _one_of(word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise ValueError(word)
    return word
