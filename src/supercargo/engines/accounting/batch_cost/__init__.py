"""What did a batch of goods cost until it lay in the warehouse?"""

from supercargo.engines.accounting.batch_cost.components import with_id
from supercargo.engines.accounting.batch_cost.decide import decide
from supercargo.engines.accounting.batch_cost.explained import cost_of
from supercargo.engines.accounting.batch_cost.facts import BATCH, COMPONENT, LAYER, Decision, Facts
from supercargo.engines.accounting.batch_cost.rules import RULES

__all__ = ["BATCH", "COMPONENT", "LAYER", "RULES", "Decision", "Facts", "cost_of", "decide", "with_id"]
