"""Was every order paid, once, and as it was sold?"""

from supercargo.engines.accounting.order_match.decide import decide
from supercargo.engines.accounting.order_match.facts import Decision, Facts
from supercargo.engines.accounting.order_match.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
