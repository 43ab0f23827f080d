"""Which market first, and how sure is that?"""

from supercargo.engines.research.market_ranking.decide import decide
from supercargo.engines.research.market_ranking.facts import (
    Closeness,
    Decision,
    Facts,
    Flip,
    Gate,
    Market,
    Part,
    Policy,
    Ranked,
    Scale,
    Shift,
    Stability,
)
from supercargo.engines.research.market_ranking.rules import RULES

__all__ = [
    "RULES",
    "Closeness",
    "Decision",
    "Facts",
    "Flip",
    "Gate",
    "Market",
    "Part",
    "Policy",
    "Ranked",
    "Scale",
    "Shift",
    "Stability",
    "decide",
]
