"""What a market is like: people, wealth, who is online, how they pay; every number with year and source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.kernel.figure import Citation, Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import Bilingual, Text, said

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = Path(str(resources.files("supercargo.reference") / "tables" / "market_profiles.csv"))
STALE_AFTER_YEARS = 5
SHARES = ("cod", "card", "credit_card", "local_card", "wallet", "bank_transfer", "bnpl", "invoice", "cash_voucher")
_NAMES = {
    "cod": "share paid in cash on delivery",
    "card": "share paid by card",
    "credit_card": "share paid by credit card",
    "local_card": "share paid by local card",
    "wallet": "share paid by wallet",
    "bank_transfer": "share paid by bank transfer",
    "bnpl": "share bought now and paid later",
    "invoice": "share paid by invoice",
    "cash_voucher": "share paid by cash voucher",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One market. A number that nobody recorded is ``None``, never zero.

    ``population``: person; ``gdp``: USD; ``gdp_per_head``: USD/person; ``online_share`` and ``payment_shares``
    (by means of payment): ratios; ``market_size``: USD, of online retail, all categories.
    """

    country: str
    name: Text
    currency: str
    region: str
    in_eu: bool
    languages: tuple[str, ...]
    population: Figure | None
    gdp: Figure | None
    gdp_per_head: Figure | None
    online_share: Figure | None
    market_size: Figure | None
    payment_shares: Mapping[str, Figure]
    cod_share_low: Figure | None
    cod_share_high: Figure | None


def profile(country: str, day: date, *own: Path) -> Profile:
    """Read the profile of a market; figures that are old on the day carry that doubt.

    ``own`` are tables of a user's, in the same form: a cell that is filled takes the place of the shipped one,
    with the year and the source of its own row.

    Raises:
        Refused: PROFILE-404, there is no such market in the table.
    """
    row = Row(_layers(country.upper(), own), "market_profiles", day)
    if not row.layers:
        message = said("there is no profile of {country}", country=country)
        raise refuse("PROFILE-404", "country", message, "add a row to a table of your own, in the form of market_profiles.csv")
    return _profile(row)


def profiles(day: date, *own: Path) -> tuple[Profile, ...]:
    """Read the profiles of all markets, by country code."""
    countries = sorted({cells["country"] for table in (TABLE, *own) for cells in _table(table)})
    return tuple(profile(country, day, *own) for country in countries)


def market_size(country: str, category: str, day: date, *own: Path) -> Figure | None:
    """Find the yearly size in USD of a market for one category on a day; ``None`` when nobody recorded it.

    Nothing is shipped: sizes by category are a company's own study, in tables with the columns country,
    category, market_size_usd, market_size_year, since, until (exclusive), source, confidence. The last table speaks first.
    """
    for table in reversed(own):
        for cells in _table(table):
            if (cells["country"], cells["category"]) == (country.upper(), category) and _in_force(cells, day):
                row = Row(((str(table), cells),), f"gates.{category}", day)
                return _figure(row, "market_size_usd", "USD", "market size", ("market_size_year", "source", "confidence"))
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """What all tables say about a market, a user's own last; and the day on which it is read."""

    layers: tuple[tuple[str, Mapping[str, str]], ...]
    table: str
    day: date

    def __getitem__(self, column: str) -> str:
        return self.filled(column)[1].get(column) or ""

    def filled(self, column: str) -> tuple[str, Mapping[str, str]]:
        """Find the topmost layer that fills a column: a value and its source are of one layer."""
        return next((layer for layer in reversed(self.layers) if layer[1].get(column)), ("", {}))


def _profile(row: Row) -> Profile:
    paid = {means: share for means in SHARES if (share := _share(row, f"{means}_share_percent", _NAMES[means])) is not None}
    gdp = ("gdp_year", "gdp_source", "")
    return Profile(
        country=row["country"],
        name=Bilingual(row["name_en"], row["name_zh"]),
        currency=row["currency"],
        region=row["region"],
        in_eu=row["is_eu"] == "true",
        languages=tuple(tag for tag in row["languages"].split("|") if tag),
        population=_figure(row, "population", "person", "population", ("population_year", "population_source", "")),
        gdp=_figure(row, "gdp_usd", "USD", "gross domestic product", gdp),
        gdp_per_head=_figure(row, "gdp_per_head_usd", "USD/person", "GDP per head", gdp),
        online_share=_figure(row, "internet_users_percent", "%", "share of people online", ("internet_year", "internet_source", "")),
        market_size=_figure(row, "market_size_usd", "USD", "market size", ("market_size_year", "market_size_source", "")),
        payment_shares=paid,
        cod_share_low=_share(row, "cod_share_percent_low", "share paid in cash on delivery, at least"),
        cod_share_high=_share(row, "cod_share_percent_high", "share paid in cash on delivery, at most"),
    )


def _share(row: Row, column: str, name: str) -> Figure | None:
    return _figure(row, column, "%", name, ("payment_year", "payment_source", "payment_confidence"))


def _figure(row: Row, column: str, unit: str, name: str, kept_in: tuple[str, str, str]) -> Figure | None:
    """Make a cell a figure; ``kept_in`` names the columns of its year, source and confidence."""
    if not row[column]:
        return None
    layer, cells = row.filled(column)
    year, source, confidence = (cells.get(kept) or "" for kept in kept_in)
    value, doubt = Decimal(cells[column]), _stale(year, row.day)
    if kept_in[0] == "payment_year" and cells.get("payment_doubt_en"):
        doubt = Bilingual(cells["payment_doubt_en"], cells["payment_doubt_zh"])
    citation = Citation(
        key=f"{row.table}.{row['country'].lower()}.{column}",
        since=date(int(year), 1, 1) if year else None,
        sources=tuple(source.replace("|", " ").split()) or ("unverified" if layer == "shipped" else layer,),
        confidence=confidence,
        doubt=doubt,
        layer=layer,
    )
    if unit == "%":
        return Figure(value.scaleb(-2), RATIO, name, "fact", citation=citation, as_percent=True)
    return Figure(value, Unit.of(unit), name, "fact", citation=citation)


def _stale(year: str, day: date) -> Text:
    if year and day.year - int(year) > STALE_AFTER_YEARS:
        return said("this figure is of {year}", year=year)
    return ""


def _in_force(row: Mapping[str, str], day: date) -> bool:
    since, until = row["since"], row["until"]
    return (not since or date.fromisoformat(since) <= day) and (not until or day < date.fromisoformat(until))


def _layers(country: str, own: tuple[Path, ...]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    named = (("shipped", TABLE), *((str(table), table) for table in own))
    return tuple((layer, cells) for layer, table in named for cells in _table(table) if cells["country"] == country)


def _table(table: Path) -> tuple[dict[str, str], ...]:
    return _shipped() if table == TABLE else _read(table)


@cache
def _shipped() -> tuple[dict[str, str], ...]:
    return _read(TABLE)


def _read(table: Path) -> tuple[dict[str, str], ...]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))
