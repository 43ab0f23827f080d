"""What must be known, and what is decided, about payouts and the bank."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supercargo.engines.accounting.payout_match.names import NAMES_AT_BANKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.finding import Finding


@dataclass(frozen=True, slots=True)
class Window:
    """From how many bank days (Monday to Friday) after sending a payout may be booked, and until how many."""

    least: int = 0
    most: int = 7


DEFAULT = Window()


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The payouts, every line of the banks, and what the company knows about the way between them.

    payouts: ``id, channel, payout_ref, settlement_ref, currency, amount_minor, sent_on, arrives_on, status``.
    bank_lines: ``id, account, currency, amount_minor, booked_on, value_on, counterparty, text, bank_ref, end_to_end_ref``.
    money_lines: ``id, channel, kind, currency, amount_minor, posted_on``; only those of kind ``payout_failed`` are read.
    statements: ``currency, opening_on, closing_on``, the days that the book knows of.

    ``windows`` by channel or by house (``amazon-de`` before ``amazon``), else ``window``. ``names`` are words by which a house
    is known in a bank's text; those of collecting houses may bring any channel's money. What a bank may keep of a payout
    (``kept_most_ppm``) and how far a conversion may lie from the day's rate (``conversion_most_ppm``) are assumptions of the
    house: within them a match is only proposed.
    """

    payouts: pl.DataFrame
    bank_lines: pl.DataFrame
    money_lines: pl.DataFrame
    statements: pl.DataFrame | None = None
    window: Window = DEFAULT
    windows: Mapping[str, Window] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NAMES_AT_BANKS)
    kept_most_ppm: int = 20_000
    conversion_most_ppm: int = 40_000

    def window_of(self, channel: str, family: str) -> Window:
        """Give the window of a channel."""
        return self.windows.get(channel, self.windows.get(family, self.window))


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Every payout and every bank line with what became of it.

    payouts: ``id, channel, payout_ref, settlement_ref, currency, amount_minor, on`` (sent, else due), ``state``: tied | proposed (a person
    decides) | differs (wrong currency) | missing | failed (came back, or its house says so) | open (on its way, or not sent) |
    unchecked (no bank statement of those days); ``how``: reference | name | amount | several | shared | kept | conversion | digits;
    ``bank_ids, bank_minor, bank_currency, difference_minor`` (bank less payout, in the payout's currency), ``days`` (bank days it took,
    or by which it is late), ``code``.
    bank: ``id, account, currency, amount_minor, on, counterparty, house, state``: tied | proposed | differs | unexplained (it looks like a
    channel's money, and no payout explains it) | other; ``payout_ids``.
    """

    payouts: pl.DataFrame
    bank: pl.DataFrame
    discrepancies: tuple[Discrepancy, ...]
    figures: Mapping[int, Figure]
    """The difference of every payout that was proposed as converted, by its id; it explains itself."""
    notes: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings without their money."""
        return (*(discrepancy.finding for discrepancy in self.discrepancies), *self.notes)
