"""Money lines -> the itemised report of Stripe, exactly as it is downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.connectors.shops.writing import csv_bytes, money_text
from supercargo.connectors.stripe.codes import KINDS, REPORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

_CATEGORY_OF: dict[str, str] = {}
for _category, _kind in KINDS.items():
    _CATEGORY_OF.setdefault(_kind, _category)


def render_balance(tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Write the money lines as a payout reconciliation report.

    Args:
        tables: ``money_line``, where a fee has the key of its transaction and "/fee"; ``payout``, for the day of arrival.
    """
    arrivals = {row["payout_ref"]: row for row in tables["payout"].to_dicts()} if "payout" in tables else {}
    transactions: dict[str, dict[str, Any]] = {}
    fees: dict[str, int] = {}
    for line in tables["money_line"].sort("row", maintain_order=True).to_dicts():
        if line["key"].endswith("/fee"):
            fees[line["key"].removesuffix("/fee")] = -line["amount_minor"]
        else:
            transactions[line["key"]] = line
    rows = [_row(line, fees.get(key, 0), arrivals) for key, line in transactions.items()]
    return csv_bytes([(*REPORT, "payment_metadata[order_id]"), *rows], newline="\n")


def _row(line: dict[str, Any], fee: int, arrivals: Mapping[str, dict[str, Any]]) -> list[str]:
    currency, payout = line["currency"], line["settlement_ref"] or (line["related_ref"] if line["kind"].startswith("payout") else None)
    effective = _day(arrivals.get(payout or "", {}).get("arrives_on"))
    cells = {
        "balance_transaction_id": line["transaction_ref"],
        "created_utc": f"{line['posted_at']:%Y-%m-%d %H:%M:%S}" if line["posted_at"] else "",
        "created": f"{line['posted_on']:%Y-%m-%d} {line['posted_at'] or line['posted_on']:%H:%M:%S}" if line["posted_on"] else "",
        "available_on_utc": _day(line["release_on"]),
        "available_on": _day(line["release_on"]),
        "currency": currency.lower(),
        "gross": money_text(line["amount_minor"], currency),
        "fee": money_text(fee, currency),
        "net": money_text(line["amount_minor"] - fee, currency),
        "reporting_category": line["their_type"] or _CATEGORY_OF.get(line["kind"], "other_adjustment"),
        "source_id": line["line_ref"],
        "automatic_payout_id": payout,
        "automatic_payout_effective_at_utc": effective,
        "automatic_payout_effective_at": effective,
        "charge_id": None if line["kind"].startswith("payout") else line["related_ref"],
    }
    return [*(cells.get(name) or "" for name in REPORT), line["order_ref"] or ""]


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d} 00:00:00" if day else ""
