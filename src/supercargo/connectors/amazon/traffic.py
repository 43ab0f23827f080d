"""The business report, as the page gives it (CSV) and as the interface does (JSON) -> visits, units and sales of a day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import CODES
from supercargo.connectors.amazon.inventory import snapshot_day
from supercargo.connectors.amazon.marketplaces import BY_CHANNEL, channel_of_currency
from supercargo.connectors.amazon.traffic_json import Report, read_report
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from datetime import date

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_DASH = re.compile(r" [-–] ")
COLUMNS: dict[str, tuple[str, ...]] = {
    ours: tuple(dict.fromkeys(_DASH.sub(dash, name) for name in names for dash in (" - ", " – ")))
    for ours, names in CODES["business_report"].items()
}
REQUIRED = ("units", "sales", "sessions")
_SIGNS: dict[str, str] = CODES["money_signs"]
_SIGN = r"^-?\s*([^\d\s.,'-]+)|([^\d\s.,'-]+)$"
_MONTH_FIRST = ("amazon-us",)


def certainty_of_page(raw: Raw) -> int:
    """Tell how sure the file is the CSV of a business report."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("page_views", "orders"))


def map_traffic(raw: Raw, context: Context) -> Mapped:
    """Map the report; conversion is not kept, it is to be computed from units and sessions.

    Rows without a product are the whole account's on a day: never add them to the products' rows.

    Raises:
        Refused: AMZ-122 the day is not known, AMZ-125 nor is the marketplace, AMZ-126 the money is in another
            currency than the marketplace's, AMZ-127 the JSON is not a report of sales and traffic.
    """
    if raw.kind == "json":
        report = read_report(raw, context)
        return _map(report.table, context, report)
    table = header.locate(raw, COLUMNS, REQUIRED)
    channel = _channel(table, context)
    currency = BY_CHANNEL[channel].currency
    _check_signs(table, channel, currency)
    day = None if "day" in table.rows.columns else snapshot_day(raw, context)
    plain = table.rows.with_columns(pl.col("sales").str.replace_many(sorted(_SIGNS, key=len, reverse=True), [""] * len(_SIGNS)))
    return _map(replace(table, rows=plain), context, Report(table, channel, currency, day))


def _map(table: Table, context: Context, report: Report) -> Mapped:
    sift = Sift(table, context, dates="mdy" if report.channel in _MONTH_FIRST else "")
    if sift.has("scope"):
        sift.skip(pl.col("scope") == "range", "AMZ-133", "the row covers more than one day")
    sift.settle_decimal(["sales"], default=".", trust=minor_digits(report.currency) == 0)
    currency = pl.lit(report.currency)
    if sift.has("currency"):
        currency = pl.when(pl.col("currency") != "").then(pl.col("currency")).otherwise(currency)
    sift.amount("sales_minor", column="sales", currency=currency, found_in=("traffic_day", "sales_minor"))
    for name in ("sessions", "page_views", "units", "orders"):
        sift.whole(f"{name}_whole", name)
    _read_day(sift, report.day)
    sift.keyed([name for name in ("day_text", "parent_ref", "listing_ref", "sku") if sift.has(name)])
    sift.doubled("AMZ-132", "the row stands in the file a second time")
    return sift.mapped({"traffic_day": _records(sift, report.channel, currency)}, facts={"channel": report.channel})


def _read_day(sift: Sift, day: date | None) -> None:
    if day is None:
        sift.settle_order(["day"])
        sift.day("day_on", "day", required=True)
    else:
        sift.rows = sift.rows.with_columns(pl.lit(day).alias("day_on"))
    sift.rows = sift.rows.with_columns(pl.col("day_on").cast(pl.String).alias("day_text"))


def _records(sift: Sift, channel: str, currency: pl.Expr) -> pl.DataFrame:
    return sift.record(
        "traffic_day",
        channel=pl.lit(channel),
        day="day_on",
        listing_ref=sift.text("listing_ref"),
        parent_ref=sift.text("parent_ref"),
        sku=sift.text("sku"),
        title=sift.text("title"),
        sessions="sessions_whole",
        page_views="page_views_whole",
        units="units_whole",
        orders="orders_whole",
        currency=currency,
        sales_minor="sales_minor",
    )


def _channel(table: Table, context: Context) -> str:
    """The marketplace that was told, else the only one whose currency the money has."""
    if context.channel in BY_CHANNEL:
        return context.channel
    found = {channel_of_currency(currency) for currency in _currencies(table)}
    channel = found.pop() if len(found) == 1 else None
    if channel is None:
        message = "the business report does not say of which marketplace it is"
        raise refuse("AMZ-125", "file", message, "say which with --channel, such as --channel amazon-de")
    return channel


def _check_signs(table: Table, channel: str, currency: str) -> None:
    strange = sorted(_currencies(table) - {currency})
    if strange:
        message = said(
            "the money is in {found}, {channel} sells in {currency}", found=", ".join(strange), channel=channel, currency=currency
        )
        raise refuse("AMZ-126", "file", message, "check --channel and the file")


def _currencies(table: Table) -> set[str]:
    """The currencies that the money's signs name; a bare dollar or yen sign names none."""
    cells = table.rows.get_column("sales").str.strip_chars().unique()
    groups = cells.str.extract_groups(_SIGN).struct.unnest()
    signs = set(groups.to_series(0).drop_nulls()) | set(groups.to_series(1).drop_nulls())
    return {_SIGNS[sign] for sign in signs if sign in _SIGNS}
