"""From lines to settlements: which lines count, what they come to, what the settlement says."""

from __future__ import annotations

import polars as pl

SAME = ("family", "settlement_ref")
"""What makes a settlement the same one: one account of Amazon lists it under several of its countries."""
_WAITING = ("deferred", "open")
_HALF = ["family", "kind", "currency", "number"]


def deferred(lines: pl.DataFrame) -> pl.DataFrame:
    """List deferred lines with the line that released each: the one that names its number, or bears it."""
    waiting = lines.filter(pl.col("status") == "deferred")
    numbers = pl.concat([waiting["transaction_ref"], waiting["related_ref"]]).drop_nulls().unique().implode()
    settled = lines.filter(pl.col("status").is_null() | ~pl.col("status").is_in(_WAITING))
    later = settled.filter(pl.col("related_ref").is_in(numbers) | pl.col("transaction_ref").is_in(numbers))
    released = _numbered(later, ("related_ref", "transaction_ref")).unique(_HALF, keep="first", maintain_order=True)
    halves = _numbered(waiting, ("transaction_ref", "related_ref")).join(released, on=_HALF, how="inner", suffix="_of_release")
    by = halves.unique("id", keep="first", maintain_order=True).select("id", released_by="id_of_release")
    return waiting.join(by, on="id", how="left", maintain_order="left").select(
        "id", "channel", "currency", "amount_minor", "posted_on", "release_on", "transaction_ref", "released_by",
        state=pl.when(pl.col("released_by").is_null()).then(pl.lit("deferred")).otherwise(pl.lit("released")),
    )  # fmt: skip


def counted(lines: pl.DataFrame, waiting: pl.DataFrame) -> pl.DataFrame:
    """Keep the lines that a settlement is made of: not the payout itself, and no deferred line that came back as released."""
    twice = waiting.filter(pl.col("state") == "released")["id"].implode()
    return lines.filter(pl.col("settlement_ref").is_not_null() & (pl.col("kind") != "payout") & ~pl.col("id").is_in(twice))


