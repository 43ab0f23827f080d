"""What did the goods cost that were sold, and what is the rest of the stock worth?"""

from supercargo.engines.accounting.cost_of_goods.decide import decide
from supercargo.engines.accounting.cost_of_goods.explained import cost_of_line
from supercargo.engines.accounting.cost_of_goods.facts import BACK, COSTED, OPENING, OUT, Decision, Facts
from supercargo.engines.accounting.cost_of_goods.rules import RULES

__all__ = ["BACK", "COSTED", "OPENING", "OUT", "RULES", "Decision", "Facts", "cost_of_line", "decide"]
