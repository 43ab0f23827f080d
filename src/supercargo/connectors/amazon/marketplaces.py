"""Which marketplace a row is from, in which country and currency, and from which pool of stock it is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from supercargo.connectors.amazon.codes import CODES

_ELSEWHERE = re.compile(r"^(?:non-amazon|si)\b[\s.-]*([a-z]{2})?\b")
_COUNTRIES = {"UK": "GB", "EL": "GR"}
ELSEWHERE = "amazon-mcf"
"""Orders of other channels that Amazon fulfils: amazon-mcf-de."""
ACCOUNT_EU = "amazon-eu"
"""What belongs to the European account and to none of its marketplaces."""


@dataclass(frozen=True, slots=True)
class Marketplace:
    """One site of Amazon."""

    domain: str
    country: str
    currency: str
    pool: str

    @property
    def channel(self) -> str:
        """Its key with us: amazon-de."""
        return f"amazon-{self.country.lower()}"


MARKETPLACES = MappingProxyType({domain: Marketplace(domain, *facts) for domain, facts in CODES["marketplaces"].items()})
BY_CHANNEL = MappingProxyType({place.channel: place for place in MARKETPLACES.values()})
POOL_OF_COUNTRY = MappingProxyType(
    {place.country: place.pool for place in MARKETPLACES.values()} | dict.fromkeys(CODES["pools"]["eu"], "eu")
)
"""The country of a warehouse -> the pool of stock to which it belongs."""


def country_of(code: str) -> str:
    """Write a country in the letters of ISO 3166, whatever tax offices write: UK is GB, EL is GR; XI stays, it is neither.

    >>> country_of("uk"), country_of("EL"), country_of("XI")
    ('GB', 'GR', 'XI')
    """
    letters = code.strip().upper()
    return _COUNTRIES.get(letters, letters)


def channel_named(name: str) -> tuple[str | None, str | None]:
    """Give the channel and the country that a marketplace's name stands for, or nothing where the name is not known.

    >>> channel_named("Amazon.co.uk"), channel_named("Non-Amazon DE"), channel_named("Amazon.xy")
    (('amazon-gb', 'GB'), ('amazon-mcf-de', 'DE'), (None, None))
    """
    text = name.strip().casefold().removeprefix("www.")
    place = MARKETPLACES.get(CODES["spellings"].get(text, text))
    if place:
        return place.channel, place.country
    elsewhere = _ELSEWHERE.match(text)
    if not elsewhere:
        return None, None
    country = country_of(elsewhere[1] or "")
    return (f"{ELSEWHERE}-{country.lower()}", country) if country else (ELSEWHERE, None)


def with_channels(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Add ``named_channel`` and ``country`` from the column of marketplaces' names; null where it is empty or not known."""
    names = rows.get_column(column).unique()
    found = [channel_named(name or "") for name in names]
    known = pl.DataFrame(
        {column: names, "named_channel": [channel for channel, _ in found], "country": [country for _, country in found]},
        schema={column: pl.String, "named_channel": pl.String, "country": pl.String},
    )
    return rows.join(known, on=column, how="left", maintain_order="left")


def channel_of_currency(currency: str) -> str | None:
    """Give the one marketplace that settles in a currency; nothing where several do, as in euro."""
    found = [place.channel for place in MARKETPLACES.values() if place.currency == currency]
    return found[0] if len(found) == 1 else None


def account_of_currency(currency: str) -> str | None:
    """Give the channel for what belongs to an account and not to a marketplace: in euro the European account."""
    return ACCOUNT_EU if currency == "EUR" else channel_of_currency(currency)


def pool_of_channel(channel: str) -> str | None:
    """Give the pool of stock behind a channel: ``eu`` for amazon-de and amazon-eu alike, nothing where it is not Amazon's."""
    if channel == ACCOUNT_EU:
        return "eu"
    place = BY_CHANNEL.get(channel.replace(f"{ELSEWHERE}-", "amazon-"))
    return place.pool if place else None


def name_of(channel: str) -> str:
    """Write a channel as Amazon does in its reports.

    >>> name_of("amazon-gb"), name_of("amazon-mcf-de")
    ('Amazon.co.uk', 'Non-Amazon DE')
    """
    place = BY_CHANNEL.get(channel)
    if place:
        return place.domain.replace("amazon", "Amazon")
    country = channel.removeprefix(ELSEWHERE).strip("-").upper()
    return f"Non-Amazon {country}".strip() if channel.startswith(ELSEWHERE) else ""
