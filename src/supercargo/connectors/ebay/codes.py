"""eBay's words and ours: columns and types in English and German."""

from __future__ import annotations

NOT_NET = "EBAY-001"
NOT_RATE = "EBAY-002"
NO_AMOUNT = "EBAY-003"
NOT_CLASSIFIED = "EBAY-004"
TOTALS_SUMMED = "EBAY-005"
LOOSE_ITEM = "EBAY-006"
FOOTER = "EBAY-021"
NO_ORDER = "EBAY-022"
SUM_ROW = "EBAY-023"
OPEN_PRICE = "EBAY-024"
NO_CURRENCY = "EBAY-025"

TRANSACTIONS = (
    "Transaction creation date", "Type", "Order number", "Legacy order ID", "Buyer username", "Buyer name", "Ship to city",
    "Ship to province/region/state", "Ship to zip", "Ship to country", "Net amount", "Payout currency", "Payout date", "Payout ID",
    "Payout method", "Payout status", "Reason for hold", "Item ID", "Transaction ID", "Item title", "Custom label", "Quantity",
    "Item subtotal", "Shipping and handling", "Seller collected tax", "eBay collected tax", "Final Value Fee - fixed",
    "Final Value Fee - variable", 'Very high "item not as described" fee', "Below standard performance fee", "International fee",
    "Gross transaction amount", "Transaction currency", "Exchange rate", "Reference ID", "Description",
)  # fmt: skip
"""The columns of the report of the United States, in their order."""

_GERMAN = {
    "Transaction creation date": ("Datum der Transaktionserstellung",),
    "Type": ("Typ",),
    "Order number": ("Bestellnummer",),
    "Legacy order ID": ("Alte Bestellnummer",),
    "Buyer username": ("Nutzername des Käufers",),
    "Buyer name": ("Name des Käufers",),
    "Ship to country": ("Versandziel - Land", "Versandziel – Land"),
    "Net amount": ("Betrag abzügl. Kosten",),
    "Payout currency": ("Auszahlungswährung",),
    "Payout date": ("Auszahlungsdatum",),
    "Payout ID": ("Auszahlung Nr.",),
    "Payout method": ("Auszahlungsmethode",),
    "Payout status": ("Auszahlungsstatus", "Status der Auszahlung"),
    "Reason for hold": ("Grund für Einbehaltung", "Grund der Einbehaltung"),
    "Item ID": ("Artikelnummer",),
    "Transaction ID": ("Transaktionsnummer",),
    "Item title": ("Angebotstitel", "Artikelbezeichnung"),
    "Custom label": ("Bestandseinheit",),
    "Quantity": ("Stückzahl", "Menge"),
    "Item subtotal": ("Zwischensumme Artikel",),
    "Shipping and handling": ("Verpackung und Versand", "Postage and packaging", "Postage and handling"),
    "Seller collected tax": ("Vom Verkäufer eingezogene Steuer", "Vom Verkäufer eingezogene Steuern"),
    "eBay collected tax": ("Von eBay eingezogene Steuer", "Von eBay eingezogene Steuern"),
    "Final Value Fee - fixed": ("Final value fee – fixed", "Fixer Anteil der Verkaufsprovision"),
    "Final Value Fee - variable": ("Final value fee – variable", "Variabler Anteil der Verkaufsprovision"),
    'Very high "item not as described" fee': (
        "Very high 'item not as described' fee", "Gebühr für sehr hohe Quote an „nicht wie beschriebenen Artikeln“",
        'Gebühr für sehr hohe Quote an „nicht wie beschriebenen Artikeln"',
    ),
    "Below standard performance fee": ("Gebühr für unterdurchschnittlichen Servicestatus",),
    "International fee": ("Internationale Gebühr",),
    "Gross transaction amount": ("Transaktionsbetrag (inkl. Kosten)",),
    "Transaction currency": ("Transaktionswährung",),
    "Exchange rate": ("Wechselkurs",),
    "Reference ID": ("Referenznummer",),
    "Description": ("Beschreibung",),
}  # fmt: skip
_MORE = ("Regulatory operating fee", "Deposit processing fee", "Charity donation")
COLUMNS: dict[str, tuple[str, ...]] = {name: (name, *_GERMAN.get(name, ())) for name in (*TRANSACTIONS, *_MORE)}
REQUIRED = ("Transaction creation date", "Type", "Order number", "Net amount", "Payout ID", "Gross transaction amount")
DISTINCTIVE = ("Transaction creation date", "Payout ID", "Net amount", "Gross transaction amount")

