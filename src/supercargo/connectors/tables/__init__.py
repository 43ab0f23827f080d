"""Any table as records of the trade: a mapping says which column is what; it is suggested, saved and used again."""

from supercargo.connectors.tables.apply import apply
from supercargo.connectors.tables.mapping import Condition, Mapping, Rule
from supercargo.connectors.tables.saved import load, save
from supercargo.connectors.tables.suggest import Suggestion, suggest

__all__ = ["Condition", "Mapping", "Rule", "Suggestion", "apply", "load", "save", "suggest"]
