"""Which of our accounts is which in another book: our own proposal, and the company's file over it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from supercargo.engines.accounting.posting import chart, name_of
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping as Lookup
    from pathlib import Path

    from supercargo.kernel.words import Language

FILE = "accounts.toml"
SYSTEMS = ("xero", "quickbooks", "kingdee", "yonyou")
KINGDEE_CURRENCIES = {"CNY": "PRE001", "USD": "PRE007"}
"""Numbers of currencies that Kingdee Cloud ships with; others are numbered by each company."""
OPTIONS = {
    "xero": {"tax_rate": "Tax Exempt"},
    "quickbooks": {},
    "kingdee": {"account_book": "001", "organisation": "100", "voucher_group": "PRE001", "rate_type": "HLTX01_SYS"},
    "yonyou": {"voucher_word": "记", "made_by": "Supercargo"},
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Accounts of one other book by our code (the longest beginning counts), its currencies, and its settings."""

    system: str
    accounts: Lookup[str, str]
    currencies: Lookup[str, str] = field(default_factory=lambda: MappingProxyType({}))
    options: Lookup[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def account(self, code: str) -> str:
        """Give the account of the other book: of the code with its part, else of the code alone."""
        return self.accounts.get(code) or self.accounts[code.partition(".")[0]]


def proposal(system: str, language: Language = "en") -> dict[str, str]:
    """Propose accounts: the standard chart's codes for Kingdee and Yonyou, names for QuickBooks, our own codes for Xero."""
    if system in ("kingdee", "yonyou"):
        return {code: getattr(account, system) for code, account in chart().items()}
    if system == "quickbooks":
        return {code: account.name.into(language) for code, account in chart().items()}
    return {code: code for code in chart()}


def own_mapping(folder: Path | None, system: str, language: Language = "en") -> Mapping:
    """Read the company's mapping for a book over our proposal.

    Raises:
        Refused: EXP-004, the file cannot be read or names an account that we do not have.
    """
    table = _read(folder / FILE) if folder is not None and (folder / FILE).is_file() else {}
    own: dict[str, Any] = table.get(system, {})
    accounts = {str(code): str(there) for code, there in own.get("accounts", {}).items()}
    strange = sorted(code for code in accounts if code.partition(".")[0] not in chart())
    if strange:
        raise refuse(
            "EXP-004", f"{system}.accounts", said("we have no account {code}", code=strange[0]), "use the codes of the chart of accounts"
        )
    currencies = (KINGDEE_CURRENCIES if system == "kingdee" else {}) | {str(k): str(v) for k, v in own.get("currencies", {}).items()}
    options = OPTIONS[system] | {str(k): str(v) for k, v in own.get("options", {}).items()}
    return Mapping(system, proposal(system, language) | accounts, currencies, options)


def template() -> str:
    """Write a mapping file to be edited: every account with our proposal, its name beside it."""
    lines = ['# Which of our accounts is which in your accounting system. An entry such as "1100.amazon-de" stands before "1100".']
    for system in SYSTEMS:
        lines += ["", f"[{system}.options]", *(f"{key} = {_quoted(value)}" for key, value in OPTIONS[system].items())]
        if system == "kingdee":
            lines += ["", "[kingdee.currencies]", *(f"{code} = {_quoted(number)}" for code, number in KINGDEE_CURRENCIES.items())]
        lines += ["", f"[{system}.accounts]"]
        lines += [f"{code} = {_quoted(there)}  # {name_of(code).en} · {name_of(code).zh}" for code, there in proposal(system).items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        message = said("{file} cannot be read: {reason}", file=path.name, reason=str(fault))
        raise refuse("EXP-004", path.name, message, "correct the file, or move it away to use the proposal") from fault
