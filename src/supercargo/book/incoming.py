"""New records against those that the book has: what is new, what is held already, what contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from supercargo.book import bulk, deriving, sealing
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from supercargo.book.nouns import Noun

_ASKED = "book_asked"
_LAST = "book_outdated"
_NOTHING = "''"
_NUL, _SHOWN = "\x00", "\ufffd"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The records of one noun, sorted out.

    ``new`` has ``revision`` and ``is_current`` beside the noun's columns and ``seal``; ``outdated`` are the ids of rows that
    are no longer the last of their key.
    """

    new: pl.DataFrame
    contested: pl.DataFrame
    outdated: pl.Series
    revised: int


def prepared(noun: Noun, table: pl.DataFrame, secret: bytes) -> pl.DataFrame:
    """Bring texts to what both databases can hold, and seal every row.

    Raises:
        Refused: BOOK-020, a text is too long for its column.
    """
    texts = [name for name, kind in table.schema.items() if isinstance(kind, pl.String)]
    shown = {
        name: pl.col(name).str.replace_all(_NUL, _SHOWN, literal=True)
        for name in texts
        if table.get_column(name).null_count() < table.height
    }
    clean = table.with_columns(text if name == "key" else pl.when(text != "").then(text).alias(name) for name, text in shown.items())
    sizes = clean.select(pl.col(name).str.len_bytes().max() for name in shown if name in noun.lengths).row(0, named=True) if shown else {}
    for name, longest in noun.lengths.items():
        if (sizes.get(name) or 0) <= longest:  # letters are no more than bytes
            continue
        too_long = clean.filter(pl.col(name).str.len_chars() > longest)
        if too_long.height:
            message = said("{column} is longer than {longest} characters", column=name, longest=longest)
            raise refuse("BOOK-020", f"row {too_long.item(0, 'row')}", message, "shorten it in the file, or leave the row out")
    return clean.with_columns(sealing.seals(clean, sealed(noun), secret))


def sealed(noun: Noun) -> tuple[str, ...]:
    """Name the columns that a seal covers: all that the record says; its row is told by the digest of the file."""
    return tuple(name for name in noun.schema if name != "row")


def sort_out(noun: Noun, rows: pl.DataFrame, channels: Mapping[str, int]) -> Sorted:
    """Compare records with those of the book by key and seal."""
    scoped = rows.with_columns(_scope(noun, channels))
    is_alone = rows.get_column("key").n_unique() == rows.height
    if not is_alone:
        scoped = scoped.unique(["scope", "key", "seal"], keep="first", maintain_order=True)
    held = _held(noun, scoped)
    if is_alone and not held.height:
        new = scoped.with_columns(pl.lit(1, dtype=pl.Int64).alias("revision"), pl.lit(value=True).alias("is_current"))
        return Sorted(new, new.clear(), pl.Series("last_id", [], dtype=pl.Int64), 0)
    fresh = scoped.join(held.select("scope", "key", "seal").unique(), on=["scope", "key", "seal"], how="anti", maintain_order="left")
    last = held.sort("revision").group_by("scope", "key").agg(pl.col("id", "revision", "status").last())
    known = fresh.join(
        last.rename({"id": "last_id", "revision": "last_revision", "status": "last_status"}),
        on=["scope", "key"],
        how="left",
        maintain_order="left",
    )
    place = pl.int_range(pl.len()).over("scope", "key")
    known = known.with_columns(place.alias("place"), pl.len().over("scope", "key").alias("places"))
    final = pl.lit(noun.change == "contested") & ~_still_open(noun, known) & (pl.col("last_id").is_not_null() | (pl.col("place") > 0))
    new = known.filter(~final).with_columns(
        (pl.col("last_revision").fill_null(0) + pl.col("place") + 1).cast(pl.Int64).alias("revision"),
        (pl.col("place") == pl.col("place").max().over("scope", "key")).alias("is_current"),
    )
    outdated = new.filter(pl.col("is_current")).get_column("last_id").drop_nulls()
    return Sorted(new, known.filter(final), outdated, new.filter(pl.col("revision") > 1).height)


