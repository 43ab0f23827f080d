"""The kinds of money that a channel, a payment house or a bill names, and where each stands between shop price and profit.

Every source has its own words; connectors bring them to these. The sign is the seller's: money that
comes in is positive, money that is kept back is negative, and a refund mirrors its sale.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Stage = Literal[
    "sales", "discounts", "refunds", "goods", "channel", "fulfilment", "payment", "marketing", "account", "unclassified", "tax", "clearing"
]
"""``tax`` and ``clearing`` are never profit: tax belongs to an authority, clearing is our own money on its way."""

NET_REVENUE: tuple[Stage, ...] = ("sales", "discounts", "refunds")
MARGIN_1: tuple[Stage, ...] = (*NET_REVENUE, "goods")
MARGIN_2: tuple[Stage, ...] = (*MARGIN_1, "channel", "fulfilment", "payment")
MARGIN_3: tuple[Stage, ...] = (*MARGIN_2, "marketing", "account", "unclassified")


@dataclass(frozen=True, slots=True)
class MoneyKind:
    """One kind of money: its stage of the waterfall and the words that a person reads (English; Chinese in kernel/words)."""

    key: str
    stage: Stage
    name: str


_ALL = (
    MoneyKind("sale_goods", "sales", "goods sold"),
    MoneyKind("sale_shipping", "sales", "shipping charged to the buyer"),
    MoneyKind("sale_giftwrap", "sales", "gift wrap charged to the buyer"),
    MoneyKind("sale_other", "sales", "other charges to the buyer"),
    MoneyKind("discount_goods", "discounts", "discount on goods"),
    MoneyKind("discount_shipping", "discounts", "discount on shipping"),
    MoneyKind("refund_goods", "refunds", "goods refunded"),
    MoneyKind("refund_shipping", "refunds", "shipping refunded"),
    MoneyKind("refund_giftwrap", "refunds", "gift wrap refunded"),
    MoneyKind("refund_other", "refunds", "goodwill, claims and charge-backs"),
    MoneyKind("refund_discount", "refunds", "discount taken back on a refund"),
    MoneyKind("cost_of_goods", "goods", "purchase cost of goods sold"),
    MoneyKind("cost_first_leg", "goods", "first-leg freight in the goods sold"),
    MoneyKind("cost_import_duty", "goods", "import duty and entry fees in the goods sold"),
    MoneyKind("cost_write_off", "goods", "goods lost, damaged or disposed of"),
    MoneyKind("reimbursement", "goods", "reimbursed for lost or damaged goods"),
    MoneyKind("fee_referral", "channel", "commission"),
    MoneyKind("fee_refund", "channel", "commission kept on a refund"),
    MoneyKind("fee_closing", "channel", "closing and per-item fees"),
    MoneyKind("fee_digital_services", "channel", "digital services and regulatory fees"),
    MoneyKind("fee_channel_other", "channel", "other channel fees"),
    MoneyKind("fee_fulfilment", "fulfilment", "fulfilment per unit"),
    MoneyKind("fee_shipping_label", "fulfilment", "shipping labels and carriage"),
    MoneyKind("fee_storage", "fulfilment", "storage"),
    MoneyKind("fee_storage_aged", "fulfilment", "aged-inventory surcharge"),
    MoneyKind("fee_inbound", "fulfilment", "inbound, placement and preparation"),
    MoneyKind("fee_removal", "fulfilment", "removal, disposal and liquidation"),
    MoneyKind("fee_returns", "fulfilment", "returns processing"),
    MoneyKind("fee_payment", "payment", "payment processing"),
    MoneyKind("fee_conversion", "payment", "currency conversion charge"),
    MoneyKind("fee_dispute", "payment", "dispute fee"),
    MoneyKind("fee_bank", "payment", "bank charge"),
    MoneyKind("advertising", "marketing", "advertising"),
    MoneyKind("fee_promotion", "marketing", "coupons, deals and reviews"),
    MoneyKind("fee_affiliate", "marketing", "creators and affiliates"),
    MoneyKind("fee_subscription", "account", "subscription"),
    MoneyKind("fee_account_other", "account", "other charges to the account"),
    MoneyKind("unclassified", "unclassified", "not classified"),
    MoneyKind("sale_tax", "tax", "tax charged to the buyer"),
    MoneyKind("refund_tax", "tax", "tax refunded to the buyer"),
    MoneyKind("tax_withheld", "tax", "tax collected by the marketplace"),
    MoneyKind("tax_withheld_refund", "tax", "tax given back by the marketplace"),
    MoneyKind("tax_on_fees", "tax", "tax on fees, to be reclaimed"),
    MoneyKind("income_tax_withheld", "tax", "income tax withheld at source"),
    MoneyKind("customer_payment", "clearing", "buyer's payment, gross"),
    MoneyKind("customer_repayment", "clearing", "repaid to the buyer, gross"),
    MoneyKind("reserve_held", "clearing", "held back as reserve"),
    MoneyKind("reserve_released", "clearing", "reserve given back"),
    MoneyKind("payout", "clearing", "paid out"),
    MoneyKind("payout_failed", "clearing", "payout that came back"),
    MoneyKind("balance_carried", "clearing", "balance carried from before"),
    MoneyKind("card_charged", "clearing", "card charged for a debt"),
    MoneyKind("conversion_out", "clearing", "converted into another currency"),
    MoneyKind("conversion_in", "clearing", "converted from another currency"),
    MoneyKind("loan", "clearing", "loan paid in or paid back"),
    MoneyKind("top_up", "clearing", "own money paid in"),
)
KINDS: Mapping[str, MoneyKind] = MappingProxyType({kind.key: kind for kind in _ALL})
"""Every kind by its key, in the order of the waterfall."""


def stage_of(kind: str) -> Stage:
    """Tell where a kind of money stands between shop price and profit.

    >>> stage_of("fee_referral")
    'channel'
    """
    return KINDS[kind].stage
