"""Did every payout arrive at the bank?"""

from supercargo.engines.accounting.payout_match.decide import decide
from supercargo.engines.accounting.payout_match.facts import Decision, Facts, Window
from supercargo.engines.accounting.payout_match.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "Window", "decide"]
