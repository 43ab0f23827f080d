"""Profit lines to measure with: mixed currencies, months, articles; costs and refunds, some of it estimated, some not settled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from supercargo.engines.accounting.profit.lines import LINE, STAGE_OF_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = date(2024, 1, 1)
YEARS = 2
CHANNELS = {
    "amazon-de": ("DE", ("EUR",)), "amazon-gb": ("GB", ("GBP",)), "amazon-us": ("US", ("USD", "CAD")), "amazon-jp": ("JP", ("JPY",)),
    "ebay-de": ("DE", ("EUR", "PLN")), "shopify": ("FR", ("EUR", "USD", "SEK", "AUD")),
}  # fmt: skip
COUNTRIES = ("DE", "FR", "IT", "ES", "GB", "US", "CA", "JP", "AU", "NL", "PL", "SE")
KINDS = {
    "sale_goods": (500, 30_000), "sale_tax": (100, 6_000), "fee_referral": (-4_500, -75), "fee_fulfilment": (-900, -250),
    "cost_of_goods": (-12_000, -200), "sale_shipping": (0, 900), "advertising": (-3_000, -10), "refund_goods": (-30_000, -500),
}  # fmt: skip
"""Kinds and the bounds of their amounts in minor units."""
_OF_TEN = (3, 3, 2, 2, 2, 1, 1, 1)
"""How often each kind comes, against the others."""
SKUS = 1_000


def chunks(rows: int, seed: int = 20260715) -> Iterator[tuple[str, pl.DataFrame]]:
    """Make lines by channel and year, in the order of their days; the same seed gives the same lines."""
    rng = np.random.default_rng(seed)
    pieces = len(CHANNELS) * YEARS
    for number, (channel, year) in enumerate((channel, year) for channel in CHANNELS for year in range(YEARS)):
        count = rows // pieces + (number < rows % pieces)
        yield channel, _chunk(rng, channel, FIRST + timedelta(days=366 * year), count)


def _chunk(rng: np.random.Generator, channel: str, first: date, rows: int) -> pl.DataFrame:
    kinds = list(KINDS)
    kind = rng.choice(len(kinds), rows, p=np.array(_OF_TEN) / sum(_OF_TEN))
    low, high = (np.array([KINDS[name][place] for name in kinds])[kind] for place in (0, 1))
    day = np.sort(rng.integers(0, 365, rows)) + (first - date(1970, 1, 1)).days
    posted = pl.Series(day + 5).cast(pl.Int32).cast(pl.Date)
    unsettled = pl.Series(rng.random(rows) < 0.05)  # noqa: PLR2004 - the share named above
    goods = pl.Series(np.where(kind == kinds.index("sale_goods"), rng.integers(1, 4, rows), 0))
    back = pl.Series(np.where(kind == kinds.index("refund_goods"), -1, 0))
    columns = {
        "order_on": pl.Series(day).cast(pl.Int32).cast(pl.Date),
        "posted_on": pl.select(pl.when(~unsettled).then(posted)).to_series(),
        "channel": pl.repeat(channel, rows, eager=True),
        "country": _words(COUNTRIES, rng.integers(0, len(COUNTRIES), rows)),
        "sku": _words([f"SKU-{number:05d}" for number in range(SKUS)], rng.integers(0, SKUS, rows)),
        "brand": _words(("Norte", "Lumen", ""), rng.integers(0, 3, rows)),
        "kind": _words(kinds, kind),
        "stage": pl.Series(np.array([STAGE_OF_KIND[name] for name in kinds], dtype=np.int8)[kind]),
        "currency": _words(CHANNELS[channel][1], rng.integers(0, len(CHANNELS[channel][1]), rows)),
        "amount_minor": rng.integers(low, high, rows, endpoint=True),
        "quantity": goods + back,
        "estimated": unsettled,
        "basis": pl.select(pl.when(unsettled).then(pl.lit("order, not settled"))).to_series(),
        "noun": pl.repeat("money_line", rows, eager=True),
        "record_id": np.arange(rows),
        "document_id": rng.integers(1, 50, rows),
        "row": np.arange(rows) % 100_000 + 2,
    }
    return pl.DataFrame(columns).select(pl.col(name).cast(dtype) for name, dtype in LINE.items())


def _words(words: tuple[str, ...] | list[str], places: np.ndarray) -> pl.Series:
    return pl.Series(list(words), dtype=pl.String).gather(places)
