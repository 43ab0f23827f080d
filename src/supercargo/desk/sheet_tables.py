"""The sheets beside the decisions: summary, explanations, findings, what was left out, sources, faults, assumptions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.export import ColumnSpec, Table
from supercargo.kernel.figure import padded
from supercargo.kernel.words import Language, Text, into, said, translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supercargo.desk.answer import Answer
    from supercargo.desk.plan import Plan
    from supercargo.kernel.finding import Finding

STATUSES = ("go", "fix", "no-go", "no answer")


def summary(plan: Plan, language: Language) -> Table:
    """Count the rows of each market by status, with its best product; the markets where most products go first."""
    frame, home = plan.frame, plan.request.company.base_currency
    counted = {(market, status): count for market, status, count in frame.group_by("market", "status").len().iter_rows()}
    going = dict(frame.filter(pl.col("status") == "go").group_by("market").agg(pl.col("sku").n_unique()).iter_rows())
    tops = {row["market"]: row for row in _first_of_each(frame).iter_rows(named=True)}
    shut: dict[str, int] = {}
    for one in plan.closed:
        shut[one.lane.market] = shut.get(one.lane.market, 0) + one.ways
    rows: list[dict[str, Any]] = []
    for market in plan.request.markets:
        top = tops.get(market, {})
        way = f"{translate(top['channel'], language)} · {translate(top['route'], language)}" if top else None
        rows.append({
            "market": market, "products_go": going.get(market, 0), **{status: counted.get((market, status), 0) for status in STATUSES},
            "left_out": shut.get(market, 0), "sku": top.get("sku"), "way": way,
            **{name: top.get(name) for name in ("currency", "profit", "profit_home", "margin_ppm")},
        })  # fmt: skip
    rows.sort(key=lambda row: (-row["products_go"], row["profit_home"] is None, -(row["profit_home"] or 0), row["market"]))
    columns = (
        ColumnSpec("market", "market"), ColumnSpec("products_go", "products that go", "integer"),
        *(ColumnSpec(status, said("ways: {status}", status=said(status)), "integer") for status in STATUSES),
        ColumnSpec("left_out", "ways left out", "integer"), ColumnSpec("sku", "best product"), ColumnSpec("way", "best way"),
        ColumnSpec("currency", "currency"), ColumnSpec("profit", "profit a sale", "money", currency_column="currency"),
        ColumnSpec("profit_home", "profit at home", "money", currency=home), ColumnSpec("margin_ppm", "margin", "percent", scale=6),
    )  # fmt: skip
    return Table("summary", _frame(rows, columns), columns, freeze_columns=1)


def explanations(explained: Sequence[tuple[dict[str, Any], Answer]], language: Language) -> Table:
    """List every named step behind the chosen rows: amount, formula, source, first day in force."""
    rows = [
        {
            "sku": row["sku"], "market": row["market"], "channel": translate(row["channel"], language),
            "route": translate(row["route"], language), "step": number, "name": line.name, "amount": line.amount, "unit": line.unit,
            "formula": line.formula or line.path, "source": line.source,
            "since": line.effective.isoformat() if line.effective else None, "confidence": line.confidence or None,
        }
        for row, answer in explained
        for number, line in enumerate(answer.lines(language), start=1)
    ]  # fmt: skip
    columns = (
        ColumnSpec("sku", "SKU"), ColumnSpec("market", "market"), ColumnSpec("channel", "channel"), ColumnSpec("route", "route"),
        ColumnSpec("step", "number", "integer"), ColumnSpec("name", "step"), ColumnSpec("amount", "value", "number"),
        ColumnSpec("unit", "unit"), ColumnSpec("formula", "formula", width=60), ColumnSpec("source", "source"),
        ColumnSpec("since", "in force since"), ColumnSpec("confidence", "confidence"),
    )  # fmt: skip
    return Table("explanations", _frame(rows, columns), columns, freeze_columns=1)


def findings(plan: Plan, language: Language) -> Table:
    """List every finding once: on the whole plan, and on how many of its rows."""
    on_rows = sorted(plan.noted, key=lambda noted: -noted.rows)
    catalogue = set(map(id, plan.request.catalogue.findings))
    rows = [_finding(finding, language) for finding in plan.findings if id(finding) not in catalogue]
    rows += [_finding(noted.finding, language) | {"rows": noted.rows, "path": None} for noted in on_rows]
    columns = (
        ColumnSpec("code", "code"), ColumnSpec("severity", "severity"), ColumnSpec("rows", "rows", "integer"),
        ColumnSpec("message", "what", width=60), ColumnSpec("remedy", "what to do", width=60), ColumnSpec("path", "where"),
    )  # fmt: skip
    return Table("findings", _frame(rows, columns), columns, freeze_columns=1)


def left_out(plan: Plan, language: Language) -> Table:
    """List the markets, channels and routes without rows, why, and how many rows they would have been."""
    rows = [
        one.document(language) | {"channel": translate(one.lane.channel, language), "route": translate(one.lane.route, language)}
        for one in plan.closed
    ]
    columns = (
        ColumnSpec("market", "market"), ColumnSpec("channel", "channel"), ColumnSpec("route", "route"),
        ColumnSpec("ways", "ways", "integer"), ColumnSpec("code", "code"), ColumnSpec("reason", "reason", width=60),
        ColumnSpec("remedy", "what to do", width=60),
    )  # fmt: skip
    return Table("ways left out", _frame(rows, columns), columns, freeze_columns=1)


def sources(answers: Iterable[Answer]) -> Table:
    """List the sources behind the explained rows."""
    known = {source["key"]: source for answer in answers for source in answer.sources()}
    columns = (
        ColumnSpec("key", "source"), ColumnSpec("title", "title", width=60), ColumnSpec("publisher", "publisher"),
        ColumnSpec("url", "address", "link"),
    )  # fmt: skip
    return Table("sources", _frame([known[key] for key in sorted(known)], columns), columns, freeze_columns=1)


def catalogue_faults(plan: Plan, language: Language) -> Table:
    """List what is wrong with the catalogue, with its place, and the rows that were not read."""
    catalogue = plan.request.catalogue
    rows = [_finding(finding, language) for finding in catalogue.findings]
    columns = (
        ColumnSpec("path", "where"), ColumnSpec("code", "code"), ColumnSpec("severity", "severity"),
        ColumnSpec("message", "what", width=60), ColumnSpec("remedy", "what to do", width=60),
    )  # fmt: skip
    note = said(
        "{read} rows read, {good} products taken, rows not read: {bad}",
        read=catalogue.rows_read, good=len(catalogue.products), bad=", ".join(map(str, catalogue.rejected)) or "0",
    )  # fmt: skip
    return Table("catalogue faults", _frame(rows, columns), columns, notes=(note,))


def about(plan: Plan, language: Language, explained: int) -> Table:
    """Say what the sheet was computed with: day, company, files, policy, assumptions; samples are marked."""
    request = plan.request
    company, policy = request.company, request.company.policy
    target = policy.margin_rate_target if request.margin_rate is None else request.margin_rate
    entries: list[tuple[Text, Text, str]] = [
        ("day of the law and of the rates", request.on.isoformat(), "on"),
        ("company", (company.name_zh or company.name_en) if language == "zh" else (company.name_en or company.name_zh), "company.name"),
        ("home currency", company.base_currency, "company.base_currency"),
        ("file of the catalogue", request.catalogue.file, ""),
        ("file of the company", company.file, ""),
        ("ways decided", str(plan.frame.height), ""),
        ("ways left out", str(plan.ways_left_out), ""),
        ("rows explained", str(explained), ""),
        ("margin wanted", _percent(target), "policy.margin_rate_target"),
        ("margin floor", _percent(policy.margin_rate_floor), "policy.margin_rate_floor"),
        ("advertising share (TACoS)", _percent(policy.advert_share), "policy.advert_share"),
        ("cost of capital a year", _percent(policy.cost_of_capital_rate_yearly), "policy.cost_of_capital_rate_yearly"),
        ("conversion spread", _percent(policy.conversion_spread_rate), "policy.conversion_spread_rate"),
        ("wastage rate", _percent(policy.wastage_rate), "policy.wastage_rate"),
        ("days until payout", str(policy.payout_days_max), "policy.payout_days_max"),
        ("days of sales held abroad", str(policy.stock_cover_days), "policy.stock_cover_days"),
        ("price ending", f"{policy.price_ending:f}", "policy.price_ending"),
    ]
    for (base, quote), rate in company.planning_rates.items():
        entries.append((said("planning rate {base} to {quote}", base=base, quote=quote), f"{rate:f}", f"planning_rates.{base}_{quote}"))
    rows = [
        {"what": into(what, language), "value": into(value, language), "origin": _origin(company.defaults, path, language)}
        for what, value, path in entries
    ]
    columns = (ColumnSpec("what", "what"), ColumnSpec("value", "value", width=40), ColumnSpec("origin", "where it comes from", width=40))
    return Table("about", _frame(rows, columns), columns, notes=_samples(plan))


def _samples(plan: Plan) -> tuple[Text, ...]:
    notes: list[Text] = ["an empty cell is unknown or does not apply; it is never zero"]
    if plan.request.company.sample:
        notes.append("the company and its policy are an invented sample: replace them before you decide anything")
    return tuple(notes)


def _origin(defaults: frozenset[str], path: str, language: Language) -> str:
    if not path.startswith(("policy.", "company.", "planning_rates.")):
        return ""
    return translate("default of the house" if path in defaults else "the company's own value", language)


def _first_of_each(frame: pl.DataFrame) -> pl.DataFrame:
    sold = frame.filter(pl.col("status").is_in(["go", "fix"]))
    order = pl.when(pl.col("status") == "go").then(0).otherwise(1)
    ranked = sold.sort([order, "profit_home", "row"], descending=[False, True, False], nulls_last=True)
    return ranked.group_by("market", maintain_order=True).first()


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "code": finding.code, "severity": translate(finding.severity, language), "path": finding.path,
        "message": into(finding.message, language), "remedy": into(finding.remedy, language), "rows": None,
    }  # fmt: skip


def _percent(share: Decimal) -> str:
    return f"{padded(Decimal(share) * 100, 0)} %"


def _frame(rows: list[dict[str, Any]], columns: Sequence[ColumnSpec]) -> pl.DataFrame:
    """Make a frame of plain values; integers where numbers are counted or in minor units, text elsewhere."""
    exact = {"integer", "money", "percent"}
    schema = {spec.name: pl.Int64 if spec.kind in exact else pl.String for spec in columns}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
