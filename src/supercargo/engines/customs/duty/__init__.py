"""Which customs duty do goods owe?"""

from supercargo.engines.customs.duty.decide import decide
from supercargo.engines.customs.duty.facts import Decision, Facts, Terms
from supercargo.engines.customs.duty.rules import RULES
from supercargo.engines.customs.duty.terms import Tariffed, given_terms, terms_of

__all__ = ["RULES", "Decision", "Facts", "Tariffed", "Terms", "decide", "given_terms", "terms_of"]
