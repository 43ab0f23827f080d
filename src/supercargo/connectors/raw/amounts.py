"""Money and numbers in cells -> exact integers, a whole column at once; the decimal sign is decided for the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

NULLS = ("", "--", "-", "—", "n/a", "na", "null", "none", "nan", "#n/a", "not available")
"""How exports write that there is nothing."""
_UNSIGNED = r"^(?:[0-9]+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]{1,2}(?: [0-9]{2})+ [0-9]{3})$"
_PLAIN = r"^(?:-?[0-9]+(?:[.,][0-9]+)?)?$"
_SPELLINGS = (("[\u2212\u2013]", "-"), ("[\u2019\u00b4]", "'"), ("[\u00a0\u202f\u2009\u3000]", " "), ("，", ","), ("．", "."))
_WIDE_DIGITS = list("０１２３４５６７８９")
_SIGN_BEFORE = r"(?i)^([-+(]?)\s*(?:[A-Z]{0,3}\s?[$€£¥￥₹฿₫₱₽₩₺]|R\$|[A-Z]{3}\b|Rp|RM|kr|zł|Kč|Ft)\.?\s*"
_SIGN_BEHIND = r"(?i)\s*(?:[$€£¥￥₹฿₫₱₽₩₺]|[A-Z]{3}|kr|zł|Kč|Ft|元|円)\s*(\)?)$"
LARGEST_DIGITS = 18


def bare(cells: pl.Series) -> pl.Series:
    """Take currency signs and codes, blanks and a text apostrophe off; keep digits, signs, separators; null where there is nothing.

    What is no number stays as it is, so that it is found out later.
    """
    distinct = cells.unique().drop_nulls()
    if bool(distinct.str.contains(_PLAIN).all()):
        return cells.replace("", None)
    known = pl.DataFrame({"cell": distinct, "bare": _bare(distinct)})
    return cells.alias("cell").to_frame().join(known, on="cell", how="left", maintain_order="left").get_column("bare").alias(cells.name)


def _bare(cells: pl.Series) -> pl.Series:
    text = cells.str.strip_chars(" \t\r\n\u00a0\u202f'\"\ufeff\u200b\u200e\u200f")
    text = text.str.replace_many(_WIDE_DIGITS, list("0123456789"))
    for form, by in _SPELLINGS:
        text = text.str.replace_all(form, by)
    text = text.set(text.str.to_lowercase().is_in(NULLS), None)
    for form in (_SIGN_BEFORE, _SIGN_BEHIND):
        text = text.str.replace_all(form, "${1}")
    negative = text.str.contains(r"^\(.*\)$") | text.str.contains(r"^[-+]?\s*[0-9.,' ]+-$")
    text = text.str.replace(r"^\((.*)\)$", "${1}").str.replace(r"^([0-9.,' ]+)-$", "${1}").str.replace(r"^([-+])\s+", "${1}")
    signed = negative & ~text.str.starts_with("-")
    return text.zip_with(~signed, "-" + text).str.strip_prefix("+")


def read(cells: pl.Series, decimal: str, places: int | None) -> pl.DataFrame:
    """Read cells of one decimal sign and one number of decimals: ``number`` and ``fault``, as ``scaled`` gives them; each cell once."""
    if not cells.len():
        return pl.DataFrame(schema={"number": pl.Int64, "fault": pl.String})
    distinct = cells.alias("cell").unique()
    if distinct.len() == 1 and distinct[0] in {"", None}:
        return pl.select(
            pl.repeat(None, cells.len(), dtype=pl.Int64).alias("number"), pl.repeat(None, cells.len(), dtype=pl.String).alias("fault")
        )
    answers = pl.DataFrame([distinct, *_read(bare(distinct), decimal, places)])
    if distinct.len() == 1:
        return pl.DataFrame([answers.get_column(name).new_from_index(0, cells.len()) for name in ("number", "fault")])
    joined = cells.alias("cell").to_frame().join(answers, on="cell", how="left", nulls_equal=True, maintain_order="left")
    return joined.select("number", "fault")


def _read(text: pl.Series, decimal: str, places: int | None) -> pl.DataFrame:
    """Read distinct amounts; nearly every file has only digits and its decimal sign, which needs no more than one step."""
    if places is not None:
        fraction = rf"(?:[{decimal}][0-9]{{1,{places}}})?" if places else ""
        simple = rf"^-?[0-9]{{1,{LARGEST_DIGITS - places}}}{fraction}$"
        if bool(text.str.contains(simple).all()):
            parts = text.str.split_exact(decimal, 1).struct
            digits = parts.field("field_0") + parts.field("field_1").fill_null("").str.pad_end(places, "0")
            return pl.DataFrame(
                [digits.cast(pl.Int64).alias("number"), pl.Series("fault", [None], pl.String).new_from_index(0, text.len())]
            )
    known = pl.DataFrame({"text": text}).with_columns(sign=pl.lit(decimal), places=pl.lit(places, dtype=pl.Int64))
    return _scaled(known).select("number", "fault")


def decide_decimal(columns: Iterable[pl.Series], given: str = "", default: str = "", *, trust: bool = False) -> str:
    """Decide whether a comma or a point parts the decimals of a file, from all its money at once.

    Two different signs in one cell: the last is the decimal. One sign twice: it groups thousands. One sign
    and other than three digits after it: it is the decimal. Only cells such as 1.234 leave it open.

    Args:
        columns: cells as text, bare; those that a workbook holds as numbers left out.
        given: the answer of a person, which is believed.
        default: what holds where no cell has any sign at all, and, if ``trust``, where nothing speaks against it.
        trust: the format's own rule decides what the cells leave open.

    Raises:
        Refused: RAW-020, cells can be read in two ways; RAW-021, cells contradict each other.
    """
    if given:
        return given
    text = pl.concat([column.drop_nulls() for column in columns] or [pl.Series([], dtype=pl.String)]).unique()
    text = text.filter(text.str.contains("[.,]"))
    if not text.len():
        return default or "."
    comma, point, open_ = _votes(text)
    if comma and point and min(comma, point) * 20 > max(comma, point):
        raise refuse(
            "RAW-021",
            "file",
            "some amounts have a decimal comma and some a decimal point",
            "say which it is with --decimal, or split the file",
        )
    if comma or point:
        return "," if comma > point else "."
    if trust and default:
        return default
    raise _two_ways(open_)


def _votes(text: pl.Series) -> tuple[int, int, str]:
    """Count the cells in which the comma must be the decimal sign, and those in which the point must be."""
    last_comma = text.str.contains(r"\..*,[0-9]*$") & ~text.str.contains(r",.*,")
    last_point = text.str.contains(r",.*\.[0-9]*$") & ~text.str.contains(r"\..*\.")
    only_comma, only_point = text.str.contains(r"^[^.,]*,[^.,]*$"), text.str.contains(r"^[^.,]*\.[^.,]*$")
    not_three_comma = only_comma & ~text.str.contains(r"^-?[1-9][0-9]{0,2},[0-9]{3}$")
    not_three_point = only_point & ~text.str.contains(r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$")
    grouping_point = text.str.contains(r"^-?[0-9]{1,3}(\.[0-9]{3}){2,}$")
    grouping_comma = text.str.contains(r"^-?[0-9]{1,3}(,[0-9]{3}){2,}$")
    comma = int((last_comma | not_three_comma | grouping_point).sum() or 0)
    point = int((last_point | not_three_point | grouping_comma).sum() or 0)
    return comma, point, str(text[0])


def _two_ways(sample: str) -> Exception:
    from supercargo.kernel.words import said  # noqa: PLC0415 - only for the refusal

    message = said("{cell} can be read in two ways: with thousands, or with three decimals", cell=sample)
    return refuse("RAW-020", "file", message, "say which sign parts the decimals with --decimal comma or --decimal point")


def scaled(text: pl.Series, decimal: pl.Series | str, places: pl.Series | int) -> pl.DataFrame:
    """Give bare amounts as integers with so many decimals, and what keeps one from being it.

    Args:
        text: bare amounts.
        decimal: the decimal sign of the file, or of each cell.
        places: the decimals of the integer, or of each cell; null where the currency is not known.

    Returns: ``number``, and ``fault``: null where all is well, else ``unreadable``, ``finer`` (more decimals than the
        currency has) or ``large``.
    """
    signs = pl.Series([decimal], dtype=pl.String) if isinstance(decimal, str) else decimal
    lengths = pl.Series([places], dtype=pl.Int64) if isinstance(places, int) else places
    if not text.len():
        return pl.DataFrame(schema={"number": pl.Int64, "fault": pl.String})
    frame = pl.DataFrame({"text": text}).with_columns(sign=_spread(signs, text.len()), places=_spread(lengths.cast(pl.Int64), text.len()))
    known = _scaled(frame.unique())
    on = ["text", "sign", "places"]
    return frame.join(known, on=on, how="left", nulls_equal=True, maintain_order="left").select("number", "fault")


def _spread(series: pl.Series, length: int) -> pl.Series:
    return series if series.len() == length else series.new_from_index(0, length)


def _scaled(frame: pl.DataFrame) -> pl.DataFrame:
    """Read distinct amounts, step by step."""
    swapped = pl.col("text").str.replace_all(".", " ", literal=True).str.replace(",", ".", literal=True)
    point = pl.col("text").str.replace_all(",", " ", literal=True)
    frame = frame.with_columns(shaped=pl.when(pl.col("sign") == ",").then(swapped).otherwise(point).str.replace(r"^-", ""))
    frame = frame.with_columns(
        whole=pl.col("shaped").str.replace(r"\..*$", ""),
        fraction=pl.when(pl.col("shaped").str.contains(".", literal=True))
        .then(pl.col("shaped").str.replace(r"^[^.]*\.", ""))
        .otherwise(pl.lit("")),
    )
    good = (pl.col("whole").str.contains(_UNSIGNED) | ((pl.col("whole") == "") & (pl.col("fraction") != ""))) & pl.col(
        "fraction"
    ).str.contains(r"^[0-9]*$")
    frame = frame.with_columns(
        good=good, whole=pl.col("whole").str.replace_all("[ ']", ""), fraction=pl.col("fraction").str.strip_chars_end("0")
    )
    padded = pl.concat_str([pl.col("fraction"), pl.lit("0" * LARGEST_DIGITS)]).str.slice(0, pl.col("places"))
    frame = frame.with_columns(digits=pl.concat_str([pl.col("whole"), padded]).str.strip_chars_start("0"))
    fault = (
        pl.when(pl.col("text").is_null()).then(None)
        .when(~pl.col("good") | pl.col("places").is_null()).then(pl.lit("unreadable"))
        .when(pl.col("fraction").str.len_bytes().cast(pl.Int64) > pl.col("places")).then(pl.lit("finer"))
        .when(pl.col("digits").str.len_bytes() > LARGEST_DIGITS).then(pl.lit("large"))
        .otherwise(None)
    )  # fmt: skip
    frame = frame.with_columns(fault=fault)
    fine = pl.col("fault").is_null() & pl.col("text").is_not_null()
    size = pl.when(pl.col("digits") == "").then(pl.lit("0")).otherwise(pl.col("digits"))
    frame = frame.with_columns(number=pl.when(fine).then(size).str.to_integer(strict=False, dtype=pl.Int64))
    negative = pl.col("text").str.starts_with("-")
    return frame.select(
        "text", "sign", "places", number=pl.when(negative).then(-pl.col("number")).otherwise(pl.col("number")), fault="fault"
    )
