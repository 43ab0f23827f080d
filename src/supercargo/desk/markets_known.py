"""Which countries the program may answer for, and under which currency."""

from __future__ import annotations

from functools import cache

from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said
from supercargo.reference.book import shipped
from supercargo.reference.fees import fee_rows
from supercargo.reference.law import EU


@cache
def markets() -> tuple[str, ...]:
    """List the markets that the reference book has customs law for, the EU's members one by one."""
    book = shipped()
    own = {subject.partition(".")[0].upper() for subject in book.subjects() if subject.endswith(".customs")}
    return tuple(sorted((own - {"EU", "GCC", "WORLD", "CN"}) | EU))


@cache
def currency_of(market: str) -> str:
    """Give the currency of a market, as its profile says."""
    return _currencies()[market]


def require_country(code: str, path: str) -> list[Finding]:
    """Report a country that is not known; two capital letters are asked for."""
    if code in markets() or code in _currencies():
        return []
    message = said("{code} is not a country in the reference book", code=code or "?")
    return [Finding("MARKET-404", "error", path, message, 'give two letters, such as DE; "supercargo law list" shows all')]


@cache
def _currencies() -> dict[str, str]:
    return {row.text("country"): row.text("currency") for row in fee_rows("market_profiles")}
