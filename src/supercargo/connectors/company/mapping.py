"""The text of a company's file -> a company and findings; pure."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import fields, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from supercargo.connectors.catalogue.codes import categories
from supercargo.connectors.company.codes import CHANNELS, EU_SCHEMES, LOCAL_TAXES, ROUTES, scheme_code
from supercargo.connectors.company.company import Company, Language, Policy, PurchaseTier, PurchaseTiers, Registration, Returns
from supercargo.connectors.company.entries import Entries, Notes
from supercargo.connectors.countries import CODES
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import LANGUAGES, said

if TYPE_CHECKING:
    from collections.abc import Mapping

ZERO, ONE, MANY = Decimal(0), Decimal(1), Decimal(10) ** 14
_DAYS_MAX = 3650
_PAIR = re.compile(r"([A-Z]{3})_([A-Z]{3})")
_BOUNDS = {
    "market_size_usd_min": (ZERO, MANY),
    "niche_score_min": (ZERO, Decimal(100)),
    "price_ending": (ZERO, Decimal("0.99")),
    "payout_days_max": (ONE, Decimal(_DAYS_MAX)),
    "stock_cover_days": (ONE, Decimal(_DAYS_MAX)),
    "margin_rate_target": (ZERO, Decimal("0.95")),
    "margin_rate_floor": (ZERO, Decimal("0.95")),
    "cost_of_capital_rate_yearly": (ZERO, Decimal(10)),
    "wastage_rate": (ZERO, Decimal("0.95")),
}


def parse(text: str, file: str = "") -> Company:
    """Read a company from TOML; rates are parts of one, and what is left out is a default that says so.

    Raises:
        Refused: with every fault of the file at once. COMPANY-001 no TOML, -002 an unknown key, -003 a
            wrong kind of value, -004 no country, -005 no currency, -006 out of bounds, -007 an unknown
            scheme, -008 two entries that contradict each other, -009 a value is missing.
    """
    notes = Notes()
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(
            Finding("COMPANY-001", "error", "file", said("the file is no TOML: {reason}", reason=error), "correct the line that is named")
        ) from error
    company = _company(Entries(table, "", notes), file)
    errors = [finding for finding in notes.findings if finding.severity == "error"]
    if errors:
        raise Refused(*errors)
    return company


def _company(root: Entries, file: str) -> Company:
    notes = root.notes
    about, policy = root.sub("company"), root.sub("policy")
    channels, routes = root.sub("channels"), root.sub("routes")
    fresh = Company()
    values = {
        "country": about.country("country"),
        "base_currency": about.currency("base_currency"),
        "language": about.word("language", among=LANGUAGES),
    }
    for name, value in values.items():
        if not value and name not in about.table:
            notes.default(about.at(name), getattr(fresh, name))
    company = Company(
        name_en=about.word("name_en"),
        name_zh=about.word("name_zh"),
        city=about.word("city"),
        business=about.word("business"),
        country=values["country"] or fresh.country,
        base_currency=values["base_currency"] or fresh.base_currency,
        language=cast("Language", values["language"] or fresh.language),
        returns=_returns(policy),
        policy=_policy(policy),
        registrations=_registrations(root),
        channels=channels.words("open", CHANNELS),
        routes=routes.words("open", ROUTES),
        warehouse_countries=routes.words("warehouse_countries", CODES),
        purchase_tiers=_tiers(root),
        planning_rates=_planning_rates(root.sub("planning_rates")),
        sample=root.flag("sample"),
        file=file,
    )
    for entries in (about, policy, channels, routes, root):
        entries.close()
    return replace(company, defaults=frozenset(notes.defaults), findings=tuple(notes.findings))


def _policy(policy: Entries) -> Policy:
    fresh = Policy()
    found: dict[str, Any] = {}
    for entry in fields(Policy):
        default = getattr(fresh, entry.name)
        low, high = _BOUNDS.get(entry.name, (ZERO, ONE))
        value = policy.whole(entry.name, int(low), int(high)) if isinstance(default, int) else policy.decimal(entry.name, low, high)
        if value is None and entry.name not in policy.table:
            policy.notes.default(policy.at(entry.name), default)
        found[entry.name] = default if value is None else value
    if found["margin_rate_floor"] > found["margin_rate_target"]:
        message = said(
            "the floor {floor} is above the target {target}", floor=found["margin_rate_floor"], target=found["margin_rate_target"]
        )
        policy.notes.error("COMPANY-008", policy.at("margin_rate_floor"), message, "lower the floor or raise the target")
    return Policy(**found)


def _returns(policy: Entries) -> Returns:
    fresh = Returns()
    rates, handling = policy.sub("returns_rate"), policy.sub("returns")
    known = frozenset(categories().values())
    rate = {category: value for category in sorted(known) if (value := rates.decimal(category, ZERO, ONE)) is not None}
    if "everything_else" not in rates.table:
        policy.notes.default(rates.at("everything_else"), fresh.rate["everything_else"])
    share = handling.decimal("resaleable_share", ZERO, ONE)
    amount = handling.decimal("handling_amount", ZERO, MANY)
    currency = handling.currency("handling_currency")
    for name in ("resaleable_share", "handling_amount", "handling_currency"):
        if name not in handling.table:
            policy.notes.default(handling.at(name), getattr(fresh, name))
    if amount is not None and not currency:
        policy.notes.error(
            "COMPANY-009", handling.at("handling_currency"), "an amount has no currency", "give the three letters of ISO 4217, such as CNY"
        )
    rates.close()
    handling.close()
    return Returns(
        MappingProxyType({**fresh.rate, **rate}), fresh.resaleable_share if share is None else share,
        fresh.handling_amount if amount is None else amount, currency or fresh.handling_currency,
    )  # fmt: skip


def _registrations(root: Entries) -> tuple[Registration, ...]:
    found = []
    seen: dict[tuple[str, str], str] = {}
    for entry in root.each("registrations"):
        jurisdiction, scheme = entry.country("jurisdiction", also=("EU",)), entry.word("scheme")
        for key, value in (("jurisdiction", jurisdiction), ("scheme", scheme)):
            if not value:
                entry.notes.error("COMPANY-009", entry.at(key), said("{field} is empty", field=key), "say which registration is meant")
        code = scheme_code(jurisdiction, scheme) if jurisdiction and scheme else ""
        if code is None:
            known = ", ".join(sorted(EU_SCHEMES if jurisdiction == "EU" else LOCAL_TAXES))
            message = said("{scheme} is no scheme of {jurisdiction}", scheme=scheme, jurisdiction=jurisdiction)
            entry.notes.error("COMPANY-007", entry.at("scheme"), message, said("write one of {known}", known=known))
        if "held" not in entry.table:
            entry.notes.error(
                "COMPANY-009",
                entry.at("held"),
                said("{field} is empty", field="held"),
                "write true if the company holds the registration, false if it does not",
            )
        since, until = entry.day("since"), entry.day("until")
        if since and until and until <= since:
            entry.notes.error(
                "COMPANY-008",
                entry.at("until"),
                said("{until} is not after {since}", until=until, since=since),
                "correct one of the two days",
            )
        place = (jurisdiction, code or scheme)
        if place in seen and not (since or until):
            message = said("the registration stands in {path} already", path=seen[place])
            entry.notes.error("COMPANY-008", entry.path, message, "keep one of the two, or give both their days")
        seen.setdefault(place, entry.path)
        found.append(
            Registration(
                jurisdiction, scheme, entry.flag("held"), code or "", since, until, entry.word("number"), entry.word("through"),
                entry.flag("postponed_accounting"), entry.word("note"),
            )
        )  # fmt: skip
        entry.close()
    return tuple(found)


def _tiers(root: Entries) -> Mapping[str, PurchaseTiers]:
    found: dict[str, PurchaseTiers] = {}
    for entry in root.each("purchase_tiers"):
        sku, currency = entry.word("sku"), entry.currency("currency")
        for key, value in (("sku", sku), ("currency", currency)):
            if not value:
                entry.notes.error(
                    "COMPANY-009", entry.at(key), said("{field} is empty", field=key), "say which article and currency the tiers are for"
                )
        tiers: list[PurchaseTier] = []
        for tier in entry.each("tiers"):
            quantity, cost = tier.whole("quantity_from", 1, 10**9), tier.decimal("unit_cost", Decimal("0.000001"), Decimal(10) ** 9)
            for key, given in (("quantity_from", quantity), ("unit_cost", cost)):
                if given is None and key not in tier.table:
                    tier.notes.error(
                        "COMPANY-009", tier.at(key), said("{field} is empty", field=key), "give quantity_from and unit_cost in every tier"
                    )
            if quantity is not None and cost is not None:
                tiers.append(PurchaseTier(quantity, cost))
            tier.close()
        _check_tiers(entry, tiers)
        if sku in found:
            entry.notes.error(
                "COMPANY-008",
                entry.at("sku"),
                said("the sku {sku} has tiers already", sku=sku),
                "put all tiers of an article into one entry",
            )
        found[sku] = PurchaseTiers(sku, currency, tuple(sorted(tiers, key=lambda tier: tier.quantity_from)))
        entry.close()
    return MappingProxyType(found)


def _check_tiers(entry: Entries, tiers: list[PurchaseTier]) -> None:
    if not tiers:
        entry.notes.error(
            "COMPANY-009", entry.at("tiers"), said("{field} is empty", field="tiers"), "give quantity_from and unit_cost in every tier"
        )
    for before, after in itertools.pairwise(tiers):
        if after.quantity_from <= before.quantity_from:
            message = said("the quantity {after} does not come after {before}", after=after.quantity_from, before=before.quantity_from)
            entry.notes.error("COMPANY-008", entry.at("tiers"), message, "write the tiers from the smallest quantity to the largest")
        if after.unit_cost > before.unit_cost:
            message = said("from {quantity} units on, one unit costs more than before", quantity=after.quantity_from)
            entry.notes.findings.append(Finding("COMPANY-102", "warning", entry.at("tiers"), message, "check the price of this tier"))


def _planning_rates(entries: Entries) -> Mapping[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for key in entries.table:
        if key == "sample":
            continue
        match = _PAIR.fullmatch(key)
        if match is None or not is_currency(match[1]) or not is_currency(match[2]) or match[1] == match[2]:
            entries.asked.add(key)
            entries.notes.error(
                "COMPANY-005",
                entries.at(key),
                said("{text} is no pair of currencies", text=key),
                'write USD_TWD = "32.10" for 32.10 TWD to one USD',
            )
            continue
        price = entries.decimal(key, Decimal("0.000000000001"), MANY)
        if (match[2], match[1]) in found:
            entries.notes.error(
                "COMPANY-008", entries.at(key), said("the opposite rate of {text} is given too", text=key), "keep one of the two"
            )
        if price is not None:
            found[match[1], match[2]] = price
    return MappingProxyType(found)
