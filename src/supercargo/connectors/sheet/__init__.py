"""Any CSV or XLSX file -> rows of text with row numbers; numbers exact, ambiguity refused."""

from supercargo.connectors.sheet.files import read_bytes, read_workbook
from supercargo.connectors.sheet.limits import Limits
from supercargo.connectors.sheet.numbers import (
    DecimalSign,
    NumberFault,
    SignEvidence,
    gather,
    is_date,
    proves,
    read_amount,
    read_decimal,
    read_percent,
    tidy,
)  # fmt: skip
from supercargo.connectors.sheet.sheet import Kind, Row, Sheet, Workbook

__all__ = [
    "DecimalSign", "Kind", "Limits", "NumberFault", "Row", "Sheet", "SignEvidence", "Workbook", "gather", "is_date", "proves",
    "read_amount", "read_bytes", "read_decimal", "read_percent", "read_workbook", "tidy",
]  # fmt: skip
