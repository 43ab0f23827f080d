"""Cases to measure with: all destinations mixed, amounts that crowd around the limits of the law."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

DAY = date(2026, 7, 15)
SCHEMES = frozenset({"IOSS", "UK-SALE-VAT"})
WEST = ("AT", "BE", "DE", "DK", "ES", "FI", "FR", "GR", "IE", "IT", "LU", "MT", "NL", "PT", "SE", "CY")
EAST = ("BG", "CZ", "EE", "HR", "HU", "LT", "LV", "PL", "RO", "SI", "SK")
MARKETS = [*WEST, *EAST, "GB", "AU", "NZ", "SG", "JP", "CA", "US", "NO", "HK"]
APPAREL, HOUSE = ("610910", "610463", "620342", "640411", "420222", "630260"), ("392410", "732393", "848180", "960810", "490199")
HS_CODES = [*APPAREL, *HOUSE, "711719", "852580", "330499", "851830", "950300"]
EDGES_IN_CENTS = (15_000, 15_001, 14_999, 13_500)
CURRENCY = "EUR"


def cases(rows: int, seed: int = 20260715) -> pl.DataFrame:
    """Make quotes: uniform amounts, a tenth of them on or beside a limit; the same seed gives the same rows."""
    rng = np.random.default_rng(seed)
    goods = rng.integers(100, 60_000, rows)
    edge = rng.random(rows) < 0.1  # noqa: PLR2004 - the share named above
    goods[edge] = rng.choice(EDGES_IN_CENTS, int(edge.sum()))
    return pl.DataFrame(
        {
            "market": _words(MARKETS, rng.integers(0, len(MARKETS), rows)),
            "origin": _words(["CN"], np.zeros(rows, dtype=np.int64)),
            "hs_code": _words(HS_CODES, rng.integers(0, len(HS_CODES), rows)),
            "tax_class": _words(["standard"], np.zeros(rows, dtype=np.int64)),
            "channel": _words(["own_site"], np.zeros(rows, dtype=np.int64)),
            "business": _words(["parcel"], np.zeros(rows, dtype=np.int64)),
            "mode": _words(["express"], np.zeros(rows, dtype=np.int64)),
            "currency": _words([CURRENCY], np.zeros(rows, dtype=np.int64)),
            "goods": goods,
            "freight": rng.integers(0, 3_000, rows),
            "insurance": rng.integers(0, 100, rows),
            "items": rng.integers(1, 6, rows),
            "weight_g": rng.integers(50, 5_000, rows),
        }
    )


def _words(words: list[str], places: np.ndarray) -> pl.Series:
    return pl.Series(words, dtype=pl.Enum(words)).gather(places)
