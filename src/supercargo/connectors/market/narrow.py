"""Only the columns that a mapping reads: addresses, names and telephones of buyers go no further than the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supercargo.connectors.raw.table import ROW

if TYPE_CHECKING:
    from collections.abc import Container

    from supercargo.connectors.raw.table import Table


def narrow(table: Table, columns: Container[str]) -> Table:
    """Leave the columns of a table that are known to the source; rows and what was skipped stay as they are."""
    kept = tuple(name for name in table.columns if name in columns)
    exact = table.exact.select(kept) if table.exact is not None else None
    return replace(table, columns=kept, rows=table.rows.select(ROW, *kept), exact=exact)
