"""Days and times in cells -> dates and instants, a whole column at once; the order of day and month is decided for the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MONTHS = {
    1: "january jan jan. januar janvier janv janv. enero ene gennaio gen janeiro jän januari",
    2: "february feb feb. februar février févr févr. fevr febrero febbraio fevereiro fev februari",
    3: "march mar mar. märz mär mrz mars marzo março maart",
    4: "april apr apr. avril avr avr. abril abr aprile",
    5: "may mai mayo maggio mag maio mei",
    6: "june jun jun. juni juin junio giugno giu junho",
    7: "july jul jul. juli juillet juil juil. julio luglio lug julho",
    8: "august aug aug. août aout agosto ago augustus",
    9: "september sep sep. sept sept. septembre septiembre setiembre settembre set setembro",
    10: "october oct oct. oktober okt octobre octubre ottobre ott outubro out",
    11: "november nov nov. novembre noviembre novembro",
    12: "december dec dec. dezember dez décembre déc déc. diciembre dic dicembre dezembro",
}
_FORMS = {
    number: r"(?i)\b(?:" + "|".join(sorted((word.rstrip(".") for word in words.split()), key=len, reverse=True)) + r")\b\.?"
    for number, words in _MONTHS.items()
}
_WORD = r"(?i)([a-zäéûôç]{3,}\.?)"
_YEAR_FIRST = r"^(\d{4})\D{1,4}(\d{1,2})\D{1,4}(\d{1,2})(?:\D|$)"
_DAY_WORD = r"^(\d{1,2})[^\d#]{0,6}#(\d{1,2})#[^\d]{0,6}(\d{2,4})(?:\D|$)"
_WORD_DAY = r"^#(\d{1,2})#[^\d]{0,3}(\d{1,2})[^\d]{1,3}(\d{2,4})(?:\D|$)"
_THREE = r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\D|$)"
_DECISIVE = 11
"""So many letters of a cell decide whether its day can be read in two ways: the date at its beginning and the sign after it."""
_TEN_LETTERS = r"^(?:$|\d{4}[-/.]\d{2}[-/.]\d{2}|\d{2}[-/.]\d{2}[-/.]\d{4})(?:\D|$)"
_COMPACT = r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:\D|$)"
_CLOCK = r"(?i)(?:^|[ T,年月日])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?\s?m\.?)?"
_OFFSET = r"(?i)(?:\d|[ap]m)\s*(z|[+-]\d{2}:?\d{2}|[a-z]{3,4})\s*$"
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120,
    "eest": 180, "msk": 180, "jst": 540, "kst": 540, "sgt": 480, "hkt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "pst": -480, "pdt": -420, "mdt": -360, "est": -300, "edt": -240, "brt": -180,
}  # fmt: skip
"""Minutes ahead of UTC; abbreviations that two zones share (IST, CST, MST) are left out and leave the instant unknown."""
_EXACT = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S UTC",
    "%d.%m.%Y %H:%M:%S UTC",
    "%Y/%m/%d %H:%M:%S UTC",
    "%Y-%m-%dT%H:%M:%SZ",
)
_PROBED = 8
_CENTURY, _PIVOT = 100, 70


def decide_order(columns: Sequence[pl.Series], given: str = "") -> str:
    """Decide whether day or month comes first in a file, from all its dates at once.

    Args:
        columns: cells as text.
        given: dmy, mdy or ymd: the answer of a person or of the format.

    Raises:
        Refused: RAW-030 every date can be read in two ways, RAW-031 they contradict each other.
    """
    if given:
        return given
    begun = [column.drop_nulls().str.slice(0, _DECISIVE).unique() for column in columns]
    text = pl.concat(begun or [pl.Series([], dtype=pl.String)]).unique()
    open_ = text.filter(text.str.contains(_THREE))
    if not open_.len():
        return "dmy"
    groups = open_.str.extract_groups(_THREE).struct.unnest()
    first, second = groups.to_series(0).cast(pl.Int64), groups.to_series(1).cast(pl.Int64)
    most = 12
    day_first, month_first = int((first > most).sum()), int((second > most).sum())
    if day_first and month_first:
        message = "some dates have the day first and some the month"
        raise refuse("RAW-031", "file", message, "split the file, or write its dates as 2026-07-15")
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    if bool(open_.str.contains(r"^\d{1,2}\.\d").all()) or bool((first == second).all()):
        return "dmy"
    whole = pl.concat([column.filter(column.str.contains(_THREE)) for column in columns])
    question = said("{cell} can be read in two ways: day first, or month first", cell=whole.sort()[0])
    raise refuse("RAW-030", "file", question, "say which with --dates dmy or --dates mdy")


def days(cells: pl.Series, order: str) -> pl.Series:
    """Read the day of every cell; null where there is none or it is no day."""
    short = cells.str.slice(0, 10) if bool(cells.str.contains(_TEN_LETTERS).all()) else cells
    distinct = short.unique()
    known = pl.DataFrame({"cell": distinct, "day": _days(distinct, order)})
    return short.alias("cell").to_frame().join(known, on="cell", how="left", maintain_order="left").get_column("day").alias(cells.name)


def _days(cells: pl.Series, order: str) -> pl.Series:
    frame = _numbered(cells).to_frame("cell")
    year = _pick([(_YEAR_FIRST, 1), (_COMPACT, 1), (_DAY_WORD, 3), (_WORD_DAY, 3), (_THREE, 3)])
    month_at, day_at = (1, 2) if order == "mdy" else (2, 1)
    month = _pick([(_YEAR_FIRST, 2), (_COMPACT, 2), (_DAY_WORD, 2), (_WORD_DAY, 1), (_THREE, month_at)])
    day = _pick([(_YEAR_FIRST, 3), (_COMPACT, 3), (_DAY_WORD, 1), (_WORD_DAY, 2), (_THREE, day_at)])
    full = pl.when(year >= _CENTURY).then(year).when(year < _PIVOT).then(year + 2000).otherwise(year + 1900)
    written = pl.concat_str([full, pl.lit("-"), month, pl.lit("-"), day])
    return frame.select(written.str.to_date("%Y-%m-%d", strict=False)).to_series().alias(cells.name)


def instants(cells: pl.Series, order: str, zone: str = "") -> pl.Series:
    """Read the instant of every cell in UTC; null where the cell has no time, or nobody says in which zone it is.

    Args:
        cells: text.
        order: dmy, mdy or ymd, as ``decide_order`` gives it.
        zone: IANA name of the zone in which times without one are meant.
    """
    exact = _exact(cells)
    if exact is not None:
        return exact
    day = days(cells, order)
    frame = pl.DataFrame({"cell": cells, "day": day}).with_columns(pl.col("cell").str.extract_groups(_CLOCK).alias("clock"))
    clock = pl.col("clock").struct
    half = clock[3].str.to_lowercase().str.slice(0, 1)
    hour = clock[0].cast(pl.Int64, strict=False)
    hour = pl.when(half == "p").then(hour % 12 + 12).when(half == "a").then(hour % 12).otherwise(hour)
    local = pl.col("day").cast(pl.Datetime("us")) + pl.duration(
        hours=hour, minutes=clock[1].cast(pl.Int64, strict=False), seconds=clock[2].cast(pl.Int64, strict=False).fill_null(0)
    )
    offset = pl.col("cell").str.extract(_OFFSET, 1).str.to_lowercase()
    minutes = pl.coalesce(
        offset.replace_strict(_ZONES, default=None, return_dtype=pl.Int64),
        (offset.str.slice(1, 2).cast(pl.Int64, strict=False) * 60 + offset.str.slice(-2).cast(pl.Int64, strict=False))
        * pl.when(offset.str.starts_with("-")).then(-1).otherwise(1),
    )
    stated = (local - pl.duration(minutes=minutes)).dt.replace_time_zone("UTC")
    if zone:
        meant = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
        stated = pl.when(offset.is_null() | offset.is_in(["am", "pm"])).then(meant).otherwise(stated)
    return frame.select(stated.dt.cast_time_unit("us").alias(cells.name or "instant")).to_series()


def _exact(cells: pl.Series) -> pl.Series | None:
    """Read a column that is written in one of the usual machine forms throughout."""
    filled = cells.replace("", None)
    probe = filled.drop_nulls().head(_PROBED)
    for form in _EXACT:
        if _in_form(probe, form).null_count():
            continue
        read = _in_form(filled, form)
        if read.null_count() == filled.null_count():
            return read.alias(cells.name)
    return None


def _in_form(cells: pl.Series, form: str) -> pl.Series:
    if "%z" in form:
        return cells.str.to_datetime(form, strict=False, time_unit="us", time_zone="UTC")
    return cells.str.to_datetime(form, strict=False, time_unit="us").dt.replace_time_zone("UTC")


def _numbered(cells: pl.Series) -> pl.Series:
    """Put the number of a month, between two signs, in the place of its name."""
    text = cells.str.strip_chars(" \t\r\n\u00a0'\"\ufeff").str.replace_all("[年月]", "-").str.replace_all("[日號号]", " ")
    if not bool(text.str.contains(_WORD).any()):
        return text
    text = text.str.replace_all(r"(?i)\bde\b", " ")
    for number, form in _FORMS.items():
        text = text.str.replace(form, f"#{number}#")
    return text


def _pick(places: Iterable[tuple[str, int]]) -> pl.Expr:
    return pl.coalesce(*(pl.col("cell").str.extract(form, group) for form, group in places)).cast(pl.Int64, strict=False)
