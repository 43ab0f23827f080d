"""Tax as the channels report it, line by line."""

from __future__ import annotations

from supercargo.book import fields
from supercargo.book.models.imported import OfChannel, by, of_channel, of_source


class TaxLine(OfChannel):
    """One taxable movement: from where to where, taxed in which country, by whom collected."""

    transaction_type = fields.text(40)
    transaction_ref = fields.text()
    activity_ref = fields.text()
    order_ref = fields.text()
    sku = fields.text()
    quantity = fields.whole()
    currency = fields.currency()
    net_minor = fields.minor()
    tax_minor = fields.minor()
    gross_minor = fields.minor()
    rate_ppm = fields.whole()
    tax_point_on = fields.day()
    dispatched_from = fields.country()
    arrives_in = fields.country()
    taxed_in = fields.country()
    scheme = fields.text(40)
    collected_by = fields.text(20)
    is_business = fields.truth()
    cost_minor = fields.minor()

    class Meta:
        """Known by channel and key; asked by order, day and article."""

        db_table = "book_tax_line"
        constraints = (of_channel("tax_line"),)
        indexes = (
            of_source("tax_line"),
            by("tax_line", "order_ref", "channel"),
            by("tax_line", "tax_point_on", "id"),
            by("tax_line", "sku"),
        )
