"""What is sold and not settled yet: revenue from the order, fees by the channel's own average share of its last settled days.

A fee without history and goods without a cost are lines whose amount is not known. They are never left out and never zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.profit.ordered import from_orders
from supercargo.desk.profit.records import NOWHERE, ChannelRecords, Made, money_of
from supercargo.engines.accounting.profit.rules import fee_expected
from supercargo.kernel.column import Batch
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Finding
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supercargo.desk.profit.tax_inside import Destinations

SHIPPED = ["shipped", "delivered"]
NET_SALES = ["sale_goods", "sale_shipping", "sale_giftwrap", "sale_other", "discount_goods", "discount_shipping"]
FEES = [
    "fee_referral", "fee_closing", "fee_digital_services", "fee_channel_other", "fee_fulfilment", "fee_shipping_label", "fee_payment",
]  # fmt: skip
"""Fees that come with an order; storage, subscriptions and the like do not hang on it."""
WINDOW_DAYS = 90
SHARE_DIGITS = 6
UNSETTLED, NO_HISTORY, UNIT_COST, NO_COST = "order, not settled", "no settled history", "unit cost of the catalogue", "no unit cost"
"""Words for the column ``basis``."""
_FILE_NOUNS = ["noun", "record_id", "document_id", "row"]


def unsettled(records: ChannelRecords, settled: pl.DataFrame, destinations: Destinations) -> Made:
    """Make estimated lines for orders that were shipped and have no sale in the channel's settlements yet."""
    paid = settled.filter(pl.col("kind").is_in(["sale_goods", "refund_goods"])).select("order_ref").drop_nulls().unique()
    waiting = records.orders.filter(pl.col("status").is_in(SHIPPED)).join(paid, on="order_ref", how="anti")
    if not waiting.height:
        return Made(settled.clear())
    made = from_orders(records, waiting, destinations)
    revenue = made.lines.with_columns(
        pl.lit(value=True).alias("estimated"),
        pl.coalesce("basis", pl.lit(UNSETTLED)).alias("basis"),
        pl.lit(None, dtype=pl.Date).alias("posted_on"),
    )
    fees, without = _fees(revenue, settled)
    findings = (*made.findings, _counted(records, revenue), *_no_history(records, without))
    return Made(pl.concat([revenue, fees, without], how="diagonal"), findings)


