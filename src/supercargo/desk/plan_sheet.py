"""A plan -> the decision sheet: XLSX to decide with, CSV to filter, Parquet to compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.export import ColumnSpec, Properties, Table, write_csv, write_parquet, write_xlsx
from supercargo.desk.sheet_tables import about, catalogue_faults, explanations, findings, left_out, sources, summary
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import Language, said, translate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from supercargo.desk.answer import Answer
    from supercargo.desk.plan import Plan, Progress

SUFFIXES = (".xlsx", ".csv", ".parquet")
WORDS_OF_THE_DESK = ("status", "channel", "route")
"""Columns whose words are of a short list and are said in the reader's language."""

_NAMES = (
    ColumnSpec("sku", "SKU", width=14), ColumnSpec("title", "product", width=34), ColumnSpec("market", "market", width=9),
    ColumnSpec("channel", "channel", width=11), ColumnSpec("route", "route", width=11), ColumnSpec("status", "status", "verdict", width=11),
    ColumnSpec("reason", "reason", width=60), ColumnSpec("currency", "currency", width=9),
)  # fmt: skip
_MONEY = {
    "price": "shop price", "price_needed": "price needed", "net_price": "net price", "sale_tax": "tax paid at the sale",
    "commission": "commission", "payment": "payment fee", "fulfilment": "fulfilment and delivery", "storage": "storage",
    "first_leg": "first leg", "duty": "customs duty", "import_tax": "tax at import", "import_fees": "import fees",
    "goods": "goods and packaging", "returns": "returns", "adverts": "advertising", "conversion": "currency conversion",
    "capital": "cost of capital", "wastage": "wastage", "costs": "all costs", "landed_unit_cost": "landed unit cost", "profit": "profit",
}  # fmt: skip
"""The waterfall in reading order: the frame's column -> the name of the step."""
_BEST = (
    "sku", "title", "market", "status", "channel", "route", "currency", "price", "price_needed", "profit",
    "profit_home", "margin_ppm", "reason",
)  # fmt: skip


def write(plan: Plan, path: Path, language: Language = "en", explain: int = 50, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Write the sheet in the form that the file's ending names; whole or not at all.

    XLSX has everything: decisions, the best way of each product and market, a summary by market, the
    explanation of the best ``go`` row of each product (at most ``explain``), findings, sources, ways
    left out, catalogue faults and what it was computed with. CSV and Parquet have the decisions.

    Returns:
        What the format could not hold as it is (EXPORT-101 to -103).

    Raises:
        Refused: EXPORT-001, the file cannot be written; EXPORT-010, the ending is no kind of sheet.
    """
    match path.suffix.lower():
        case ".xlsx":
            return _workbook(plan, path, language, explain, progress)
        case ".csv":
            write_csv(path, decisions(plan, language), language)
        case ".parquet":
            write_parquet(path, exact(plan))
        case _:
            message = said("{file} is no kind of sheet that can be written", file=path.name)
            raise refuse("EXPORT-010", "out", message, said("let it end in {known}", known=", ".join(SUFFIXES)))
    return ()


def decisions(plan: Plan, language: Language) -> Table:
    """Lay out one row per product, market, channel and route, with every cost from shop price to profit."""
    return Table("decisions", spoken(plan, plan.frame, language), (*_NAMES, *_amounts(plan), *_measures()), freeze_columns=3)


def best(plan: Plan, language: Language) -> Table:
    """Lay out the best way of each product in each market."""
    known = {spec.name: spec for spec in (*_NAMES, *_amounts(plan), *_measures())}
    return Table("best ways", spoken(plan, plan.best(), language), tuple(known[name] for name in _BEST), freeze_columns=3)


def exact(plan: Plan) -> Table:
    """Lay out the decisions for a program: both languages, the desk's own words, exact decimals."""
    texts = ("title_en", "title_zh", "reason", "reason_zh")
    columns = [ColumnSpec(spec.name, spec.title) for spec in _NAMES if spec.name not in ("title", "reason")]
    columns += [ColumnSpec(name, name) for name in texts]
    return Table("decisions", plan.frame.with_columns(pl.col("codes").list.join(" ")), (*columns, *_amounts(plan), *_measures()))


def chosen(plan: Plan, most: int) -> pl.DataFrame:
    """Choose the rows to explain: the best ``go`` row of each product, the one with most profit at home first."""
    going = plan.frame.filter(pl.col("status") == "go").sort(["profit_home", "row"], descending=[True, False], nulls_last=True)
    return going.group_by("sku", maintain_order=True).first().head(max(0, most))


def spoken(plan: Plan, frame: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Give the frame one title and one reason, and say channels, routes and codes as a person reads them."""
    del plan
    title, other = ("title_zh", "title_en") if language == "zh" else ("title_en", "title_zh")
    shown = pl.when(pl.col(title) != "").then(pl.col(title)).otherwise(pl.col(other))
    reason = "reason_zh" if language == "zh" else "reason"
    words = {name: {word: translate(word, language) for word in frame[name].unique().to_list()} for name in WORDS_OF_THE_DESK[1:]}
    said_words = [pl.col(name).replace(known) for name, known in words.items()]
    return frame.with_columns(shown.alias("title"), pl.col(reason).alias("reason"), pl.col("codes").list.join(", "), *said_words)


def _workbook(plan: Plan, path: Path, language: Language, explain: int, progress: Progress | None) -> tuple[Finding, ...]:
    explained = list(_explained(plan, explain, progress))
    tables = [
        decisions(plan, language), best(plan, language), summary(plan, language), explanations(explained, language),
        findings(plan, language),
        left_out(plan, language), sources([answer for _, answer in explained]), catalogue_faults(plan, language),
        about(plan, language, len(explained)),
    ]  # fmt: skip
    if progress is not None:
        progress(1, 1, "writing the sheet")
    company = plan.request.company
    name = company.name_zh if language == "zh" else company.name_en
    properties = Properties(said("Decision sheet of {day}", day=plan.request.on), company=name, created_on=plan.request.on)
    return write_xlsx(path, tables, properties, language)


def _explained(plan: Plan, most: int, progress: Progress | None) -> Iterator[tuple[dict[str, Any], Answer]]:
    rows = chosen(plan, most)
    for number, row in enumerate(rows.iter_rows(named=True), start=1):
        if progress is not None:
            progress(number, rows.height, "explaining rows")
        yield row, plan.explain(row["sku"], row["market"], row["channel"], row["route"])


def _amounts(plan: Plan) -> tuple[ColumnSpec, ...]:
    home = plan.request.company.base_currency
    return (
        *(ColumnSpec(name, title, "money", currency_column="currency") for name, title in _MONEY.items()),
        ColumnSpec("margin_ppm", "margin", "percent", scale=6),
        ColumnSpec("profit_home", "profit at home", "money", currency=home),
        ColumnSpec("price_home", "shop price at home", "money", currency=home),
    )


def _measures() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec("days_p50", "days to the buyer, half of them", "integer"),
        ColumnSpec("days_p90", "days to the buyer, nine in ten", "integer"),
        ColumnSpec("carbon_g", "CO2 equivalent, g", "integer"),
        ColumnSpec("codes", "finding codes", width=24),
    )


__all__ = ["best", "chosen", "decisions", "exact", "write"]