def paid(payouts: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Sum what was paid out for each settlement; payouts that failed were not paid.

    A house without settlements gives its lines the number of the payout: there the payout's own number is that of the settlement.
    """
    known = lines.select(SAME).unique()
    sent = payouts.filter(pl.col("status").is_null() | (pl.col("status") != "failed"))
    own = sent.filter(pl.col("settlement_ref").is_null()).with_columns(settlement_ref=pl.col("payout_ref")).join(known, on=SAME, how="semi")
    both = pl.concat([sent.filter(pl.col("settlement_ref").is_not_null()), own])
    return both.group_by(SAME, maintain_order=True).agg(
        pl.col("channel").first(), pl.col("currency").first(), pl.col("amount_minor").sum().alias("paid_minor"), pl.col("sent_on").min(),
        currencies=pl.col("currency").n_unique(),
    )  # fmt: skip


def stated(settlements: pl.DataFrame, outgoing: pl.DataFrame) -> pl.DataFrame:
    """List every settlement once with its total; where no settlement states it, what was paid out for it is the total."""
    listed = settlements.group_by(SAME, maintain_order=True).agg(
        pl.col("id", "channel", "currency", "begins_on", "ends_on", "deposit_on", "total_minor").first(),
        versions=pl.struct("currency", "total_minor").n_unique(),
        ids=pl.col("id"),
    )
    known = listed.join(outgoing.select(*SAME, "paid_minor", "currencies"), on=SAME, how="left", maintain_order="left").with_columns(
        pl.when(pl.col("currencies") == 1).then("paid_minor").alias("paid_minor"), stated_by=pl.lit("settlement")
    )
    only_paid = outgoing.join(listed, on=SAME, how="anti", maintain_order="left").filter(pl.col("currencies") == 1)
    others = only_paid.with_columns(total_minor=pl.col("paid_minor"), deposit_on=pl.col("sent_on"), stated_by=pl.lit("payout"))
    return pl.concat([known.drop("currencies"), others.drop("currencies", "sent_on")], how="diagonal")


def summed(totals: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Put the sum of its lines beside every total, and say what that makes of the settlement.

    Lines in another currency that were converted out to nothing are part of it; others are not.
    """
    by_currency = lines.group_by([*SAME, "currency"], maintain_order=True).agg(
        pl.col("amount_minor").sum().alias("lines_minor"), pl.col("amount_minor").null_count().cast(pl.Int64).alias("unreadable"),
        pl.len().cast(pl.Int64).alias("lines"), pl.col("posted_on").max().alias("posted_on"), pl.col("channel").first(),
        converted=(pl.col("kind") == "conversion_out").any() & (pl.col("amount_minor").sum() == 0),
    )  # fmt: skip
    here = totals.join(by_currency.drop("channel", "converted"), on=[*SAME, "currency"], how="left", maintain_order="left")
    foreign = (
        by_currency.filter(~pl.col("converted"))
        .join(totals, on=[*SAME, "currency"], how="anti")
        .join(totals.select(SAME), on=SAME, how="semi")
    )
    beside = foreign.group_by(SAME).agg(pl.col("lines").sum().alias("other_currency_lines"))
    loose = by_currency.join(totals.select(SAME), on=SAME, how="anti", maintain_order="left")
    whole = pl.concat([here.join(beside, on=SAME, how="left", maintain_order="left"), loose.drop("converted")], how="diagonal")
    return whole.with_columns(
        pl.col("lines", "other_currency_lines", "unreadable").fill_null(0),
        on=pl.coalesce("deposit_on", "ends_on", "begins_on", "posted_on"),
        difference_minor=pl.col("lines_minor").fill_null(0) - pl.col("total_minor"),
    ).with_columns(state=_state())


def wrong_currency(settlements: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """List, for each settlement, its lines in another currency than its own: how many, how much, which."""
    own = settlements.filter(pl.col("total_minor").is_not_null() & (pl.col("other_currency_lines") > 0))
    beside = lines.join(own.select(*SAME, settled_in="currency"), on=SAME, how="inner").filter(pl.col("currency") != pl.col("settled_in"))
    return (
        beside.group_by([*SAME, "currency"])
        .agg(pl.col("amount_minor").sum(), pl.col("id", "row").sort_by("row"), converted=(pl.col("kind") == "conversion_out").any())
        .filter(~pl.col("converted") | (pl.col("amount_minor") != 0))
        .sort(*SAME, "currency")
    )


def by_kind(lines: pl.DataFrame, settlements: pl.DataFrame) -> pl.DataFrame:
    """Sum the lines of every settlement by kind of money, in the settlement's own currency."""
    own = lines.join(settlements.select(*SAME, "currency"), on=[*SAME, "currency"], how="semi")
    return own.group_by([*SAME, "kind"]).agg(pl.col("amount_minor").sum()).sort(*SAME, "kind")


def _state() -> pl.Expr:
    return (
        pl.when(pl.col("total_minor").is_null()).then(pl.lit("unstated"))
        .when((pl.col("lines") == 0) & (pl.col("total_minor") == 0) & (pl.col("other_currency_lines") == 0)).then(pl.lit("tied"))
        .when((pl.col("lines") == 0) & (pl.col("other_currency_lines") == 0)).then(pl.lit("missing"))
        .when(pl.col("unreadable") > 0).then(pl.lit("unknown"))
        .when((pl.col("difference_minor") == 0) & (pl.col("other_currency_lines") == 0)).then(pl.lit("tied"))
        .otherwise(pl.lit("differs"))
    )  # fmt: skip


def _numbered(lines: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """List lines under each of their numbers."""
    listed = [lines.select("id", *_HALF[:-1], number=pl.col(name)) for name in names]
    return pl.concat(listed).drop_nulls("number")
