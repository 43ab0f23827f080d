"""A mapping and a file -> records: every row once, every sum found again, what is rounded said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.records.tables import TABLES
from supercargo.connectors.tables.cells import OURS, plain_text, read_columns
from supercargo.connectors.tables.mapping import DERIVED, MEANINGS, TOTAL_TO
from supercargo.connectors.tables.total import FILLED, Total, with_stated, with_total
from supercargo.connectors.tables.words import own_words
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped
    from supercargo.connectors.tables.mapping import Mapping
    from supercargo.kernel.finding import Finding

_OWNER = {"account": "account", "warehouse": "warehouse", "channel": "channel"}


def apply(mapping: Mapping, raw: Raw, context: Context) -> Mapped:
    """Map a whole file.

    Args:
        mapping: which of its columns is what.
        raw: the file.
        context: its channel, account, warehouse, day stand in where the mapping leaves them out.

    Raises:
        Refused: RAW-010 the columns are not there; MAP-010 money without a currency; MAP-011 rows without an owner; RAW-02x and -03x the
            decimal sign or the order of dates is open.
    """
    names = {theirs: (theirs,) for theirs in (*mapping.headers, *mapping.columns.values())}
    table = locate(raw, names, mapping.headers, grid=mapping.sheet or None)
    sift = Sift(table, context, decimal=mapping.decimal, dates=mapping.dates)
    return fill(sift, mapping)


def fill(sift: Sift, mapping: Mapping) -> Mapped:
    """Bring the rows of a table whose columns are known to records.

    Findings: MAP-101 rounding, MAP-102 words that are not known, MAP-103 texts like formulas.
    """
    findings: list[Finding] = []
    columns = {ours: theirs for ours, theirs in mapping.columns.items() if sift.has(theirs)}
    cells = sift.rows
    texts = [theirs for ours, theirs in columns.items() if TABLES[mapping.noun].get(ours) == pl.String]
    findings += plain_text(sift, texts)
    _rules(sift, mapping)
    constants = _constants(sift, mapping, columns)
    _check_currency(mapping.noun, columns, constants)
    decimal = _decimal(sift, columns)
    findings += read_columns(sift, mapping, columns, constants)
    total = with_total(sift, mapping, cells, decimal) if mapping.total else None
    findings += own_words(sift, mapping, columns)
    findings += [] if total else with_stated(sift, mapping, columns)
    _set(sift, mapping)
    _key(sift, mapping, constants)
    record = sift.record(mapping.noun, **_made(sift, mapping))
    return _finished(sift, mapping, record, findings, total)


def _finished(sift: Sift, mapping: Mapping, record: pl.DataFrame, findings: list[Finding], total: Total | None) -> Mapped:
    facts = {"mapping": mapping.name, "noun": mapping.noun}
    if total is None:
        return sift.mapped({mapping.noun: record}, findings, facts)
    mapped = sift.mapped({mapping.noun: record}, [*findings, *total.findings()], facts | total.facts())
    return total.controlled(mapped, record)


def _rules(sift: Sift, mapping: Mapping) -> None:
    """Let rows leave by the rules that leave them out, and mark what the others set, in their order."""
    for place, rule in enumerate(mapping.rules):
        code, reason = MEANINGS[rule.means]
        if rule.then == "set":
            sift.rows = sift.rows.with_columns(rule.holds().alias(f"__rule {place}"))
        elif rule.then == "skip":
            sift.skip(rule.holds(), code, rule.reason or reason)
        else:
            sift.fault(rule.holds(), "MAP-301", rule.reason or "at fault by a rule of the mapping")


def _constants(sift: Sift, mapping: Mapping, columns: dict[str, str]) -> dict[str, str]:
    """Give what holds for every row: from the mapping, else from whoever imports the file."""
    schema = TABLES[mapping.noun]
    told = {name: getattr(sift.context, source) for name, source in _OWNER.items() if name in schema}
    told |= {"counted_on": sift.context.day.isoformat()} if sift.context.day and "counted_on" in schema else {}
    told |= {name: value for name, value in sift.context.options.items() if name in schema}
    given = {name: value for name, value in (told | mapping.constants).items() if value and name not in columns}
    _refuse_ownerless(mapping.noun, {*given, *columns})
    sift.rows = sift.rows.with_columns(_literal(value, schema[name]).alias(OURS + name) for name, value in given.items())
    return given


def _literal(value: str, kind: pl.DataType) -> pl.Expr:
    text = pl.lit(value)
    if isinstance(kind, pl.Boolean):
        return pl.lit(value == "true")
    return text.str.to_date() if isinstance(kind, pl.Date) else text.cast(kind)


def _refuse_ownerless(noun: str, known: set[str]) -> None:
    if noun in ("bank_line", "bank_statement"):
        owner, message, remedy = (
            "account",
            "nothing says of which account the rows are",
            "give it with --account, or write it into the mapping",
        )
    else:
        owner, message, remedy = (
            "channel",
            "nothing says of which channel the rows are",
            "give it with --channel, or write it into the mapping",
        )
    if owner in TABLES[noun] and owner not in known and noun != "stock_count":
        raise refuse("MAP-011", f"mapping.constants.{owner}", message, remedy)


def _decimal(sift: Sift, columns: dict[str, str]) -> str:
    money = [theirs for ours, theirs in columns.items() if ours in DERIVED or ours.endswith(("_minor", "_e6"))]
    return sift.settle_decimal(money) if money else "."


def _check_currency(noun: str, columns: dict[str, str], constants: dict[str, str]) -> None:
    has_money = any(name.endswith(("_minor", "_e6")) or name in DERIVED for name in columns)
    if has_money and "currency" in TABLES[noun] and "currency" not in columns and "currency" not in constants:
        message = "the table has amounts and nothing says in which currency"
        raise refuse(
            "MAP-010", "mapping.constants.currency", message, "write the currency into the mapping, or name the column that states it"
        )


def _made(sift: Sift, mapping: Mapping) -> dict[str, pl.Expr]:
    """Give the columns of the record: signs turned round, and totals filled in where the file states none."""
    made = {}
    for name in TABLES[mapping.noun]:
        column = next((column for column in (FILLED + name, OURS + name) if column in sift.rows.columns), "")
        if column:
            made[name] = -pl.col(column) if name in mapping.flip else pl.col(column)
    return made


def _set(sift: Sift, mapping: Mapping) -> None:
    schema = TABLES[mapping.noun]
    for place, rule in enumerate(mapping.rules):
        for name, value in rule.values:
            if rule.then == "set" and name != TOTAL_TO:
                before = pl.col(OURS + name) if OURS + name in sift.rows.columns else pl.lit(None, schema[name])
                after = pl.when(pl.col(f"__rule {place}")).then(_literal(value, schema[name])).otherwise(before)
                sift.rows = sift.rows.with_columns(after.alias(OURS + name))


def _key(sift: Sift, mapping: Mapping, constants: dict[str, str]) -> None:
    """Name each row by what identifies it, with the number of its repetition."""
    identity = [name for name in mapping.identity if name not in constants]
    if not identity:
        sift.keyed([theirs for theirs in dict.fromkeys(mapping.columns.values()) if sift.has(theirs)], occurrence=True)
        return
    fixed = [pl.lit(constants[name]) for name in mapping.identity if name in constants]
    parts = [*fixed, *(pl.col(OURS + name).cast(pl.String).fill_null("") for name in identity)]
    identity_of = sift.rows.select("__row", pl.concat_str(parts, separator="|").alias("identity"))
    repeated = identity_of.filter(pl.col("identity").is_duplicated())  # few, so that numbering them costs little
    numbers = repeated.select("__row", pl.int_range(1, pl.len() + 1).over("identity").alias("number"))
    named = identity_of.join(numbers, on="__row", how="left", maintain_order="left")
    key = named.select(pl.concat_str("identity", pl.col("number").fill_null(1).cast(pl.String), separator="|").alias("key"))
    sift.rows = sift.rows.with_columns(key.to_series())
