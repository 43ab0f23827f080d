"""What is said about fees above the tariff, with the money that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.engines.accounting.discrepancy import Discrepancy, shown, texts
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from datetime import date

    from supercargo.kernel.figure import Figure
    from supercargo.kernel.words import Text

    Tariff = tuple[Figure, Figure | None]

Row = dict[str, Any]
NAMES = {
    "day": "the day of the fee is not known",
    "product": "the product is not in the book",
    "measures": "the product was not measured and weighed",
    "units": "the number of units is not known",
    "tariff": "the tariff of that day is not in the reference book",
    "category": "the product's category is not known, and the tariff depends on it",
}
"""Why a fee was not compared."""


def fulfilment(rows: list[Row], tariff: Tariff | None) -> Discrepancy:
    """Say that units were billed above the tariff for the size and weight that the company measured."""
    first, currency = rows[0], rows[0]["currency"]
    charged = [row[name] for row in rows for name in ("charged_least_minor", "charged_most_minor") if row[name] is not None]
    each = " - ".join(shown(amount, currency) for amount in sorted({min(charged), max(charged)})) if charged else "?"
    message = said(
        "{sku} in {channel}: {units} units billed at {each} since {since}; by size and weight ({tier}) the tariff is {fee} "
        "({row}): {over} too much",
        sku=first["sku"], channel=first["channel"], units=_summed(rows, "units"), each=each, since=_since(rows),
        tier=texts(dict.fromkeys(row["tier"] for row in rows)), row=texts(row["tariff"] for row in rows),
        fee=texts(dict.fromkeys(_each(row["tariff_minor"], row["units"], currency) for row in rows)),
        over=shown(_summed(rows, "over_minor"), currency),
    )  # fmt: skip
    remedy = "have the channel measure and weigh the product again, and claim what was charged too much"
    return _of("TIE-501", rows, message, remedy, tariff)


def referral(rows: list[Row], tariff: Tariff | None) -> Discrepancy:
    """Say that more commission was charged than the category's rate."""
    first, currency = rows[0], rows[0]["currency"]
    message = said(
        "{sku} in {channel}: commission of {charged} on {units} units since {since}; by the tariff it is {fee} ({row}): {over} too much",
        sku=first["sku"], channel=first["channel"], charged=shown(_summed(rows, "charged_minor"), currency), units=_summed(rows, "units"),
        since=_since(rows), fee=shown(_summed(rows, "tariff_minor"), currency), row=texts(row["tariff"] for row in rows),
        over=shown(_summed(rows, "over_minor"), currency),
    )  # fmt: skip
    return _of("TIE-502", rows, message, "look in which category the channel lists the product", tariff)


def unchecked(row: Row) -> Discrepancy:
    """Say how many fees were not compared, and why."""
    template = (
        "{count} fulfilment fees of {channel}, {amount} in all, were not compared: {reason}"
        if row["fee"] == "fulfilment"
        else "{count} commissions of {channel}, {amount} in all, were not compared: {reason}"
    )
    message = said(
        template, count=row["items"], channel=row["channel"], amount=shown(row["charged_minor"], row["currency"]),
        reason=said(NAMES[row["reason"]]),
    )  # fmt: skip
    finding = Finding(
        "TIE-503", "note", f"fees[{row['channel']}].{row['fee']}.{row['reason']}", message, "supply what is missing to have them compared"
    )
    return Discrepancy(finding, row["channel"], row["fee"], row["currency"], row["charged_minor"], row["on"], "money_line")


def _each(total: int, units: int, currency: str) -> str:
    return shown(total // units, currency) if total % units == 0 else f"{shown(total, currency)} / {units}"


def _summed(rows: list[Row], name: str) -> int:
    return sum(int(row[name]) for row in rows)


def _since(rows: list[Row]) -> date:
    days: list[date] = [row["since"] for row in rows]
    return min(days)


def _of(code: str, rows: list[Row], message: Text, remedy: Text, tariff: Tariff | None) -> Discrepancy:
    first, citation = rows[0], None if tariff is None else tariff[0].citation
    source = "" if citation is None else ", ".join(citation.sources)
    finding = Finding(code, "error", f"fees[{first['channel']}].{first['sku']}", message, remedy, source)
    records = tuple(sorted(key for row in rows for key in row["ids"]))
    over = _summed(rows, "over_minor")
    return Discrepancy(finding, first["channel"], first["sku"], first["currency"], over, _since(rows), "money_line", records)
