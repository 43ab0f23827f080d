"""The chart of accounts: which account a kind of money stands on, and what every account is called."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.words import Bilingual

AccountKind = Literal["asset", "liability", "equity", "income", "expense"]
OWN = "own"
CLEARING, HOUSE, IN_TRANSIT, CONVERSION = "1100", "1030", "1040", "1045"
BANK, UNEXPLAINED, ACCRUED, BUYERS = "1010", "1190", "1120", "1150"
INVENTORY, UNPLACED, PURCHASED, FREIGHT_DUE, IMPORT_TAX = "1200", "1210", "1290", "2025", "1310"
TAX_OWED, OPENING, BANK_CHARGE = "2100", "3000", "6030"
REALISED, UNREALISED, ROUNDING = "6710", "6720", "6790"
PAYABLE = {"supplier_line": "2010", "freight_line": "2020", "customs_line": "2030"}


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the chart; ``by`` says what it is split by, ``monetary`` whether it is revalued."""

    code: str
    name: Bilingual
    kind: AccountKind
    by: str
    monetary: bool
    kingdee: str
    yonyou: str


@cache
def chart() -> dict[str, Account]:
    """Read the chart, by code."""
    return {
        code: Account(
            code, Bilingual(entry["en"], entry["zh"]), entry["kind"], entry.get("by", ""), entry.get("monetary", False),
            entry["kingdee"], entry["yonyou"],
        )
        for code, entry in _file()["accounts"].items()
    }  # fmt: skip


@cache
def account_of_kind() -> dict[str, str]:
    """Give for every kind of money the account of its other side; a fee's is that of its stage.

    >>> account_of_kind()["fee_referral"]
    '6010'
    """
    kinds, stages = _file()["kinds"], _file()["stages"]
    return {key: kinds.get(key) or stages[kind.stage] for key, kind in KINDS.items()}


def account(code: str) -> Account:
    """Give the account of a code, of which only the part before the first point counts: ``1100.amazon-de``."""
    return chart()[code.partition(".")[0]]


def name_of(code: str) -> Bilingual:
    """Name an account with what it is split by: ``marketplace clearing: amazon-de``."""
    base, _, part = code.partition(".")
    name = chart()[base].name
    return Bilingual(f"{name.en}: {part}", f"{name.zh}：{part}") if part else name


@cache
def _file() -> dict[str, Any]:
    file = resources.files("supercargo.engines.accounting.posting") / "chart.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
