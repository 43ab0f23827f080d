"""All six questions about the money, asked once over the whole book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting import fee_check, lost_stock, order_match, payout_match, return_match, settlement_sum
from supercargo.engines.accounting.payout_match.names import NAMES_AT_BANKS

if TYPE_CHECKING:
    from supercargo.desk.tie_out.policy import Policy
    from supercargo.desk.tie_out.records import Records
    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.kernel.finding import Finding
    from supercargo.reference.law import Law

DOUBLED = "TIE-102"


@dataclass(frozen=True, slots=True)
class Answers:
    """What each question decided."""

    settlements: settlement_sum.Decision
    payouts: payout_match.Decision
    orders: order_match.Decision
    refunds: return_match.Decision
    fees: fee_check.Decision
    losses: lost_stock.Decision

    @property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """List everything that does not tie, question by question."""
        every = (self.settlements, self.payouts, self.orders, self.refunds, self.fees, self.losses)
        return tuple(one for decision in every for one in decision.discrepancies)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """List what is worth knowing and has no money."""
        return self.payouts.notes


def ask(records: Records, policy: Policy, law: Law) -> Answers:
    """Ask every question; a row that is named as doubled is not counted again for its order."""
    settlements = settlement_sum.decide(settlement_sum.Facts(records.settlement, records.money_line, records.payout), law)
    copies = [key for one in settlements.discrepancies if one.finding.code == DOUBLED for key in one.records]
    lines = records.money_line.filter(~pl.col("id").is_in(copies)) if copies else records.money_line
    names = {
        house: (*NAMES_AT_BANKS.get(house, ()), *policy.names_at_banks.get(house, ()))
        for house in (*NAMES_AT_BANKS, *policy.names_at_banks)
    }
    return Answers(
        settlements,
        payout_match.decide(
            payout_match.Facts(records.payout, records.bank_line, lines, records.bank_statement, windows=policy.bank_days, names=names), law
        ),
        order_match.decide(order_match.Facts(records.order_line, lines, policy.pay_days), law),
        return_match.decide(
            return_match.Facts(lines, records.customer_return, records.reimbursement, records.order_line, policy.return_days), law
        ),
        fee_check.decide(fee_check.Facts(lines, records.product), law),
        lost_stock.decide(lost_stock.Facts(records.stock_move, records.reimbursement, records.product, policy.claim_days), law),
    )
