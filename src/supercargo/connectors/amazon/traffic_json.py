"""GET_SALES_AND_TRAFFIC_REPORT: the JSON of the interface as a table of text, its numbers exactly as they are written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.connectors.amazon.codes import CODES
from supercargo.connectors.amazon.marketplaces import BY_CHANNEL
from supercargo.connectors.raw.header import SKIPPED
from supercargo.connectors.raw.table import ROW, Table
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from datetime import date

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw

REPORT_TYPE = "GET_SALES_AND_TRAFFIC_REPORT"
_HEAD = 65_536
_COLUMNS = ("scope", "day", "parent_ref", "listing_ref", "sku", "sessions", "page_views", "units", "orders", "sales", "currency")


@dataclass(frozen=True, slots=True)
class Report:
    """The rows of a business report, and what holds for all of them."""

    table: Table
    channel: str
    currency: str
    day: date | None
    """Null where the rows name their own."""


def certainty_of_json(raw: Raw) -> int:
    """Tell how sure a JSON file is this report: it names itself."""
    head = raw.text[:_HEAD]
    return 100 if REPORT_TYPE in head and "salesAndTrafficBy" in raw.text else 0


def read_report(raw: Raw, context: Context) -> Report:
    """Bring the two lists of the report into one table: first the days, then the products.

    Raises:
        Refused: AMZ-125 the marketplace is not known, AMZ-127 the text is not this report.
    """
    content = _parsed(raw.text)
    asked = _inside(content, "reportSpecification")
    ids = asked.get("marketplaceIds") if isinstance(asked, dict) else None
    named = CODES["marketplace_ids"].get(ids[0]) if isinstance(ids, list) and len(ids) == 1 and isinstance(ids[0], str) else None
    channel = named or (context.channel if context.channel in BY_CHANNEL else None)
    if channel is None:
        message = "the business report does not say of which marketplace it is"
        raise refuse("AMZ-125", "file", message, "say which with --channel, such as --channel amazon-de")
    return Report(_table(content), channel, BY_CHANNEL[channel].currency, None)


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise _not_it() from error
    if not isinstance(content, dict) or not isinstance(content.get("reportSpecification"), dict):
        raise _not_it()
    return content


def _not_it() -> Exception:
    message = "the JSON is not a report of sales and traffic"
    return refuse("AMZ-127", "file", message, "download GET_SALES_AND_TRAFFIC_REPORT again, or give the CSV of the page")


def _table(content: dict[str, Any]) -> Table:
    asked = content["reportSpecification"]
    begins, ends = (_text(asked, name)[:10] for name in ("dataStartTime", "dataEndTime"))
    by_day = _text(asked, "reportOptions", "dateGranularity") in {"", "DAY"}
    rows = [_of_day(entry, by_day=by_day) for entry in _list(content, "salesAndTrafficByDate")]
    rows += [_of_product(entry, begins, ends) for entry in _list(content, "salesAndTrafficByAsin")]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")
    numbered = frame.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))
    return Table(_COLUMNS, numbered, pl.Series([], dtype=pl.Int64), pl.DataFrame(schema=SKIPPED))


def _of_day(entry: Any, *, by_day: bool) -> tuple[str, ...]:
    scope, sales = "day" if by_day else "range", _inside(entry, "salesByDate")
    traffic = _inside(entry, "trafficByDate")
    return (scope, _text(entry, "date"), "", "", "", *_counts(traffic, sales))


def _of_product(entry: Any, begins: str, ends: str) -> tuple[str, ...]:
    """The products' rows are of the whole time that was asked for: only one day can be told apart."""
    traffic, sales = _inside(entry, "trafficByAsin"), _inside(entry, "salesByAsin")
    refs = (_text(entry, "parentAsin"), _text(entry, "childAsin"), _text(entry, "sku"))
    return ("day" if begins == ends else "range", begins, *refs, *_counts(traffic, sales))


def _counts(traffic: Any, sales: Any) -> tuple[str, ...]:
    return (
        _text(traffic, "sessions"),
        _text(traffic, "pageViews"),
        _text(sales, "unitsOrdered"),
        _text(sales, "totalOrderItems"),
        _text(sales, "orderedProductSales", "amount"),
        _text(sales, "orderedProductSales", "currencyCode"),
    )


def _inside(entry: Any, *path: str) -> Any:
    for name in path:
        entry = entry.get(name) if isinstance(entry, dict) else None
    return entry


def _text(entry: Any, *path: str) -> str:
    found = _inside(entry, *path)
    return found if isinstance(found, str) else ""


def _list(entry: Any, *path: str) -> list[Any]:
    found = _inside(entry, *path)
    return found if isinstance(found, list) else []
