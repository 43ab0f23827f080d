"""From one settlement to the next: gaps, reserves held and given back, debts carried or charged."""

from __future__ import annotations

import polars as pl

from supercargo.engines.accounting.settlement_sum.sums import SAME

_TURN = ("channel", "currency")
"""Settlements follow one another within a channel and a currency."""


def linked(settlements: pl.DataFrame, kinds: pl.DataFrame, unbroken: frozenset[str]) -> pl.DataFrame:
    """Put every stated settlement beside the one that follows it, with what each holds back, gives back, carries and charges."""
    asked = ("reserve_held", "reserve_released", "balance_carried", "card_charged")
    wide = kinds.filter(pl.col("kind").is_in(asked)).group_by(SAME).agg(
        *(pl.col("amount_minor").filter(pl.col("kind") == kind).sum().alias(kind) for kind in asked)
    )  # fmt: skip
    known = settlements.filter((pl.col("stated_by") == "settlement") & pl.col("on").is_not_null())
    row = known.join(wide, on=SAME, how="left").with_columns(pl.col(asked).fill_null(0)).sort(*_TURN, "on", "settlement_ref")
    following = ("settlement_ref", "begins_on", *asked)
    return row.with_columns(*(pl.col(name).shift(-1).over(_TURN).alias(f"next_{name}") for name in following)).with_columns(
        gap=((pl.col("next_begins_on") > pl.col("ends_on").dt.offset_by("1d")) & pl.col("family").is_in(unbroken)).fill_null(value=False),
        first=pl.int_range(pl.len()).over(_TURN) == 0,
    )


def reserves(chain: pl.DataFrame) -> pl.DataFrame:
    """Say of each reserve whether the next settlement gives it back: what was held and what came back are nothing together."""
    last, held, back = pl.col("next_settlement_ref").is_null(), pl.col("reserve_held"), pl.col("next_reserve_released")
    state = (
        pl.when(last & (held == 0)).then(pl.lit("none"))
        .when(last).then(pl.lit("held"))
        .when((held == 0) & (back == 0)).then(pl.lit("none"))
        .when(pl.col("gap")).then(pl.lit("unknown"))
        .when(held + back == 0).then(pl.lit("given back"))
        .otherwise(pl.lit("differs"))
    )  # fmt: skip
    return chain.select(
        *_TURN, "settlement_ref", "on", "id", next_ref="next_settlement_ref", held_minor=held, released_minor=back,
        open_minor=held + back.fill_null(0), state=state,
    )  # fmt: skip


def gaps(chain: pl.DataFrame) -> pl.DataFrame:
    """List the places where days lie between a settlement and the next: a file is missing there."""
    return chain.filter(pl.col("gap")).select(*_TURN, "settlement_ref", "next_settlement_ref", "ends_on", "next_begins_on", "id", "on")


def debts(chain: pl.DataFrame) -> pl.DataFrame:
    """List settlements below nothing whose debt the next neither carries nor a card or the bank has paid."""
    owed = -pl.col("total_minor")
    settled = (
        (pl.col("next_balance_carried") == -owed) | (pl.col("card_charged") == owed) | (pl.col("next_card_charged") == owed)
        | (pl.col("paid_minor") == -owed).fill_null(value=False)
    )  # fmt: skip
    open_debt = (pl.col("total_minor") < 0) & pl.col("next_settlement_ref").is_not_null() & ~settled & ~pl.col("gap")
    return chain.filter(open_debt).select(*_TURN, "settlement_ref", "next_settlement_ref", "total_minor", "id", "on")
