"""What must be known, and what is decided, about the sums of settlements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.accounting.discrepancy import money
from supercargo.engines.accounting.kinds import KINDS
from supercargo.engines.accounting.settlement_sum import rules

if TYPE_CHECKING:
    import polars as pl

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.finding import Finding
    from supercargo.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The settlements, every money line, and the payouts, as the book gives them.

    settlements: ``id, channel, settlement_ref, currency, total_minor, begins_on, ends_on, deposit_on``.
    lines: ``id, row, document_id, channel, settlement_ref, order_ref, line_ref, transaction_ref, related_ref, sku, kind,
    their_type, their_name, currency, amount_minor, quantity, posted_at, posted_on, status, release_on, country``.
    payouts: ``id, channel, payout_ref, settlement_ref, currency, amount_minor, sent_on, status``; where a house states no settlement,
    what it paid out is the sum that its lines must come to.
    ``unbroken``: houses whose settlements follow one another without a day between, so that a missing one can be seen.
    """

    settlements: pl.DataFrame
    lines: pl.DataFrame
    payouts: pl.DataFrame
    unbroken: frozenset[str] = frozenset({"amazon"})


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Every settlement with its sum, reserves from one settlement to the next, deferred lines, and what does not tie.

    settlements: ``id`` (null where only lines or payouts name it), ``family, channel, settlement_ref, currency, begins_on, ends_on, on,
    stated_by`` (settlement | payout), ``total_minor, lines, lines_minor, difference_minor`` (lines less total), ``paid_minor``
    (its payouts), ``other_currency_lines, unreadable``, ``state``: tied | differs | missing (no line) | unstated (no total) |
    unknown (a line has no amount); ``code`` of its finding.
    reserves: ``channel, currency, settlement_ref, on, held_minor, next_ref, released_minor, open_minor, state``: none | given back |
    differs | held (no later settlement) | unknown (a settlement between is missing).
    deferred: ``id, channel, currency, amount_minor, release_on, released_by, state``: released | deferred.
    by_kind: ``family, settlement_ref, kind, amount_minor``, what an explanation adds up.
    """

    settlements: pl.DataFrame
    reserves: pl.DataFrame
    deferred: pl.DataFrame
    by_kind: pl.DataFrame
    discrepancies: tuple[Discrepancy, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings without their money."""
        return tuple(discrepancy.finding for discrepancy in self.discrepancies)

    def explain(self, family: str, settlement_ref: str) -> Quantity:
        """Explain the difference of one settlement: its lines by kind of money, less its total.

        Raises:
            KeyError: there is no such settlement with a total.
        """
        path = f"settlement[{settlement_ref}]"
        for row in self.settlements.iter_rows(named=True):
            if (row["family"], row["settlement_ref"]) == (family, settlement_ref) and row["total_minor"] is not None:
                kinds = self.by_kind.filter(family=family, settlement_ref=settlement_ref)
                parts = [
                    money(amount, row["currency"], KINDS[kind].name if kind in KINDS else kind, f"{path}.{kind}")
                    for kind, amount in kinds.select("kind", "amount_minor").iter_rows()
                ]
                total = money(row["total_minor"], row["currency"], "total that the settlement states", f"{path}.total")
                none = money(0, row["currency"], "no lines", path)
                return rules.difference(rules.sum_of_lines(parts or [none]), total)
        raise KeyError(settlement_ref)
