"""The tie-out -> XLSX, CSV or Parquet: what does not tie, the whole list, and the tables behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.export import ColumnSpec, Properties, Table, write_csv, write_parquet, write_xlsx
from supercargo.desk.tie_out.records import together
from supercargo.desk.tie_out.statement import NAMES
from supercargo.desk.tie_out.statement import TITLES as NOUN_TITLES
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import Language, into, said, translate

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.desk.tie_out.result import TieOut

SUFFIXES = (".xlsx", ".csv", ".parquet")


def write(answer: TieOut, path: Path, language: Language = "en") -> tuple[Finding, ...]:
    """Write the sheet in the form that the file's ending names; CSV and Parquet have the list only.

    Returns:
        What the format could not hold as it is (EXPORT-101 to -103).

    Raises:
        Refused: EXPORT-001, the file cannot be written; EXPORT-010, the ending is no kind of sheet.
    """
    match path.suffix.lower():
        case ".xlsx":
            tables = [findings(answer, language), listed(answer, language), orders(answer), fees(answer), stock(answer)]
            return write_xlsx(path, tables, Properties(title="tie-out", subject=said("as of {day}", day=answer.day)), language)
        case ".csv":
            write_csv(path, listed(answer, language), language)
        case ".parquet":
            write_parquet(path, listed(answer, "en"))
        case _:
            message = said("{file} is no kind of sheet that can be written", file=path.name)
            raise refuse("EXPORT-010", "out", message, said("let it end in {known}", known=", ".join(SUFFIXES)))
    return ()


def findings(answer: TieOut, language: Language) -> Table:
    """Lay out what does not tie, the most money first, with the rows of the files."""
    rows = [
        {
            "code": one.finding.code,
            "severity": translate(one.finding.severity, language),
            "channel": one.discrepancy.channel,
            "reference": one.discrepancy.reference,
            "on": one.discrepancy.on,
            "currency": _currency(one.discrepancy.currency),
            "amount": one.discrepancy.amount_minor if is_currency(one.discrepancy.currency) else None,
            "home": one.home_minor,
            "message": into(one.finding.message, language),
            "remedy": into(one.finding.remedy, language),
            "rows": "; ".join(together(one.rows)),
            "source": one.finding.source,
        }
        for one in answer.weighed
    ]
    schema = {
        **dict.fromkeys(("code", "severity", "channel", "reference"), pl.String),
        "on": pl.Date,
        "currency": pl.String,
        "amount": pl.Int64,
        "home": pl.Int64,
        **dict.fromkeys(("message", "remedy", "rows", "source"), pl.String),
    }
    columns = (
        ColumnSpec("code", "code"),
        ColumnSpec("severity", "severity"),
        ColumnSpec("channel", "channel"),
        ColumnSpec("reference", "their number"),
        ColumnSpec("on", "day", "date"),
        ColumnSpec("amount", "money at stake", "money", currency_column="currency"),
        ColumnSpec("currency", "currency"),
        ColumnSpec("home", "to order by, at the rate of the day", "money", currency=answer.home),
        ColumnSpec("message", "what", width=80),
        ColumnSpec("remedy", "what to do", width=60),
        ColumnSpec("rows", "files and rows", width=40),
        ColumnSpec("source", "source"),
    )
    return Table("what does not tie", pl.DataFrame(rows, schema=schema), columns, freeze_columns=1)


def listed(answer: TieOut, language: Language) -> Table:
    """Lay out every settlement, payout and bank line."""
    nouns, verdicts = ({key: translate(name, language) for key, name in names.items()} for names in (NOUN_TITLES, NAMES))
    frame = answer.statement.with_columns(
        pl.col("noun").replace_strict(nouns, return_dtype=pl.String), pl.col("verdict").replace_strict(verdicts, return_dtype=pl.String)
    )
    columns = (
        ColumnSpec("noun", "what"),
        ColumnSpec("channel", "channel"),
        ColumnSpec("reference", "their number", width=28),
        ColumnSpec("on", "day", "date"),
        ColumnSpec("currency", "currency"),
        *_money(("expected_minor", "stated"), ("found_minor", "came to"), ("difference_minor", "difference")),
        ColumnSpec("verdict", "verdict"),
        ColumnSpec("code", "code"),
        ColumnSpec("file", "file", width=40),
        ColumnSpec("row", "row", "integer"),
    )
    return Table("every settlement, payout and bank line", frame, columns, freeze_columns=3)


def orders(answer: TieOut) -> Table:
    """Lay out the orders that were not paid as they were sold."""
    frame = answer.answers.orders.orders.filter(pl.col("code").is_not_null())
    columns = (
        ColumnSpec("channel", "channel"),
        ColumnSpec("order_ref", "their number", width=24),
        ColumnSpec("ordered_on", "day", "date"),
        ColumnSpec("currency", "currency"),
        *_money(
            ("expected_minor", "charged to the buyer"),
            ("paid_minor", "paid for it"),
            ("difference_minor", "difference"),
            ("net_minor", "all its lines"),
        ),
        ColumnSpec("code", "code"),
    )
    return Table("orders not paid as sold", frame, columns, freeze_columns=2)


def fees(answer: TieOut) -> Table:
    """Lay out the fees above the tariff by product."""
    columns = (
        ColumnSpec("channel", "channel"),
        ColumnSpec("sku", "SKU"),
        ColumnSpec("tier", "size tier"),
        ColumnSpec("tariff", "row of the tariff", width=34),
        ColumnSpec("since", "first seen", "date"),
        ColumnSpec("until", "last seen", "date"),
        ColumnSpec("units", "number of units", "integer"),
        ColumnSpec("currency", "currency"),
        *_money(("charged_minor", "charged"), ("tariff_minor", "by the tariff"), ("over_minor", "charged above the tariff")),
    )
    return Table("fees above the tariff", answer.answers.fees.above.drop("ids"), columns, freeze_columns=2)


def stock(answer: TieOut) -> Table:
    """Lay out lost stock that nothing has made good."""
    frame = answer.answers.losses.losses.filter(pl.col("open_units") > 0)
    columns = (
        ColumnSpec("channel", "channel"),
        ColumnSpec("sku", "SKU"),
        ColumnSpec("moved_on", "day", "date"),
        ColumnSpec("open_units", "number of units", "integer"),
        ColumnSpec("currency", "currency"),
        *_money(("value_minor", "value at cost")),
        ColumnSpec("last_day", "last day to claim", "date"),
        ColumnSpec("days_left", "days left", "integer"),
        ColumnSpec("reference", "their number"),
        ColumnSpec("code", "code"),
    )
    return Table("lost stock", frame, columns, freeze_columns=2)


def _money(*columns: tuple[str, str]) -> tuple[ColumnSpec, ...]:
    return tuple(ColumnSpec(name, title, "money", currency_column="currency") for name, title in columns)


def _currency(code: str) -> str | None:
    return code if is_currency(code) else None
