"""A campaign report by day -> the cost of each day; a report of a period is refused, for its days are not known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.adverts.codes import CURRENCY_OF_HEADING, GOOGLE, META, TIKTOK, Layout
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_COUNTS = ("impressions", "clicks", "all_clicks", "purchases")


def map_days(layout: Layout, raw: Raw, context: Context) -> Mapped:
    """Map a campaign report to one record per day, campaign and ad group; rows that part these further are added up."""
    table = locate(raw, layout.columns, layout.required)
    currency = _currency(raw, table, context)
    dated = _dated(table)
    sift = Sift(narrow(table, {*layout.columns, table.columns[0]}), context)
    _leave(sift, layout, table.columns[0])
    _mask(sift)
    code = currency or pl.col("money").str.to_uppercase()
    sift.amount("cost_minor", "cost_stated", code, found_in=("advert_day", "cost_minor"))
    for name in _COUNTS:
        sift.whole(f"{name}_read", name)
    sift.settle_order([dated])
    sift.day("on", dated, required=True)
    if dated == "begins":
        sift.day("until", "ends", required=True)
        _refuse_periods(sift.rows)
    channel = context.channel or layout.channel
    return sift.mapped({"advert_day": _records(sift, code, channel)}, (), {"channel": channel, "currency": currency})


def _currency(raw: Raw, table: Table, context: Context) -> str:
    """Give the currency of the whole report, or nothing where each row names its own."""
    told = context.options.get("currency", "").upper()
    if is_currency(told):
        return told
    if "money" in table.columns:
        return ""
    named = {match[1] for row in raw.headings for cell in row if (match := CURRENCY_OF_HEADING.search(cell.strip()))}
    found = sorted(filter(is_currency, named))
    if len(found) == 1:
        return found[0]
    raise refuse("ADV-001", "file", "the amounts do not name their currency", "say which with the option currency, such as currency=USD")


def _dated(table: Table) -> str:
    if "day" in table.columns:
        return "day"
    if "begins" in table.columns:
        return "begins"
    raise _no_days()


def _refuse_periods(rows: pl.DataFrame) -> None:
    if bool((rows.get_column("on") != rows.get_column("until")).any()):
        raise _no_days()


def _no_days() -> Exception:
    return refuse("ADV-002", "file", "the report states sums of a period, not of days", "export it again, broken down by day")


def _leave(sift: Sift, layout: Layout, first: str) -> None:
    is_total = pl.col("campaign").str.contains(layout.total)
    if first != "campaign" and layout.total != "^$":
        is_total = is_total | pl.col(first).str.contains(layout.total)
    sift.skip(is_total, "ADV-010", "is a row of totals")
    sift.fault(pl.col("campaign").str.contains("^(?:--)?$"), "ADV-011", "the campaign is missing")


def _mask(sift: Sift) -> None:
    """Take counts that are masked for being small (<5) as unknown."""
    masked = [name for name in _COUNTS if sift.has(name)]
    sift.rows = sift.rows.with_columns(pl.col(name).str.replace(r"^<\s*\d+$", "") for name in masked)


def _records(sift: Sift, code: str | pl.Expr, channel: str) -> pl.DataFrame:
    clicks = pl.coalesce("clicks_read", "all_clicks_read")
    rows = sift.rows.select(
        pl.col(ROW).alias("row"), pl.col("on").alias("day"), "campaign", sift.text("ad_group").alias("ad_group"), "cost_minor",
        (pl.lit(code) if isinstance(code, str) else code).alias("currency"), pl.col("impressions_read").alias("impressions"),
        clicks.alias("clicks"), pl.col("purchases_read").alias("orders"),
    )  # fmt: skip
    summed = rows.group_by("day", "campaign", "ad_group", "currency", maintain_order=True).agg(
        pl.col("row").min(),
        *(pl.when(pl.col(name).count() == pl.len()).then(pl.col(name).sum()) for name in ("cost_minor", "impressions", "clicks", "orders")),
    )
    identity = pl.concat_str(pl.col("day").cast(pl.String), "campaign", pl.col("ad_group").fill_null(""), separator="|")
    return table_of("advert_day", summed.with_columns(identity.alias("key"), pl.lit(channel).alias("channel")))


map_google, map_meta, map_tiktok = (partial(map_days, layout) for layout in (GOOGLE, META, TIKTOK))
