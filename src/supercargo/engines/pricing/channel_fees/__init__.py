"""What do a platform, its fulfilment and the payment provider charge for a product?"""

from supercargo.engines.pricing.channel_fees.decide import decide
from supercargo.engines.pricing.channel_fees.facts import Decision, Facts
from supercargo.engines.pricing.channel_fees.rules import RULES

__all__ = ["RULES", "Decision", "Facts", "decide"]
