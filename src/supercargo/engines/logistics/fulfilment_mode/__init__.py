"""Direct mail, a warehouse abroad or FBA: which way should a product go?"""

from supercargo.engines.logistics.fulfilment_mode.decide import decide
from supercargo.engines.logistics.fulfilment_mode.facts import Compared, Decision, Facts, Mode, Range
from supercargo.engines.logistics.fulfilment_mode.rules import RULES

__all__ = ["RULES", "Compared", "Decision", "Facts", "Mode", "Range", "decide"]
