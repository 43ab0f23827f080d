"""Lines of settlements and payment houses -> legs; a settlement that does not tie is held whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.home_value import shown
from supercargo.engines.accounting.kinds import KINDS
from supercargo.engines.accounting.posting.chart import CLEARING, HOUSE, IN_TRANSIT, OWN, TAX_OWED, account_of_kind, chart
from supercargo.engines.accounting.posting.facts import HELD
from supercargo.engines.accounting.posting.legs import leg, together
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.posting.facts import Facts

SETTLEMENT = ["channel", "settlement_ref", "currency"]
NARRATIVES = {
    "settlement": "settlement {ref} of {whose}",
    "open": "movements at {whose}",
    "payout": "payout {ref} of {whose}",
}
TITLES = tuple(NARRATIVES.values())


def tied(facts: Facts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compare lines with what their settlement states; give the settlements that tie, and those that are held (``HELD``)."""
    lines = facts.money_lines.filter(pl.col("settlement_ref").is_not_null(), _counts())
    sums = lines.group_by(SETTLEMENT).agg(pl.col("amount_minor").sum().alias("lines_minor"), pl.len().cast(pl.Int64).alias("rows"))
    stated = facts.settlements
    if stated.is_empty():
        stated = pl.DataFrame(schema={**dict.fromkeys(SETTLEMENT, pl.String), "total_minor": pl.Int64, "deposit_on": pl.Date})
    stated = stated.select(*SETTLEMENT, pl.col("total_minor").alias("stated_minor"), "deposit_on").unique(SETTLEMENT, keep="last")
    compared = sums.join(stated, on=SETTLEMENT, how="left")
    same = (pl.col("stated_minor") == pl.col("lines_minor")).fill_null(value=False)
    return compared.filter(same).select(*SETTLEMENT, "deposit_on"), compared.filter(~same).select(list(HELD)).cast(HELD).sort(SETTLEMENT)


