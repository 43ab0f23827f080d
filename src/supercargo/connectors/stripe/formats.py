"""What Stripe's files are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from supercargo.connectors.raw import header
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.stripe.codes import COLUMNS, DISTINCTIVE, REQUIRED
from supercargo.connectors.stripe.mapping import map_balance
from supercargo.connectors.stripe.render import render_balance

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_OBJECT = re.compile(r'"object"\s*:\s*"balance_transaction"')
_PROBE = 100_000


def _certainty(raw: Raw) -> int:
    if raw.kind == "json":
        return 100 if _OBJECT.search(raw.text[:_PROBE]) else 0
    return header.certainty(raw, COLUMNS, REQUIRED, DISTINCTIVE)


FORMATS = (
    Format(
        "stripe-balance",
        "stripe",
        "Stripe: balance transactions",
        _certainty,
        map_balance,
        render_balance,
        "column names and signs of the report and objects of the interface are verified; reserve and financing categories are not",
    ),
)
