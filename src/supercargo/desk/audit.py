"""Whether the book is still what was written into it, as an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.desk.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from supercargo.book.place import Place


def verify(place: Place, progress: Callable[[int, int, str], None] | None = None) -> Answer:
    """Recompute the chain of the audit, the seal of every imported row, and the hash of every kept file."""
    place.open()
    from supercargo.book.verifying import verify as verify_book  # noqa: PLC0415 - Django is set up by now

    found = verify_book(place, progress)
    counts = {"entries": found.entries, "files": found.documents, "rows": found.rows, "postings": found.postings}
    rows = [{"checked": name, "count": count} for name, count in counts.items()]
    return Answer("audit verify", {"book": str(place.folder)}, rows={"counts": rows}, findings=tuple(found.findings))
