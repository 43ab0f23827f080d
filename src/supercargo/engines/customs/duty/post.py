"""Duties that parcels by post owe in place of the tariff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.consignment import Consignment
    from supercargo.kernel.figure import Figure
    from supercargo.reference.fact import Fact
    from supercargo.reference.law import Law

POST = "post"


def postal_rate(consignment: Consignment, law: Law) -> Figure | None:
    """Find the rate that a parcel by post owes in place of the tariff; ``None`` where the tariff holds.

    Raises:
        Refused: there is such a rate, and it is not known on the day.
    """
    rates = [fact for fact in _postal(consignment, law) if fact.kind == "percent"]
    return law.rate(rates[0].key) if rates else None


def without_postal_rate(consignment: Consignment, rate: Figure | None, law: Law) -> tuple[Finding, ...]:
    """Say that the post charges amounts which the computed duty does not know."""
    amounts = [fact for fact in _postal(consignment, law) if fact.kind == "amount"]
    if not amounts:
        return ()
    shown = ", ".join(law.amount(fact.key).shown() for fact in amounts)
    source = ", ".join(fact.key for fact in amounts)
    if rate is not None:
        message = said("the post may charge a fixed amount ({amounts}) instead of the rate by value", amounts=shown)
    else:
        message = said(
            "parcels by post to {market} bear a fixed amount ({amounts}); the tariff is taken", market=consignment.market, amounts=shown
        )
    return (Finding("DUTY-215", "warning", "mode", message, "ask the carrier which of the two it declares", source),)


def _postal(consignment: Consignment, law: Law) -> list[Fact]:
    """List what is in force for parcels by post of this origin, the narrowest first."""
    if consignment.mode != POST:
        return []
    subject = law.key_for(consignment.market, "customs.parcel_duty").rpartition(".")[0]
    facts = [
        fact
        for fact in law.book.subject(subject).values()
        if fact.kind in ("percent", "amount") and POST in fact.extra.get("modes", ()) and law.knows(fact.key)
    ]
    fitting = [fact for fact in facts if consignment.origin in fact.extra.get("origin", (consignment.origin,))]
    return sorted(fitting, key=lambda fact: "origin" not in fact.extra)
