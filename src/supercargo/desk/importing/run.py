"""The use case: files in, one receipt for each; a broken file does not stop the others."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from supercargo.connectors import tables
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.desk.importing.cells import cells_of, first_left_out, write_faults
from supercargo.desk.importing.offered import offered
from supercargo.desk.importing.receipt import FileReceipt
from supercargo.desk.importing.recognised import by_mapping, recognised, saved_mappings, suggested
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from supercargo.book.place import Place
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped
    from supercargo.connectors.tables import Mapping
    from supercargo.desk.importing.offered import Offered
    from supercargo.desk.importing.receipt import Options
    from supercargo.desk.importing.recognised import Recognised
    from supercargo.kernel.words import Language

IMPORTING = "importing files"
_UNKNOWN = frozenset({"IMP-001", "IMP-002"})


def import_files(
    paths: Iterable[str | Path],
    place: Place | None,
    options: Options,
    progress: Callable[[int, int, str], None] | None = None,
    language: Language = "en",
) -> list[FileReceipt]:
    """Import files, folders, patterns and archives, each file in a transaction of its own.

    Args:
        paths: what the user points at.
        place: the company's folder; a dry run does without.
        options: what is said beside the files.
        progress: is told how many files or records are done, of how many.
        language: of the sheets of faulty rows.

    Raises:
        Refused: what concerns all files: a mapping that cannot be read, a book that cannot be opened, a format that does not exist.
    """
    report = progress or (lambda _done, _total, _what: None)
    _check_zone(options.zone)
    mapping = _mapping(options)
    if place is not None and not options.dry_run:
        place.open()
    mappings = saved_mappings(place.mappings) if place is not None and mapping is None else []
    files = offered(paths)
    receipts = []
    for number, file in enumerate(files):
        report(number, len(files), IMPORTING)
        receipts.append(_import(file, place, options, mapping, mappings, report, language))
    report(len(files), len(files), IMPORTING)
    if mapping is not None and place is not None and not options.dry_run and any(not receipt.refused for receipt in receipts):
        _keep_mapping(place, mapping)
    return receipts


def _import(
    file: Offered,
    place: Place | None,
    options: Options,
    mapping: Mapping | None,
    mappings: list[Mapping],
    report: Callable[[int, int, str], None],
    language: Language,
) -> FileReceipt:
    """Import one file; whatever is wrong with it becomes its receipt."""
    if file.fault is not None or file.read is None:
        return FileReceipt(file.name, findings=(file.fault,) if file.fault else ())
    receipt, raw = FileReceipt(file.name), None
    try:
        content = file.read()
        if place is not None and not options.dry_run and (earlier := _already(file.name, content)) is not None:
            return earlier
        raw = read_content(content, file.name)
        form = by_mapping(mapping) if mapping is not None else recognised(raw, options.format, mappings)
        receipt = replace(receipt, format=form.key, certainty=form.certainty)
        return _kept(receipt, raw, content, form, place, options, report, language)
    except Refused as refusal:
        suggestion = suggested(raw) if raw is not None and refusal.findings[0].code in _UNKNOWN else ""
        return replace(receipt, findings=refusal.findings, suggestion=suggestion)
    except AssertionError as fault:
        message = said("the program would lose something of this file, so nothing of it was kept: {reason}", reason=fault)
        return replace(receipt, findings=(Finding("IMP-500", "error", file.name, message, "report it; the file is in order"),))
    except Exception as fault:  # noqa: BLE001 - a file is from outside: whatever it does to us, the others go on
        message = said("the file could not be imported: {reason}", reason=f"{type(fault).__name__}: {fault}")
        return replace(receipt, findings=(Finding("IMP-501", "error", file.name, message, "nothing of it was kept; report it"),))


def _kept(
    receipt: FileReceipt,
    raw: Raw,
    content: bytes,
    form: Recognised,
    place: Place | None,
    options: Options,
    report: Callable[[int, int, str], None],
    language: Language,
) -> FileReceipt:
    mapped = form.map(raw, _context(place, options))
    cells = cells_of(raw, mapped.outcome)
    if options.dry_run or place is None:
        receipt = _preview(receipt, raw, mapped)
    else:
        receipt = _saved(receipt, raw, content, form, place, mapped, report)
    receipt = replace(receipt, left_out=first_left_out(mapped.outcome, cells), facts=dict(mapped.facts))
    receipt = replace(receipt, findings=(*receipt.findings, *_not_in_the_book(receipt, form)))
    if options.faults is None or receipt.already_at is not None:
        return receipt
    return replace(receipt, fault_sheet=write_faults(options.faults, raw, mapped.outcome, language))


def _preview(receipt: FileReceipt, raw: Raw, mapped: Mapped) -> FileReceipt:
    mapped.proved(mapped.outcome.get_column("row"))
    return replace(
        receipt,
        rows=mapped.outcome.height,
        records=mapped.count("record"),
        skips=mapped.count("skip"),
        faults=mapped.count("fault"),
        saved={noun: table.height for noun, table in mapped.tables.items()},
        controls=mapped.controls,
        findings=(*raw.findings, *mapped.findings),
    )


def _saved(
    receipt: FileReceipt,
    raw: Raw,
    content: bytes,
    form: Recognised,
    place: Place,
    mapped: Mapped,
    report: Callable[[int, int, str], None],
) -> FileReceipt:
    """Save the records; the cells of rows that were left out stay in the kept file, since they may name buyers."""
    from supercargo.book import saving  # noqa: PLC0415 - Django is set up by then
    from supercargo.book.receipt import NewDocument  # noqa: PLC0415

    document = NewDocument(raw.sha256, receipt.name, content, form.key, form.source)
    done = saving.save(
        place, document, mapped.tables, mapped.outcome, mapped.controls, mapped.facts,
        findings=(*raw.findings, *mapped.findings), report=report,
    )  # fmt: skip
    counts = {name: getattr(done, name) for name in ("rows", "records", "held", "contested", "skips", "faults")}
    return replace(
        receipt,
        **counts,
        saved=done.saved,
        controls=mapped.controls,
        findings=done.findings,
        document_id=done.document_id,
        already_at=done.already_at,
    )


def _not_in_the_book(receipt: FileReceipt, form: Recognised) -> Iterator[Finding]:
    if receipt.faults and receipt.already_at is None:
        message = said("{count} rows have faults and are not in the book", count=receipt.faults)
        remedy = "write them to a sheet with --faults, correct them, and import the sheet"
        yield Finding("IMP-101", "warning", receipt.name, message, remedy)
    if form.proven:
        yield Finding("IMP-102", "note", form.key, form.proven)


def _already(name: str, content: bytes) -> FileReceipt | None:
    from supercargo.book import saving  # noqa: PLC0415 - Django is set up by then
    from supercargo.book.receipt import NewDocument  # noqa: PLC0415

    held = saving.already(NewDocument(sha256(content).hexdigest(), name, content, "", ""))
    if held is None:
        return None
    return FileReceipt(
        name, held.format, 100, held.rows, 0, held.held, 0, held.skips, held.faults,
        findings=held.findings, document_id=held.document_id, already_at=held.already_at,
    )  # fmt: skip


def _context(place: Place | None, options: Options) -> Context:
    return Context(
        channel=options.channel,
        account=options.account,
        warehouse=options.warehouse,
        day=options.day,
        decimal=options.decimal,
        dates=options.dates,
        zone=options.zone,
        options=options.more,
        **({"secret": place.secret} if place is not None else {}),
    )


def _check_zone(zone: str) -> None:
    try:
        if zone:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = said("{zone} is no time zone", zone=repr(zone))
        raise refuse("IMP-015", "zone", message, "give the name of a city's zone, such as Europe/Berlin or Asia/Shanghai") from error


def _mapping(options: Options) -> Mapping | None:
    path = options.mapping
    if path is None:
        return None
    try:
        return tables.load(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        message = said("{file} cannot be read: {reason}", file=path, reason=reason)
        raise refuse("IMP-014", "map", message, "check the name of the file") from error


def _keep_mapping(place: Place, mapping: Mapping) -> None:
    """Save a mapping that worked, so that the next file of its kind is recognised by itself."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by then

    from supercargo.book import audit  # noqa: PLC0415

    text = tables.save(mapping)
    name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in mapping.name or mapping.noun)
    path = place.mappings / f"{name}.toml"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    with transaction.atomic():
        audit.record("mapping", {"name": name, "sha256": sha256(text.encode()).hexdigest()})
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
