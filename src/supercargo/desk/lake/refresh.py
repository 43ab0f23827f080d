"""From the book into the lake: only channels with new records since the last write are made anew.

Unsettled orders become settled, estimates become facts, a tax report changes what was taken out: a new record
changes lines that are there already. So the watermark tells which channels have new records, their lines are
made again from the book, and of those only the files that changed are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.desk.lake.source import COSTING
from supercargo.desk.lake.store import Lake
from supercargo.desk.profit.making import SHAPE, made
from supercargo.desk.profit.records import NOWHERE, ChannelFact, ChannelRecords, empty
from supercargo.desk.profit.tax_inside import Destinations
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from supercargo.desk.lake.manifest import Manifest
    from supercargo.desk.lake.source import Source
    from supercargo.desk.lake.store import Writing
    from supercargo.kernel.words import Text
    from supercargo.reference.law import Law

TABLE = "profit_line"
Progress = "Callable[[int, int, str], None]"


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: channels made anew, files kept, and the state that readers now see."""

    state: Manifest
    channels: tuple[str, ...]
    files_kept: int
    findings: tuple[Finding, ...]


def profit_lake(folder: Path) -> Lake:
    """Give the table of profit lines in a company's lake."""
    return Lake(folder / TABLE)


def write(
    source: Source,
    lake: Lake,
    law_on: Callable[[date], Law],
    *,
    anew: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Written:
    """Bring the lake up to the book.

    Args:
        source: the book.
        lake: the table to write.
        law_on: the law of a day, for the tax inside prices.
        anew: make all channels again, whatever the watermark says.
        progress: is told channels done, channels in all, and what is being done.

    Raises:
        Refused: LAKE-004, somebody else is writing.
    """
    report = progress or (lambda _done, _total, _what: None)
    with lake.write(SHAPE) as writing:
        last = source.last()
        channels = channels_of(source)
        fresh = {fact.code for fact in channels} if anew or writing.old.shape != SHAPE else touched(source, writing.old, channels)
        writing.watermark = last
        writing.keep(part for part in writing.old.parts if part.channel not in fresh)
        notes = [kept for kept in writing.old.notes if kept["path"] not in fresh]
        todo = [fact for fact in channels if fact.code in fresh]
        destinations = Destinations(law_on)
        findings: list[Finding] = []
        for number, fact in enumerate(todo):
            report(number, len(todo), fact.code)
            findings += _channel(source, fact, writing, destinations)
        writing.notes = (*notes, *map(note, findings))
        report(len(todo), len(todo), "lake")
    return Written(lake.manifest(), tuple(fact.code for fact in todo), writing.kept, found(lake.manifest()))


def touched(source: Source, old: Manifest, channels: tuple[ChannelFact, ...]) -> set[str]:
    """Name the channels whose lines may have changed since a state was written.

    A new product may change brand and cost everywhere, and so may a new record where the ledger costs goods; a new record of
    a payment house changes the orders that it paid.
    """
    last = source.last()
    after = {noun: old.watermark.get(noun, 0) for noun in last}
    newer = {noun for noun, number in last.items() if number > after[noun]}
    if newer & {"product", *COSTING} or (newer and source.costs().height):
        return {fact.code for fact in channels}
    fresh: set[str] = set()
    for noun in newer:
        fresh |= set(source.frame(noun, id_after=after[noun]).get_column("channel").drop_nulls())
    houses = {fact.code for fact in channels if not fact.revenue_from}
    shops = {fact.code for fact in channels if fact.revenue_from == "orders"}
    return fresh | (shops if fresh & houses else set()) | (houses if fresh & shops else set())


def channels_of(source: Source) -> tuple[ChannelFact, ...]:
    """List the channels, and the one of costs that belong to none where there are such costs."""
    channels = source.channels()
    codes = [fact.code for fact in channels]
    lost = source.costs().filter(~pl.col("channel").is_in(codes).fill_null(value=False) & pl.col("noun").is_in(COSTING))
    return (*channels, ChannelFact(NOWHERE, "")) if lost.height else channels


def _channel(source: Source, fact: ChannelFact, writing: Writing, destinations: Destinations) -> tuple[Finding, ...]:
    result = made(records_of(source, fact), destinations)
    writing.put(fact.code, result.lines)
    return result.findings


def records_of(source: Source, fact: ChannelFact) -> ChannelRecords:
    """Read what the lines of a channel are made from; a payment house keeps only what belongs to no order of a shop."""
    money = source.frame("money_line", channel=fact.code)
    shops = [other.code for other in source.channels() if other.revenue_from == "orders"]
    houses = [other.code for other in source.channels() if not other.revenue_from]
    of_houses = empty("money_line")
    if fact.revenue_from == "orders" and houses:
        of_houses = _only_theirs(source.frame("money_line", channel=houses), source.frame("order_line", channel=shops), fact.code)
    if not fact.revenue_from and shops:
        orders = source.frame("order_line", channel=shops)
        money = money.join(_owners(orders).select("order_ref"), on="order_ref", how="anti")
    return ChannelRecords(
        fact, source.frame("order_line", channel=fact.code), money, source.frame("tax_line", channel=fact.code), of_houses,
        source.frame("product"), source.costs(), source.frame("settlement", channel=fact.code),
    )  # fmt: skip


def _owners(orders: pl.DataFrame) -> pl.DataFrame:
    """List the orders that only one shop has; a number that two shops use names neither."""
    return orders.group_by("order_ref").agg(pl.col("channel").n_unique().alias("shops"), pl.col("channel").first()).filter(
        (pl.col("shops") == 1) & pl.col("order_ref").is_not_null()
    )  # fmt: skip


def _only_theirs(money: pl.DataFrame, orders: pl.DataFrame, code: str) -> pl.DataFrame:
    return money.join(_owners(orders).filter(pl.col("channel") == code).select("order_ref"), on="order_ref", how="semi")


def note(finding: Finding) -> dict[str, Any]:
    """Write a finding as plain values that can be said in either language later."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "message": _plain(finding.message),
        "remedy": _plain(finding.remedy),
    }


def found(state: Manifest) -> tuple[Finding, ...]:
    """Say again what was found when the lines were made."""
    return tuple(
        Finding(entry["code"], entry["severity"], entry["path"], _said(entry["message"]), _said(entry["remedy"])) for entry in state.notes
    )


def _plain(text: Text) -> dict[str, Any]:
    return (
        {"text": text.template, "values": {name: str(value) for name, value in text.values.items()}}
        if isinstance(text, Said)
        else {"text": str(text)}
    )


def _said(entry: Mapping[str, Any]) -> Text:
    return said(str(entry["text"]), **entry["values"]) if entry.get("values") else str(entry["text"])
