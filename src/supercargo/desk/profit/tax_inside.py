"""Tax is never revenue: where an amount has tax inside it and no line of its own says so, the tax is taken out.

First evidence: the tax report's rate of the order's article. Without it: the standard rate of the country of
destination on the day, marked as estimated. Where prices are shown without tax, there is none inside.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.pricing.unit_economics.rules import tax_inside
from supercargo.engines.tax.rates import shows_prices_without_tax, standard_rate_ppm
from supercargo.kernel.column import Batch
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.unit import RATIO, Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from supercargo.reference.law import Law

PPM_DIGITS = 6
REPORT, LAW_RATE, UNKNOWN = "tax report", "standard rate of the destination", "tax not known"
"""What a rate rests on: words for the column ``basis``."""


class Destinations:
    """The rate of tax inside a price, by country and day."""

    def __init__(self, law_on: Callable[[date], Law]) -> None:
        self.law_on = lru_cache(maxsize=4096)(law_on)
        self.rate_ppm = lru_cache(maxsize=65536)(self._rate_ppm)

    def _rate_ppm(self, country: str, day: date) -> int | None:
        """Give the standard rate in parts per million, 0 where prices are shown without tax, ``None`` where it is not known."""
        law = self.law_on(day)
        return 0 if shows_prices_without_tax(law, country) else standard_rate_ppm(law, country)

    def table(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """Give the rates of the distinct pairs of ``country`` and ``order_on`` in a frame."""
        pairs = wanted.select("country", "order_on").unique(maintain_order=True).drop_nulls()
        rates = [self.rate_ppm(country, day) for country, day in pairs.iter_rows()]
        return pairs.with_columns(pl.Series("law_ppm", rates, dtype=pl.Int64))


def reported_rates(taxes: pl.DataFrame) -> pl.DataFrame:
    """Give the rate of each order's article as the tax report has it; tax that the marketplace collects is not inside."""
    known = taxes.filter(pl.col("order_ref").is_not_null() & pl.col("tax_minor").is_not_null() & (pl.col("net_minor") != 0))
    marketplace = pl.col("collected_by") == "marketplace"
    computed = (2_000_000 * pl.col("tax_minor").abs() + pl.col("net_minor").abs()) // (2 * pl.col("net_minor").abs())
    rate = pl.when(marketplace.fill_null(value=False)).then(0).otherwise(pl.coalesce("rate_ppm", computed))
    return known.with_columns(rate.alias("report_ppm")).group_by("order_ref", "sku", maintain_order=True).agg(pl.col("report_ppm").first())


def with_rate(lines: pl.DataFrame, reported: pl.DataFrame, destinations: Destinations) -> pl.DataFrame:
    """Add ``rate_ppm`` (null: not known) and ``rate_basis`` to lines with ``order_ref``, ``sku``, ``country``, ``order_on``."""
    joined = lines.join(reported, on=["order_ref", "sku"], how="left", maintain_order="left")
    rated = joined.join(destinations.table(joined.filter(pl.col("report_ppm").is_null())), on=["country", "order_on"], how="left",
                        maintain_order="left")  # fmt: skip
    basis = pl.when(pl.col("report_ppm").is_not_null()).then(pl.lit(REPORT)).when(pl.col("law_ppm").is_not_null()).then(pl.lit(LAW_RATE))
    return rated.with_columns(
        pl.coalesce("report_ppm", "law_ppm").alias("rate_ppm"), basis.otherwise(pl.lit(UNKNOWN)).alias("rate_basis")
    ).drop("report_ppm", "law_ppm")


def taken_out(gross: pl.DataFrame) -> pl.DataFrame:
    """Split each line into what is net and the tax inside; the two sum to the line.

    Lines need ``amount_minor``, ``currency``, ``kind``, ``rate_ppm``, ``rate_basis``, ``estimated``, ``basis``. One whose
    rate is not known stays whole and estimated: it may have tax in it, and a finding of the caller says how much money that is.
    """
    if not gross.height:
        return gross
    parts = [_with_tax(part) for part in gross.partition_by("currency", maintain_order=True)]
    taxed = pl.concat(parts)
    guessed = pl.col("rate_basis") != REPORT
    doubted = pl.col("estimated") | (guessed & pl.col("rate_ppm").is_null()) | (guessed & (pl.col("tax") != 0))
    basis = pl.when(doubted).then(pl.coalesce("basis", "rate_basis")).otherwise(pl.col("basis"))
    marked = taxed.with_columns(doubted.fill_null(value=True).alias("estimated"), basis.alias("basis"))
    net = marked.with_columns((pl.col("amount_minor") - pl.col("tax")).alias("amount_minor"))
    refund = pl.col("kind").str.starts_with("refund_")
    tax = marked.filter(pl.col("tax") != 0).with_columns(
        pl.col("tax").alias("amount_minor"),
        pl.when(refund).then(pl.lit("refund_tax")).otherwise(pl.lit("sale_tax")).alias("kind"),
        pl.lit(None, dtype=pl.Int64).alias("quantity"),
    )
    return pl.concat([net, tax]).drop("tax")


def _with_tax(part: pl.DataFrame) -> pl.DataFrame:
    """Compute the tax inside amounts of one currency by the rule of the shop price, half-up to the minor unit."""
    currency = part.get_column("currency")[0]
    known = part.get_column("rate_ppm").fill_null(0)
    amounts = part.get_column("amount_minor")
    if currency is None or amounts.null_count() == amounts.len():
        return part.with_columns(pl.lit(0, dtype=pl.Int64).alias("tax"))
    batch = Batch.on_polars()
    price = batch.input("amount_minor", Unit.of(currency), minor_digits(currency), int(amounts.min()), int(amounts.max()))  # type: ignore[arg-type]
    rate = batch.input("known_ppm", RATIO, PPM_DIGITS, int(known.min()), int(known.max()))  # type: ignore[arg-type]
    inside = tax_inside(price, rate)
    computed = batch.run(part.with_columns(known.alias("known_ppm")))
    return computed.rename({inside.name: "tax"}).drop("known_ppm").with_columns(pl.col("tax").fill_null(0))  # type: ignore[no-any-return]
