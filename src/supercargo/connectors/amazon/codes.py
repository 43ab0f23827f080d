"""Amazon's words and ours: what each line of a settlement is, and what the other reports call things."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

import polars as pl

CODES = tomllib.loads((resources.files("supercargo.connectors.amazon") / "codes.toml").read_text(encoding="utf-8"))
UNKNOWN = "unclassified"
TRIPLE = ("transaction-type", "amount-type", "amount-description")
_NO_SIGN = re.compile(r"[^\w]|_")


def plain(word: str) -> str:
    """Bring a word to the form in which words are compared: regions differ in case, blanks, signs and one letter.

    >>> plain("FBAPerUnitFulfillmentFee") == plain("FBA per-unit fulfilment fee")
    True
    """
    return _NO_SIGN.sub("", word.casefold()).replace("fulfillment", "fulfilment")


def _plainly(words: dict[str, str]) -> dict[str, str]:
    return {plain(word): kind for word, kind in words.items()}


_BY_TRANSACTION = _plainly(CODES["by_transaction"])
_BY_AMOUNT_TYPE = _plainly(CODES["by_amount_type"])
_BY_DESCRIPTION = _plainly(CODES["by_description"])
_BY_BOTH: dict[str, dict[str, str]] = {
    plain(amount_type): {(word if word == "*" else plain(word)): kind for word, kind in words.items()}
    for amount_type, words in CODES["by_both"].items()
}
_FAMILIES: list[tuple[re.Pattern[str], re.Pattern[str] | None, str]] = [
    (re.compile(family["pattern"]), re.compile(family["unless"]) if "unless" in family else None, family["kind"])
    for family in CODES["families"]
]
_REFUNDS: dict[str, str] = {word: kind for word, kind in CODES["refunds"].items() if word != "transactions"}
_IS_REFUND = re.compile(CODES["refunds"]["transactions"])


@lru_cache(maxsize=4096)
def kind_of(transaction_type: str, amount_type: str, description: str) -> str:
    """Tell what kind of money a line of a settlement is; ``unclassified`` where nobody knows.

    >>> kind_of("Order", "ItemPrice", "Principal"), kind_of("Refund", "Promotion", "Shipping"), kind_of("Order", "ItemFees", "NewFee")
    ('sale_goods', 'refund_discount', 'unclassified')
    """
    transaction = plain(transaction_type)
    kind = _kind(transaction, plain(amount_type), plain(description))
    return _REFUNDS.get(kind, kind) if _IS_REFUND.search(transaction) else kind


def _kind(transaction: str, amount_type: str, description: str) -> str:
    both = _BY_BOTH.get(amount_type, {})
    return (
        _BY_TRANSACTION.get(transaction)
        or both.get(description)
        or both.get("*")
        or _BY_AMOUNT_TYPE.get(amount_type)
        or _BY_DESCRIPTION.get(description)
        or _of_family(description)
    )


def _of_family(description: str) -> str:
    for pattern, unless, kind in _FAMILIES:
        if pattern.search(description) and not (unless and unless.search(description)):
            return kind
    return UNKNOWN


def with_kinds(rows: pl.DataFrame, columns: tuple[str, str, str] = TRIPLE) -> pl.DataFrame:
    """Add ``kind`` to rows: each distinct triple of words is looked up once."""
    triples = rows.select(columns).unique()
    kinds = pl.Series("kind", [kind_of(*triple) for triple in triples.iter_rows()], dtype=pl.String)
    return rows.join(triples.with_columns(kinds), on=list(columns), how="left", maintain_order="left")


def translated(column: pl.Expr, words: dict[str, str], otherwise: pl.Expr | None = None) -> pl.Expr:
    """Replace Amazon's word by ours; a word that is not in the list becomes ``otherwise``, or null."""
    fallback = pl.lit(None, dtype=pl.String) if otherwise is None else otherwise
    return column.replace_strict(words, default=fallback, return_dtype=pl.String)
