"""How much carbon does a parcel's journey cost?"""

from supercargo.engines.logistics.carbon.decide import decide
from supercargo.engines.logistics.carbon.facts import Decision, Facts, Leg
from supercargo.engines.logistics.carbon.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "Leg", "decide"]
