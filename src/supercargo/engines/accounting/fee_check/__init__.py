"""Did the channel charge what its tariff says?"""

from supercargo.engines.accounting.fee_check.decide import decide
from supercargo.engines.accounting.fee_check.facts import Decision, Facts
from supercargo.engines.accounting.fee_check.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
