"""Vouchers -> a Beancount file: every line in its currency at its value at home, accounts opened, sums asserted."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from supercargo.engines.accounting.period_close import first_of, last_of
from supercargo.engines.accounting.posting import account, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.desk.vouchers.voucher import Side, Voucher
    from supercargo.kernel.words import Language

ROOTS = {"asset": "Assets", "liability": "Liabilities", "equity": "Equity", "income": "Income", "expense": "Expenses"}


_TOLERANCE = 'option "inferred_tolerance_default" "*:0.0000001"'
"""Beancount turns a total into a price of 28 digits and back: what is left of that is no difference, and no cent hides in it."""


def beancount(vouchers: Sequence[Voucher], month: str, home: str, language: Language = "en") -> str:
    """Write the movements of a month.

    A line in a foreign currency carries its total value at home (``@@``); a difference that changes the value at home only is
    a line in the home currency on the same account. At the end every account's movement is asserted.
    """
    used = sorted({side.account for voucher in vouchers for side in voucher.sides})
    first, after = first_of(month), last_of(month) + timedelta(days=1)
    lines = [f'option "title" "Supercargo {month}"', f'option "operating_currency" "{home}"', _TOLERANCE, ""]
    lines += [f"{first} open {name(code)}  ; {_comment(name_of(code).into(language))}" for code in used]
    for voucher in vouchers:
        lines += [
            "",
            f"{voucher.day} * {_text(voucher.text.into(language))}",
            f"  number: {_text(str(voucher.number))}",
            f"  key: {_text(voucher.key)}",
        ]
        lines += [f"  {name(side.account)}  {_amount(side, home)}" for side in voucher.sides]
    lines.append("")
    lines += [f"{after} balance {name(code)}  {total:f} {currency}" for (code, currency), total in sorted(sums(vouchers, home).items())]
    return "\n".join(lines) + "\n"


def sums(vouchers: Sequence[Voucher], home: str) -> dict[tuple[str, str], Decimal]:
    """Sum the movements by account and currency; differences at home count in the home currency."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for voucher in vouchers:
        for side in voucher.sides:
            key, amount = ((side.account, home), side.home) if side.only_home else ((side.account, side.currency), side.amount)
            found[key] += amount
    return dict(found)


def name(code: str) -> str:
    """Name an account as Beancount wants it: ``Assets:1100-Marketplace-clearing:Amazon-de``."""
    base, _, part = code.partition(".")
    own = f"{base}-{_word(name_of(base).en)}"
    return ":".join([ROOTS[account(code).kind], own, *([_marked(part)] if part else [])])


def _word(text: str) -> str:
    """Keep letters and digits of any script; a text that loses signs by it gets a mark, so that no two fall together."""
    word = re.sub(r"[\W_]+", "-", text).strip("-") or "Unknown"
    return word[:1].upper() + word[1:]


def _marked(part: str) -> str:
    word = _word(part)
    return word if word.lower() == part.lower() else f"{word}-{sha256(part.encode()).hexdigest()[:6]}"


def _amount(side: Side, home: str) -> str:
    if side.only_home:
        return f"{side.home:f} {home}"
    return f"{side.amount:f} {side.currency}" + ("" if side.currency == home else f" @@ {abs(side.home):f} {home}")


def _text(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
