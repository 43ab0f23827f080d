"""Money at the channels and payment houses: settlements, their lines, what they pay out, what they make good."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.imported import OfChannel, by, of_channel, of_source
from supercargo.book.models.record import Record


class Settlement(OfChannel):
    """A channel's account over some days; ``total_minor`` is what it says that the lines come to."""

    settlement_ref = fields.text()
    begins_on = fields.day()
    ends_on = fields.day()
    deposit_on = fields.day()
    currency = fields.currency()
    total_minor = fields.minor()

    class Meta:
        """Known by channel and key; asked by number and day."""

        constraints = (of_channel("settlement"),)
        indexes = (
            of_source("settlement"),
            by("settlement", "channel", "settlement_ref"),
            by("settlement", "deposit_on", "id"),
        )


class SettlementLine(OfChannel):
    """One movement of money at a channel or payment house (the record ``money_line``); ``settlement_ref`` is null while it is open."""

    settlement_ref = fields.text()
    order_ref = fields.text()
    line_ref = fields.text()
    transaction_ref = fields.text()
    related_ref = fields.text()
    sku = fields.text()
    kind = fields.text(40)
    their_type = fields.text()
    their_name = fields.prose()
    currency = fields.currency()
    amount_minor = fields.minor()
    quantity = fields.whole()
    posted_at = fields.instant()
    posted_on = fields.day()
    status = fields.text(20)
    release_on = fields.day()
    country = fields.country()

    class Meta:
        """Known by channel and key; asked by settlement, order, day and article."""

        db_table = "book_settlement_line"
        constraints = (of_channel("settlement_line"),)
        indexes = (
            of_source("settlement_line"),
            by("settlement_line", "order_ref", "channel"),
            models.Index(fields=["channel", "settlement_ref"], name="settlement_line_settlement"),
            by("settlement_line", "posted_on", "id"),
            by("settlement_line", "sku"),
        )


class Payout(OfChannel):
    """Money on its way between a channel and our bank; positive: to the bank."""

    payout_ref = fields.text()
    settlement_ref = fields.text()
    currency = fields.currency()
    amount_minor = fields.minor()
    sent_on = fields.day()
    arrives_on = fields.day()
    status = fields.text(20)

    class Meta:
        """Known by channel and key; asked by settlement and day."""

        constraints = (of_channel("payout"),)
        indexes = (of_source("payout"), by("payout", "channel", "settlement_ref"), by("payout", "sent_on", "id"))


class Reimbursement(OfChannel):
    """What a channel paid or restocked for goods that it lost or damaged."""

    approved_on = fields.day()
    reimbursement_ref = fields.text()
    case_ref = fields.text()
    order_ref = fields.text()
    reason = fields.prose()
    sku = fields.text()
    currency = fields.currency()
    amount_minor = fields.minor()
    units_paid = fields.whole()
    units_restocked = fields.whole()
    reverses_ref = fields.text()

    class Meta:
        """Known by channel and key; asked by day and article."""

        constraints = (of_channel("reimbursement"),)
        indexes = (of_source("reimbursement"), by("reimbursement", "approved_on", "id"), by("reimbursement", "sku"))


class ExchangeRate(Record):
    """What one unit of a currency was worth in another on a day, exactly as its source publishes it."""

    day = models.DateField()
    base = fields.name(3)
    quote = fields.name(3)
    rate_text = fields.name(40)
    source = fields.name(80)

    class Meta:
        """One rate a day, pair and source."""

        db_table = "book_exchange_rate"
        constraints = (models.UniqueConstraint(fields=["base", "quote", "day", "source"], name="exchange_rate_day"),)
