"""The book as a Django application; it has no pages and no address of its own."""

from __future__ import annotations

from django.apps import AppConfig


class BookConfig(AppConfig):
    """The company's own records."""

    name = "supercargo.book"
    label = "book"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "the book"
