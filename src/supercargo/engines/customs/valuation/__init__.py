"""What are goods worth to customs?"""

from supercargo.engines.customs.valuation.decide import decide
from supercargo.engines.customs.valuation.facts import Decision, Facts
from supercargo.engines.customs.valuation.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
