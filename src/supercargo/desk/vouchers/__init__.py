"""Vouchers of a month for other books: Beancount, Xero, QuickBooks, Kingdee, Yonyou."""

from supercargo.desk.vouchers.export import SYSTEMS, export
from supercargo.desk.vouchers.mapping import Mapping, own_mapping, template
from supercargo.desk.vouchers.voucher import Voucher, vouchers_of

__all__ = ["SYSTEMS", "Mapping", "Voucher", "export", "own_mapping", "template", "vouchers_of"]
