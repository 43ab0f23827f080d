"""Orders and their lines, who bought, what came back."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.imported import OfChannel, by, of_channel, of_source
from supercargo.book.models.record import Record


class Customer(Record):
    """A buyer, known by a keyed hash alone: no name, no address, no e-mail enters the book."""

    buyer_key = fields.name(80)

    class Meta:
        """One row a buyer."""

        constraints = (models.UniqueConstraint(fields=["buyer_key"], name="customer_key"),)


class Order(Record):
    """An order as its current lines make it; it is worked out from them and holds nothing that they do not.

    ``status`` is that of the lines where they agree, else ``mixed``; ``goods_minor`` is null where a line's is unknown.
    """

    channel = models.ForeignKey("book.Channel", on_delete=models.PROTECT, db_index=False, db_constraint=False)
    order_ref = fields.name()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False)
    ordered_at = fields.instant()
    ordered_on = fields.day()
    status = fields.text(20)
    ship_country = fields.country()
    currency = fields.currency()
    lines = models.BigIntegerField()
    quantity = fields.whole()
    goods_minor = fields.minor()
    is_business = fields.truth()
    first_document = fields.document()

    class Meta:
        """One row an order; paged by day."""

        constraints = (models.UniqueConstraint(fields=["order_ref", "channel"], name="order_ref"),)
        indexes = (
            models.Index(fields=["ordered_on", "id"], name="order_day"),
            models.Index(fields=["customer"], name="order_buyer", condition=models.Q(customer__isnull=False)),
        )


class OrderLine(OfChannel):
    """One article of an order as the channel's report states it; a changed line is a new revision."""

    order_ref = fields.text()
    line_ref = fields.text()
    ordered_at = fields.instant()
    ordered_on = fields.day()
    status = fields.text(20)
    sku = fields.text()
    title = fields.prose()
    listing_ref = fields.text()
    quantity = fields.whole()
    currency = fields.currency()
    unit_price_e6 = fields.whole()
    goods_minor = fields.minor()
    goods_tax_minor = fields.minor()
    shipping_minor = fields.minor()
    shipping_tax_minor = fields.minor()
    giftwrap_minor = fields.minor()
    giftwrap_tax_minor = fields.minor()
    goods_discount_minor = fields.minor()
    shipping_discount_minor = fields.minor()
    tax_included = fields.truth()
    tax_collected_by = fields.text(20)
    ship_country = fields.country()
    dispatch_country = fields.country()
    fulfilled_by = fields.text(20)
    buyer_key = fields.text(80)
    is_business = fields.truth()
    paid_on = fields.day()
    refunded_minor = fields.minor()

    class Meta:
        """Known by channel and key; asked by order, day and article."""

        db_table = "book_order_line"
        constraints = (of_channel("order_line"),)
        indexes = (
            of_source("order_line"),
            by("order_line", "order_ref", "channel"),
            by("order_line", "ordered_on", "id"),
            by("order_line", "sku"),
        )


class Refund(Record):
    """Money given back on an order, and whether the goods came back with it."""

    channel = models.ForeignKey("book.Channel", on_delete=models.PROTECT, db_index=False)
    order_ref = fields.name()
    sku = fields.text()
    refunded_on = fields.day()
    currency = fields.name(3)
    amount_minor = models.BigIntegerField()
    quantity = fields.whole()
    reason = fields.prose()
    returned_on = fields.day()
    document = models.ForeignKey("book.Document", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        """Asked by order and day."""

        indexes = (
            models.Index(fields=["channel", "order_ref"], name="refund_order"),
            models.Index(fields=["refunded_on", "id"], name="refund_day"),
        )


class CustomerReturn(OfChannel):
    """Goods that a buyer sent back, as the warehouse booked them in."""

    returned_on = fields.day()
    order_ref = fields.text()
    sku = fields.text()
    quantity = fields.whole()
    disposition = fields.text()
    reason = fields.prose()
    warehouse = fields.text()

    class Meta:
        """Known by channel and key; asked by order, day and article."""

        db_table = "book_customer_return"
        constraints = (of_channel("customer_return"),)
        indexes = (
            of_source("customer_return"),
            by("customer_return", "order_ref", "channel"),
            by("customer_return", "returned_on", "id"),
            by("customer_return", "sku"),
        )
