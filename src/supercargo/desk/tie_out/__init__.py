"""Every settlement, payout and bank line: does it tie, by how much does it differ, what is missing; and what that costs."""

from supercargo.desk.tie_out.policy import Policy
from supercargo.desk.tie_out.records import Records
from supercargo.desk.tie_out.result import TieOut
from supercargo.desk.tie_out.run import tie_out, tied_out

__all__ = ["Policy", "Records", "TieOut", "tie_out", "tied_out"]
