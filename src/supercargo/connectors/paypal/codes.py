"""PayPal's words and ours: columns in three languages, types of activity, event codes of the settlement report."""

from __future__ import annotations

NOT_NET = "PAY-001"
MEMO = "PAY-002"
NOT_FINAL = "PAY-003"
NOT_CLASSIFIED = "PAY-004"
NO_IMPACT_COLUMN = "PAY-005"
NO_PARTNER = "PAY-006"
NO_NUMBER = "PAY-007"
NO_RECORD = "PAY-020"
NOT_COUNTED = "PAY-021"
NOT_TOTALLED = "PAY-022"
OPEN_SCALE = "PAY-023"
BAD_BODY = "PAY-024"
NO_BODY = "PAY-025"

COLUMNS: dict[str, tuple[str, ...]] = {
    "Date": ("Date", "Datum"),
    "Time": ("Time", "Uhrzeit", "Heure"),
    "TimeZone": ("TimeZone", "Time Zone", "Time zone", "Zeitzone", "Fuseau horaire"),
    "Name": ("Name", "Nom"),
    "Type": ("Type", "Typ", "Description", "Beschreibung"),
    "Status": ("Status", "État", "Etat"),
    "Currency": ("Currency", "Währung", "Devise"),
    "Gross": ("Gross", "Brutto", "Avant commission"),
    "Fee": ("Fee", "Fees", "Gebühr", "Gebühren", "Entgelt", "Commission", "Commissions"),
    "Net": ("Net", "Netto"),
    "From Email Address": ("From Email Address", "Absender E-Mail-Adresse"),
    "Transaction ID": ("Transaction ID", "Transaktionscode", "Numéro de transaction"),
    "Reference Txn ID": ("Reference Txn ID", "Zugehöriger Transaktionscode", "Txn-Referenzkennung"),
    "Invoice Number": ("Invoice Number", "Rechnungsnummer"),
    "Balance": ("Balance", "Guthaben", "Solde"),
    "Country Code": ("Country Code", "Ländervorwahl", "Ländercode"),
    "Balance Impact": ("Balance Impact", "Auswirkung auf Guthaben", "Impact sur le solde"),
    "Event": ("Transaction Event Code", "Transaktionsereigniscode"),
}
REQUIRED = ("Date", "Type", "Currency", "Gross", "Fee", "Net", "Transaction ID")
DISTINCTIVE = ("Type", "Transaction ID", "Net", "Status")

ACTIVITY = (
    "Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net", "From Email Address",
    "To Email Address", "Transaction ID", "Shipping Address", "Address Status", "Item Title", "Item ID",
    "Shipping and Handling Amount", "Insurance Amount", "Sales Tax", "Option 1 Name", "Option 1 Value", "Option 2 Name",
    "Option 2 Value", "Reference Txn ID", "Invoice Number", "Custom Number", "Quantity", "Receipt ID", "Balance", "Address Line 1",
    "Address Line 2/District/Neighborhood", "Town/City", "State/Province/Region/County/Territory/Prefecture/Republic",
    "Zip/Postal Code", "Country", "Contact Phone Number", "Subject", "Note", "Country Code", "Balance Impact",
)  # fmt: skip
"""The columns of the usual download, in their order."""

MEMO_WORDS = ("memo", "kein einfluss", "keine auswirkung", "no impact", "mémo")
FINAL_WORDS = ("completed", "abgeschlossen", "terminé", "effectué", "cleared", "paid", "refunded", "partially refunded", "reversed", "")
"""States under which money has moved; anything else is asked of the column Balance Impact."""

