"""Goods: where they lie, how they came, what they cost, how they move."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.imported import Imported, OfChannel, by, known_by, of_channel, of_source
from supercargo.book.models.record import Record


class Warehouse(Record):
    """Where stock lies and is counted once: the company's own, a forwarder's, or a pool such as ``fba-eu``."""

    code = fields.name()
    country = fields.country()

    class Meta:
        """One row a code."""

        constraints = (models.UniqueConstraint(fields=["code"], name="warehouse_code"),)


class Shipment(Record):
    """Goods that travel together from the factory to a warehouse; what carriage and duty are shared over."""

    shipment_ref = fields.name()
    first_document = models.ForeignKey("book.Document", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        """One row a shipment."""

        constraints = (models.UniqueConstraint(fields=["shipment_ref"], name="shipment_ref"),)


class StockBatch(Record):
    """Goods of one article that came in together, with what each part of them cost; shares sum to the bills exactly."""

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, null=True)
    sku = fields.name()
    received_on = models.DateField()
    quantity = models.BigIntegerField()
    currency = fields.name(3)
    goods_minor = fields.minor()
    freight_minor = fields.minor()
    duty_minor = fields.minor()
    receipt_document = models.ForeignKey("book.Document", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    receipt_row = fields.whole()

    class Meta:
        """Taken in the order in which they came."""

        db_table = "book_stock_batch"
        indexes = (models.Index(fields=["warehouse", "sku", "received_on", "id"], name="stock_batch_order"),)
        constraints = (models.CheckConstraint(condition=models.Q(quantity__gt=0), name="stock_batch_quantity"),)


class StockMove(OfChannel):
    """Goods that came, went or changed place; positive is into the stock."""

    warehouse = fields.text()
    to_warehouse = fields.text()
    country = fields.country()
    to_country = fields.country()
    moved_on = fields.day()
    sku = fields.text()
    kind = fields.text(20)
    quantity = fields.whole()
    reference = fields.text()
    reason = fields.prose()
    disposition = fields.text()

    class Meta:
        """Known by channel and key; asked by day and article."""

        db_table = "book_stock_move"
        constraints = (of_channel("stock_move"),)
        indexes = (of_source("stock_move"), by("stock_move", "moved_on", "id"), by("stock_move", "sku"))


class StockCount(OfChannel):
    """How much of an article lies in a warehouse on a day, as whoever keeps it says."""

    warehouse = fields.text()
    counted_on = fields.day()
    sku = fields.text()
    fulfilment_sku = fields.text()
    listing_ref = fields.text()
    title = fields.prose()
    condition = fields.text()
    sellable = fields.whole()
    unsellable = fields.whole()
    reserved = fields.whole()
    inbound = fields.whole()
    researching = fields.whole()
    total = fields.whole()

    class Meta:
        """Known by channel and key; asked by day and article."""

        db_table = "book_stock_count"
        constraints = (of_channel("stock_count"),)
        indexes = (of_source("stock_count"), by("stock_count", "counted_on", "id"), by("stock_count", "sku"))


class SupplierLine(Imported):
    """One article of a supplier's invoice."""

    supplier = fields.text()
    invoice_ref = fields.text()
    invoiced_on = fields.day()
    due_on = fields.day()
    shipment_ref = fields.text()
    sku = fields.text()
    quantity = fields.whole()
    currency = fields.currency()
    unit_price_e6 = fields.whole()
    amount_minor = fields.minor()
    weight_g = fields.whole()
    volume_cm3 = fields.whole()

    class Meta:
        """Known by supplier and key; asked by shipment, day and article."""

        db_table = "book_supplier_line"
        constraints = (known_by("supplier_line", "supplier"),)
        indexes = (
            of_source("supplier_line"),
            by("supplier_line", "shipment_ref"),
            by("supplier_line", "invoiced_on", "id"),
            by("supplier_line", "sku"),
        )


class FreightLine(Imported):
    """One charge of a forwarder's bill for the first leg."""

    forwarder = fields.text()
    bill_ref = fields.text()
    billed_on = fields.day()
    shipment_ref = fields.text()
    charge = fields.text()
    share_by = fields.text(20)
    currency = fields.currency()
    amount_minor = fields.minor()

    class Meta:
        """Known by forwarder and key; asked by shipment and day."""

        db_table = "book_freight_line"
        constraints = (known_by("freight_line", "forwarder"),)
        indexes = (of_source("freight_line"), by("freight_line", "shipment_ref"), by("freight_line", "billed_on", "id"))


class CustomsLine(Imported):
    """One line of an entry: duty is a cost of the goods, import tax is reclaimed."""

    broker = fields.text()
    entry_ref = fields.text()
    entered_on = fields.day()
    shipment_ref = fields.text()
    country = fields.country()
    sku = fields.text()
    hs_code = fields.text(16)
    currency = fields.currency()
    customs_value_minor = fields.minor()
    duty_minor = fields.minor()
    import_tax_minor = fields.minor()
    fees_minor = fields.minor()

    class Meta:
        """Known by broker and key; asked by shipment and day."""

        db_table = "book_customs_line"
        constraints = (known_by("customs_line", "broker"),)
        indexes = (of_source("customs_line"), by("customs_line", "shipment_ref"), by("customs_line", "entered_on", "id"))


class ReceiptLine(Imported):
    """Goods that arrived in a warehouse: what begins a batch."""

    warehouse = fields.text()
    shipment_ref = fields.text()
    received_on = fields.day()
    sku = fields.text()
    quantity = fields.whole()

    class Meta:
        """Known by warehouse and key; asked by shipment, day and article."""

        db_table = "book_receipt_line"
        constraints = (known_by("receipt_line", "warehouse"),)
        indexes = (
            of_source("receipt_line"),
            by("receipt_line", "shipment_ref"),
            by("receipt_line", "received_on", "id"),
            by("receipt_line", "sku"),
        )
