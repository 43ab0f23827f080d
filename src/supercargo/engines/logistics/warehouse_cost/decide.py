"""The cost of receiving and storing a unit abroad, and of taking one back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.logistics.chargeable_weight.rules import cubic_metres, volume
from supercargo.engines.logistics.ratecard import measure, price
from supercargo.engines.logistics.warehouse_cost import rules
from supercargo.engines.logistics.warehouse_cost.facts import Decision, Facts

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Decide what a unit costs in the warehouse until it is sold.

    Raises:
        Refused: FX-404, no rate of exchange is known.
    """
    house, parcel = facts.warehouse, facts.parcel
    currency, place = house.terms.currency, house.delivery.place
    space = cubic_metres(volume(parcel.length, parcel.width, parcel.height))
    days = rules.charged_days(facts.stock_days, measure(Decimal(house.free_storage_days), "days", "free storage days", place))
    received = rules.inbound(space, price(house.inbound_fee_per_m3, currency, "receiving fee per m3", place, "m3"))
    stored = rules.storage(space, days, price(house.storage_per_m3_day, currency, "storage per m3 and day", place, "m3/days"))

    def here(amount: Quantity, name: str) -> Quantity:
        fine = amount.rounded(rules.DIGITS)
        return law.rates.convert(fine, currency, facts.currency).rounded(rules.DIGITS).named(name, per="term-storage-fee")

    inbound, storage = here(received, "receiving per unit"), here(stored, "storage per unit")
    fee = price(house.return_fee, currency, "fee per returned unit", place)
    returned = law.rates.convert(fee, currency, facts.currency).rounded().named("taking back a unit", per="term-returns")
    return Decision(inbound, storage, (inbound + storage).named("warehouse cost per unit", per="term-storage-fee"), returned)
