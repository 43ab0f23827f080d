"""Vouchers -> CSV journals in the home currency: Xero (manual journals) and QuickBooks Online (journal entries)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from supercargo.desk.export.delimited import escaped
from supercargo.engines.accounting.posting import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supercargo.desk.vouchers.mapping import Mapping
    from supercargo.desk.vouchers.voucher import Voucher
    from supercargo.kernel.words import Language

XERO = (
    "*Narration",
    "*Date",
    "Description",
    "*AccountCode",
    "*TaxRate",
    "*Amount",
    "TrackingName1",
    "TrackingOption1",
    "TrackingName2",
    "TrackingOption2",
)
XERO_LINES = 300
"""Lines that Xero takes in one file."""
QUICKBOOKS = ("JournalNo", "JournalDate", "AccountName", "Debits", "Credits", "Description", "Name")


def xero(vouchers: Sequence[Voucher], mapping: Mapping, language: Language) -> Iterator[str]:
    """Write one file per 300 lines, never cutting a voucher; a debit is positive, the day is dd/mm/yyyy.

    Lines with the same narration and day are one journal there, so the number of the voucher begins the narration.
    """
    rows: list[tuple[str, ...]] = []
    for voucher in vouchers:
        mine = [
            (
                _narration(voucher, language),
                f"{voucher.day:%d/%m/%Y}",
                _about(side.account, language),
                mapping.account(side.account),
                mapping.options["tax_rate"],
                f"{side.home:f}",
                "",
                "",
                "",
                "",
            )
            for side in voucher.sides
            if side.home
        ]
        if rows and len(rows) + len(mine) > XERO_LINES:
            yield _csv(XERO, rows)
            rows = []
        rows += mine
    if rows:
        yield _csv(XERO, rows)


def quickbooks(vouchers: Sequence[Voucher], mapping: Mapping, language: Language) -> str:
    """Write one file; debits and credits stand apart, the day is mm/dd/yyyy, accounts go by name."""
    rows = [
        (
            str(voucher.number),
            f"{voucher.day:%m/%d/%Y}",
            mapping.account(side.account),
            f"{side.home:f}" if side.home > 0 else "",
            f"{-side.home:f}" if side.home < 0 else "",
            f"{voucher.text.into(language)}; {_about(side.account, language)}",
            "",
        )
        for voucher in vouchers
        for side in voucher.sides
        if side.home
    ]
    return _csv(QUICKBOOKS, rows)


def _narration(voucher: Voucher, language: Language) -> str:
    return f"{voucher.number}: {voucher.text.into(language)}"


def _about(code: str, language: Language) -> str:
    return name_of(code).into(language)


def _csv(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([cell if _is_amount(cell) else escaped(cell) for cell in row])
    return stream.getvalue()


def _is_amount(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()
