"""Amounts without a separator: where it stands, which for yen and dinars is a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.paypal.codes import OPEN_SCALE
from supercargo.connectors.raw.sift import DIGITS
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable

MINOR, HUNDREDTHS = "minor", "hundredths"
_CENTS = 2


def hundredths(rows: pl.DataFrame, columns: Iterable[tuple[str, str]], given: str) -> bool:
    """Tell whether amounts are in hundredths whatever the currency, as against in its minor unit.

    For currencies with two decimals both are the same. PayPal's page says that 100 yen are written 10000, while
    other readers take 10000 yen from it: an amount in yen that is no multiple of 100 proves the minor unit,
    and without such proof the question is put.

    Raises:
        Refused: PAY-023, both are possible.
    """
    if given in (MINOR, HUNDREDTHS):
        return given == HUNDREDTHS
    odd: pl.DataFrame = pl.concat(
        [
            rows.select(pl.col(code).str.strip_chars().str.to_uppercase().alias("code"), pl.col(amount).alias("amount"))
            for amount, code in columns
        ]
    ).filter(pl.col("code").replace_strict(DIGITS, default=_CENTS, return_dtype=pl.Int64) != _CENTS)
    filled = odd.filter(~pl.col("amount").str.contains("^0*$"))
    if not filled.height or bool((~filled.get_column("amount").str.ends_with("00")).any()):
        return False
    message = said("amounts in {currency} can be read in two ways: in whole units, or in hundredths", currency=filled.get_column("code")[0])
    raise refuse(OPEN_SCALE, "file", message, "say which with the option paypal-scale: minor or hundredths")


def with_separator(rows: pl.DataFrame, column: str, side: str, code: str, is_hundredths: bool) -> pl.DataFrame:  # noqa: FBT001
    """Write an amount as its owner reads it: with a sign and a point; what is no whole number stays and becomes a fault."""
    text = pl.col(column).str.strip_chars()
    places = pl.col(code).str.strip_chars().str.to_uppercase().replace_strict(DIGITS, default=_CENTS, return_dtype=pl.Int64)
    written = text
    for digits in sorted({0, 2, 3}):
        padded = text.str.zfill(digits + 1)
        parted = pl.concat_str([padded.str.head(-digits), pl.lit("."), padded.str.tail(digits)]) if digits else text
        meant = pl.lit(digits == _CENTS) if is_hundredths else places == digits
        written = pl.when(text.str.contains(r"^\d+$") & meant).then(parted).otherwise(written)
    sign = pl.when((pl.col(side).str.strip_chars() == "DR") & (written != "")).then(pl.lit("-")).otherwise(pl.lit(""))
    return rows.with_columns(pl.concat_str([sign, written]).alias(column))
