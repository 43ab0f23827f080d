"""The transaction report -> money lines, payouts, settlements and order lines: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.countries import country_code
from supercargo.connectors.ebay.codes import (
    COLUMNS,
    FEE_WORDS,
    KINDS,
    NO_AMOUNT,
    NOT_CLASSIFIED,
    NOT_NET,
    NOT_RATE,
    PARTS,
    PAYOUT_STATUSES,
    REFUNDS,
    REQUIRED,
    TOTALS_SUMMED,
    TYPES,
)
from supercargo.connectors.ebay.levels import mark_levels, once
from supercargo.connectors.ebay.rates import rate_gap
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW, Table
from supercargo.connectors.shops.parts import Part, by_word, cells_of, check_sum, money_lines, signed_kind, unclassified
from supercargo.connectors.shops.payouts import PAYOUT_ROWS, settled
from supercargo.kernel.finding import Finding

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

CHANNEL = "ebay"
_MONEY = tuple(suffix for suffix, *_ in PARTS)
_SEVERAL = ("order", "refund")
_IDENTITY = (
    "type", "Order number", "Item ID", "Transaction ID", "Reference ID", "posted_on", "net_minor", *_MONEY,
    "paid_in", "Description",
)  # fmt: skip
"""What makes a row the same one in another file; not the payout, which comes later."""


def map_transactions(raw: Raw, context: Context) -> Mapped:
    """Map the transaction report.

    Raises:
        Refused: RAW-010 a required column is missing, RAW-02x or RAW-03x a question is open.
    """
    sift = Sift(_without_dashes(locate(raw, COLUMNS, REQUIRED)), context)
    _read(sift)
    _check(sift)
    _keys(sift, context)
    channel = pl.lit(context.channel or CHANNEL)
    lines = _money(sift, channel)
    ends, facts = settled(_ends(sift), channel, PAYOUT_STATUSES)
    orders = _orders(sift, channel)
    findings = [*unclassified(lines, NOT_CLASSIFIED), *_where_from(facts)]
    return sift.mapped({"money_line": lines, **ends, "order_line": orders}, findings, facts)


def _without_dashes(table: Table) -> Table:
    """Read eBay's two dashes as the empty cell that they mean."""
    names = [name for name in table.rows.columns if name != "__row"]
    rows = table.rows.with_columns(
        pl.when(pl.col(name).str.strip_chars() == "--").then(pl.lit("")).otherwise(pl.col(name)).alias(name) for name in names
    )
    return Table(table.columns, rows, table.overflow, table.skipped, table.exact, table.preamble)


def _read(sift: Sift) -> None:
    for name in ("Payout currency", "Transaction currency"):
        if not sift.has(name):
            other = "Transaction currency" if name == "Payout currency" else "Payout currency"
            sift.rows = sift.rows.with_columns(pl.col(other).alias(name) if sift.has(other) else pl.lit("").alias(name))
    paid_in, sold_in = pl.col("Payout currency").str.to_uppercase(), pl.col("Transaction currency").str.to_uppercase()
    kind = pl.col("Type").str.to_lowercase()
    sift.rows = sift.rows.with_columns(
        kind.replace_strict(TYPES, default=kind).alias("type"),
        pl.when(paid_in == "").then(sold_in).otherwise(paid_in).alias("paid_in"),
        pl.when(sold_in == "").then(paid_in).otherwise(sold_in).alias("sold_in"),
    )
    sift.settle_decimal([name for name in ("Net amount", "Gross transaction amount", *(part[1] for part in PARTS)) if sift.has(name)])
    sift.amount("net_minor", column="Net amount", currency=pl.col("paid_in"))
    for suffix, column, *_ in PARTS:
        sift.amount(f"{suffix} stated", column=column, currency=pl.col("sold_in"))
    sift.amount("gross_minor", column="Gross transaction amount", currency=pl.col("sold_in"))
    sift.rows = sift.rows.with_columns(pl.col(f"{suffix} stated").alias(suffix) for suffix in _MONEY)
    sift.amount("marketplace_tax", column="eBay collected tax", currency=pl.col("sold_in"), watch=False)
    sift.whole("quantity", "Quantity")
    sift.day("posted_on", "Transaction creation date", required=True)
    sift.day("sent_on", "Payout date")


