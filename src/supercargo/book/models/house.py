"""How the book came to be as it is: files, imports, what was wrong with them, jobs, and the record of every write."""

from __future__ import annotations

from django.db import models

from supercargo.book import fields
from supercargo.book.models.record import Record


class Document(Record):
    """A file as it came. The original lies in the company's folder under its hash and is never written to again."""

    sha256 = fields.name(64)
    name = fields.name()
    bytes = models.BigIntegerField()
    format = fields.name(80)
    source = fields.name(80)
    imported_at = models.DateTimeField()

    class Meta:
        """One row a content."""

        constraints = (models.UniqueConstraint(fields=["sha256"], name="document_hash"),)
        indexes = (models.Index(fields=["imported_at", "id"], name="document_day"),)


class ImportRun(Record):
    """One import: rows = records + held + skips + faults, and the control sums that prove that no money was lost."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    rows = models.BigIntegerField()
    records = models.BigIntegerField()
    held = models.BigIntegerField()
    contested = models.BigIntegerField()
    skips = models.BigIntegerField()
    faults = models.BigIntegerField()
    saved = models.JSONField(default=dict)
    controls = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    finished_at = models.DateTimeField()

    class Meta:
        """The counts must come to the rows of the file."""

        db_table = "book_import_run"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rows=models.F("records") + models.F("held") + models.F("skips") + models.F("faults")),
                name="import_run_counts",
            ),
        )


class ImportRow(Record):
    """A row of a file that became no record: a named skip or a reported fault, with its cells as they stood.

    ``cells`` is null where the file is no table of cells.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, db_index=False)
    row = models.BigIntegerField()
    status = fields.name(10)
    code = fields.text(40)
    reason = fields.prose()
    cells = fields.prose()

    class Meta:
        """Once a row of a run."""

        db_table = "book_import_row"
        constraints = (
            models.UniqueConstraint(fields=["run", "row"], name="import_row_once"),
            models.CheckConstraint(condition=models.Q(status__in=["skip", "fault"]), name="import_row_status"),
        )


class FindingRecord(Record):
    """Something wrong, doubtful or worth knowing that the company should see again: from an import, a tie-out, a decision."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True)
    code = fields.name(40)
    severity = fields.name(10)
    path = models.TextField()
    message = models.TextField()
    values = models.JSONField(default=dict)
    remedy = models.TextField()
    found_at = models.DateTimeField()
    settled_at = fields.instant()

    class Meta:
        """Asked by code, the open ones first."""

        db_table = "book_finding_record"
        indexes = (models.Index(fields=["code", "id"], name="finding_code"),)


class Job(Record):
    """Long work that a worker holds by a lease: progress, cancel, retry."""

    kind = fields.name(80)
    arguments = models.JSONField(default=dict)
    status = fields.name(20)
    done = models.BigIntegerField(default=0)
    total = fields.whole()
    what = fields.text()
    tries = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    leased_by = fields.text()
    leased_until = fields.instant()
    cancel_asked_at = fields.instant()
    finished_at = fields.instant()
    answer = models.JSONField(null=True)

    class Meta:
        """The next one to do is asked for often."""

        indexes = (models.Index(fields=["status", "asked_at", "id"], name="job_next"),)


class AuditEntry(Record):
    """One write to the book, chained to the one before by its hash; the database refuses to change or delete it."""

    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = fields.name(80)
    action = fields.name(40)
    content = models.TextField()
    previous_hash = fields.name(64)
    hash = fields.name(64)

    class Meta:
        """Numbers follow one another without a gap."""

        db_table = "book_audit_entry"
        constraints = (models.UniqueConstraint(fields=["number"], name="audit_entry_number"),)
