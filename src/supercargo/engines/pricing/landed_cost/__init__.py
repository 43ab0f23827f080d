"""What do goods cost once they have landed with the buyer?"""

from supercargo.engines.pricing.landed_cost.decide import decide
from supercargo.engines.pricing.landed_cost.facts import Decision, Facts
from supercargo.engines.pricing.landed_cost.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
