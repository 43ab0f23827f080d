"""The demonstration company's bank accounts: what the marketplaces paid in, what was converted, what suppliers got."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.draw import Draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.desk.demo_company.rows import Row, Rows

ACCOUNTS = {"EUR": "DE44500105175407324931", "GBP": "GB33BUKB20201555555555", "USD": "US-889204417", "CNY": "CN-6217000012345678"}
OPENING = {"EUR": 1_250_000, "GBP": 640_000, "USD": 420_000, "CNY": 98_000_000}
PAYERS = {
    "amazon-de": "AMAZON PAYMENTS EUROPE S.C.A.",
    "amazon-gb": "AMAZON PAYMENTS UK LIMITED",
    "shopify-payments": "SHOPIFY INTERNATIONAL LTD",
    "ebay-gb": "EBAY S.A.R.L.",
    "tiktok-gb": "TIKTOK INFORMATION TECHNOLOGIES UK",
    "stripe": "STRIPE PAYMENTS",
    "paypal": "PAYPAL (EUROPE) S.A.R.L.",
}
FIRST_DAY, LAST_DAY = date(2026, 8, 1), date(2026, 11, 15)
CONVERSIONS = (
    ("EUR", date(2026, 9, 4), 900_000, 7_320_600),
    ("EUR", date(2026, 10, 9), 950_000, 7_745_350),
    ("GBP", date(2026, 10, 16), 500_000, 4_712_500),
)
"""Currency, day, amount out and CNY in, as the bank booked them."""
_SUNDAY, _SATURDAY = 6, 5


def book(rows: Rows) -> None:
    """Write down the lines of every account; the payouts are in ``rows`` already."""
    for payout in rows.of["payout"]:
        if payout["status"] == "sent":
            _line(
                rows,
                payout["currency"],
                _bank_day(payout["arrives_on"] + timedelta(days=1)),
                payout["amount_minor"],
                PAYERS[payout["channel"]],
                payout["payout_ref"],
            )
    for currency, day, out, into in CONVERSIONS:
        _line(rows, currency, day, -out, "HARBOUR & LANTERN TRADING", f"FX {currency}CNY {Draw(str(day)).digits(6)}")
        _line(rows, "CNY", day, into, "HARBOUR & LANTERN TRADING", f"FX {currency}CNY {Draw(str(day)).digits(6)}")
    _bills(rows)
    for number, currency in enumerate(ACCOUNTS):
        for month in (8, 9, 10, 11):
            _line(rows, currency, date(2026, month, 3), -(900 + 150 * number), "", "ACCOUNT FEE")


def statements(rows: Rows, currency: str) -> Iterator[tuple[Row, list[Row]]]:
    """Give the statements of an account, one a month, each with its lines; opening plus lines is closing."""
    listed = sorted(
        (line for line in rows.of["bank_line"] if line["account"] == ACCOUNTS[currency]), key=lambda line: (line["booked_on"], line["text"])
    )
    balance = OPENING[currency]
    for month in (8, 9, 10, 11):
        lines = [line for line in listed if line["booked_on"].month == month]
        first = date(2026, month, 1)
        last = LAST_DAY if month == LAST_DAY.month else date(2026, month + 1, 1) - timedelta(days=1)
        opening, balance = balance, balance + sum(line["amount_minor"] for line in lines)
        reference = f"{month:05d}"
        for line in lines:
            line["statement_ref"] = reference
        yield (
            {
                "account": ACCOUNTS[currency],
                "statement_ref": reference,
                "currency": currency,
                "opening_minor": opening,
                "opening_on": first,
                "closing_minor": balance,
                "closing_on": last,
            },
            lines,
        )


def _bills(rows: Rows) -> None:
    owed: dict[tuple[str, date], int] = {}
    for line in rows.of["supplier_line"]:
        owed[line["supplier"], line["due_on"]] = owed.get((line["supplier"], line["due_on"]), 0) + line["amount_minor"]
    for (supplier, due), amount in owed.items():
        if FIRST_DAY <= due <= LAST_DAY:
            _line(rows, "CNY", _bank_day(due), -amount, supplier, "INVOICES " + due.strftime("%y%m"))
    for line in rows.of["freight_line"]:
        paid = line["billed_on"] + timedelta(days=30)
        if FIRST_DAY <= paid <= LAST_DAY:
            _line(
                rows, line["currency"], _bank_day(paid), -line["amount_minor"], line["forwarder"], line["bill_ref"] + " " + line["charge"]
            )
    entries: dict[tuple[str, str, str, date], int] = {}
    for line in rows.of["customs_line"]:
        name = (line["currency"], line["broker"], line["entry_ref"], line["entered_on"])
        entries[name] = entries.get(name, 0) + line["duty_minor"] + line["import_tax_minor"]
    for (currency, broker, reference, day), amount in entries.items():
        paid = day + timedelta(days=15)
        if FIRST_DAY <= paid <= LAST_DAY:
            _line(rows, currency, _bank_day(paid), -amount, broker, reference)


def _line(rows: Rows, currency: str, day: date, amount: int, counterparty: str, text: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        return
    rows.add(
        "bank_line",
        account=ACCOUNTS[currency],
        currency=currency,
        amount_minor=amount,
        booked_on=day,
        value_on=day,
        counterparty=counterparty or None,
        text=text,
        bank_ref=Draw(f"{currency}|{day}|{amount}|{text}").digits(12),
        is_reversal=False,
    )


def _bank_day(day: date) -> date:
    return day + timedelta(days={_SATURDAY: 2, _SUNDAY: 1}.get(day.weekday(), 0))
