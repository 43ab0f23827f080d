"""Their cells -> our columns, each by the kind of column that it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.catalogue.codes import currency_code
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import DIGITS
from supercargo.connectors.records.tables import TABLES
from supercargo.connectors.tables.mapping import DERIVED
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from supercargo.connectors.raw.sift import Sift
    from supercargo.connectors.tables.mapping import Mapping as TableMapping

OURS = "our "
"""Before the names of the columns that we make, so that they never meet those of the file."""
_WRAPPED = r'^="(.*)"$'
_GUARDED = r"^'(['=+\-@]|[\d][\d .,/:-]*$)"
_FORMULA = r"^(?:[=@]|[+\-][^\d.,\s])"
_SHOWN = 5
_TRUE = ("true", "yes", "y", "1", "x", "是", "ja", "oui", "sí", "si", "はい")
_FALSE = ("false", "no", "n", "0", "否", "nein", "non", "いいえ")


def plain_text(sift: Sift, columns: Sequence[str]) -> Iterator[Finding]:
    """Take a spreadsheet's marks off texts: the apostrophe before a number or formula, and ``="00123"``.

    A text that looks like a formula stays what it is: a text.
    """
    present = [name for name in dict.fromkeys(columns) if sift.has(name)]
    sift.rows = sift.rows.with_columns(
        pl.when(pl.col(name).str.contains(r"^['=]"))
        .then(pl.col(name).str.replace(_WRAPPED, "${1}").str.replace(_GUARDED, "${1}"))
        .otherwise(pl.col(name))
        .alias(name)
        for name in present
    )
    for name in present:
        looks = sift.rows.filter(pl.col(name).str.contains(_FORMULA)).get_column("__row")
        if looks.len():
            message = said(
                "{count} texts of the column {column} look like formulas; they are kept as text and escaped in every export",
                count=looks.len(),
                column=name,
            )
            yield Finding("MAP-103", "note", f"rows[{looks[0]}].{name}", message, "check where the text comes from")


def read_columns(sift: Sift, mapping: TableMapping, columns: dict[str, str], constants: dict[str, str]) -> Iterator[Finding]:
    """Read every column that the mapping names."""
    schema = TABLES[mapping.noun]
    if "currency" in columns:  # a word that is no currency stays, so that its row becomes a fault
        given = mapping.words.get("currency", {})
        yield from translate(sift, "currency", columns["currency"], given, lambda word: currency_code(word) or word)
        sift.fault(~pl.col(OURS + "currency").is_in(list(DIGITS)).fill_null(value=False), "MAP-304", "the row has no currency of ISO 4217")
    dated = [theirs for ours, theirs in columns.items() if ours.endswith(("_on", "_at"))]
    if dated:
        sift.settle_order(dated)
    currency = pl.lit(constants["currency"]) if "currency" in constants else pl.col(OURS + "currency")
    for ours, theirs in columns.items():
        _read(sift, mapping, ours, theirs, currency)
    if "ordered_at" in columns and "ordered_on" not in columns:
        sift.day(OURS + "ordered_on", columns["ordered_at"])
    if "posted_at" in columns and "posted_on" not in columns:
        sift.day(OURS + "posted_on", columns["posted_at"])
    _join(sift, schema)


def _read(sift: Sift, mapping: TableMapping, ours: str, theirs: str, currency: pl.Expr) -> None:
    schema, out = TABLES[mapping.noun], OURS + ours
    if ours in DERIVED or ours.endswith("_minor"):
        sift.amount(out, theirs, currency)
    elif ours.endswith("_e6"):
        sift.micros(out, theirs)
    elif ours.endswith("_ppm"):
        sift.ppm(out, theirs)
    elif schema[ours] == pl.Int64:
        sift.whole(out, theirs)
    elif schema[ours] == pl.Date:
        sift.day(out, theirs)
    elif schema[ours] == pl.Boolean:
        word = pl.col(theirs).str.to_lowercase()
        truth = pl.when(word.is_in(_TRUE)).then(statement=True).when(word.is_in(_FALSE)).then(statement=False)
        sift.rows = sift.rows.with_columns(truth.alias(out))
    elif isinstance(schema[ours], pl.Datetime):
        sift.instant(out, theirs, zone=mapping.zone)
    elif ours == "buyer_key":
        hashed = keyed_hashes(sift.context.secret, sift.rows.select(sift.text(theirs)).to_series())
        sift.rows = sift.rows.with_columns(hashed.alias(out))
    elif ours != "currency":
        sift.rows = sift.rows.with_columns(sift.text(theirs).alias(out))


def _join(sift: Sift, schema: dict[str, pl.DataType]) -> None:
    """Make one amount of money in and money out; a row that states both keeps both."""
    present = [OURS + name for name in DERIVED if OURS + name in sift.rows.columns]
    if not present or "amount_minor" not in schema:
        return
    signed = [(-1 if name.endswith("_out") else 1) * (pl.col(name).abs() if name.endswith("_out") else pl.col(name)) for name in present]
    total = pl.when(pl.any_horizontal(pl.col(name).is_not_null() for name in present)).then(pl.sum_horizontal(signed))
    sift.rows = sift.rows.with_columns(total.alias(OURS + "amount_minor"))
    sift.fault(pl.col(OURS + "amount_minor").is_null(), "MAP-302", "the row states neither money in nor money out")


def translate(
    sift: Sift, ours: str, theirs: str, given: Mapping[str, str], meaning: Callable[[str], str], unknown: str = ""
) -> Iterator[Finding]:
    """Bring the distinct words of a column to ours, and name those that nobody knows.

    Args:
        sift: the rows.
        ours: our column.
        theirs: their column.
        given: what the mapping says; an empty answer is unknown, and nothing more is said about it.
        meaning: what another word means; nothing if nobody knows.
        unknown: what stands for a word that nobody knows.
    """
    words = sorted(word for word in sift.rows.get_column(theirs).unique().to_list() if word)
    found = {word: given[word] if word in given else meaning(word) for word in words}
    known = {word: value for word, value in found.items() if value}
    cell, other = pl.col(theirs), pl.lit(unknown or None, pl.String)
    value = cell.replace_strict(known, default=other, return_dtype=pl.String) if known else other
    sift.rows = sift.rows.with_columns(pl.when(cell != "").then(value).alias(OURS + ours))
    strange = [word for word in words if word not in given and not found[word]]
    if strange:
        shown = ", ".join(strange[:_SHOWN])
        message = said("the column {column} has words that nobody knows: {words}", column=theirs, words=shown)
        yield Finding("MAP-102", "note", f"columns.{ours}", message, said("write them into the mapping under words.{column}", column=ours))
