"""A month of the ledger into the files of another book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from supercargo.desk.export.files import whole_file
from supercargo.desk.vouchers import journals, sheets
from supercargo.desk.vouchers.beancount import beancount
from supercargo.desk.vouchers.mapping import own_mapping
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from supercargo.desk.vouchers.voucher import Voucher
    from supercargo.kernel.words import Language

System = Literal["xero", "quickbooks", "kingdee", "yonyou", "beancount"]
SYSTEMS: tuple[System, ...] = ("xero", "quickbooks", "kingdee", "yonyou", "beancount")
_NOTES = {
    "xero": "the columns are those of the manual journal template of Xero as its help describes them; "
    "compare with the template of your organisation",
    "quickbooks": "switch account numbers off in QuickBooks before the import; "
    "the names of the columns are proven by public guides, not by us",
    "kingdee": "the field keys are those of the voucher template of Kingdee Cloud as a public program writes them; "
    "compare with the template of your account book",
    "yonyou": "the columns are those of the voucher list of Yonyou U8 as two public programs write them; "
    "the import into U8 is not proven by us",
}
WORDS = tuple(_NOTES.values())


def export(
    system: System, vouchers: Sequence[Voucher], month: str, home: str, folder: Path, own: Path | None = None, language: Language = "en"
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:  # fmt: skip
    """Write the vouchers of a month for a system and give the files.

    ``own`` is the folder of the company's ``accounts.toml``.

    Findings: EXP-101 what is not proven about a format, EXP-103 a voucher that is longer than a file may be.

    Raises:
        Refused: EXP-001 there is nothing to export; EXP-004, EXP-005 see the mapping; EXPORT-001 a file cannot be written.
    """
    if not vouchers:
        raise refuse("EXP-001", "month", said("no entry is posted in {month}", month=month), 'post it first with "supercargo ledger post"')
    folder.mkdir(parents=True, exist_ok=True)
    if system == "beancount":
        path = folder / f"{month}.beancount"
        _text(path, beancount(vouchers, month, home, language))
        return (path,), ()
    mapping = own_mapping(own, system, language)
    findings = [Finding("EXP-101", "note", system, _NOTES[system], "import one month into a trial company first", "term-voucher")]
    if system == "xero":
        longest = max(len(voucher.sides) for voucher in vouchers)
        if longest > journals.XERO_LINES:
            message = said("a voucher has {count} lines and Xero takes {most} in one file", count=longest, most=journals.XERO_LINES)
            findings.append(Finding("EXP-103", "warning", "xero", message, "enter this journal by the API of Xero, or by hand"))
        paths = []
        for number, text in enumerate(journals.xero(vouchers, mapping, language), start=1):
            paths.append(folder / f"xero-{month}-{number:02d}.csv")
            _text(paths[-1], text)
        return tuple(paths), tuple(findings)
    if system == "quickbooks":
        path = folder / f"quickbooks-{month}.csv"
        _text(path, journals.quickbooks(vouchers, mapping, language))
        return (path,), tuple(findings)
    path = folder / f"{system}-{month}.xlsx"
    (sheets.kingdee if system == "kingdee" else sheets.yonyou)(path, vouchers, mapping, home)
    return (path,), tuple(findings)


def _text(path: Path, text: str) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")
