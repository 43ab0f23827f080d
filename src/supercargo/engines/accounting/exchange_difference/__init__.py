"""What did the change of rates earn or cost us?"""

from supercargo.engines.accounting.exchange_difference.decide import decide
from supercargo.engines.accounting.exchange_difference.explained import explained
from supercargo.engines.accounting.exchange_difference.facts import DIFFERENCE, POSTING, Decision, Facts
from supercargo.engines.accounting.exchange_difference.rules import RULES

__all__ = ["DIFFERENCE", "POSTING", "RULES", "Decision", "Facts", "decide", "explained"]
