"""What the company assumes where no source says it: days and shares, by channel or house."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.engines.accounting.payout_match import Window


@dataclass(frozen=True, slots=True)
class Policy:
    """Days by channel (``amazon-de``) or house (``amazon``); what is not given is the assumption of the question."""

    bank_days: Mapping[str, Window] = field(default_factory=dict)
    pay_days: Mapping[str, int] = field(default_factory=dict)
    return_days: Mapping[str, int] = field(default_factory=dict)
    claim_days: Mapping[str, int] = field(default_factory=dict)
    names_at_banks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further words by which a house is known in the company's bank statements."""