def _check(sift: Sift) -> None:
    """Part order rows from item rows, then hold every transaction against its net."""
    is_several = pl.col("type").is_in(_SEVERAL) & (pl.col("Order number") != "")
    rows = sift.rows.with_columns(
        pl.concat_str("type", "Order number", separator="\x1f").rank("dense").alias("__group"),
        pl.col("net_minor").alias("net"),
        sift.text("Exchange rate").str.replace(",", ".", literal=True).alias("__rate"),
    )
    rows = mark_levels(rows, item=_item(sift), over="__group", applies=is_several)
    rows = once(rows, ("net", *_MONEY), "__group")
    rows = rows.with_columns(
        (is_several & pl.col("net").is_null()).any().over("__group").alias("__is_one"),
        _counted(_MONEY).alias("__parts"),
        pl.sum_horizontal(_MONEY).alias("__sum"),
    )
    sift.rows = _wholes(rows)
    sift.fault(pl.col("__all_net").is_null(), NO_AMOUNT, "the transaction has no net amount")
    _check_nets(sift)


def _wholes(rows: pl.DataFrame) -> pl.DataFrame:
    """Add what a transaction comes to: a row by itself, or all rows of an order of which some have no net."""
    alone = rows.filter(~pl.col("__is_one")).with_columns(
        pl.col("__parts").alias("__all_parts"), pl.col("__sum").alias("__all_sum"), pl.col("net").alias("__all_net")
    )
    some = pl.col("net").is_not_null().any()
    together = rows.filter("__is_one").with_columns(
        pl.col("__parts").sum().over("__group").alias("__all_parts"),
        pl.col("__sum").sum().over("__group").alias("__all_sum"),
        pl.when(some.over("__group")).then(pl.col("net").sum().over("__group")).alias("__all_net"),
        pl.col("__rate").drop_nulls().first().over("__group"),
    )
    return pl.concat([alone, together]).sort(ROW) if together.height else alone


def _item(sift: Sift) -> str:
    if not sift.has("Item ID"):
        sift.rows = sift.rows.with_columns(pl.lit("").alias("Item ID"))
    return "Item ID"


def _counted(names: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int64) for name in names)


def _check_nets(sift: Sift) -> None:
    is_parted = pl.col("__all_parts") > 0
    is_foreign = pl.col("sold_in") != pl.col("paid_in")
    gap = pl.when(is_parted & ~is_foreign).then(pl.col("__all_net") - pl.col("__all_sum"))
    check_sum(sift, gap, pl.col("paid_in"), NOT_NET, "net is not the sum of sale and fees; it differs by {gap}")
    if not bool((sift.rows.get_column("sold_in") != sift.rows.get_column("paid_in")).any()):
        return
    apart = rate_gap(
        sold=pl.col("__all_sum"),
        sold_in=pl.col("sold_in"),
        net=pl.col("__all_net"),
        paid_in=pl.col("paid_in"),
        rate=pl.col("__rate"),
        parts=pl.col("__all_parts"),
    )
    wrong = is_parted & is_foreign & apart.fill_null(value=True)
    sift.fault(wrong, NOT_RATE, "the exchange rate does not lead from the sale to the net amount, or is missing")


def _keys(sift: Sift, context: Context) -> None:
    sift.keyed([name for name in _IDENTITY if name in sift.rows.columns], occurrence=True)
    buyers = cells_of(sift, "Buyer username")
    names = cells_of(sift, "Ship to country")
    known = {name: country_code(name) for name in names.drop_nulls().unique()}
    countries = names.replace_strict(known, default=None, return_dtype=pl.String) if known else names
    sift.rows = sift.rows.with_columns(
        keyed_hashes(context.secret, buyers).alias("buyer_key"),
        countries.alias("country"),
        sift.text("Payout ID").alias("payout_ref"),
        pl.col("paid_in").alias("currency"),
    )


def _money(sift: Sift, channel: pl.Expr) -> pl.DataFrame:
    rest = pl.when(pl.col("__all_parts") == 0).then(pl.col("net"))
    is_foreign = (pl.col("sold_in") != pl.col("paid_in")) & (pl.col("__all_parts") > 0)
    sold_in, paid_in = pl.col("sold_in"), pl.col("paid_in")
    is_refund = pl.col("type").is_in(REFUNDS)
    parts = [Part("", _kind(sift), rest, paid_in, is_kept_at_zero=True)]
    for suffix, column, sale, refund in PARTS:
        back = pl.when(pl.col("type") == "refund").then(pl.lit(refund)).otherwise(pl.lit("refund_other" if suffix == "goods" else refund))
        kind = pl.when(is_refund).then(back).otherwise(pl.lit(sale))
        parts.append(Part(suffix, kind, pl.col(suffix), sold_in, column))
    parts += [
        Part("conversion-out", pl.lit("conversion_out"), -pl.when(is_foreign).then(pl.col("__sum")), sold_in, "Exchange rate"),
        Part("conversion-in", pl.lit("conversion_in"), pl.when(is_foreign).then(pl.col("net")), paid_in, "Exchange rate"),
    ]
    is_payout = pl.col("type") == "payout"
    return money_lines(
        sift.rows,
        parts,
        channel=channel,
        settlement_ref=pl.when(is_payout).then(None).otherwise(pl.col("payout_ref")),
        order_ref=sift.text("Order number"),
        line_ref=sift.text("Transaction ID"),
        transaction_ref=sift.text("Reference ID"),
        related_ref=pl.when(is_payout).then(pl.col("payout_ref")),
        sku=sift.text("Custom label"),
        their_type=pl.col("Type"),
        their_name=pl.when(pl.col("type").is_in(["order", "refund"])).then(None).otherwise(sift.text("Description")),
        quantity=pl.col("quantity"),
        posted_on=pl.col("posted_on"),
        status=_status(sift),
        country=pl.col("country"),
    )


