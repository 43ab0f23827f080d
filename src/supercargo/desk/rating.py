"""Go, fix or no-go: what a row of the decision sheet says, why, and with how much money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure, half_up_quotient, padded
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import Said, Text, said

if TYPE_CHECKING:
    from supercargo.connectors.company import Company
    from supercargo.desk.offer import Offer
    from supercargo.desk.search import Found
    from supercargo.reference.law import Law

Status = Literal["go", "fix", "no-go", "no answer"]


@dataclass(frozen=True, slots=True)
class Rating:
    """The status of a row with its reason, its margin and its profit at home."""

    status: Status
    reason: Text
    margin_ppm: int | None = None
    profit_home: int | None = None
    codes: tuple[str, ...] = ()


def rate(
    findings: tuple[Finding, ...], found: Found | None = None, wanted: Decimal | None = None, money: dict[str, int] | None = None,
    company: Company | None = None, way: Offer | None = None, law: Law | None = None,
) -> Rating:  # fmt: skip
    """Rate a row.

    **go**: at the shop price the margin is at least the target (without a shop price: the smallest
    price that meets it is shown). **fix**: the margin lies between floor and target, the reason names
    the price that would do. **no-go**: below the floor, or no price meets the margin. **no answer**:
    a fact is missing, and the reason says which.
    """
    codes = tuple(dict.fromkeys(finding.code for finding in worst_first((*findings, *(found.findings if found else ())))))
    if found is None or company is None or way is None or law is None:
        return Rating("no answer", _first(findings), codes=codes)
    if money is None:
        return Rating("no-go" if not found.findings else "no answer", _no_price(found, company), codes=codes)
    margin = _margin(money)
    home = _home(money["profit"], way, company, law)
    if wanted is None:
        return Rating(
            "go", said("{price} is the smallest price that leaves the margin", price=_shown(money["price"], way)), margin, home, codes
        )
    return _at_shop_price(found, money, margin, home, codes, company, way)


def _at_shop_price(
    found: Found, money: dict[str, int], margin: int | None, home: int | None, codes: tuple[str, ...], company: Company, way: Offer
) -> Rating:
    target, floor = (int(Decimal(value) * 1_000_000) for value in (company.policy.margin_rate_target, company.policy.margin_rate_floor))
    shown = _percent(margin)
    if margin is not None and margin >= target:
        reason = said("{profit} stays of each sale, {margin} of the net price", profit=_shown(money["profit"], way), margin=shown)
        return Rating("go", reason, margin, home, codes)
    needed = "" if found.price is None else f"{padded(found.price, minor_digits(way.facts.currency))} {way.facts.currency}"
    if margin is not None and margin >= floor and needed:
        return Rating(
            "fix",
            said("the margin is {margin}; a price of {needed} would meet the target", margin=shown, needed=needed),
            margin,
            home,
            codes,
        )
    if not needed:
        return Rating("no-go", said("the margin is {margin} and no price meets the target", margin=shown), margin, home, codes)
    short = said(
        "the margin is {margin}, {profit} a sale; the target needs {needed}",
        margin=shown,
        profit=_shown(money["profit"], way),
        needed=needed,
    )
    return Rating("no-go", short, margin, home, codes)


def _no_price(found: Found, company: Company) -> Text:
    if found.findings:
        return _first(found.findings)
    target = company.rate("margin_rate_target", "margin rate").shown()
    return said("no price leaves a margin of {margin}", margin=target)


def _first(findings: tuple[Finding, ...]) -> Text:
    ordered = worst_first(findings)
    return ordered[0].message if ordered else Said("something is missing")


def _margin(money: dict[str, int]) -> int | None:
    """Give the profit as parts per million of the net price, rounded half away from zero."""
    if not money["net_price"]:
        return None
    return int(half_up_quotient(Decimal(money["profit"]) * 1_000_000, Decimal(money["net_price"]), 0))


def _home(profit: int, way: Offer, company: Company, law: Law) -> int | None:
    currency = way.facts.currency
    amount = Figure.money(Decimal(profit).scaleb(-minor_digits(currency)), currency, "profit")
    try:
        home = law.rates.convert(amount, currency, company.base_currency).rounded(minor_digits(company.base_currency))
    except Refused:
        return None
    return int(home.amount.scaleb(minor_digits(company.base_currency)))


def _shown(minor: int, way: Offer) -> str:
    digits = minor_digits(way.facts.currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f} {way.facts.currency}"


def _percent(ppm: int | None) -> str:
    return "?" if ppm is None else f"{half_up_quotient(Decimal(ppm), Decimal(10_000), 1)} %"
