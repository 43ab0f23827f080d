"""What is said about lost stock, with the money that hangs on it."""

from __future__ import annotations

from typing import Any

from supercargo.engines.accounting.discrepancy import Discrepancy, shown
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

Row = dict[str, Any]


def lost(row: Row, *, assumed: bool) -> Discrepancy:
    """Say how many units are gone, what they cost, and until when they can be claimed."""
    known = not row["uncosted"]
    value = shown(row["value_minor"], row["currency"]) if known else said("value unknown")
    values = {
        "sku": row["sku"],
        "channel": row["channel"] or row["family"],
        "units": row["open_units"],
        "value": value,
        "day": row["moved_on"],
    }
    if row["state"] == "claim":
        message = said(
            "{units} units of {sku} lost or damaged at {channel} since {day} ({value} at cost), neither found nor reimbursed: claim "
            "by {last}, {days} days left",
            **values, last=row["last_day"], days=row["days_left"],
        )  # fmt: skip
        remedy = "claim with the references of the inventory ledger"
    elif row["state"] == "expired":
        message = said(
            "{units} units of {sku} lost or damaged at {channel} since {day} ({value} at cost), never made good; the days to claim "
            "ended on {last}",
            **values, last=row["last_day"],
        )  # fmt: skip
        remedy = "ask all the same; write the stock off"
    else:
        message = said("{units} units of {sku} lost or damaged at {channel} ({value} at cost) on an unknown day", **values)
        remedy = "import the inventory ledger with its days"
    if assumed:
        remedy = "the days to claim are an assumption that nobody has verified: look them up in the channel's policy, then claim"
    finding = Finding(
        row["code"], "warning", f"stock[{row['channel'] or row['family']}].{row['sku']}", message, remedy, "unverified" if assumed else ""
    )
    currency, stake = (row["currency"], row["value_minor"]) if known else (row["currency"] or "", None)
    return Discrepancy(finding, row["channel"] or "", row["sku"], currency, stake, row["moved_on"], "stock_move", tuple(row["id"]))
