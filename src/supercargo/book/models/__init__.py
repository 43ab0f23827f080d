"""The nouns of the business, a file for each area."""

from supercargo.book.models.bank import BankLine, BankStatement
from supercargo.book.models.catalogue import AdvertDay, Channel, ChannelItem, Product, TrafficDay
from supercargo.book.models.company import Company, PriceTier, Registration, Supplier
from supercargo.book.models.house import AuditEntry, Document, FindingRecord, ImportRow, ImportRun, Job
from supercargo.book.models.ledger import Account, Entry, Period, Posting
from supercargo.book.models.money import ExchangeRate, Payout, Reimbursement, Settlement, SettlementLine
from supercargo.book.models.sales import Customer, CustomerReturn, Order, OrderLine, Refund
from supercargo.book.models.stock import (
    CustomsLine,
    FreightLine,
    ReceiptLine,
    Shipment,
    StockBatch,
    StockCount,
    StockMove,
    SupplierLine,
    Warehouse,
)
from supercargo.book.models.tax import TaxLine

__all__ = [
    "Account",
    "AdvertDay",
    "AuditEntry",
    "BankLine",
    "BankStatement",
    "Channel",
    "ChannelItem",
    "Company",
    "Customer",
    "CustomerReturn",
    "CustomsLine",
    "Document",
    "Entry",
    "ExchangeRate",
    "FindingRecord",
    "FreightLine",
    "ImportRow",
    "ImportRun",
    "Job",
    "Order",
    "OrderLine",
    "Payout",
    "Period",
    "Posting",
    "PriceTier",
    "Product",
    "ReceiptLine",
    "Refund",
    "Registration",
    "Reimbursement",
    "Settlement",
    "SettlementLine",
    "Shipment",
    "StockBatch",
    "StockCount",
    "StockMove",
    "Supplier",
    "SupplierLine",
    "TaxLine",
    "TrafficDay",
    "Warehouse",
]
