"""What stock was lost or damaged by the channel, and until when can it be claimed?"""

from supercargo.engines.accounting.lost_stock.decide import decide
from supercargo.engines.accounting.lost_stock.facts import Decision, Facts
from supercargo.engines.accounting.lost_stock.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
