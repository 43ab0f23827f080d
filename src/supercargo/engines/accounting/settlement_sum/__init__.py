"""Do the lines of every settlement come to what it says that it paid?"""

from supercargo.engines.accounting.settlement_sum.decide import decide
from supercargo.engines.accounting.settlement_sum.facts import Decision, Facts
from supercargo.engines.accounting.settlement_sum.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
