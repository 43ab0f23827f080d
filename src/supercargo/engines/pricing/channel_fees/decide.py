"""The fees of a channel for one product on a day. One product at a time; the result feeds the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.pricing.channel_fees.facts import Decision, Facts
from supercargo.engines.pricing.channel_fees.fulfilment import fulfilment, storage
from supercargo.engines.pricing.unit_economics.facts import Commission, CommissionMode, Tier
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said
from supercargo.reference.fees import in_force

if TYPE_CHECKING:
    from supercargo.reference.fees import FeeRow
    from supercargo.reference.law import Law

OWN_SITE = "shopify"
COMMISSION_MODES: dict[str, CommissionMode] = {"flat": "flat", "whole_price": "whole_price", "marginal": "marginal"}
ABROAD = "US"
"""The market whose rates for cards from abroad stand in where a provider states none for a market."""


def decide(facts: Facts, law: Law) -> Decision:
    """Find the schedules in force for a product on a channel in a market.

    Raises:
        Refused: FEE-404, the channel's fees in this market are not in the reference book.
    """
    commission, findings = _commission(facts, law)
    rate, fixed, noted = _payment(facts, law)
    if facts.programme != "fba":
        return Decision(commission, rate, fixed, None, None, "", (*findings, *noted))
    charged = fulfilment(facts, law)
    stored = storage(facts, charged.size_class, law)
    return Decision(commission, rate, fixed, charged.fee, stored, charged.tier, (*findings, *noted, *charged.findings))


def _commission(facts: Facts, law: Law) -> tuple[Commission, tuple[Finding, ...]]:
    if facts.channel == OWN_SITE:
        none = Figure.nothing("", "no commission on an own site", per="term-commission")
        return Commission("flat", (Tier(none),)), ()
    rows = in_force("referral_fees", law.day, channel=facts.channel, market=facts.market)
    plans = [row for row in rows if row.text("plan") in ("", facts.plan)] or list(rows)
    own = [row for row in plans if row.text("category") == facts.category]
    taken = own or [row for row in plans if row.text("category") == "everything_else"]
    if not taken:
        raise _unknown(facts, "commission")
    plan = taken[0].text("plan")
    schedule = _schedule(facts, sorted((row for row in taken if row.text("plan") == plan), key=lambda row: row.number_in("over") or 0), law)
    return schedule, () if own else (_category_missing(facts),)


def _schedule(facts: Facts, rows: list[FeeRow], law: Law) -> Commission:
    last = rows[-1]
    currency = last.text("currency") or facts.currency

    def here(row: FeeRow, column: str, unit: str, name: str) -> Figure | None:
        amount = row.money(column, unit, name)
        return None if amount is None else _here(amount, unit, facts.currency, law)

    tiers = tuple(
        Tier(
            row.percent("rate_percent", "commission rate") or Figure.nothing("", "no commission", per=row.citation.key),
            here(row, "up_to", currency, "end of the tier"),
        )
        for row in rows
    )
    mode = COMMISSION_MODES[last.text("mode") or "flat"]
    fixed_currency = last.text("fixed_currency") or currency
    return Commission(
        mode if len(tiers) > 1 else "flat",
        tiers,
        here(last, "minimum", currency, "least commission"),
        here(last, "fixed", fixed_currency, "fixed fee of the platform"),
    )


def _payment(facts: Facts, law: Law) -> tuple[Figure, Figure, tuple[Finding, ...]]:
    provider = facts.provider or facts.channel
    rows = in_force("payment_fees", law.day, provider=provider, market=facts.market)
    row = _row_of(rows, facts, ("any", "domestic", "international"))
    noted: tuple[Finding, ...] = ()
    if row is None and facts.payment_abroad:
        row = _row_of(in_force("payment_fees", law.day, provider=provider, market=ABROAD), facts, ("international",))
        noted = (_payment_missing(facts, provider),)
    if row is None:
        raise _unknown(facts, "payment fee")
    rate = row.percent("rate_percent", "payment rate") or Figure.nothing("", "no payment rate", per=row.citation.key)
    currency = row.text("currency") or facts.currency
    fixed = row.money("fixed", currency, "fixed payment fee") or Figure.nothing(currency, "no fixed payment fee", per=row.citation.key)
    return rate, _here(fixed, currency, facts.currency, law), noted


def _row_of(rows: tuple[FeeRow, ...], facts: Facts, cases: tuple[str, ...]) -> FeeRow | None:
    fitting = [row for row in rows if row.text("plan") in ("", facts.plan, "basic")]
    return next((row for case in cases for row in fitting if row.text("case") == case), None)


def _here(amount: Figure, base: str, currency: str, law: Law) -> Figure:
    if base == currency:
        return amount
    return law.rates.convert(amount, base, currency).rounded().named(amount.name, per="term-rate-of-exchange")


def _unknown(facts: Facts, what: str) -> Exception:
    message = said(
        "the {what} of {channel} in {market} is not in the reference book", what=said(what), channel=facts.channel, market=facts.market
    )
    return refuse("FEE-404", "channel", message, "choose another channel or add its fees to your overlay")


def _payment_missing(facts: Facts, provider: str) -> Finding:
    message = said(
        "no payment provider's fees for {market} are in the reference book; the rate of {provider} for cards from abroad is taken",
        market=facts.market,
        provider=provider,
    )
    return Finding("FEE-204", "warning", "channel", message, "ask your provider and add its fees to your overlay")


def _category_missing(facts: Facts) -> Finding:
    message = said(
        "{channel} in {market} has no fee for {category} here; the rate for everything else is taken",
        channel=facts.channel,
        market=facts.market,
        category=facts.category,
    )
    return Finding("FEE-203", "note", "category", message, "check the category in the platform's own fee list")
