"""Which weight, or which volume, does a carrier bill?"""

from supercargo.engines.logistics.chargeable_weight.decide import decide
from supercargo.engines.logistics.chargeable_weight.facts import Decision, Facts, Parcel, Terms
from supercargo.engines.logistics.chargeable_weight.rules import RULES, greatest_side, length_plus_girth

__all__ = ["RULES", "Decision", "Facts", "Parcel", "Terms", "decide", "greatest_side", "length_plus_girth"]