def _kind(sift: Sift) -> pl.Expr:
    kind = by_word(pl.col("type"), KINDS, "unclassified")
    text = sift.text("Description").str.to_lowercase().fill_null("")
    fee = pl.lit("fee_channel_other")
    for word, of_word in reversed(FEE_WORDS):
        fee = pl.when(text.str.contains(word, literal=True)).then(pl.lit(of_word)).otherwise(fee)
    kind = pl.when(pl.col("type") == "other fee").then(fee).otherwise(kind)
    return pl.when(pl.col("type") == "hold").then(signed_kind(pl.col("net"), "reserve_released", "reserve_held")).otherwise(kind)


def _status(sift: Sift) -> pl.Expr:
    is_held = sift.text("Reason for hold").is_not_null() | ((pl.col("type") == "hold") & (pl.col("net") < 0))
    return pl.when(pl.col("payout_ref").is_not_null()).then(pl.lit("settled")).when(is_held).then(pl.lit("held")).otherwise(pl.lit("open"))


def _ends(sift: Sift) -> pl.DataFrame:
    is_payout = pl.col("type") == "payout"
    return sift.rows.with_columns(
        pl.col("net").fill_null(0).alias("net_minor"),
        is_payout=is_payout,
        is_return=pl.lit(value=False),
        sent_on=pl.coalesce("sent_on", pl.when(is_payout).then("posted_on")),
        arrives_on=pl.lit(None, pl.Date),
        payout_status=pl.when(is_payout).then(sift.text("Payout status")),
    )


def _orders(sift: Sift, channel: pl.Expr) -> pl.DataFrame:
    """Make order lines of the order rows; an order row above its items only where it holds money of its own."""
    whole = sift.rows
    own = pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in ("goods", "shipping", "tax", "marketplace_tax"))
    number = pl.concat_str(
        "Order number", pl.when(pl.col("Item ID") == "").then(pl.lit("order")).otherwise(pl.col("Item ID")), separator="/"
    )
    rows = whole.filter((pl.col("type") == "order") & (pl.col("Order number") != "") & (~pl.col("is_above") | own))
    rows = once(rows, ("marketplace_tax",), "__group").with_columns(number.alias("__number"))
    again = pl.int_range(1, pl.len() + 1).over("__number")
    sift.rows = rows.with_columns(
        pl.when(again == 1).then("__number").otherwise(pl.concat_str("__number", again.cast(pl.String), separator="|")).alias("key")
    )
    is_by_ebay = (pl.col("tax").fill_null(0) == 0) & (pl.col("marketplace_tax").fill_null(0) != 0)
    lines = sift.record(
        "order_line",
        channel=channel,
        order_ref="Order number",
        line_ref=sift.text("Transaction ID"),
        ordered_on="posted_on",
        status=pl.lit("paid"),
        sku=sift.text("Custom label"),
        title=sift.text("Item title"),
        listing_ref=sift.text("Item ID"),
        quantity=pl.when(~pl.col("is_above")).then("quantity"),
        currency="sold_in",
        goods_minor="goods",
        goods_tax_minor=pl.when(is_by_ebay).then("marketplace_tax").otherwise("tax"),
        shipping_minor="shipping",
        tax_included=pl.when(is_by_ebay | (pl.col("tax").fill_null(0) != 0)).then(statement=False),
        tax_collected_by=pl.when(is_by_ebay).then(pl.lit("marketplace")).when(pl.col("tax").fill_null(0) != 0).then(pl.lit("seller")),
        ship_country="country",
        fulfilled_by=pl.lit("seller"),
        buyer_key="buyer_key",
    )
    sift.rows = whole
    return lines


def _where_from(facts: dict[str, str]) -> list[Finding]:
    if facts.get("payout_totals", PAYOUT_ROWS) == PAYOUT_ROWS:
        return []
    message = "payouts without a row of their own have the sum of their lines as total"
    return [Finding(TOTALS_SUMMED, "note", "file", message, "if the file was filtered by date, export the whole payout again")]
