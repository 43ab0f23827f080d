"""Which entries do the records make, and which of them must wait?"""

from supercargo.engines.accounting.posting.chart import account, chart, name_of
from supercargo.engines.accounting.posting.decide import decide
from supercargo.engines.accounting.posting.draft import EntryDraft, PostingDraft
from supercargo.engines.accounting.posting.facts import COST, HELD, MATCH, ChannelFacts, Decision, Facts
from supercargo.engines.accounting.posting.rules import RULES

__all__ = [
    "COST",
    "HELD",
    "MATCH",
    "RULES",
    "ChannelFacts",
    "Decision",
    "EntryDraft",
    "Facts",
    "PostingDraft",
    "account",
    "chart",
    "decide",
    "name_of",
]
