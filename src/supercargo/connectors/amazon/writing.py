"""Records -> cells as Amazon writes them, and cells -> a file: unquoted, tab-delimited."""

from __future__ import annotations

import polars as pl

from supercargo.connectors.amazon.marketplaces import name_of
from supercargo.connectors.raw.sift import DIGITS

_BREAKS = r"[\t\r\n]+"
INSTANTS = {"ymd": "%Y-%m-%d %H:%M:%S UTC", "dmy": "%d.%m.%Y %H:%M:%S UTC", "jp": "%Y/%m/%d %H:%M:%S UTC"}
"""The three styles of settlement reports."""
_SLASHED = {"USD": "ymd", "JPY": "jp"}
_COMMA = frozenset({"EUR", "SEK", "PLN", "TRY", "BRL"})


def style_of(currency: str) -> tuple[str, str]:
    """Give the style of dates and the decimal sign that Amazon uses in a currency's reports."""
    return _SLASHED.get(currency, "dmy"), ("," if currency in _COMMA else ".")


def money(amount: pl.Expr | str, currency: pl.Expr | str = "currency", decimal: str = ".", group: str = "") -> pl.Expr:
    """Write an amount of the minor unit with all digits of its currency; empty where it is unknown.

    Args:
        amount: a column of integers.
        currency: the column of codes.
        decimal: the sign before the decimals.
        group: the sign between thousands, none if empty.
    """
    value = pl.col(amount) if isinstance(amount, str) else amount
    code = pl.col(currency) if isinstance(currency, str) else currency
    places = code.replace_strict(DIGITS, default=2, return_dtype=pl.Int64)
    unit = places.replace_strict({0: 1, 2: 100, 3: 1000}, default=100, return_dtype=pl.Int64)
    whole = (value.abs() // unit).cast(pl.String)
    if group:
        whole = _grouped(whole, group)
    rest = pl.concat_str([pl.lit("00"), (value.abs() % unit).cast(pl.String)])
    decimals = pl.when(places > 0).then(pl.concat_str([pl.lit(decimal), rest.str.slice(-places, places)])).otherwise(pl.lit(""))
    sign = pl.when(value < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str([sign, whole, decimals]).fill_null("")


def _grouped(whole: pl.Expr, sign: str) -> pl.Expr:
    backwards = whole.str.reverse().str.replace_all(r"(\d{3})", "${1}" + sign).str.strip_chars_end(sign)
    return backwards.str.reverse()


def text(column: str) -> pl.Expr:
    """Write a text; what would break an unquoted row becomes a blank."""
    return pl.col(column).cast(pl.String).str.replace_all(_BREAKS, " ").fill_null("")


def instant(column: str, style: str) -> pl.Expr:
    """Write an instant, or a day as its first second."""
    return pl.col(column).cast(pl.Datetime("us")).dt.strftime(style).fill_null("")


def marketplaces(column: str) -> pl.Expr:
    """Write a channel as the marketplace's name."""
    return pl.col(column).map_batches(_names, return_dtype=pl.String).fill_null("")


def _names(channels: pl.Series) -> pl.Series:
    known = {channel: name_of(channel or "") for channel in channels.unique()}
    return channels.replace_strict(known, return_dtype=pl.String)


def words(column: str, theirs: dict[str, str], default: str = "") -> pl.Expr:
    """Write our word as theirs."""
    return pl.col(column).replace_strict(theirs, default=default, return_dtype=pl.String).fill_null(default)


def tabbed(frame: pl.DataFrame, columns: tuple[str, ...], **cells: pl.Expr) -> pl.DataFrame:
    """Lay a report out: every official column in its order, empty where no cell is given (``-`` is written ``_`` in the names)."""
    given = {name.replace("_", "-"): cell for name, cell in cells.items()}
    return frame.select((given.get(name, pl.lit("")).alias(name)) for name in columns)


def file_of(*parts: pl.DataFrame) -> bytes:
    """Write parts of the same columns below one header: tab-delimited, nothing quoted, lines end in LF."""
    return pl.concat(parts).write_csv(separator="\t", quote_style="never").encode()
