"""A company's own values: home, policy, registrations, purchase tiers, planning rates of exchange."""

from supercargo.connectors.company.company import Company, Policy, PurchaseTier, PurchaseTiers, Registration, Returns
from supercargo.connectors.company.files import read
from supercargo.connectors.company.mapping import parse

__all__ = ["Company", "Policy", "PurchaseTier", "PurchaseTiers", "Registration", "Returns", "parse", "read"]
