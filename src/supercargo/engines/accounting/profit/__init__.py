"""What is left of the sales: gross sales, net revenue, contribution margins 1, 2 and 3?"""

from supercargo.engines.accounting.profit.decide import decide
from supercargo.engines.accounting.profit.facts import Decision, Facts, ProfitLine
from supercargo.engines.accounting.profit.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "ProfitLine", "decide"]
