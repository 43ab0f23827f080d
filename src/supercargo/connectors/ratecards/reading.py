"""What reading a sheet of prices gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.engines.logistics.ratecard import RateCard
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """Rate cards, and why any row is not in them.

    Every row that was read is either in an offer or listed in ``rejected`` with a finding. An offer with
    one faulty row is left out as a whole: a price list with a hole in it would quote the wrong step.
    """

    cards: tuple[RateCard, ...]
    findings: tuple[Finding, ...] = ()
    rows_read: int = 0
    rejected: tuple[int, ...] = ()
    file: str = ""
    sha256: str = ""

    @property
    def is_complete(self) -> bool:
        """Tell whether every row became part of an offer."""
        return not self.rejected and all(finding.severity != "error" for finding in self.findings)
