"""The book as the lake reads it: records by noun, the last record of each, channels, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from supercargo.desk.profit.records import COST, ChannelFact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.book.place import Place

COSTING = ("supplier_line", "freight_line", "customs_line", "receipt_line", "stock_move", "customer_return")
"""The nouns from which the ledger costs goods; a new record of one may change the cost of any sale."""
NOUNS = ("order_line", "money_line", "tax_line", "product", *COSTING)
"""The nouns from which profit lines are made; the watermark is the last record of each."""
REVENUE = {"settlement": "settlement", "orders": "orders"}


class Source(Protocol):
    """Where records come from."""

    def frame(self, noun: str, **filters: Any) -> pl.DataFrame:
        """Give current records with ``id`` and ``document_id``; ``filters`` as in ``book.reading.frame``."""

    def last(self) -> Mapping[str, int]:
        """Give the number of the last record of each noun."""

    def channels(self) -> tuple[ChannelFact, ...]:
        """List the channels and payment houses."""

    def costs(self) -> pl.DataFrame:
        """Give the cost of goods shared out to sale records (``COST``), as far as the ledger has it."""


class BookSource:
    """The book of a company's folder."""

    def __init__(self, place: Place, costs: pl.DataFrame | None = None) -> None:
        place.open()
        self._costs = costs

    def frame(self, noun: str, **filters: Any) -> pl.DataFrame:
        """Give current records."""
        from supercargo.book.reading import frame  # noqa: PLC0415 - Django is set up by then

        return frame(noun, **filters)

    def last(self) -> Mapping[str, int]:
        """Give the number of the last record of each noun."""
        from django.db.models import Max  # noqa: PLC0415 - see above

        from supercargo.book.nouns import NOUNS as TABLES  # noqa: PLC0415

        return {noun: TABLES[noun].model._default_manager.aggregate(last=Max("id"))["last"] or 0 for noun in NOUNS}  # noqa: SLF001 - Django's own way to ask

    def channels(self) -> tuple[ChannelFact, ...]:
        """List the channels and payment houses."""
        from supercargo.book.models import Channel  # noqa: PLC0415 - see above

        rows = Channel._default_manager.order_by("code").values_list("code", "revenue_from", "country")  # noqa: SLF001 - see above
        return tuple(ChannelFact(code, REVENUE.get(revenue or "", ""), country) for code, revenue, country in rows)  # type: ignore[arg-type]

    def costs(self) -> pl.DataFrame:
        """Give the cost of goods that the ledger has shared out."""
        return pl.DataFrame(schema=dict(COST)) if self._costs is None else self._costs
