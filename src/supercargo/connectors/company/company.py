"""The company's own values: home, policy, registrations, purchase tiers, planning rates."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.figure import Figure
from supercargo.kernel.unit import RATIO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from supercargo.kernel.finding import Finding

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Policy:
    """What the company wants of every sale; rates are parts of one, days are whole.

    The values here are the defaults of the house: see README.md for where each comes from.
    """

    margin_rate_target: Decimal = Decimal("0.30")
    margin_rate_floor: Decimal = Decimal("0.15")
    advert_share: Decimal = Decimal("0.10")
    cost_of_capital_rate_yearly: Decimal = Decimal("0.12")
    conversion_spread_rate: Decimal = Decimal("0.008")
    wastage_rate: Decimal = Decimal("0.01")
    payout_days_max: int = 7
    stock_cover_days: int = 45
    price_ending: Decimal = Decimal("0.90")
    market_size_usd_min: Decimal = Decimal(10_000_000_000)
    niche_score_min: Decimal = Decimal(40)
    complaint_share_max: Decimal = Decimal("0.15")


@dataclass(frozen=True, slots=True)
class Returns:
    """What a unit sent back costs and recovers; ``rate`` is of units sold, by category."""

    rate: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({"everything_else": Decimal("0.06")}))
    resaleable_share: Decimal = Decimal("0.55")
    handling_amount: Decimal = Decimal("12.00")
    handling_currency: str = "CNY"

    def rate_of(self, category: str) -> Decimal:
        """Give the rate of a category, or that of everything else."""
        return self.rate.get(category, self.rate["everything_else"])


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration for tax and the scheme of the law that it opens (``code``; empty: local tax only)."""

    jurisdiction: str
    scheme: str
    held: bool
    code: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""
    through: str = ""
    postponed_accounting: bool = False
    note: str = ""

    def held_on(self, day: date) -> bool:
        """Tell whether the registration is in force on a day; ``until`` is exclusive."""
        return self.held and (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class PurchaseTier:
    """From this quantity on, one unit costs this."""

    quantity_from: int
    unit_cost: Decimal


@dataclass(frozen=True, slots=True)
class PurchaseTiers:
    """The factory's price of one article by quantity, smallest quantity first."""

    sku: str
    currency: str
    tiers: tuple[PurchaseTier, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A company as its own file describes it; ``defaults`` lists the paths that the file leaves out."""

    name_en: str = ""
    name_zh: str = ""
    city: str = ""
    country: str = "CN"
    base_currency: str = "CNY"
    language: Language = "zh"
    business: str = ""
    policy: Policy = field(default_factory=Policy)
    returns: Returns = field(default_factory=Returns)
    registrations: tuple[Registration, ...] = ()
    channels: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    warehouse_countries: tuple[str, ...] = ()
    purchase_tiers: Mapping[str, PurchaseTiers] = field(default_factory=lambda: MappingProxyType({}))
    planning_rates: Mapping[tuple[str, str], Decimal] = field(default_factory=lambda: MappingProxyType({}))
    sample: bool = False
    defaults: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    file: str = ""
    sha256: str = ""

    @staticmethod
    def default() -> Company:
        """Give a company that has stated nothing: every value of its policy is a default and says so."""
        paths = {f"policy.{entry.name}" for entry in fields(Policy)} | {"company.country", "company.base_currency", "company.language"}
        paths |= {
            "policy.returns_rate.everything_else",
            "policy.returns.resaleable_share",
            "policy.returns.handling_amount",
            "policy.returns.handling_currency",
        }
        return Company(defaults=frozenset(paths))

    def schemes_on(self, day: date) -> frozenset[str]:
        """Give the schemes of the law (``IOSS``, ``VOEC``, ...) that the company may use on a day."""
        return frozenset(entry.code for entry in self.registrations if entry.code and entry.held_on(day))

    def registered_in(self, day: date) -> frozenset[str]:
        """Give the countries in which the company holds a local registration for VAT, GST or sales tax on a day."""
        return frozenset(entry.jurisdiction for entry in self.registrations if entry.jurisdiction != "EU" and entry.held_on(day))

    def postpones_import_vat(self, country: str, day: date) -> bool:
        """Tell whether import VAT is accounted for in the return instead of paid at the border."""
        return any(entry.postponed_accounting and entry.jurisdiction == country and entry.held_on(day) for entry in self.registrations)

    def rate(self, name: str, label: str = "") -> Figure:
        """Give a rate of the policy as a figure that knows its path: ``rate("margin_rate_target", "target margin")``."""
        value = Decimal(getattr(self.policy, name))
        return Figure(
            value, RATIO, label or name.replace("_", " "), per=self._per(f"policy.{name}"), path=f"company.policy.{name}", as_percent=True
        )

    def returns_rate(self, category: str) -> Figure:
        """Give the share of units sent back in a category as a figure."""
        key = category if category in self.returns.rate else "everything_else"
        path = f"company.policy.returns_rate.{key}"
        return Figure(
            self.returns.rate[key], RATIO, "returns rate", per=self._per(f"policy.returns_rate.{key}"), path=path, as_percent=True
        )

    def unit_cost_at(self, sku: str, quantity: int) -> tuple[Decimal, str] | None:
        """Give the factory's price and its currency at a quantity; ``None`` where no tier is reached or known."""
        known = self.purchase_tiers.get(sku)
        reached = [tier for tier in known.tiers if tier.quantity_from <= quantity] if known else []
        return (reached[-1].unit_cost, known.currency) if known and reached else None

    def _per(self, path: str) -> str:
        return "term-house-default" if path in self.defaults else "term-company-policy"
