"""The customs value of goods in a market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.customs.valuation.facts import Decision, Facts
from supercargo.engines.customs.valuation.rules import carriage_to_border, cif_value

if TYPE_CHECKING:
    from supercargo.reference.law import Law


def decide(facts: Facts, law: Law) -> Decision:
    """Value goods as the market's customs do: with carriage to the border (CIF) or without (FOB).

    Raises:
        Refused: the market's basis of valuation is not in the reference book for the day.
    """
    key = law.key_for(facts.market, "customs.valuation_basis")
    basis = law.choice(key)
    carriage = carriage_to_border(facts.freight, facts.insurance)
    cif = cif_value(facts.goods, carriage)
    value = cif if basis == "CIF" else facts.goods
    return Decision(basis, value.named("customs value", per=key), carriage, cif)