TYPES = {
    "bestellung": "order", "rückerstattung": "refund", "auszahlung": "payout", "versandetikett": "shipping label",
    "andere gebühr": "other fee", "fall": "claim", "zahlungsstreitfall": "payment dispute", "einbehalten": "hold",
    "einbehaltung": "hold", "überweisung": "transfer", "anpassung": "adjustment", "belastung": "charge",
    "postage label": "shipping label", "gutschrift": "credit",
}  # fmt: skip
"""Types in other languages -> the English one."""

PARTS = (
    ("goods", "Item subtotal", "sale_goods", "refund_goods"),
    ("shipping", "Shipping and handling", "sale_shipping", "refund_shipping"),
    ("tax", "Seller collected tax", "sale_tax", "refund_tax"),
    ("fvf-fixed", "Final Value Fee - fixed", "fee_closing", "fee_closing"),
    ("fvf", "Final Value Fee - variable", "fee_referral", "fee_referral"),
    ("regulatory", "Regulatory operating fee", "fee_digital_services", "fee_digital_services"),
    ("not-as-described", 'Very high "item not as described" fee', "fee_channel_other", "fee_channel_other"),
    ("below-standard", "Below standard performance fee", "fee_channel_other", "fee_channel_other"),
    ("international", "International fee", "fee_channel_other", "fee_channel_other"),
    ("deposit", "Deposit processing fee", "fee_payment", "fee_payment"),
    ("charity", "Charity donation", "fee_account_other", "fee_account_other"),
)
"""What a key ends in, the column, the kind in a sale, and in a refund; eBay-collected tax is not among them: it never passes through us."""

KINDS = {
    "order": "sale_goods", "refund": "refund_goods", "payout": "payout", "shipping label": "fee_shipping_label",
    "other fee": "fee_channel_other", "claim": "refund_other", "payment dispute": "refund_other", "transfer": "card_charged",
    "charge": "fee_account_other", "credit": "fee_account_other", "loan repayment": "loan", "seller loan": "loan",
}  # fmt: skip
"""The kind of a row that states no parts; a hold goes by its sign, another type is not classified."""
REFUNDS = ("refund", "claim", "payment dispute")
FEE_WORDS = (
    ("promoted", "advertising"), ("ad fee", "advertising"), ("anzeigen", "advertising"), ("offsite ads", "advertising"),
    ("subscription", "fee_subscription"), ("abonnement", "fee_subscription"), ("store fee", "fee_subscription"),
    ("insertion", "fee_closing"), ("angebotsgebühr", "fee_closing"), ("dispute", "fee_dispute"), ("regulatory", "fee_digital_services"),
)  # fmt: skip
"""Words of the description of another fee -> its kind; the first that stands in it decides."""
PAYOUT_STATUSES = {
    "funds sent": "sent", "completed": "sent", "paid": "sent", "in transit": "sent", "succeeded": "sent", "geld überwiesen": "sent",
    "initiated": "open", "pending": "open", "processing": "open", "returned": "failed", "failed": "failed",
}  # fmt: skip

ORDERS = (
    "Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Buyer Email", "Buyer Note", "Item Number", "Item Title",
    "Custom Label", "Sold Via Promoted Listings", "Quantity", "Sold For", "Shipping And Handling", "eBay Collect And Remit Tax Rate",
    "eBay Collected Tax", "Total Price", "Payment Method", "Sale Date", "Paid On Date", "Ship By Date", "Shipped On Date",
    "Tracking Number", "Transaction ID", "Variation Details",
)  # fmt: skip
ORDER_COLUMNS: dict[str, tuple[str, ...]] = {name: (name,) for name in ORDERS} | {
    "Shipping And Handling": ("Shipping And Handling", "Postage And Handling", "Postage And Packaging"),
    "Ship To Country": ("Ship To Country", "Post To Country"),
    "Seller Collected Tax": ("Seller Collected Tax",),
    "Shipped On Date": ("Shipped On Date", "Dispatched On Date", "Posted On Date"),
    "Item Title": ("Item Title", "Title"),
}
ORDER_REQUIRED = ("Order Number", "Item Number", "Item Title", "Quantity", "Sold For", "Total Price", "Sale Date")
ORDER_DISTINCTIVE = ("Sales Record Number", "Sold For", "Custom Label")
SIGNS = {
    "US$": "USD", "$": "USD", "AU$": "AUD", "A$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "£": "GBP", "€": "EUR",
}  # fmt: skip
"""The signs of eBay's sites; a bare dollar stands on that of the United States only."""
