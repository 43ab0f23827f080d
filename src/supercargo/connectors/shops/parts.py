"""One row with several amounts -> one money line per amount, and the check that its amounts agree with its net."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.sift import DIGITS
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.mapped import FAULT
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shops.writing import money_text
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.connectors.raw.sift import Sift

NAMED_DIFFERENCES = 50
"""So many different gaps are named each with its amount; more of them have one cause, and that is named once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One amount of a row: what its key ends in, its kind of money, its minor units and their currency."""

    suffix: str
    kind: pl.Expr
    amount: pl.Expr
    currency: pl.Expr = field(default_factory=lambda: pl.col("currency"))
    name: str = ""
    """Their word for it, where the row's type is not word enough."""
    is_kept_at_zero: bool = False


def money_lines(rows: pl.DataFrame, parts: Sequence[Part], **common: pl.Expr) -> pl.DataFrame:
    """Make money lines of rows that have a ``key``: one per amount that is there and is not zero, in the order of the parts.

    Args:
        rows: the remaining rows of a sift.
        parts: the amounts, the row's main one first.
        common: columns of the record that are the same for every part of a row.
    """
    pieces = [_piece(rows, place, part, common) for place, part in enumerate(parts)]
    return table_of("money_line", pl.concat(pieces).sort("row", "__part").drop("__part"))


def _piece(rows: pl.DataFrame, place: int, part: Part, common: dict[str, pl.Expr]) -> pl.DataFrame:
    key = pl.col("key") + pl.lit(f"/{part.suffix}") if part.suffix else pl.col("key")
    names = {} if not part.name else {"their_name": pl.lit(part.name)}
    frame = rows.select(
        pl.col(ROW).alias("row"),
        key.alias("key"),
        part.kind.alias("kind"),
        part.amount.cast(pl.Int64).alias("amount_minor"),
        part.currency.alias("currency"),
        pl.lit(place).alias("__part"),
        *(value.alias(name) for name, value in ({"their_name": pl.lit(None, pl.String)} | common | names).items()),
    )
    is_there = pl.col("amount_minor").is_not_null()
    return frame.filter(is_there if part.is_kept_at_zero else is_there & (pl.col("amount_minor") != 0))


def check_sum(sift: Sift, gap: pl.Expr, currency: pl.Expr, code: str, sentence: str) -> None:
    """Let rows leave as faults whose amounts do not come to their net, each with the gap in money.

    Args:
        sift: the rows.
        gap: net less what it should be, in minor units; null or 0 is well.
        currency: of the gap.
        code: of the fault.
        sentence: an English pattern of the word lists that ends in ``{gap}``.
    """
    wrong = sift.rows.select(pl.col(ROW), gap.alias("gap"), currency.alias("currency")).filter(pl.col("gap") != 0)
    if not wrong.height:
        return
    groups = wrong.group_by("gap", "currency", maintain_order=True).agg(pl.col(ROW))
    for minor, code_of_currency, numbers in groups.head(NAMED_DIFFERENCES).iter_rows():
        amount = f"{money_text(minor, code_of_currency)} {code_of_currency}" if code_of_currency in DIGITS else str(minor)
        sift.leave(pl.col(ROW).is_in(numbers), FAULT, code, sentence.format(gap=amount))
    rest = groups.slice(NAMED_DIFFERENCES).explode(ROW).get_column(ROW)
    if rest.len():
        sift.leave(pl.col(ROW).is_in(rest.to_list()), FAULT, code, sentence.format(gap="…"))


def by_word(column: pl.Expr, words: dict[str, str], default: str | None) -> pl.Expr:
    """Translate their words into ours; case and outer blanks do not matter."""
    lower = {word.casefold(): ours for word, ours in words.items()}
    return column.str.strip_chars().str.to_lowercase().replace_strict(lower, default=default, return_dtype=pl.String)


def signed_kind(amount: pl.Expr, incoming: str, outgoing: str) -> pl.Expr:
    """Choose a kind by the sign of its amount."""
    return pl.when(amount >= 0).then(pl.lit(incoming)).otherwise(pl.lit(outgoing))


def unclassified(lines: pl.DataFrame, code: str) -> list[Finding]:
    """Say which types of a source are not known here, with their money: they stay visible, and are not left out."""
    found = (
        lines.filter(pl.col("kind") == "unclassified")
        .group_by("their_type", "their_name", "currency")
        .agg(pl.len().alias("count"), pl.col("amount_minor").sum())
    )
    return [
        Finding(
            code,
            "warning",
            f"types[{kind or name or ''}]",
            said(
                "{count} lines of the type {type} are not classified; they come to {amount} {currency}",
                count=count, type=" / ".join(filter(None, (kind, name))), amount=money_text(amount, currency), currency=currency,
            ),
            "they count as not classified; ask the house what they are, and have the type added",
        )
        for kind, name, currency, count, amount in found.sort("their_type", "their_name", "currency").iter_rows()
    ]  # fmt: skip


def cells_of(sift: Sift, column: str) -> pl.Series:
    """Take the cells of a column of the remaining rows, null where they are empty or the file has no such column."""
    return sift.rows.with_columns(sift.text(column).alias("__cells")).get_column("__cells")
