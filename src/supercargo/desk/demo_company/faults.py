"""What is wrong in the demonstration company's files, on purpose: the tie-out must find each, with its money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.banks import ACCOUNTS

if TYPE_CHECKING:
    from supercargo.desk.demo_company.rows import Row, Rows

SHORT_BY, OVERCHARGE = 1_240, 41
OVERCHARGED, OVERCHARGED_FROM = "HL-FLK-014", date(2026, 9, 15)


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: what it is, where it lies, and the money at stake in minor units."""

    kind: str
    place: str
    amount: int
    currency: str


def plant_before_banking(rows: Rows) -> list[Fault]:
    """Plant what the marketplace itself got wrong: the bank gets what the wrong statement says."""
    return [_short_settlement(rows), _overcharge(rows)]


def plant_after_banking(rows: Rows) -> list[Fault]:
    """Plant what went wrong between the statement and the bank, and in the files."""
    return [_doubled_row(rows), _missing_payout(rows), _wrong_currency(rows)]


def _settlements(rows: Rows, channel: str) -> list[Row]:
    return [row for row in rows.of["settlement"] if row["channel"] == channel]


def _short_settlement(rows: Rows) -> Fault:
    short = _settlements(rows, "amazon-gb")[2]
    short["total_minor"] -= SHORT_BY
    for payout in rows.of["payout"]:
        if payout["settlement_ref"] == short["settlement_ref"]:
            payout["amount_minor"] -= SHORT_BY
    return Fault("short_settlement", short["settlement_ref"], SHORT_BY, "GBP")


def _overcharge(rows: Rows) -> Fault:
    """Charge a unit more than its size costs; statement and bank agree, only the tariff does not."""
    fees = [
        line
        for line in rows.of["money_line"]
        if line["channel"] == "amazon-de"
        and line.get("sku") == OVERCHARGED
        and line["posted_on"] >= OVERCHARGED_FROM
        and line["their_name"] == "ItemFees/FBAPerUnitFulfillmentFee"
    ]
    units = {
        (line["order_ref"], line["line_ref"]): line["quantity"]
        for line in rows.of["money_line"]
        if line.get("quantity") and line.get("order_ref")
    }
    at_stake = 0
    for fee in fees:
        extra = OVERCHARGE * units[fee["order_ref"], fee["line_ref"]]
        fee["amount_minor"] -= extra
        at_stake += extra
        for noun, column in (("settlement", "total_minor"), ("payout", "amount_minor")):
            for row in rows.of[noun]:
                if row["settlement_ref"] == fee["settlement_ref"]:
                    row[column] -= extra
    return Fault("fba_overcharge", OVERCHARGED, at_stake, "EUR")


def _doubled_row(rows: Rows) -> Fault:
    settlement = _settlements(rows, "amazon-de")[3]["settlement_ref"]
    lines = rows.of["money_line"]
    place = next(
        number
        for number, line in enumerate(lines)
        if line["settlement_ref"] == settlement and line["their_name"] == "ItemPrice/Principal" and line["their_type"] == "Order"
    )
    lines.insert(place + 1, dict(lines[place]))
    return Fault("doubled_row", settlement, lines[place]["amount_minor"], "EUR")


def _missing_payout(rows: Rows) -> Fault:
    missing = [row for row in rows.of["payout"] if row["channel"] == "shopify-payments"][5]
    rows.of["bank_line"] = [line for line in rows.of["bank_line"] if missing["payout_ref"] not in line["text"]]
    return Fault("missing_payout", missing["payout_ref"], missing["amount_minor"], "EUR")


def _wrong_currency(rows: Rows) -> Fault:
    """Let a payout in pounds arrive as the same digits in euro."""
    payout = [row for row in rows.of["payout"] if row["channel"] == "ebay-gb"][4]
    for line in rows.of["bank_line"]:
        if payout["payout_ref"] in line["text"]:
            line["currency"], line["account"] = "EUR", ACCOUNTS["EUR"]
    return Fault("wrong_currency", payout["payout_ref"], payout["amount_minor"], "GBP")
