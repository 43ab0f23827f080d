"""Which processing and handling fees does an import bear?"""

from supercargo.engines.customs.fees.decide import decide
from supercargo.engines.customs.fees.facts import Decision, Facts
from supercargo.engines.customs.fees.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
