"""Go, fix or no-go: what a row of the decision sheet says, why, and with how much money."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure, half_up_quotient, padded, single
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from supercargo.connectors.company import Company
    from supercargo.desk.search import Priced
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


@dataclass(frozen=True, slots=True)
class Targets:
    """The margin that a row must reach to go, and the one below which it is not worth fixing; parts of one."""

    target: Decimal
    floor: Decimal

    @staticmethod
    def of(company: Company, margin_rate: Decimal | None) -> Targets:
        """Take the company's margins; a margin that was asked for takes the place of the target, and bounds the floor."""
        target = company.policy.margin_rate_target if margin_rate is None else margin_rate
        return Targets(Decimal(target), min(Decimal(target), Decimal(company.policy.margin_rate_floor)))


@dataclass(frozen=True, slots=True)
class Home:
    """Brings amounts home: into the company's own currency, at the rate of the day."""

    currency: str
    law: Law
    _rates: dict[str, Decimal | None] = field(default_factory=dict)

    def minor(self, amount: int | None, currency: str) -> int | None:
        """Bring minor units of a currency into minor units at home, half-up; absent where no rate is known."""
        rate = self._rate(currency)
        if amount is None or rate is None:
            return None
        value = Decimal(amount).scaleb(-minor_digits(currency)) * rate
        return int(half_up_quotient(value, Decimal(1), minor_digits(self.currency)).scaleb(minor_digits(self.currency)))

    def both(self, amount: int, currency: str) -> str:
        """Write an amount in the market's currency and, where that is another, at home: ``5.40 EUR (42.12 CNY)``."""
        here, home = _shown(amount, currency), self.minor(amount, currency)
        return here if home is None or currency == self.currency else f"{here} ({_shown(home, self.currency)})"

    def _rate(self, currency: str) -> Decimal | None:
        if currency not in self._rates:
            try:
                one = Figure.money(1, currency, "one")
                self._rates[currency] = single(self.law.rates.convert(one, currency, self.currency)).amount
            except Refused:
                self._rates[currency] = None
        return self._rates[currency]


def unanswered(findings: tuple[Finding, ...]) -> Rating:
    """Rate a row for which a fact is missing: the reason says which, and what to supply."""
    return Rating("no answer", _missing(findings), codes=_codes(findings))


def rate(findings: tuple[Finding, ...], found: Priced, asked: Decimal | None, currency: str, targets: Targets, home: Home) -> Rating:
    """Rate a row that can be computed.

    **go**: at the shop price the margin is at least the target (without a shop price: the smallest
    price that meets it is shown). **fix**: the margin lies between floor and target, the reason names
    the price that would do; or it would go, but a cost is not known. **no-go**: below the floor, or no
    price meets the margin. **no answer**: a fact is missing at this price, and the reason says which.
    """
    told = (*findings, *found.findings, *found.notes)
    codes = _codes(told)
    money = found.amounts
    if money is None:
        if found.findings:
            return Rating("no answer", _missing(found.findings), codes=codes)
        dearest = _major(found.dearest, currency)
        none = said("no price up to {dearest} leaves a margin of {margin}", dearest=dearest, margin=_percent(targets.target))
        return Rating("no-go", none, codes=codes)
    margin, profit_home = _margin(money), home.minor(money["profit"], currency)
    status, reason = _judged(found, asked, currency, targets, home)
    unknown = next((finding for finding in told if finding.severity == "error"), None)
    if status == "go" and unknown is not None:
        status = "fix"
        template = "{reason}; but a cost is not known: {missing}; {remedy}"
        reason = said(template, reason=reason, missing=_text(unknown.message), remedy=_text(unknown.remedy))
    return Rating(status, reason, margin, profit_home, codes)


def _judged(found: Priced, asked: Decimal | None, currency: str, targets: Targets, home: Home) -> tuple[Status, Text]:
    money = found.amounts or {}
    profit, net = money["profit"], money["net_price"]
    if asked is None:
        price = home.both(money["price"], currency)
        margin = _percent(targets.target)
        return "go", said("no shop price is given; {price} is the smallest that leaves a margin of {margin}", price=price, margin=margin)
    shown, left = _reached(profit, net), home.both(profit, currency)
    if net > 0 and profit >= net * targets.target:
        return "go", said("{profit} stays of each sale, {margin} of the net price", profit=left, margin=shown)
    if found.price is None:
        dearest = _major(found.dearest, currency)
        template = "the margin is {margin}, {profit} a sale, and no price up to {dearest} meets the target"
        return "no-go", said(template, margin=shown, profit=left, dearest=dearest)
    digits = minor_digits(currency)
    needed = home.both(int(found.price.scaleb(digits)), currency)
    if net > 0 and profit >= net * targets.floor:
        return "fix", said(
            "the margin is {margin}, {profit} a sale; a price of {needed} would meet the target", margin=shown, profit=left, needed=needed
        )
    return "no-go", said("the margin is {margin}, {profit} a sale; the target needs {needed}", margin=shown, profit=left, needed=needed)


def _missing(findings: tuple[Finding, ...]) -> Text:
    """Say the worst finding with its remedy."""
    ordered = worst_first(findings)
    if not ordered:
        return said("something is missing")
    first = ordered[0]
    if not first.remedy:
        return first.message
    return said("{reason}; {remedy}", reason=_text(first.message), remedy=_text(first.remedy))


def _text(text: Text) -> Text:
    return said(text) if isinstance(text, str) else text


def _codes(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.code for finding in worst_first(findings)))


def _margin(money: dict[str, int]) -> int | None:
    """Give the profit as parts per million of the net price, rounded half away from zero."""
    if not money["net_price"]:
        return None
    return int(half_up_quotient(Decimal(money["profit"]) * 1_000_000, Decimal(money["net_price"]), 0))


def _reached(profit: int, net: int) -> str:
    """Write a margin with one digit, cut and not rounded, so that 29.96 % never reads as the 30 % that it misses."""
    if not net:
        return "?"
    tenths = profit * 1000 // net
    return f"{Decimal(tenths).scaleb(-1):.1f} %"


def _percent(share: Decimal) -> str:
    return f"{padded(share * 100, 0)} %"


def _major(price: Decimal | None, currency: str) -> str:
    return "?" if price is None else f"{padded(price, minor_digits(currency))} {currency}"


def _shown(minor: int, currency: str) -> str:
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f} {currency}"
