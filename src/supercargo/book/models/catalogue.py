"""What is sold, and where: products, channels, and the listings that join the two."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.imported import Imported, OfChannel, by, known_by, of_channel, of_source
from supercargo.book.models.record import Record


class Product(Imported):
    """An article of the company's own, by its SKU; a later catalogue makes a new revision."""

    sku = fields.text()
    title = fields.prose()
    title_zh = fields.prose()
    brand = fields.text()
    category = fields.text()
    barcode = fields.text()
    hs_code = fields.text(16)
    origin_country = fields.country()
    currency = fields.currency()
    unit_cost_minor = fields.minor()
    weight_g = fields.whole()
    length_mm = fields.whole()
    width_mm = fields.whole()
    height_mm = fields.whole()

    class Meta:
        """Known by its key; asked by article."""

        constraints = (known_by("product"),)
        indexes = (of_source("product"), by("product", "sku"))


class Channel(Record):
    """Where goods are sold or money passes: a marketplace in a country, a shop, a payment house; ``code`` as ``amazon-de``.

    ``revenue_from`` says which file states the revenue: settlement or orders; null for a payment house, which has none.
    """

    code = fields.name(80)
    house = fields.name(80)
    country = fields.country()
    revenue_from = fields.text(10)
    first_document = models.ForeignKey("book.Document", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        """One row a code."""

        constraints = (
            models.UniqueConstraint(fields=["code"], name="channel_code"),
            models.CheckConstraint(
                condition=models.Q(revenue_from__isnull=True) | models.Q(revenue_from__in=["settlement", "orders"]), name="channel_revenue"
            ),
        )


class ChannelItem(Record):
    """An article as a channel lists it; ``listing_ref`` (ASIN, item number) is null until a file names it."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, db_index=False)
    sku = fields.name()
    listing_ref = fields.text()
    title = fields.prose()
    first_document = models.ForeignKey("book.Document", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        """One row for each listing of an article."""

        db_table = "book_channel_item"
        constraints = (
            models.UniqueConstraint(fields=["channel", "sku", "listing_ref"], name="channel_item_listing"),
            models.UniqueConstraint(
                fields=["channel", "sku"], condition=models.Q(listing_ref__isnull=True), name="channel_item_without_listing"
            ),
        )
        indexes = (models.Index(fields=["sku"], name="channel_item_sku"),)


class TrafficDay(OfChannel):
    """Visits and sales of a listing on a day, as the channel counts them."""

    day = fields.day()
    listing_ref = fields.text()
    parent_ref = fields.text()
    sku = fields.text()
    title = fields.prose()
    sessions = fields.whole()
    page_views = fields.whole()
    units = fields.whole()
    orders = fields.whole()
    currency = fields.currency()
    sales_minor = fields.minor()

    class Meta:
        """Known by channel and key; asked by day and by article."""

        db_table = "book_traffic_day"
        constraints = (of_channel("traffic_day"),)
        indexes = (of_source("traffic_day"), by("traffic_day", "day", "id"), by("traffic_day", "sku"))


class AdvertDay(OfChannel):
    """What an advertisement cost on a day, and what the channel says that it brought."""

    day = fields.day()
    campaign = fields.prose()
    ad_group = fields.prose()
    sku = fields.text()
    currency = fields.currency()
    cost_minor = fields.minor()
    impressions = fields.whole()
    clicks = fields.whole()
    orders = fields.whole()
    sales_minor = fields.minor()

    class Meta:
        """Known by channel and key; asked by day and by article."""

        db_table = "book_advert_day"
        constraints = (of_channel("advert_day"),)
        indexes = (of_source("advert_day"), by("advert_day", "day", "id"), by("advert_day", "sku"))
