"""What is left of a shop price once everything is paid?"""

from supercargo.engines.pricing.unit_economics.decide import decide
from supercargo.engines.pricing.unit_economics.facts import Commission, Decision, Facts, FeeByPrice, Import, Policy, Tier
from supercargo.engines.pricing.unit_economics.rules import RULES, fixed_costs

__all__ = ["RULES", "Commission", "Decision", "Facts", "FeeByPrice", "Import", "Policy", "Tier", "decide", "fixed_costs"]
