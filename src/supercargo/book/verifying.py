"""Whether the book is still what was written into it: the chain of the audit, every imported row, every original file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.book import audit, bulk, posting, reading, saving, sealing
from supercargo.book.incoming import sealed
from supercargo.book.models import AuditEntry, Channel, Document
from supercargo.book.names import name_of
from supercargo.book.nouns import NOUNS
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supercargo.book.nouns import Noun
    from supercargo.book.place import Place

VERIFYING = "verifying"
_NAMED = 20
_REMEDY = "compare with your copy; whoever changed it did not do so through the program"


@dataclass(slots=True)
class Verified:
    """What was checked, and everything that does not fit."""

    entries: int = 0
    documents: int = 0
    rows: int = 0
    postings: int = 0
    findings: list[Finding] = field(default_factory=list)

    def error(self, code: str, path: str, message: Any, remedy: Any = _REMEDY) -> None:
        """Note what does not fit."""
        self.findings.append(Finding(code, "error", path, message, remedy))


def verify(place: Place, report: Callable[[int, int, str], None] | None = None) -> Verified:
    """Recompute the whole audit from the rows and files that are there now.

    Findings:
        BOOK-201 the chain is broken; BOOK-202 a row was altered; BOOK-203 rows were taken away, added or moved;
        BOOK-204 an original is missing or altered; BOOK-205 a file stands in the book without an entry in the audit;
        BOOK-206 an entry of the ledger was altered; BOOK-207 the ledger does not fit its audit.
    """
    found = Verified()
    total, previous, imported = AuditEntry.objects.count(), audit.BEGINNING, set()
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=500):
        previous = _linked(entry, previous, found)
        content = json.loads(entry.content)
        if entry.action == "import":
            imported.add(content["document"])
            _import(place, content, found)
        elif entry.action == "post":
            _post(place, content, found)
        if report is not None:
            report(found.entries, total, VERIFYING)
    _without_entry(imported, found)
    return found


def _linked(entry: AuditEntry, previous: str, found: Verified) -> str:
    found.entries += 1
    if entry.number != found.entries or entry.previous_hash != previous or entry.hash != audit.hash_of(entry):
        found.error("BOOK-201", f"audit {entry.number}", "the chain of the audit is broken here")
    return entry.hash


def _import(place: Place, content: dict[str, Any], found: Verified) -> None:
    found.documents += 1
    document = Document.objects.filter(sha256=content["document"]).first()
    if document is None:
        found.error("BOOK-203", content["name"], "the book no longer has this file")
        return
    if not place.originals.is_whole(document.sha256):
        found.error("BOOK-204", content["name"], said("the original {file} is missing or altered", file=document.sha256))
    for name, expected in content["tables"].items():
        _table(place, NOUNS[name], document, expected, found)
    rest = reading.left_out(document.pk)
    found.rows += rest.height
    if saving.digest_of_left_out(rest) != content["left_out"]["digest"]:
        found.error("BOOK-203", content["name"], "the rows that were left out are no longer those of the import")


def _table(place: Place, noun: Noun, document: Document, expected: dict[str, Any], found: Verified) -> None:
    rows = _rows(noun, document.pk)
    found.rows += rows.height
    checked = rows.with_columns(sealing.seals(rows, sealed(noun), place.secret).alias("computed"))
    altered = checked.filter(pl.col("computed").ne_missing(pl.col("seal")))
    for row, key, ident in altered.select("row", "key", "id").head(_NAMED).iter_rows():
        message = said("{noun}: {key} was altered in the database (id {id})", noun=name_of(noun.name), key=key, id=ident)
        found.error("BOOK-202", f"{document.name} row {row}", message)
    if sealing.digest(rows) != expected["digest"]:
        message = said(
            "{noun}: {there} rows are there, {written} were imported; some were taken away, added, moved or sealed anew",
            noun=name_of(noun.name), there=rows.height, written=expected["rows"],
        )  # fmt: skip
        found.error("BOOK-203", document.name, message)


def _rows(noun: Noun, document: int) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {"id": pl.Int64(), "seal": pl.String(), **noun.schema}
    read = {name: pl.Int64() if name == "channel" else kind for name, kind in schema.items()}
    columns = ", ".join(bulk.plain(noun.column(name), kind) for name, kind in schema.items())
    sql = f"SELECT {columns} FROM {bulk.quoted(noun.table)} WHERE document_id = %s"  # noqa: S608 - names are the models'
    rows = bulk.fetch(sql, read, [document], strict=False)
    known = dict(Channel.objects.values_list("id", "code"))
    if "channel" not in schema:
        return rows
    return rows.with_columns(
        pl.col("channel").replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
        if known
        else pl.lit(None, dtype=pl.String).alias("channel")
    )


def _post(place: Place, content: dict[str, Any], found: Verified) -> None:
    entries = posting.hashes(content["first"], content["last"], place.secret)
    found.postings += entries.postings
    for ident in entries.altered[:_NAMED]:
        found.error("BOOK-206", f"entry {ident}", "the entry was altered in the database")
    if entries.digest != content["digest"]:
        found.error("BOOK-207", f"entry {content['first']}", "the entries that were posted then are no longer the same")


def _without_entry(imported: set[str], found: Verified) -> None:
    for document in _documents():
        if document.sha256 not in imported:
            found.error("BOOK-205", document.name, "the file stands in the book, and no entry of the audit says how it came there")


def _documents() -> Iterator[Document]:
    return Document.objects.order_by("id").iterator(chunk_size=500)
