"""Which price tier of a supplier is cheapest for each item sold?"""

from supercargo.engines.pricing.purchase_tiers.decide import decide
from supercargo.engines.pricing.purchase_tiers.facts import Decision, Facts, Option, Tier
from supercargo.engines.pricing.purchase_tiers.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "Option", "Tier", "decide"]
