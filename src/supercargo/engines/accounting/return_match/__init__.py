"""Did every refunded product come back, and every product that came back get its refund?"""

from supercargo.engines.accounting.return_match.decide import decide
from supercargo.engines.accounting.return_match.facts import Decision, Facts
from supercargo.engines.accounting.return_match.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
