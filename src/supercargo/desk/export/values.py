"""A column of a frame -> exact text of decimals; the one place in which every writer reads amounts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.words import Language, into, translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supercargo.desk.export.table import ColumnSpec

NUMBERS = frozenset({"integer", "number", "money", "percent"})
VERDICTS = ("go", "fix", "no-go")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Signs at the beginning of a text that make a spreadsheet run it."""


def exact_texts(frame: pl.DataFrame, spec: ColumnSpec) -> pl.Series:
    """Write a column of numbers as text, exactly; money has at least the minor digits of its currency.

    Raises:
        TypeError: the column holds binary floats or no numbers.
        UnknownCurrencyError: a currency is not in ISO 4217.
    """
    plain_texts = _plain(frame, spec)
    digits = _least_digits(frame, spec)
    whole = pl.col("text").str.split(".").list.get(0)
    fraction = pl.col("text").str.split(".").list.get(1, null_on_oob=True).fill_null("").str.strip_chars_end("0")
    shown = pl.lit("")
    table = pl.DataFrame({"text": plain_texts, "digits": digits}).with_columns(whole.alias("whole"), fraction.alias("fraction"))
    for least in sorted(set(digits)):
        padded = pl.col("fraction").str.pad_end(least, "0")
        shown = pl.when(pl.col("digits") == least).then(padded).otherwise(shown)
    table = table.with_columns(shown.alias("shown"))
    sign = pl.when(pl.col("shown") == "").then(pl.lit("")).otherwise(pl.lit("."))
    return table.select(
        pl.when(pl.col("text").is_null()).then(None).otherwise(pl.col("whole") + sign + pl.col("shown")).alias(spec.name)
    ).to_series()


def words(frame: pl.DataFrame, spec: ColumnSpec, language: Language) -> list[str | None]:
    """Write a column of words in a language; what carries both languages gives the right one."""
    values = frame.get_column(spec.name).to_list()
    if spec.kind == "verdict":
        return [None if value is None else translate(str(value).replace("_", "-"), language) for value in values]
    return [None if value is None else value if isinstance(value, str) else _said(value, language) for value in values]


def currencies(frame: pl.DataFrame, spec: ColumnSpec) -> list[str]:
    """Give the currency of every row of a column of money."""
    if spec.currency_column:
        return [str(code) if code is not None else "" for code in frame.get_column(spec.currency_column).to_list()]
    return [spec.currency or ""] * frame.height


def title(spec: ColumnSpec, language: Language) -> str:
    """Write the title of a column, with its currency where all rows have the same one."""
    text = into(spec.title, language)
    return f"{text} ({spec.currency})" if spec.kind == "money" and spec.currency else text


def is_dangerous(text: str) -> bool:
    """Tell whether a spreadsheet would run a text instead of showing it."""
    return text.startswith(DANGEROUS)


def _said(value: Any, language: Language) -> str:
    return value.into(language) if hasattr(value, "into") else str(value)


def _least_digits(frame: pl.DataFrame, spec: ColumnSpec) -> list[int]:
    if spec.kind != "money":
        return [spec.digits or 0] * frame.height
    if spec.digits is not None:
        return [spec.digits] * frame.height
    return _minor(currencies(frame, spec), frame.get_column(spec.name))


def _minor(codes: Iterable[str], values: pl.Series) -> list[int]:
    known: dict[str, int] = {}
    digits = []
    for code, absent in zip(codes, values.is_null().to_list(), strict=True):
        if code not in known:
            known[code] = 0 if absent and not code else minor_digits(code)
        digits.append(known[code])
    return digits


def _plain(frame: pl.DataFrame, spec: ColumnSpec) -> pl.Series:
    values = frame.get_column(spec.name)
    if values.dtype.is_float():
        message = f"the column {spec.name} holds binary floats; give Decimal, text, or integers with their scale"
        raise TypeError(message)
    if values.dtype.is_integer():
        return _from_integers(frame, spec)
    if values.dtype == pl.Null:
        return pl.Series([None] * frame.height, dtype=pl.String)
    if not (values.dtype.is_decimal() or values.dtype in (pl.String, pl.Object)):
        message = f"the column {spec.name} holds {values.dtype}, no numbers"
        raise TypeError(message)
    return pl.Series([None if value is None else _decimal_text(value, spec) for value in values.to_list()], dtype=pl.String)


def _decimal_text(value: Any, spec: ColumnSpec) -> str:
    try:
        number = Decimal(value) if isinstance(value, Decimal | int | str) and not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        message = f"{value!r} in the column {spec.name} is no exact number"
        raise TypeError(message)
    return f"{number or abs(number):f}"


def _from_integers(frame: pl.DataFrame, spec: ColumnSpec) -> pl.Series:
    scales = [spec.scale or 0] * frame.height
    if spec.scale is None and spec.kind == "money":
        scales = _minor(currencies(frame, spec), frame.get_column(spec.name))
    table = pl.DataFrame({"value": frame.get_column(spec.name).cast(pl.Int128), "scale": scales})
    text = pl.lit("")
    for scale in sorted(set(scales)):
        size = pl.col("value").abs()
        power = pl.lit(10**scale, dtype=pl.Int128)
        digits = (size // power).cast(pl.String)
        if scale:
            digits = digits + "." + (size % power).cast(pl.String).str.zfill(scale)
        text = pl.when(pl.col("scale") == scale).then(digits).otherwise(text)
    sign = pl.when(pl.col("value") < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return table.select(pl.when(pl.col("value").is_null()).then(None).otherwise(sign + text)).to_series()
