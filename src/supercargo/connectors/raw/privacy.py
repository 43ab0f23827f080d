"""People in files: a keyed hash where it is enough to know that it is the same person."""

from __future__ import annotations

import hashlib

import polars as pl

_SIZE = 16


def keyed_hash(secret: bytes, text: str | None) -> str | None:
    """Give the company's own name for a person: the same for the same text, and of no use without the key.

    >>> keyed_hash(b"key", "Anna@example.com ") == keyed_hash(b"key", "anna@example.com"), keyed_hash(b"key", " ")
    (True, None)
    """
    plain = (text or "").strip().casefold()
    return hashlib.blake2b(plain.encode(), key=secret[:64], digest_size=_SIZE).hexdigest() if plain else None


def keyed_hashes(secret: bytes, texts: pl.Series) -> pl.Series:
    """Hash a column of people, each distinct text once."""
    distinct = texts.drop_nulls().unique()
    hashed = [keyed_hash(secret, text) for text in distinct]
    names = pl.DataFrame({"text": distinct, "hash": pl.Series(hashed, dtype=pl.String)}, schema={"text": pl.String, "hash": pl.String})
    joined = texts.alias("text").to_frame().join(names, on="text", how="left", maintain_order="left")
    return joined.get_column("hash").alias(texts.name)
