"""Two entries that no record states by itself: the opening stock, and what costs changed since they were posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.ledger.journal import lines_of, posted_rows, standing
from supercargo.engines.accounting.period_close import last_of
from supercargo.engines.accounting.posting import EntryDraft, PostingDraft
from supercargo.engines.accounting.posting.chart import INVENTORY, OPENING, account_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.desk.ledger.journal import Journal
    from supercargo.desk.ledger.settings import Settings
    from supercargo.desk.ledger.stock import Costs

NARRATIVES = {"opening": "opening stock", "change": "cost of goods: changed since it was posted"}
TITLES = tuple(NARRATIVES.values())
_KINDS = {"purchase_minor": "cost_of_goods", "first_leg_minor": "cost_first_leg", "duty_minor": "cost_import_duty"}


def opened(journal: Journal, settings: Settings) -> Iterator[EntryDraft]:
    """Give the entries of the opening stock that are not posted yet, one per day."""
    known = {entry.source_key for entry in standing(journal)}
    days = settings.opening.group_by("arrived_on").agg(pl.sum_horizontal(list(_KINDS)).sum().alias("worth")).sort("arrived_on")
    for day, worth in days.iter_rows():
        if f"opening|{day}" not in known:
            yield _pair(day, "opening", f"opening|{day}", settings.home, [(INVENTORY, worth), (OPENING, -worth)])


def adjusted(journal: Journal, costed: Costs, settings: Settings, month: str) -> Iterator[EntryDraft]:
    """Give the entry that brings posted costs to what they are now known to be, as when a freight bill came late."""
    posted = posted_rows(journal)
    mine = pl.concat(
        [costed.table.filter(pl.col("noun") == noun, pl.col("id").is_in(list(posted.get(f"cost:{noun}", ())))) for noun in
         costed.table.get_column("noun").unique().sort()] or [costed.table]
    )  # fmt: skip
    sign = pl.when(pl.col("kind") == "return").then(-1).otherwise(1)
    lost = pl.col("kind") == "write_off"
    wanted = {account_of_kind()[kind]: int(mine.filter(~lost).select((pl.col(name) * sign).sum()).item()) for name, kind in _KINDS.items()}
    wanted[account_of_kind()["cost_write_off"]] = int(mine.filter(lost).select(pl.sum_horizontal(list(_KINDS)).sum()).item())
    held = lines_of(standing(journal)).filter(pl.col("noun").str.starts_with("cost"))
    now = dict(held.group_by("account").agg(pl.col("home_minor").sum()).iter_rows())
    changes = [(account, worth - now.get(account, 0)) for account, worth in wanted.items() if worth != now.get(account, 0)]
    if changes:
        total = sum(change for _, change in changes)
        yield _pair(last_of(month), "change", f"cost_change|{month}", settings.home, [*changes, (INVENTORY, -total)])


def _pair(day: object, word: str, key: str, home: str, sides: list[tuple[str, int]]) -> EntryDraft:
    made = tuple(PostingDraft(code, home, worth, worth, rate_day=day, rate_source="term-home-value") for code, worth in sides)  # type: ignore[arg-type]
    return EntryDraft(day, NARRATIVES[word], "cost_change" if word == "change" else word, key, made).proved()  # type: ignore[arg-type]