def ready(facts: Facts, settled: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the lines that may be posted, with their day and the account of their channel, and those that wait, with why."""
    lines = facts.money_lines.join(settled.with_columns(pl.lit(True).alias("is_tied")), on=SETTLEMENT, how="left", maintain_order="left")
    houses = [channel for channel, about in facts.channels.items() if about.is_payment_house]
    on_its_way = pl.col("kind").is_in(["payout", "payout_failed"])
    open_at_house = pl.col("settlement_ref").is_null() & (pl.col("channel").is_in(houses) | on_its_way)
    day = pl.coalesce("posted_on", "deposit_on")
    fate = (
        pl.when(~_counts())
        .then(pl.lit("waiting"))
        .when(~(pl.col("is_tied").fill_null(value=False) | open_at_house))
        .then(pl.when(pl.col("settlement_ref").is_null()).then(pl.lit("waiting")).otherwise(pl.lit("held")))
        .when(day.is_null() | (day > facts.until))
        .then(pl.lit("waiting"))
    )
    base = pl.when(pl.col("channel").is_in(houses)).then(pl.lit(HOUSE)).otherwise(pl.lit(CLEARING))
    marked = lines.with_columns(
        fate.alias("fate"),
        day.alias("booked_on"),
        (base + "." + pl.col("channel")).alias("own"),
        pl.col("row_id").cast(pl.Int64),
        pl.when(pl.col("kind").is_in(list(KINDS))).then("kind").otherwise(pl.lit("unclassified")).alias("kind"),
    ).drop("is_tied", "deposit_on")
    return marked.filter(pl.col("fate").is_null()), marked.filter(pl.col("fate").is_not_null()).select("row_id", "fate")


def legs_of_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Make the legs of money lines: the channel's account against the account of the kind, tax apart by country."""
    if lines.is_empty():
        return together(())
    open_line = pl.col("settlement_ref").is_null()
    parts = [pl.col("channel"), pl.col("settlement_ref").fill_null("open"), pl.col("booked_on").cast(pl.String), pl.col("currency")]
    events = lines.with_columns(
        pl.lit("money_line").alias("noun"),
        pl.concat_str(pl.lit("money_line"), *parts, separator="|").alias("event"),
        pl.when(open_line).then(pl.lit(NARRATIVES["open"])).otherwise(pl.lit(NARRATIVES["settlement"])).alias("narrative"),
        pl.col("channel").alias("whose"),
        pl.col("settlement_ref").fill_null("").alias("ref"),
    )
    vat = events.filter(pl.col("vat_minor") != 0)
    return together(
        (
            leg(events, pl.col("own"), pl.col("amount_minor"), traced=False),
            leg(events, other_side(), pl.col("vat_minor") - pl.col("amount_minor")),
            leg(vat.with_columns(pl.lit("tax").alias("kind"), pl.col("tax_country").alias("country")), owed_in(), 0 - pl.col("vat_minor")),
        )
    )


def other_side() -> pl.Expr:
    """Give the account on which a kind of money has its other side, with what the account is split by."""
    base = pl.col("kind").replace_strict(account_of_kind(), return_dtype=pl.String)
    split = [code for code, account in chart().items() if account.by == "channel"]
    return (
        pl.when(base == OWN)
        .then("own")
        .when(base == TAX_OWED)
        .then(owed_in())
        .when(base.is_in(split))
        .then(base + "." + pl.col("channel"))
        .otherwise(base)
    )


def owed_in() -> pl.Expr:
    """Give the account of the tax that is owed in the country of the sale."""
    return pl.when(pl.col("tax_country").is_null()).then(pl.lit(TAX_OWED)).otherwise(pl.lit(f"{TAX_OWED}.") + pl.col("tax_country"))


def legs_of_payouts(facts: Facts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make the legs of payouts that no money line states, and tell which records wait."""
    if facts.payouts.is_empty():
        return together(()), pl.DataFrame(schema={"row_id": pl.Int64, "fate": pl.String})
    stated = (
        []
        if facts.money_lines.is_empty()
        else facts.money_lines.filter(pl.col("kind") == "payout").get_column("channel").unique().to_list()
    )
    houses = [channel for channel, about in facts.channels.items() if about.is_payment_house]
    due = (pl.col("status").fill_null("sent") == "sent") & (pl.col("sent_on") <= facts.until).fill_null(value=False)
    wanted = facts.payouts.filter(~pl.col("channel").is_in(stated)).with_columns(due.alias("is_due"))
    base = pl.when(pl.col("channel").is_in(houses)).then(pl.lit(HOUSE)).otherwise(pl.lit(CLEARING))
    events = wanted.filter("is_due").with_columns(
        pl.lit("payout").alias("noun"),
        pl.concat_str(pl.lit("payout"), "channel", "key", separator="|").alias("event"),
        pl.col("sent_on").alias("booked_on"),
        pl.lit(NARRATIVES["payout"]).alias("narrative"),
        pl.col("channel").alias("whose"),
        pl.coalesce("payout_ref", "settlement_ref", "key").alias("ref"),
        pl.col("row_id").cast(pl.Int64),
    )
    fates = pl.concat(
        [
            wanted.filter(~pl.col("is_due")).select(pl.col("row_id").cast(pl.Int64), pl.lit("waiting").alias("fate")),
            facts.payouts.filter(pl.col("channel").is_in(stated)).select(
                pl.col("row_id").cast(pl.Int64), pl.lit("stated by a line").alias("fate")
            ),
        ]
    )
    amount = pl.col("amount_minor")
    return together(
        (
            leg(events, base + "." + pl.col("channel"), 0 - amount, traced=False),
            leg(events, pl.lit(f"{IN_TRANSIT}.") + pl.col("channel"), amount),
        )
    ), fates


def remarks(held: pl.DataFrame) -> Iterator[Finding]:
    """Report every settlement that is held, with its money."""
    for row in held.iter_rows(named=True):
        path, lines = f"settlements[{row['channel']}/{row['settlement_ref']}]", shown(row["lines_minor"], row["currency"])
        if row["stated_minor"] is None:
            message = said(
                "{channel}: {rows} lines ({lines}) name the settlement {ref}, which is not there: held, not posted",
                channel=row["channel"],
                rows=row["rows"],
                lines=lines,
                ref=row["settlement_ref"],
            )
            yield Finding("LED-202", "error", path, message, "import the whole settlement report", "term-held-settlement")
            continue
        message = said(
            "{channel}: the lines of settlement {ref} come to {lines}, but it states {stated}: {difference} apart; held, not posted",
            channel=row["channel"],
            ref=row["settlement_ref"],
            lines=lines,
            stated=shown(row["stated_minor"], row["currency"]),
            difference=shown(row["lines_minor"] - row["stated_minor"], row["currency"]),
        )
        yield Finding("LED-201", "error", path, message, "look at it with the tie-out; import what is missing", "term-held-settlement")


def _counts() -> pl.Expr:
    """Tell which lines are money now: not what is deferred, held or reversed."""
    return ~pl.col("status").fill_null("settled").is_in(["deferred", "held", "reversed"]) & pl.col("amount_minor").is_not_null()
