"""Who the company is, where it is registered, from whom it buys."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.record import Record


class Company(Record):
    """The company whose book this is; there is one."""

    name_en = fields.text()
    name_zh = fields.text()
    home = fields.name(2)
    base_currency = fields.name(3)
    city = fields.text()
    language = fields.name(2)
    begun_at = models.DateTimeField()

    class Meta:
        """One row: the constraint lets no second one in."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="company_is_one"),)


class Registration(Record):
    """A registration for tax, and the scheme of the law that it opens; ``until`` is exclusive."""

    jurisdiction = fields.name(8)
    scheme = fields.name(40)
    code = fields.name(40)
    is_held = models.BooleanField()
    since = fields.day()
    until = fields.day()
    number = fields.text()
    through = fields.text()
    postponed_accounting = models.BooleanField(default=False)


class Supplier(Record):
    """Who sells goods to the company, by the name on the invoices."""

    name = fields.name()

    class Meta:
        """One row a name."""

        constraints = (models.UniqueConstraint(fields=["name"], name="supplier_name"),)


class PriceTier(Record):
    """From this quantity on, one unit of an article costs this; the price is in millionths of the currency."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, null=True)
    sku = fields.name()
    quantity_from = models.BigIntegerField()
    currency = fields.name(3)
    unit_price_e6 = models.BigIntegerField()

    class Meta:
        """Asked by article."""

        db_table = "book_price_tier"
        indexes = (models.Index(fields=["sku", "quantity_from"], name="price_tier_sku"),)
        constraints = (models.CheckConstraint(condition=models.Q(quantity_from__gte=1, unit_price_e6__gt=0), name="price_tier_sense"),)
