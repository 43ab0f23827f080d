"""The processing and handling fees of an import."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supercargo.engines.answer import PER_ITEM, PER_KG
from supercargo.engines.customs.duty.rules import total
from supercargo.engines.customs.fees.facts import Decision, Facts
from supercargo.engines.customs.fees.rules import ad_valorem_fee, fee_per_unit
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.unit import Unit
from supercargo.kernel.verdict import choose
from supercargo.kernel.words import said
from supercargo.reference.law import EU

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Fee, Law


CONSIGNMENT = "consignment"


def decide(facts: Facts, law: Law) -> Decision:
    """List the fees that customs, post or carrier charge on this import, each to the cent.

    A fee whose amount is not known on the day is left out and reported as an error (FEE-411), so that
    the total is never read as complete.
    """
    fees: list[Quantity] = []
    findings: list[Finding] = []
    market = facts.consignment.market
    for jurisdiction in ("eu", market) if market in EU else (market,):
        for fact in law.fees(jurisdiction):
            if not _concerns(facts, fact.extra):
                continue
            try:
                fees.append(_charged(facts, law.fee(fact.key), law))
            except Refused as refusal:
                findings.append(_unknown(fact.key, refusal))
    whole = total(fees) if fees else Figure.nothing(facts.currency, "no processing fee", per="term-processing-fee")
    return Decision(tuple(fees), whole.named("processing fees", per="term-processing-fee"), tuple(findings))


def _concerns(facts: Facts, extra: dict[str, Any]) -> bool:
    way = facts.consignment
    businesses, modes = extra.get("applies_to") or (way.business,), extra.get("modes") or (way.mode,)
    carried = way.leads or extra.get("per", CONSIGNMENT) != CONSIGNMENT
    return carried and way.business in businesses and way.mode in modes


def _charged(facts: Facts, fee: Fee, law: Law) -> Quantity:
    name = str(fee.label)
    if fee.rate is not None:
        least, most = _here(facts, fee.least, law), _here(facts, fee.most, law)
        charge = ad_valorem_fee(facts.customs_value, fee.rate, least, most)
    elif (amount := _here(facts, fee.amount, law)) is not None:
        charge = fee_per_unit(amount, _count(facts, fee))
    else:
        raise Refused(Finding("FEE-412", "error", fee.key, said("the fee {name} has neither rate nor amount", name=fee.label)))
    return _within_limits(facts, fee, charge, law).named(name, per=fee.key)


def _within_limits(facts: Facts, fee: Fee, charge: Quantity, law: Law) -> Quantity:
    none = Figure.nothing(facts.currency, "outside the limits of the fee", per=fee.key)
    for limit, upper in ((fee.up_to, True), (fee.over, False)):
        if limit is not None:
            value = law.rates.convert(facts.consignment.whole.goods, facts.currency, limit.unit.currency or facts.currency)
            within = (value <= limit) if upper else (value > limit)
            charge = choose(within.named("within the limits of the fee", per=fee.key), charge, none)
    return charge


def _here(facts: Facts, amount: Figure | None, law: Law) -> Quantity | None:
    """Bring an amount of the law into the currency of the question; what it is counted by is bare there."""
    if amount is None:
        return None
    currency = next(base for base, power in amount.unit.powers if power == 1)
    return law.rates.convert(replace(amount, unit=Unit.of(currency)), currency, facts.currency)


def _count(facts: Facts, fee: Fee) -> Quantity | None:
    if fee.per == CONSIGNMENT:
        return None
    if fee.per != "kg":
        return facts.categories * PER_ITEM
    if facts.weight is None:
        raise Refused(Finding("FEE-406", "error", "weight_kg", said("{name} is charged by weight", name=fee.label)))
    return facts.weight * PER_KG


def _unknown(key: str, refusal: Refused) -> Finding:
    reason = refusal.findings[0]
    message = said("a processing fee is not included: {why}", why=reason.message)
    return Finding("FEE-411", "error", key, message, "give its amount in an overlay; the total lacks it until then", reason.source)
