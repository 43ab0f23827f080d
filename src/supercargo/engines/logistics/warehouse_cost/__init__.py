"""What does it cost to keep a unit in a warehouse abroad?"""

from supercargo.engines.logistics.warehouse_cost.decide import decide
from supercargo.engines.logistics.warehouse_cost.facts import Decision, Facts
from supercargo.engines.logistics.warehouse_cost.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
