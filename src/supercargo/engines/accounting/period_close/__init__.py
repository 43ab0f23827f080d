"""May the month be closed, and what must be booked first?"""

from supercargo.engines.accounting.period_close.decide import decide
from supercargo.engines.accounting.period_close.facts import Check, Decision, Facts
from supercargo.engines.accounting.period_close.months import first_of, last_of, month_of
from supercargo.engines.accounting.period_close.reversal import guarded, mirrored
from supercargo.engines.accounting.period_close.rules import RULES

__all__ = ["RULES", "Check", "Decision", "Facts", "decide", "first_of", "guarded", "last_of", "mirrored", "month_of"]
