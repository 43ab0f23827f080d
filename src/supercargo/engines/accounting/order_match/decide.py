"""Every order beside what was paid for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.discrepancy import bounded, with_family
from supercargo.engines.accounting.order_match import ordered, paid, remarks
from supercargo.engines.accounting.order_match.facts import Decision, Facts
from supercargo.engines.accounting.order_match.ordered import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.reference.law import Law

SHOWN = (
    "id", "family", "channel", "order_ref", "currency", "ordered_on", "status", "expected_minor", "paid_minor", "difference_minor",
    "goods_minor", "paid_goods_minor", "net_minor", "other_minor", "other_currency", "lines", "state", "code",
)  # fmt: skip
CODES = {"unpaid": "TIE-301", "differs": "TIE-302", "stranger": "TIE-303", "charged": "TIE-304", "doubled": "TIE-305", "digits": "TIE-306"}


def decide(facts: Facts, law: Law) -> Decision:
    """Compare every order with its payment, to the cent, once the days in which it is paid are over.

    Raises:
        Refused: TIE-001, amounts so large that no sum of them can be trusted.
    """
    orders = with_family(bounded(facts.orders, ("goods_minor",), "order_line"))
    lines = paid.of_orders(with_family(bounded(facts.lines, ("amount_minor",), "money_line")), orders, facts.paid_by_houses)
    charged = ordered.charged(orders)
    own, foreign = paid.by_currency(paid.summed(lines), charged)
    beside = charged.join(own.drop("channel", "posted_on"), on=[*ORDER, "currency"], how="left", maintain_order="left")
    strangers = own.join(charged, on=ORDER, how="anti").sort(*ORDER, "currency")
    both = pl.concat([beside.with_columns(known=True), strangers.with_columns(known=False)], how="diagonal")
    dated = _dated(both.join(foreign, on=ORDER, how="left", maintain_order="left"), orders, lines, facts, law)
    judged = _judged(dated)
    twice = paid.twice(lines, orders, judged.filter(pl.col("state") == "differs"))
    told = _doubled(judged, twice)
    shown = told.with_columns(code=pl.col("state").replace_strict(CODES, default=None)).with_columns(
        state=pl.when(pl.col("state") == "digits").then(pl.lit("differs")).otherwise("state")
    )
    found = tuple(_discrepancies(shown, lines, orders))
    return Decision(shown.select(SHOWN), found)


def _dated(both: pl.DataFrame, orders: pl.DataFrame, lines: pl.DataFrame, facts: Facts, law: Law) -> pl.DataFrame:
    """Say of every order whether its days are over, and whether the book's settlements and orders reach over them."""
    days = {channel: facts.pay_days.get(channel, facts.pay_days.get(family, facts.pay_days_otherwise))
            for channel, family in both.select("channel", "family").unique().drop_nulls().iter_rows()}  # fmt: skip
    settled = lines.group_by("family").agg(first_line=pl.col("posted_on").min(), last_line=pl.col("posted_on").max())
    sold = orders.group_by("family").agg(first_order=pl.col("ordered_on").min())
    wide = both.join(settled, on="family", how="left", maintain_order="left").join(sold, on="family", how="left", maintain_order="left")
    allowed = pl.duration(days=pl.col("channel").replace_strict(days, default=facts.pay_days_otherwise, return_dtype=pl.Int64))
    due = pl.col("ordered_on") + allowed
    return wide.with_columns(
        late=(due < _day(law.day)).fill_null(value=False),
        covered=((due <= pl.col("last_line")) & (pl.col("ordered_on") >= pl.col("first_line"))).fill_null(value=False),
        within_orders=(pl.col("posted_on") >= pl.col("first_order") + allowed).fill_null(value=False),
    )