_IN, _BACK, _OUT, _OVER = "customer_payment", "customer_repayment", "payout", "payout_failed"
TYPES: dict[str, str] = {
    "express checkout payment": _IN,
    "paypal express-zahlung": _IN,
    "paiement express checkout": _IN,
    "general payment": _IN,
    "allgemeine zahlung": _IN,
    "mobile payment": _IN,
    "handyzahlung": _IN,
    "website payment": _IN,
    "website-zahlung": _IN,
    "web accept payment received": _IN,
    "shopping cart payment received": _IN,
    "express checkout payment received": _IN,
    "payment received": _IN,
    "ebay auction payment": _IN,
    "ebay-auktionszahlung": _IN,
    "preapproved payment bill user payment": _IN,
    "zahlung im einzugsverfahren mit zahlungsrechnung": _IN,
    "subscription payment": _IN,
    "direct credit card payment": _IN,
    "virtual terminal payment": _IN,
    "payment refund": _BACK,
    "rückzahlung": _BACK,
    "remboursement de paiement": _BACK,
    "refund": _BACK,
    "payment reversal": "refund_other",
    "chargeback": "refund_other",
    "chargeback reversal": "refund_other",
    "rückbuchung": "refund_other",
    "chargeback fee": "fee_dispute",
    "dispute fee": "fee_dispute",
    "rückbuchungsgebühr": "fee_dispute",
    "payment fee": "fee_payment",
    "payment processing fee": "fee_payment",
    "payment review fee": "fee_payment",
    "fee reversal": "fee_payment",
    "general account fee": "fee_account_other",
    "mass pay fee": "fee_payment",
    "partner fee": "fee_channel_other",
    "postage cost": "fee_shipping_label",
    "paypal buyer credit payment funding": "loan",
    "general loan": "loan",
    "loan repayment": "loan",
    "tax collected by partner": "tax_withheld",
    "general withdrawal": _OUT,
    "general withdrawal - bank account": _OUT,
    "user initiated withdrawal": _OUT,
    "auto-sweep": _OUT,
    "automatic withdrawal": _OUT,
    "withdraw funds to bank account": _OUT,
    "von nutzer eingeleitete abbuchung": _OUT,
    "allgemeine abbuchung": _OUT,
    "allgemeine abbuchung - bankkonto": _OUT,
    "virement standard": _OUT,
    "reversal of ach withdrawal transaction": _OVER,
    "reversal of general withdrawal": _OVER,
    "withdrawal reversal": _OVER,
    "bank deposit to pp account": "top_up",
    "bank deposit to pp account (obselete)": "top_up",
    "bankgutschrift auf paypal-konto": "top_up",
    "general credit card deposit": "top_up",
    "allgemeine gutschrift auf kreditkarte": "top_up",
    "user initiated deposit": "top_up",
    "add funds from a bank account": "top_up",
}
"""Types by name; a payment type with money going out is a purchase of our own, and is not classified."""
CONVERSIONS = (
    "general currency conversion", "currency conversion", "user-initiated currency conversion", "allgemeine währungsumrechnung",
    "währungsumrechnung", "conversion de devise", "conversion de devise standard",
)  # fmt: skip
HOLDS = (
    "account hold for open authorization", "hold on balance for dispute investigation", "hold on available balance", "payment hold",
    "payment review hold", "general hold", "reserve hold", "reserve transfer", "temporary hold", "reversal of general account hold",
    "cancellation of hold for dispute resolution", "payment release", "payment review release", "reserve release", "hold release",
    "general hold release", "hold", "release", "einbehaltung für offene autorisierung", "rückbuchung allgemeiner einbehaltung",
)  # fmt: skip
"""Money set aside and given back: by the sign."""

EVENTS: dict[str, str] = {
    "T00": _IN, "T01": "fee_payment", "T02": "conversion", "T03": "top_up", "T04": _OUT, "T05": "unclassified", "T06": _OUT,
    "T07": "top_up", "T08": "fee_account_other", "T09": "unclassified", "T10": "unclassified", "T12": "unclassified", "T13": "reserve",
    "T14": "unclassified", "T15": "reserve", "T16": "loan", "T17": _OUT, "T18": "loan", "T19": "unclassified", "T20": "unclassified",
    "T21": "reserve", "T22": "unclassified",
    "T0106": "fee_dispute", "T0104": "fee_shipping_label", "T0113": "fee_channel_other",
    "T1101": _OVER, "T1104": _OVER, "T1105": "reserve", "T1106": "refund_other", "T1107": _BACK, "T1108": "fee_payment",
    "T1110": "reserve", "T1111": "reserve", "T1114": "unclassified",
    "T1201": "refund_other", "T1202": "refund_other",
}  # fmt: skip
"""Event code, or the group of its first three signs -> our kind; conversion and reserve go by the sign."""

SETTLEMENT = (
    "CH", "Transaction ID", "Invoice ID", "PayPal Reference ID", "PayPal Reference ID Type", "Transaction Event Code",
    "Transaction Initiation Date", "Transaction Completion Date", "Transaction  Debit or Credit", "Gross Transaction Amount",
    "Gross Transaction Currency", "Fee Debit or Credit", "Fee Amount", "Fee Currency", "Custom Field", "Consumer ID",
    "Payment Tracking ID", "Store ID",
)  # fmt: skip
RECORDS = ("RH", "FH", "SH", "CH", "SB", "SF", "SC", "RF", "RC", "CF", "FF")
