"""A mapped file into the book, whole or not at all: records, derived nouns, skips and faults, findings, audit, original.

What is in the book already stays as it is: a record of a known key and the same content is counted as held; with other
content it is a new revision (orders, stock, traffic) or is contested (money): then the earlier one stays and a finding says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction

from supercargo.book import audit, bulk, deriving, incoming, sealing
from supercargo.book.models import Document, FindingRecord, ImportRow, ImportRun
from supercargo.book.names import name_of
from supercargo.book.nouns import NOUNS
from supercargo.book.receipt import CELLS_SCHEMA, Receipt
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from supercargo.book.place import Place
    from supercargo.book.receipt import ControlSum, NewDocument

CELLS_LIMIT = 4_000
FINDINGS_LIMIT = 1_000
SAVING = "saving"


@dataclass
class _Kept:
    """What was kept of one file so far."""

    saved: dict[str, int] = field(default_factory=dict)
    revised: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    new_rows: set[int] = field(default_factory=set)
    contested_rows: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def save(
    place: Place,
    document: NewDocument,
    tables: Mapping[str, pl.DataFrame],
    outcome: pl.DataFrame,
    controls: Sequence[ControlSum] = (),
    facts: Mapping[str, str] | None = None,
    *,
    cells: pl.DataFrame | None = None,
    findings: Sequence[Finding] = (),
    report: Callable[[int, int, str], None] | None = None,
) -> Receipt:
    """Save one mapped file in one transaction.

    Args:
        place: the open book.
        document: the file.
        tables: its records by noun, in the schema of the noun.
        outcome: ``row``, ``status``, ``code``, ``reason``: each row of the file once.
        controls: the sums of its columns of money, which must tie.
        facts: what was decided for the whole file.
        cells: ``row`` and ``cells``: the raw cells of rows, of which those of skips and faults are kept.
        findings: what is worth saying about the file; kept with it.
        report: is told how many records are saved, of how many.

    Returns:
        What became of the file. The very same file is not imported again: ``already_at`` tells when it was.

    Raises:
        Refused: BOOK-020 a text is too long for its column; BOOK-030 to -032 the original cannot be kept.
        AssertionError: the outcome or the sums lose something; nothing is saved.
    """
    _prove(tables, outcome, controls)
    with transaction.atomic():
        if (earlier := already(document)) is not None:
            return earlier
        held = _begin(document)
        kept = _keep_tables(place, held, tables, report or (lambda _done, _total, _what: None))
        said_too = tuple(findings[:FINDINGS_LIMIT])
        receipt = _receipt(held, document, outcome, kept, controls, said_too)
        _finish(place, held, receipt, kept, outcome, cells, facts or {})
        place.originals.keep(document.sha256, document.content)
    return receipt


def already(document: NewDocument) -> Receipt | None:
    """Tell what became of the very same file when it was imported before; ``None`` if it never was."""
    run = ImportRun.objects.filter(document__sha256=document.sha256).select_related("document").first()
    if run is None:
        return None
    held = run.document
    message = said("already imported on {day}; nothing changed", day=held.imported_at.date().isoformat())
    note = Finding("BOOK-101", "note", document.name, message, "")
    return Receipt(held.pk, document.name, held.format, run.rows, 0, run.records + run.held, 0, run.skips, run.faults, {}, {},
                   (), (note,), held.imported_at)  # fmt: skip


def _prove(tables: Mapping[str, pl.DataFrame], outcome: pl.DataFrame, controls: Sequence[ControlSum]) -> None:
    if outcome.get_column("row").is_duplicated().any():
        raise AssertionError("a row of the file has two outcomes")
    recorded = outcome.filter(pl.col("status") == "record").get_column("row")
    for noun, table in tables.items():
        if dict(table.schema) != NOUNS[noun].schema:
            msg = f"{noun} does not have its schema"
            raise AssertionError(msg)
        if not table.get_column("row").is_in(recorded.implode()).all():
            msg = f"{noun} has records of rows that are not counted as records"
            raise AssertionError(msg)
    for control in controls:
        if control.of_file != control.of_records + control.of_skips + control.of_faults:
            msg = f"the sum of {control.column} does not tie"
            raise AssertionError(msg)


def _begin(document: NewDocument) -> Document:
    return Document.objects.create(
        sha256=document.sha256, name=_short(document.name), bytes=len(document.content), format=document.format,
        source=document.source, imported_at=datetime.now(UTC),
    )  # fmt: skip


def _keep_tables(place: Place, held: Document, tables: Mapping[str, pl.DataFrame], report: Callable[[int, int, str], None]) -> _Kept:
    kept, total, done = _Kept(), sum(table.height for table in tables.values()), 0
    channels = deriving.channels(tables, held.pk)

    def step(count: int) -> None:
        nonlocal done
        done += count
        report(done, total, SAVING)

    for name, table in tables.items():
        noun = NOUNS[name]
        sorted_out = incoming.sort_out(noun, incoming.prepared(noun, table, place.secret), channels)
        incoming.insert(noun, sorted_out, held.pk, channels, step)
        step(table.height - sorted_out.new.height)
        kept.saved[name] = sorted_out.new.height
        kept.revised[name] = sorted_out.revised
        kept.digests[name] = sealing.digest(sorted_out.new)
        kept.new_rows.update(sorted_out.new.get_column("row").to_list())
        kept.contested_rows.update(sorted_out.contested.get_column("row").to_list())
        kept.findings.extend(_contested(noun.name, sorted_out.contested))
        deriving.derive(noun, sorted_out.new, held.pk, channels)
    return kept


def _contested(noun: str, rows: pl.DataFrame) -> list[Finding]:
    remedy = "ask the source which is right; correct by an entry of your own"
    return [
        Finding(
            "BOOK-102",
            "warning",
            f"row {row}",
            said("{noun}: {key} says something else than when it was imported; the earlier one stays", noun=name_of(noun), key=key),
            remedy,
        )
        for row, key in rows.select("row", "key").head(FINDINGS_LIMIT).iter_rows()
    ]


def _receipt(
    held: Document, document: NewDocument, outcome: pl.DataFrame, kept: _Kept, controls: Sequence[ControlSum], findings: Sequence[Finding]
) -> Receipt:
    counts = Counter(outcome.get_column("status").to_list())
    records = len(kept.new_rows)
    return Receipt(
        document_id=held.pk,
        name=document.name,
        format=document.format,
        rows=outcome.height,
        records=records,
        held=counts["record"] - records,
        contested=len(kept.contested_rows - kept.new_rows),
        skips=counts["skip"],
        faults=counts["fault"],
        saved=kept.saved,
        revised={noun: count for noun, count in kept.revised.items() if count},
        controls=tuple(controls),
        findings=(*findings, *kept.findings),
    )


def _finish(
    place: Place, held: Document, receipt: Receipt, kept: _Kept, outcome: pl.DataFrame, cells: pl.DataFrame | None, facts: Mapping[str, str]
) -> None:
    sums = [_written(control) for control in receipt.controls]
    run = ImportRun.objects.create(
        document=held, rows=receipt.rows, records=receipt.records, held=receipt.held, contested=receipt.contested, skips=receipt.skips,
        faults=receipt.faults, saved=dict(receipt.saved), controls=sums, facts=dict(facts), finished_at=datetime.now(UTC),
    )  # fmt: skip
    rest = left_out(outcome, cells)
    bulk.insert(ImportRow._meta.db_table, rest.with_columns(pl.lit(run.pk, dtype=pl.Int64).alias("run_id")))  # noqa: SLF001
    FindingRecord.objects.bulk_create([_record(run, finding) for finding in receipt.findings], batch_size=500)
    content = {
        "document": held.sha256,
        "name": held.name,
        "format": held.format,
        "counts": {name: getattr(receipt, name) for name in ("rows", "records", "held", "contested", "skips", "faults")},
        "controls": sums,
        "tables": {noun: {"rows": kept.saved[noun], "digest": kept.digests[noun]} for noun in kept.saved},
        "left_out": {"rows": rest.height, "digest": digest_of_left_out(rest)},
        "book": place.name,
    }
    audit.record("import", content, at=held.imported_at)


def left_out(outcome: pl.DataFrame, cells: pl.DataFrame | None) -> pl.DataFrame:
    """Give the rows that became no record, with their cells, cut where they are longer than anybody reads."""
    rest = outcome.filter(pl.col("status") != "record").select("row", "status", "code", "reason")
    known = cells if cells is not None else pl.DataFrame(schema=CELLS_SCHEMA)
    joined = rest.join(known.unique("row", keep="first"), on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.col("cells").str.slice(0, CELLS_LIMIT), pl.col("code").str.slice(0, 40)).with_columns(
        pl.col("code", "reason", "cells").str.replace_all("\x00", "\ufffd", literal=True)
    )


def digest_of_left_out(rest: pl.DataFrame) -> str:
    """Give the digest of skips and faults in the order of their file."""
    ordered = rest.sort("row")
    texts = ordered.select(sealing.canonical(ordered, ("row", "status", "code", "reason", "cells"))).to_series()
    return sealing.digest_of(texts.to_list())


def _written(control: ControlSum) -> dict[str, Any]:
    names = ("column", "currency", "of_file", "of_records", "of_skips", "of_faults", "unreadable")
    return {name: getattr(control, name) for name in names}


def _record(run: ImportRun, finding: Finding) -> FindingRecord:
    message, values = _said(finding.message)
    return FindingRecord(
        run=run, code=finding.code, severity=finding.severity, path=finding.path, message=message, values=values,
        remedy=str(finding.remedy), found_at=run.finished_at,
    )  # fmt: skip


def _said(text: Any) -> tuple[str, dict[str, str]]:
    if isinstance(text, Said):
        return text.template, {name: str(value) for name, value in text.values.items()}
    return str(text), {}


def _short(name: str) -> str:
    longest = Document._meta.get_field("name").max_length or 0  # noqa: SLF001
    return name[-longest:].replace("\x00", "\ufffd")