def _judged(dated: pl.DataFrame) -> pl.DataFrame:
    """Compare, and say what that makes of the order."""
    none = pl.col("lines").is_null()
    differs = pl.col("paid_minor") - pl.col("expected_minor")
    either = (differs == 0) | (pl.col("paid_minor") == pl.col("expected_more_minor"))
    unsaid = pl.any_horizontal(pl.col(f"unsaid_{part}") & (pl.col(f"paid_{part}") != 0) for part in ("shipping", "giftwrap", "tax"))
    digits = none & (pl.col("other_minor") == pl.col("expected_minor")) & (pl.col("other_minor") != 0)
    silent = (pl.col("currencies") > 1) | pl.col("unknown")
    state = (
        pl.when(~pl.col("known") & pl.col("within_orders")).then(pl.lit("stranger"))
        .when(~pl.col("known")).then(pl.lit("unchecked"))
        .when(pl.col("cancelled") & (pl.col("net_minor").fill_null(0) == 0)).then(pl.lit("cancelled"))
        .when(pl.col("cancelled")).then(pl.lit("charged"))
        .when(silent & none & pl.col("waiting")).then(pl.lit("pending"))
        .when(silent).then(pl.lit("unknown"))
        .when(digits.fill_null(value=False)).then(pl.lit("digits"))
        .when(none & pl.col("waiting")).then(pl.lit("pending"))
        .when(none & (pl.col("expected_minor") == 0)).then(pl.lit("tied"))
        .when(none & ~pl.col("late")).then(pl.lit("open"))
        .when(none & ~pl.col("sent")).then(pl.lit("open"))
        .when(none & ~pl.col("covered")).then(pl.lit("unchecked"))
        .when(none).then(pl.lit("unpaid"))
        .when(either).then(pl.lit("tied"))
        .when(unsaid.fill_null(value=False)).then(pl.lit("unknown"))
        .when((differs < 0) & ~pl.col("late")).then(pl.lit("open"))
        .otherwise(pl.lit("differs"))
    )  # fmt: skip
    status = pl.when("cancelled").then(pl.lit("cancelled")).when("waiting").then(pl.lit("pending")).when("sent").then(pl.lit("shipped"))
    return dated.with_columns(
        state=state,
        status=status.otherwise(pl.lit("unknown")),
        difference_minor=pl.when(either).then(0).otherwise(differs),
        expected_minor=pl.when("unknown").then(None).otherwise("expected_minor"),
    )


def _doubled(judged: pl.DataFrame, twice: pl.DataFrame) -> pl.DataFrame:
    """Mark the orders that differ because a product, or the whole order, was paid a whole number of times."""
    by_order = twice.group_by(ORDER).agg(pl.col("sku", "ids").sort_by("sku"), pl.col("times").max())
    joined = judged.join(
        by_order.with_columns(pl.col("ids").list.eval(pl.element().explode())), on=ORDER, how="left", maintain_order="left"
    )
    more = (pl.col("state") == "differs") & pl.col("times").is_not_null() & (pl.col("difference_minor") > 0)
    return joined.with_columns(state=pl.when(more).then(pl.lit("doubled")).otherwise("state"))


def _discrepancies(shown: pl.DataFrame, lines: pl.DataFrame, orders: pl.DataFrame) -> Iterator[Discrepancy]:
    told = shown.filter(pl.col("code").is_not_null())
    records = _records(told, lines, orders)
    for row in told.iter_rows(named=True):
        yield remarks.SAYS[row["code"]](row, records.get((row["family"], row["order_ref"]), {}))
    for state, say in (("unchecked", remarks.unchecked), ("unknown", remarks.unknown)):
        groups = shown.filter(pl.col("state") == state).group_by("family", "known", "currency").agg(
            pl.len().alias("count"), pl.col("expected_minor").sum(), pl.col("net_minor").sum(), pl.col("channel", "order_ref").first(),
            pl.col("ordered_on").min(),
        )  # fmt: skip
        yield from (say(row) for row in groups.sort("family", "known", "currency").iter_rows(named=True))


def _records(told: pl.DataFrame, lines: pl.DataFrame, orders: pl.DataFrame) -> dict[tuple[str, str], dict[str, tuple[int, ...]]]:
    """Find the records behind the orders that are told of: their order lines and their money lines."""
    found: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {}
    for noun, frame in (("order_line", orders), ("money_line", lines)):
        ids = frame.join(told.select(ORDER), on=ORDER, how="semi").group_by(ORDER).agg(pl.col("id").sort())
        for row in ids.iter_rows(named=True):
            found.setdefault((row["family"], row["order_ref"]), {})[noun] = tuple(row["id"])
    return found


def _day(day: date) -> pl.Expr:
    return pl.lit(day, dtype=pl.Date)