def _fees(revenue: pl.DataFrame, settled: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Expect fees on each order line by the shares of its currency; lines of a currency without history come apart, unknown."""
    sales = revenue.filter(pl.col("kind").is_in(NET_SALES))
    lines = sales.group_by(*_FILE_NOUNS, maintain_order=True).agg(
        pl.col("order_on", "channel", "country", "sku", "currency", "order_ref").first(), pl.col("amount_minor").sum().alias("net_sales")
    )
    history = shares(settled)
    expected = [_expected(lines, *share) for share in history.iter_rows()]
    without = lines.join(history, on="currency", how="anti").select(
        pl.exclude("net_sales"), pl.lit("fee_referral").alias("kind"), pl.lit(None, dtype=pl.Int64).alias("amount_minor"),
        pl.lit(value=True).alias("estimated"), pl.lit(NO_HISTORY).alias("basis"),
    )  # fmt: skip
    return pl.concat(expected, how="diagonal") if expected else without.clear(), without


def shares(settled: pl.DataFrame) -> pl.DataFrame:
    """Give each fee's share of net sales in the last settled days: ``currency kind share_ppm since until`` (both days counted)."""
    posted = settled.filter(pl.col("posted_on").is_not_null() & pl.col("order_ref").is_not_null() & pl.col("amount_minor").is_not_null())
    last = posted.group_by("currency").agg(pl.col("posted_on").max().alias("until"))
    window = posted.join(last, on="currency").filter(pl.col("posted_on") > pl.col("until") - pl.duration(days=WINDOW_DAYS))
    base = window.filter(pl.col("kind").is_in(NET_SALES)).group_by("currency").agg(
        pl.col("amount_minor").sum().alias("net_sales"), pl.col("posted_on").min().alias("since"), pl.col("until").first()
    )  # fmt: skip
    fees = window.filter(pl.col("kind").is_in(FEES)).group_by("currency", "kind").agg(pl.col("amount_minor").sum().alias("fees"))
    joined = fees.join(base.filter(pl.col("net_sales") > 0), on="currency").sort("currency", "kind")
    ppm = [_half_up(fee * 10**SHARE_DIGITS, sales) for fee, sales in joined.select("fees", "net_sales").iter_rows()]
    return joined.select("currency", "kind", pl.Series("share_ppm", ppm, dtype=pl.Int64), "since", "until")


def _half_up(above: int, below: int) -> int:
    size = (2 * abs(above) + below) // (2 * below)
    return size if above >= 0 else -size


def _expected(lines: pl.DataFrame, currency: str, kind: str, share_ppm: int, since: object, until: object) -> pl.DataFrame:
    part = lines.filter(pl.col("currency") == currency)
    basis = f"share {Decimal(share_ppm).scaleb(-4)} % of {since}..{until}"
    return _priced(part, currency, share_ppm).with_columns(
        pl.lit(kind).alias("kind"), pl.lit(value=True).alias("estimated"), pl.lit(basis).alias("basis")
    )


def _priced(part: pl.DataFrame, currency: str, share_ppm: int) -> pl.DataFrame:
    if not part.height:
        return part.drop("net_sales").with_columns(pl.lit(None, dtype=pl.Int64).alias("amount_minor"))
    batch, sales = Batch.on_polars(), part.get_column("net_sales")
    net = batch.input("net_sales", Unit.of(currency), minor_digits(currency), int(sales.min()), int(sales.max()))  # type: ignore[arg-type]
    fee = fee_expected(net, batch.input("share_ppm", RATIO, SHARE_DIGITS, share_ppm, share_ppm))
    computed = batch.run(part.with_columns(pl.lit(share_ppm, dtype=pl.Int64).alias("share_ppm")))
    return computed.rename({fee.name: "amount_minor"}).drop("net_sales", "share_ppm")  # type: ignore[no-any-return]


def _counted(records: ChannelRecords, revenue: pl.DataFrame) -> Finding:
    goods = revenue.filter(pl.col("kind").is_in(NET_SALES))
    message = said("{count} orders are shipped and not settled yet; their {money} of net sales and the fees on it are estimated",
                   count=revenue.get_column("order_ref").n_unique(), money=money_of(goods))  # fmt: skip
    return Finding("PROF-011", "note", records.channel.code, message, "import the next settlement")


def _no_history(records: ChannelRecords, without: pl.DataFrame) -> Iterable[Finding]:
    if not without.height:
        return ()
    message = said("no fee is known for {count} order lines that are not settled: the channel has no settled sales to take a share from",
                   count=without.height)  # fmt: skip
    return (
        Finding(
            "PROF-012", "warning", records.channel.code, message, "import a settlement of the channel; until then the margins are too high"
        ),
    )


def with_costs(records: ChannelRecords, lines: pl.DataFrame) -> Made:
    """Add what the goods cost: as the ledger shares it out, else by the catalogue's unit cost, else as not known."""
    sold = lines.filter(pl.col("kind").is_in(["sale_goods", "refund_goods"]))
    shared = pl.concat([_of_sales(records.costs, sold), _of_others(records, sold)], how="diagonal")
    covered = records.costs.select("noun", "record_id").unique()
    rest = sold.filter(pl.col("kind") == "sale_goods").join(covered, on=["noun", "record_id"], how="anti")
    rest = rest.join(_costed_orders(records), on="order_ref", how="anti")
    priced = _by_unit_cost(rest, records.products)
    return Made(pl.concat([lines, shared, priced], how="diagonal"), tuple(_about_costs(records, priced)))


def _costed_orders(records: ChannelRecords) -> pl.DataFrame:
    """List the orders whose goods are costed by their own lines, because the settlement names no article."""
    of_orders = records.costs.filter(pl.col("noun") == "order_line").select(pl.col("record_id").alias("id"))
    return records.orders.join(of_orders.unique(), on="id", how="semi").select("order_ref").drop_nulls().unique()


def _of_sales(costs: pl.DataFrame, sold: pl.DataFrame) -> pl.DataFrame:
    """Give the cost of a sale the place of its sale."""
    places = ["order_on", "posted_on", "channel", "country", "sku", "document_id", "row"]
    sales = sold.select("noun", "record_id", *places).unique(subset=["noun", "record_id"], maintain_order=True)
    own = costs.select("noun", "record_id", "kind", "currency", "amount_minor", pl.lit(value=False).alias("estimated"))
    return own.join(sales, on=["noun", "record_id"], how="inner", maintain_order="left")


def _of_others(records: ChannelRecords, sold: pl.DataFrame) -> pl.DataFrame:
    """Take costs of the channel that belong to none of its sales: goods lost, goods that came back into stock."""
    mine = records.costs.filter(pl.col("channel").fill_null(NOWHERE) == records.channel.code)
    others = mine.join(sold.select("noun", "record_id").unique(), on=["noun", "record_id"], how="anti")
    ordered = records.orders.select(
        pl.lit("order_line").alias("noun"), pl.col("id").alias("record_id"), pl.col("ordered_on").alias("of_order_on")
    )
    others = others.join(ordered, on=["noun", "record_id"], how="left", maintain_order="left")
    others = others.with_columns(pl.coalesce("of_order_on", "order_on").alias("order_on")).drop("of_order_on")
    return others.with_columns(
        pl.lit(records.channel.code).alias("channel"), pl.lit(value=False).alias("estimated"),
        pl.coalesce("country", pl.lit(records.channel.country, dtype=pl.String)).alias("country"),
    )  # fmt: skip


def _by_unit_cost(sold: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    costs = products.filter(pl.col("unit_cost_minor").is_not_null() & pl.col("currency").is_not_null()).select(
        "sku", pl.col("currency").alias("of_currency"), "unit_cost_minor"
    )
    joined = sold.join(costs.unique(subset="sku", keep="last", maintain_order=True), on="sku", how="left", maintain_order="left")
    known = pl.col("unit_cost_minor").is_not_null() & pl.col("quantity").is_not_null()
    return joined.with_columns(
        pl.lit("cost_of_goods").alias("kind"),
        pl.when(known).then(-pl.col("unit_cost_minor") * pl.col("quantity")).alias("amount_minor"),
        pl.when(known).then(pl.col("of_currency")).otherwise(pl.col("currency")).alias("currency"),
        pl.lit(value=True).alias("estimated"),
        pl.when(known).then(pl.lit(UNIT_COST)).otherwise(pl.lit(NO_COST)).alias("basis"),
        pl.col("quantity").alias("units"), pl.lit(None, dtype=pl.Int64).alias("quantity"),
    ).drop("of_currency", "unit_cost_minor")  # fmt: skip


def _about_costs(records: ChannelRecords, priced: pl.DataFrame) -> Iterator[Finding]:
    missing = priced.filter(pl.col("amount_minor").is_null())
    if missing.height:
        message = said(
            "the cost of the goods of {count} sale lines ({units} units, {skus} articles) is not known; the margins are too high by it",
            count=missing.height, units=missing.get_column("units").sum(), skus=missing.get_column("sku").drop_nulls().n_unique(),
        )  # fmt: skip
        yield Finding("PROF-013", "warning", records.channel.code, message, "import supplier invoices, or a catalogue with unit costs")
    guessed = priced.height - missing.height
    if guessed:
        message = said("the goods of {count} sale lines are costed by the catalogue's unit cost, without first leg and duty", count=guessed)
        yield Finding("PROF-014", "note", records.channel.code, message, "import supplier invoices, freight and customs bills")
