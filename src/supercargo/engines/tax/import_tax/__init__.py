"""Which VAT or GST does an import owe, and who collects it?"""

from supercargo.engines.tax.import_tax.decide import decide
from supercargo.engines.tax.import_tax.facts import Decision, Facts
from supercargo.engines.tax.import_tax.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
