"""What makes a saved row provable: its content as one canonical text, and a hash of it that only the company can make.

Two rows have the same seal exactly if they say the same; a row that was altered in the database no longer fits its seal;
a row that was taken away or slipped in changes the digest of its file, which stands in the audit.
"""

from __future__ import annotations

from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEAL_BYTES = 16
DIGEST_BYTES = 32
_PERSON = b"supercargo.row"


def seals(frame: pl.DataFrame, columns: Sequence[str], secret: bytes) -> pl.Series:
    """Seal every row over the named columns."""
    begin = blake2b(digest_size=SEAL_BYTES, key=sha256(b"seal\x00" + secret).digest(), person=_PERSON).copy
    digests = []
    for text in frame.select(canonical(frame, columns)).to_series().cast(pl.Binary).to_list():
        of_row = begin()  # the key is worked in once and copied
        of_row.update(text)
        digests.append(of_row.digest())
    return pl.Series("seal", digests, pl.Binary).bin.encode("hex")


def canonical(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Expr:
    """Write a row as one text in which nothing can pass for something else.

    Each value is its length, a colon, and itself; unknown is ``-``. Days are counted from 1970, instants in microseconds.
    """
    known = {name for name in columns if frame.height == 0 or frame.get_column(name).null_count() < frame.height}
    if not known:
        known = set(columns)
    written = [_written(name, frame.schema[name]) if name in known else pl.lit("-") for name in columns]
    return pl.concat_str(written, separator=",").alias("canonical")


def digest(frame: pl.DataFrame) -> str:
    """Give the digest of sealed rows in the order of their file: row, key and seal of each."""
    named = frame.select("row", "key", "seal")
    is_in_order = bool((named.get_column("row").diff().drop_nulls() > 0).all())
    texts = (named if is_in_order else named.sort("row", "key", "seal")).select(canonical(frame, named.columns)).to_series()
    return digest_of(texts.to_list())


def digest_of(texts: Iterable[str]) -> str:
    """Give the digest of texts in their order."""
    return blake2b("\n".join((*texts, "")).encode(), digest_size=DIGEST_BYTES).hexdigest()


def _written(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Date):
        column = column.cast(pl.Int32)
    elif isinstance(kind, pl.Datetime):
        column = column.dt.epoch("us")
    elif isinstance(kind, pl.Boolean):
        column = column.cast(pl.Int8)
    text = column.cast(pl.String)
    return pl.when(column.is_null()).then(pl.lit("-")).otherwise(pl.concat_str([text.str.len_bytes().cast(pl.String), pl.lit(":"), text]))
