"""Writes visits and sales back as the business report: the page's CSV, and the interface's JSON."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.connectors.amazon.codes import CODES
from supercargo.connectors.amazon.marketplaces import BY_CHANNEL
from supercargo.connectors.amazon.traffic_json import REPORT_TYPE
from supercargo.connectors.amazon.writing import money, text
from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€", "JPY": "￥", "CAD": "$", "AUD": "$", "MXN": "$", "SEK": "kr", "PLN": "zł"}
_CONTINENTAL = frozenset({"DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL"})
_NUMBER = re.compile(r'"\\u0000(-?[\d.]+)"')
_MARK = b"\xef\xbb\xbf"


def render_business_report(*, traffic_day: pl.DataFrame) -> bytes:
    """Write the page's CSV of one marketplace: by child item where products are named (of one day), by date where not.

    Raises:
        ValueError: the rows are of several marketplaces, or name products on some rows only.
    """
    place = BY_CHANNEL[_only(traffic_day, "channel")]
    continental = place.country in _CONTINENTAL
    group, decimal = (".", ",") if continental else (",", ".")
    amount, sign = money("sales_minor", decimal=decimal, group=group), pl.lit(_SIGNS.get(place.currency, place.currency))
    amount = pl.when(amount == "").then(pl.lit("")).otherwise(
        pl.concat_str([amount, pl.lit("\u00a0"), sign] if continental else [sign, amount])
    )  # fmt: skip
    products = traffic_day.get_column("listing_ref").is_not_null()
    if products.any() and not products.all():
        msg = "the page gives days or products, never both in one file"
        raise ValueError(msg)
    cells = _by_product(amount) if products.any() else _by_date(amount, place.country)
    written = traffic_day.select(cell.alias(name) for name, cell in cells.items())
    return _MARK + written.write_csv(quote_style="always").encode()


def _by_product(amount: pl.Expr) -> dict[str, pl.Expr]:
    return {
        "(Parent) ASIN": text("parent_ref"),
        "(Child) ASIN": text("listing_ref"),
        "Title": text("title"),
        "SKU": text("sku"),
        "Sessions - Total": text("sessions"),
        "Page Views - Total": text("page_views"),
        "Units Ordered": text("units"),
        "Ordered Product Sales": amount,
        "Total Order Items": text("orders"),
    }


def _by_date(amount: pl.Expr, country: str) -> dict[str, pl.Expr]:
    form = {"US": "%-m/%-d/%y", "JP": "%Y/%m/%d"}.get(country, "%d.%m.%Y" if country == "DE" else "%d/%m/%Y")
    return {
        "Date": pl.col("day").dt.strftime(form),
        "Ordered Product Sales": amount,
        "Units Ordered": text("units"),
        "Total Order Items": text("orders"),
        "Page Views - Total": text("page_views"),
        "Sessions - Total": text("sessions"),
    }


def render_sales_and_traffic(*, traffic_day: pl.DataFrame) -> bytes:
    """Write GET_SALES_AND_TRAFFIC_REPORT of one marketplace; products only with one day.

    Raises:
        ValueError: the rows are of several marketplaces, or products stand beside several days.
    """
    channel = _only(traffic_day, "channel")
    days = sorted(traffic_day.get_column("day").unique())
    of_products = traffic_day.filter(pl.col("listing_ref").is_not_null())
    if of_products.height and len(days) != 1:
        msg = "products are reported for the whole time; give one day"
        raise ValueError(msg)
    ids = [number for number, ours in CODES["marketplace_ids"].items() if ours == channel]
    report = {
        "reportSpecification": {
            "reportType": REPORT_TYPE,
            "reportOptions": {"dateGranularity": "DAY", "asinGranularity": "SKU"},
            "dataStartTime": str(days[0]),
            "dataEndTime": str(days[-1]),
            "marketplaceIds": ids,
        },
        "salesAndTrafficByDate": [_day(row) for row in traffic_day.filter(pl.col("listing_ref").is_null()).iter_rows(named=True)],
        "salesAndTrafficByAsin": [_product(row) for row in of_products.iter_rows(named=True)],
    }
    return _NUMBER.sub(r"\1", json.dumps(report, ensure_ascii=False, indent=2)).encode()


def _day(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"date": str(row["day"]), "salesByDate": _sales(row), "trafficByDate": _traffic(row)}


def _product(row: Mapping[str, Any]) -> dict[str, Any]:
    names = _known(parentAsin=row["parent_ref"], childAsin=row["listing_ref"], sku=row["sku"])
    return {**names, "salesByAsin": _sales(row), "trafficByAsin": _traffic(row)}


def _sales(row: Mapping[str, Any]) -> dict[str, Any]:
    amount = row["sales_minor"]
    money_of = None if amount is None else {"amount": _number(amount, row["currency"]), "currencyCode": row["currency"]}
    return _known(unitsOrdered=row["units"], orderedProductSales=money_of, totalOrderItems=row["orders"])


def _traffic(row: Mapping[str, Any]) -> dict[str, Any]:
    return _known(sessions=row["sessions"], pageViews=row["page_views"])


def _known(**facts: Any) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact is not None}


def _number(amount: int, currency: str) -> str:
    """An amount that ``_NUMBER`` turns into a JSON number, exactly as it is: it never becomes a float."""
    return f"\0{Decimal(amount).scaleb(-minor_digits(currency))}"


def _only(frame: pl.DataFrame, column: str) -> str:
    found = frame.get_column(column).unique().to_list()
    if len(found) != 1:
        msg = f"the report has one {column}, not {len(found)}"
        raise ValueError(msg)
    return str(found[0])
