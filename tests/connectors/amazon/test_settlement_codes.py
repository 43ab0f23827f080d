"""What the lines of settlements are: the published catalogues have no line that nobody knows."""

import csv
from pathlib import Path

import pytest

from supercargo.connectors.amazon.codes import CODES, kind_of, plain
from supercargo.engines.accounting.kinds import KINDS

SHARED = Path(__file__).parents[4] / "shared" / "formats" / "amazon_settlement"


def catalogue(name):
    file = SHARED / name
    if not file.is_file():
        pytest.skip(f"{name} is not beside the repository")
    with file.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.shared
def test_every_triple_without_a_sku_is_classified():
    rows = catalogue("nonsku_amount_types.csv")
    kinds = {tuple(row.values()): kind_of(row["transaction_type"], row["amount_type"], row["amount_description"]) for row in rows}
    assert len(kinds) == 68
    assert [triple for triple, kind in kinds.items() if kind == "unclassified"] == []


@pytest.mark.shared
def test_every_description_is_classified_or_names_another_column():
    rows = catalogue("amount_descriptions.csv")
    unknown = [row["amount_description"] for row in rows if kind_of("", "", row["amount_description"]) == "unclassified"]
    assert len(rows) == 115
    assert sorted(unknown) == sorted(CODES["names"]["words"])


def test_every_kind_of_the_table_is_one_of_ours():
    tables = [CODES["by_transaction"], CODES["by_amount_type"], CODES["by_description"], *CODES["by_both"].values()]
    kinds = {kind for table in tables for kind in table.values()} | {family["kind"] for family in CODES["families"]}
    refunds = {kind for word, kind in CODES["refunds"].items() if word != "transactions"}
    assert kinds | refunds <= set(KINDS)


@pytest.mark.parametrize(
    ("triple", "kind"),
    [
        (("Order", "ItemPrice", "Principal"), "sale_goods"),
        (("Refund", "ItemPrice", "Principal"), "refund_goods"),
        (("Chargeback Refund", "ItemPrice", "Principal"), "refund_goods"),
        (("A-to-z Guarantee Refund", "ItemPrice", "Shipping"), "refund_shipping"),
        (("Order", "Promotion", "Principal"), "discount_goods"),
        (("Refund", "Promotion", "Principal"), "refund_discount"),
        (("Refund", "ItemFees", "Commission"), "fee_referral"),
        (("Refund", "ItemFees", "RefundCommission"), "fee_refund"),
        (("Refund", "ItemPrice", "RestockingFee"), "refund_other"),
        (("Order", "ItemFees", "FBAPerUnitFulfilmentFee"), "fee_fulfilment"),
        (("Order", "ItemFees", "FBAPerUnitFulfillmentFee"), "fee_fulfilment"),
        (("Order", "ItemFees", "Gift Wrap Chargeback CGST"), "tax_on_fees"),
        (("Order", "ItemTCS", "TCS-CGST"), "tax_withheld"),
        (("Order", "ItemWithheldTax", "MarketplaceFacilitatorTax-Shipping"), "tax_withheld"),
        (("Refund", "ItemWithheldTax", "MarketplaceFacilitatorVAT-Principal"), "tax_withheld_refund"),
        (("Order", "ItemWithheldTax", "LowValueGoodsTax-Principal"), "tax_withheld"),
        (("Income Tax Charged", "other-transaction", "MiscAdjustment"), "income_tax_withheld"),
        (("other-transaction", "other-transaction", "MiscAdjustment"), "fee_account_other"),
        (("other-transaction", "FBA Inventory Reimbursement", "SOMETHING_NEW"), "reimbursement"),
        (("other-transaction", "FBA Inventory Reimbursement", "INCORRECT_FEES_ITEMS"), "fee_fulfilment"),
        (("other-transaction", "other-transaction", "Payable to Amazon"), "balance_carried"),
        (("other-transaction", "other-transaction", "Successful charge"), "card_charged"),
        (("other-transaction", "other-transaction", "Transfer of funds unsuccessful: any reason"), "payout_failed"),
        (("other-transaction", "other-transaction", "Current Reserve Amount"), "reserve_held"),
        (("ServiceFee", "Cost of Advertising", "TransactionTotalAmount"), "advertising"),
        (("ServiceFee", "Something else", "TransactionTotalAmount"), "unclassified"),
        (("Order", "ItemPrice", "NewCharge"), "unclassified"),
    ],
)
def test_what_a_line_is(triple, kind):
    assert kind_of(*triple) == kind


def test_a_word_is_the_same_word_in_every_region():
    assert plain("Shipping Chargeback") == plain("ShippingChargeback") == plain("shipping_chargeback ")
