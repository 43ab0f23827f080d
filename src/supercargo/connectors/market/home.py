"""In which country, currency and time zone a marketplace's file was made: told by the user, or seen in the file, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from supercargo.connectors.countries import CODES, country_code
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from supercargo.connectors.raw.formats import Context

_HOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "AR": ("ARS", "America/Argentina/Buenos_Aires"), "AT": ("EUR", "Europe/Vienna"), "BE": ("EUR", "Europe/Brussels"),
        "BR": ("BRL", "America/Sao_Paulo"), "CL": ("CLP", "America/Santiago"), "CO": ("COP", "America/Bogota"),
        "DE": ("EUR", "Europe/Berlin"), "ES": ("EUR", "Europe/Madrid"), "FR": ("EUR", "Europe/Paris"), "GB": ("GBP", "Europe/London"),
        "ID": ("IDR", "Asia/Jakarta"), "IE": ("EUR", "Europe/Dublin"), "IT": ("EUR", "Europe/Rome"), "JP": ("JPY", "Asia/Tokyo"),
        "MX": ("MXN", "America/Mexico_City"), "MY": ("MYR", "Asia/Kuala_Lumpur"), "NL": ("EUR", "Europe/Amsterdam"),
        "PE": ("PEN", "America/Lima"), "PH": ("PHP", "Asia/Manila"), "PL": ("PLN", "Europe/Warsaw"), "SG": ("SGD", "Asia/Singapore"),
        "TH": ("THB", "Asia/Bangkok"), "TW": ("TWD", "Asia/Taipei"), "US": ("USD", ""), "UY": ("UYU", "America/Montevideo"),
        "VN": ("VND", "Asia/Ho_Chi_Minh"),
    }
)  # fmt: skip
"""Country -> its currency and the zone of the marketplaces' clock; the zone is empty where more than one is in use."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a file was made; ``zone`` is empty where the file's times can be read only as days."""

    channel: str
    country: str
    currency: str
    zone: str


def home(source: str, code: str, context: Context, *, countries: Iterable[str] = (), currencies: Iterable[str] = ()) -> Home:
    """Find the country of a marketplace's file.

    Args:
        source: the marketplace, as channels begin: "tiktok".
        code: what its findings begin with: "TT".
        context: what the user says; a channel such as ``tiktok-gb`` names the country.
        countries: the countries that the file names, as ISO codes.
        currencies: the currencies that the file names.

    Raises:
        Refused: -001 neither the file nor the user names one country; -002 the file is of another country than the
            channel; -003 the file names several currencies.
    """
    ask, other, mixed = (f"{code}-{number:03d}" for number in (1, 2, 3))
    told = _told(context.channel)
    seen, money = sorted(set(countries)), sorted(set(currencies))
    if len(money) > 1:
        names = ", ".join(money)
        message = said("the file names several currencies: {names}", names=names)
        raise refuse(mixed, "file", message, "export one country at a time")
    if told and len(seen) == 1 and seen[0] != told:
        message = said("the file is of {found}, but the channel is of {told}", found=seen[0], told=told)
        raise refuse(other, "file", message, "give the channel of that country, or the right file")
    country = told or (seen[0] if len(seen) == 1 else _by_currency(money))
    if not country:
        remedy = said("name the channel, such as --channel {example}", example=f"{source}-th")
        raise refuse(ask, "file", "the file does not say in which country it was sold", remedy)
    currency, zone = _HOMES.get(country, ("", ""))
    if not (money or currency):
        remedy = said("name the channel, such as --channel {example}", example=f"{source}-th")
        raise refuse(ask, "file", said("the currency of {country} is not known here", country=country), remedy)
    channel = context.channel or f"{source}-{country.lower()}"
    return Home(channel, country, money[0] if money else currency, context.zone or zone)


def countries_in(column: pl.Series) -> set[str]:
    """Give the countries that a column names, as codes; words that are no country are left aside."""
    return {code for name in column.drop_nulls().unique() if (code := country_code(name))}


def country_codes(column: pl.Series) -> pl.Series:
    """Turn a column of countries' names into codes, each distinct name once."""
    codes = {name: country_code(name) for name in column.drop_nulls().unique()}
    return column.replace_strict(codes, default=None, return_dtype=column.dtype)


def _told(channel: str) -> str:
    _, dash, country = channel.rpartition("-")
    code = {"UK": "GB"}.get(country.upper(), country.upper())
    return code if dash and code in CODES else ""


def _by_currency(money: list[str]) -> str:
    fitting = [country for country, (currency, _) in _HOMES.items() if [currency] == money]
    return fitting[0] if len(fitting) == 1 else ""
