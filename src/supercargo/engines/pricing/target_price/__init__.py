"""Which is the smallest price that leaves the margin?"""

from supercargo.engines.pricing.target_price.decide import at, decide, margin_met, search_range
from supercargo.engines.pricing.target_price.facts import Decision, Facts, PriceGrid
from supercargo.engines.pricing.target_price.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "PriceGrid", "at", "decide", "margin_met", "search_range"]