def insert(noun: Noun, found: Sorted, document: int, channels: Mapping[str, int], report: Callable[[int], None]) -> None:
    """Write what is new; the rows before it remain and are no longer current."""
    if found.outdated.len():
        bulk.temporary(_LAST, found.outdated.alias("id").to_frame())
        bulk.execute(f"UPDATE {bulk.quoted(noun.table)} SET is_current = %s WHERE id IN (SELECT id FROM {_LAST})", [False])  # noqa: S608
        bulk.drop(_LAST)
    frame = found.new.with_columns(pl.lit(document, dtype=pl.Int64).alias("document_id"))
    if "channel" in noun.schema:
        frame = frame.with_columns(deriving.channel_ids(channels))
    columns = [
        "document_id",
        "row",
        "key",
        "revision",
        "is_current",
        "seal",
        *(noun.column(name) for name in sealed(noun) if name != "key"),
    ]
    bulk.insert(noun.table, frame.select(columns), report)


def _scope(noun: Noun, channels: Mapping[str, int]) -> pl.Expr:
    if noun.scope == "channel":
        return deriving.channel_ids(channels).fill_null(0).alias("scope")
    return (pl.col(noun.scope).fill_null("") if noun.scope else pl.lit("")).alias("scope")


def _still_open(noun: Noun, known: pl.DataFrame) -> pl.Expr:
    """Tell whether the record before, of the book or of the same file, was not yet final."""
    if not noun.open_while:
        return pl.lit(False)
    before = pl.coalesce(pl.col("status").shift(1).over("scope", "key"), pl.col("last_status")) if known.height else pl.lit(None)
    return before.is_in(list(noun.open_while)).fill_null(False)


def _held(noun: Noun, scoped: pl.DataFrame) -> pl.DataFrame:
    """Fetch all revisions of the keys in question."""
    if not _any_held(noun, scoped.get_column("scope").unique()):
        return pl.DataFrame(schema=_held_schema(scoped))
    bulk.temporary(_ASKED, scoped.select("scope", "key").unique())
    key, own = bulk.quoted("key"), bulk.quoted(noun.column(noun.scope))
    within = f"COALESCE(held.{own}, {0 if noun.scope == 'channel' else _NOTHING}) = asked.scope AND " if noun.scope else ""
    status = "held.status" if noun.open_while else "CAST(NULL AS varchar)"
    sql = (
        f"SELECT held.id, asked.scope, held.{key}, held.seal, held.revision, {status} AS status "  # noqa: S608 - names are the models'
        f"FROM {_ASKED} asked CROSS JOIN {bulk.quoted(noun.table)} held WHERE {within}held.{key} = asked.{key}"
    )
    found = bulk.fetch(sql, _held_schema(scoped))
    bulk.drop(_ASKED)
    return found


def _held_schema(scoped: pl.DataFrame) -> dict[str, pl.DataType]:
    texts = dict.fromkeys(("key", "seal"), pl.String())
    return {"id": pl.Int64(), "scope": scoped.schema["scope"], **texts, "revision": pl.Int64(), "status": pl.String()}


def _any_held(noun: Noun, scopes: pl.Series) -> bool:
    """Tell whether the book has anything at all of these channels: of a new one it need not be asked key by key."""
    nothing = 0 if noun.scope == "channel" else _NOTHING
    within = f" WHERE COALESCE({bulk.quoted(noun.column(noun.scope))}, {nothing}) = %s" if noun.scope else ""
    sql = f"SELECT id FROM {bulk.quoted(noun.table)}{within} LIMIT 1"  # noqa: S608 - names are the models'
    asked = [[scope] for scope in scopes.to_list()] if noun.scope else [[]]
    return any(bulk.fetch(sql, {"id": pl.Int64()}, values).height for values in asked)
