"""What does a carrier charge for a parcel, or for a unit's share of a first leg?"""

from supercargo.engines.logistics.carrier_quote.choice import Choice, compare
from supercargo.engines.logistics.carrier_quote.decide import decide
from supercargo.engines.logistics.carrier_quote.facts import Decision, Facts
from supercargo.engines.logistics.carrier_quote.rules import RULES

__all__ = ["RULES", "Choice", "Decision", "Facts", "compare", "decide"]
