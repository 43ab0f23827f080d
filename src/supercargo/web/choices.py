"""What a form offers: countries, currencies, classes, schemes; all of it read from the reference book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from supercargo.desk.markets_known import markets
from supercargo.engines.tax.rates import TAX_CLASSES
from supercargo.kernel.currency import currencies
from supercargo.kernel.words import Language, Text, into, translate
from supercargo.reference.book import about, shipped
from supercargo.reference.profiles import profiles

CHANNELS = {"own_site": "Own site", "marketplace": "Marketplace"}
BUSINESSES = {"parcel": "Parcel to a consumer", "commercial": "Commercial import, in bulk"}
MODES = {"express": "Express", "post": "Post", "air": "Air freight", "sea": "Sea freight", "rail": "Rail"}
CLASSES = {
    "standard": "Standard rate", "food": "Food", "basic_food": "Basic food", "books": "Books", "ebooks": "E-books",
    "press": "Newspapers and magazines", "medicines": "Medicines", "medical_devices": "Medical devices",
    "children_clothing": "Children's clothing", "children_footwear": "Children's footwear", "children_car_seats": "Child car seats",
    "female_hygiene": "Period products", "baby_products": "Baby products", "solar_panels": "Solar panels", "plants": "Plants",
    "art": "Works of art", "services": "Services",
}  # fmt: skip
REGIONS = {
    "western_europe": "Western Europe", "eastern_europe": "Eastern Europe", "southern_europe": "Southern Europe",
    "northern_europe": "Northern Europe", "north_america": "North America", "latin_america": "Latin America",
    "east_asia": "East Asia", "southeast_asia": "Southeast Asia", "south_asia": "South Asia", "middle_east": "Middle East",
    "oceania": "Oceania", "africa": "Africa", "gulf": "The Gulf",
}  # fmt: skip


FOLDERS = {
    "eu": "European Union", "gcc": "Gulf Cooperation Council", "world": "The whole world", "amazon": "Amazon", "aliexpress": "AliExpress",
    "ebay": "eBay", "tiktok": "TikTok Shop", "shopify": "Shopify", "stripe": "Stripe", "paypal": "PayPal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A registration by which a seller collects the tax at the sale, and where it is known."""

    value: str
    places: str


def country_name(code: str, language: Language) -> str:
    """Name a country; one without a profile keeps its code."""
    name = _names().get(code)
    return into(name, language) if name else code


def destinations(language: Language) -> tuple[Option, ...]:
    """List the markets that have an answer."""
    return tuple(Option(code, f"{code} {country_name(code, language)}") for code in markets())


def origins(language: Language) -> tuple[Option, ...]:
    """List the countries that goods may come from."""
    return tuple(Option(code, f"{code} {country_name(code, language)}") for code in sorted({*markets(), *_names()}))


@cache
def usual_currencies() -> tuple[str, ...]:
    """List the currencies of the markets that we know."""
    return tuple(sorted({profile.currency for profile in profiles(date(2024, 1, 1))}))


@cache
def other_currencies() -> tuple[str, ...]:
    """List the remaining currencies of ISO 4217."""
    return tuple(code for code in currencies() if code not in usual_currencies())


@cache
def region_of() -> dict[str, str]:
    """Give the region of the world that each market lies in."""
    return {profile.country: profile.region for profile in profiles(date(2024, 1, 1))}


@cache
def schemes() -> tuple[Scheme, ...]:
    """List the schemes that the bands of the law name, each with its jurisdictions."""
    places: dict[str, set[str]] = {}
    for fact in shipped().facts():
        for entry in fact.history:
            named = [band.get("scheme") for band in entry.content.get("bands", ())]
            for scheme in (*named, fact.extra.get("unless_scheme"), entry.content.get("unless_scheme")):
                if scheme:
                    places.setdefault(str(scheme), set()).add(fact.key.partition(".")[0].upper())
    return tuple(Scheme(name, ", ".join(sorted(where))) for name, where in sorted(places.items()))


@cache
def provinces() -> tuple[Option, ...]:
    """List the states and provinces whose tax we know, by the titles of their files."""
    found: dict[str, Option] = {}
    for subject in shipped().subjects():
        folder = subject.partition(".")[0]
        country, dash, region = folder.partition("-")
        if dash and country in {"ca", "us"}:
            found.setdefault(folder, Option(region.upper(), f"{country.upper()}-{region.upper()}"))
    return tuple(found[folder] for folder in sorted(found))


def folder_title(folder: str, language: Language) -> str:
    """Name a jurisdiction or platform: the country, or the title of its first file."""
    if folder.upper() in _names():
        return country_name(folder.upper(), language)
    if folder in FOLDERS:
        return translate(FOLDERS[folder], language)
    titles = [about(subject) for subject in shipped().subjects(folder)]
    return str(titles[0].get(language, folder)) if titles else folder


@cache
def _names() -> dict[str, Text]:
    return {profile.country: profile.name for profile in profiles(date(2024, 1, 1))}


__all__ = ["TAX_CLASSES", "Option", "Scheme"]
