"""Balance transactions of the interface -> the rows of the report: amounts from minor into major units."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl

from supercargo.connectors.raw.table import ROW, Table
from supercargo.connectors.shops.objects import objects
from supercargo.connectors.shops.writing import money_text
from supercargo.connectors.stripe.codes import CATEGORY_OF_TYPE, NO_JSON, NO_OBJECT
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import refuse

_COLUMNS = (
    "balance_transaction_id", "created_utc", "available_on_utc", "currency", "gross", "fee", "net",
    "reporting_category", "source_id", "automatic_payout_id",
)  # fmt: skip


def table_of_objects(text: str) -> tuple[Table, dict[str, str]]:
    """Give the transactions as rows of text; what is no balance transaction is a named skip.

    The interface lists the transactions of one payout without naming it. Where the file holds one payout only and
    everything together comes to nothing, it is such a list, and all belong to that payout.

    Raises:
        Refused: PAY-105, the text is no JSON; PAY-104, none of its objects is a balance transaction.
    """
    found = objects(text, NO_JSON)
    ours = [(row, one) for row, one in found if isinstance(one, dict) and one.get("object") == "balance_transaction"]
    others = [row for row, one in found if not (isinstance(one, dict) and one.get("object") == "balance_transaction")]
    if found and not ours:
        raise refuse(NO_OBJECT, "file", "the object is no balance transaction", "fetch /v1/balance_transactions and save the answer")
    payout = _payout_of([one for _, one in ours])
    rows = [(row, *_cells(one, payout)) for row, one in ours]
    frame = pl.DataFrame(rows, schema={ROW: pl.Int64(), **dict.fromkeys(_COLUMNS, pl.String())}, orient="row")
    skipped = pl.DataFrame({"row": others}, schema={"row": pl.Int64()}).with_columns(
        code=pl.lit(NO_OBJECT), reason=pl.lit("the object is no balance transaction")
    )
    return Table(_COLUMNS, frame, pl.Series([], dtype=pl.Int64), skipped), {"units": "minor"}


def _payout_of(ours: list[dict[str, Any]]) -> str:
    payouts = {_text(one.get("source")) for one in ours if one.get("type") == "payout"}
    nets = [one.get("net") for one in ours]
    whole = len(payouts) == 1 and all(isinstance(net, int) for net in nets) and sum(net for net in nets if isinstance(net, int)) == 0
    return payouts.pop() if whole else ""


def _cells(one: dict[str, Any], payout: str) -> tuple[str, ...]:
    currency = _text(one.get("currency")).upper()
    category = _text(one.get("reporting_category")) or CATEGORY_OF_TYPE.get(_text(one.get("type")), _text(one.get("type")))
    return (
        _text(one.get("id")),
        _instant(one.get("created")),
        _instant(one.get("available_on")),
        currency,
        _major(one.get("amount"), currency),
        _major(one.get("fee"), currency),
        _major(one.get("net"), currency),
        category,
        _text(one.get("source")),
        payout,
    )


def _text(value: object) -> str:
    """Give a text, or the number of an object that was delivered whole."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) else ""


def _major(value: object, currency: str) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    return money_text(value, currency) if is_currency(currency) else str(value)


def _instant(value: object) -> str:
    last = 253_402_300_799
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= last:
        return ""
    return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M:%S")
