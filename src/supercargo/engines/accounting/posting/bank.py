"""Bank lines -> legs: payouts that arrived, conversions on the way, and what nobody has explained yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.home_value import shown
from supercargo.engines.accounting.posting.chart import BANK, BANK_CHARGE, CONVERSION, IN_TRANSIT, UNEXPLAINED
from supercargo.engines.accounting.posting.legs import leg, together
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.posting.facts import Facts

NARRATIVES = {"payout": "payout received on {whose}", "other": "bank items of {whose} to be explained"}
TITLES = tuple(NARRATIVES.values())


def legs_of_bank(facts: Facts) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Finding, ...]]:
    """Make the legs of bank lines; a payout in another currency passes through the conversion account."""
    fates = pl.DataFrame(schema={"row_id": pl.Int64, "fate": pl.String})
    if facts.bank_lines.is_empty():
        return together(()), fates, ()
    lines = facts.bank_lines.with_columns(pl.col("row_id").cast(pl.Int64)).with_columns(pl.col("amount_minor").alias("bank_minor"))
    due = (pl.col("booked_on") <= facts.until).fill_null(value=False) & pl.col("amount_minor").is_not_null()
    ready = lines.filter(due)
    brought = facts.matches.rename({"bank_id": "row_id", "currency": "payout_currency"}).join(
        ready.select("row_id", "account", "currency", "booked_on", "bank_minor", "key"), on="row_id"
    )  # fmt: skip
    matched = ready.join(brought.select("row_id").unique(), on="row_id", how="semi")
    others = ready.join(brought.select("row_id").unique(), on="row_id", how="anti")
    legs = together((*_of_payouts(_events(matched, "payout"), _events(brought, "payout")), *_of_others(_events(others, "other"))))
    fates = lines.filter(~due).select("row_id", pl.lit("waiting").alias("fate"))
    return legs, fates, tuple(_remarks(others))


def _of_payouts(bank: pl.DataFrame, brought: pl.DataFrame) -> Iterator[pl.DataFrame]:
    same = pl.col("payout_currency") == pl.col("currency")
    in_transit = pl.lit(f"{IN_TRANSIT}.") + pl.col("channel")
    yield leg(bank, _account(BANK), pl.col("bank_minor"))
    yield leg(brought.with_columns(pl.col("payout_currency").alias("currency")), in_transit, 0 - pl.col("portion_minor"), traced=False)
    across = brought.filter(~same)
    yield leg(across.with_columns(pl.col("payout_currency").alias("currency")), pl.lit(CONVERSION), pl.col("portion_minor"), traced=False)
    alike = brought.filter(same).group_by("row_id").agg(pl.col("portion_minor").sum().alias("alike_minor"))
    rest = bank.join(alike, on="row_id", how="left").join(
        across.select("row_id").unique().with_columns(pl.lit(True).alias("is_across")), on="row_id", how="left"
    )
    left = pl.col("alike_minor").fill_null(0) - pl.col("bank_minor")
    account = pl.when(pl.col("is_across").fill_null(value=False)).then(pl.lit(CONVERSION)).otherwise(pl.lit(BANK_CHARGE))
    yield leg(rest.filter(left != 0), account, left, traced=False)


def _of_others(lines: pl.DataFrame) -> Iterator[pl.DataFrame]:
    yield leg(lines, _account(BANK), pl.col("bank_minor"))
    yield leg(lines, _account(UNEXPLAINED), 0 - pl.col("bank_minor"), traced=False)


def _account(base: str) -> pl.Expr:
    """Give the account of a bank account: its last digits are enough to tell it apart in the ledger."""
    return pl.lit(f"{base}.") + pl.col("account").fill_null("?").str.replace_all(r"[^0-9A-Za-z]", "").str.tail(30)


def _events(lines: pl.DataFrame, word: str) -> pl.DataFrame:
    last = pl.col("key") if word == "payout" else pl.col("booked_on").cast(pl.String)
    parts = [pl.lit("bank_line"), pl.col("account"), last]
    return lines.with_columns(
        pl.lit("bank_line").alias("noun"), pl.concat_str(*parts, separator="|", ignore_nulls=True).alias("event"),
        pl.lit(NARRATIVES[word]).alias("narrative"), pl.col("account").fill_null("?").alias("whose"), pl.lit("").alias("ref"),
    )  # fmt: skip


def _remarks(others: pl.DataFrame) -> Iterator[Finding]:
    for account, currency, count, total in others.group_by("account", "currency").agg(
        pl.len(), pl.col("amount_minor").sum()
    ).sort("account", "currency").iter_rows():  # fmt: skip
        message = said(
            "{count} bank items of {account} ({total} together) belong to no payout",
            count=count,
            account=account,
            total=shown(total, currency),
        )
        yield Finding(
            "LED-206",
            "note",
            f"bank_lines[{account}]",
            message,
            "they stand on an account of their own until they are explained",
            "term-bank-items",
        )
