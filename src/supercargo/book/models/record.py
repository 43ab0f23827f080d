"""What every noun of the book has in common."""

from __future__ import annotations

from django.db import models


class Record(models.Model):
    """A noun of the business; by its name and number where nobody says more."""

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"
