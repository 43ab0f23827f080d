"""The nouns that follow from imported rows: channels, listings, suppliers, warehouses, shipments, orders, buyers.

They hold nothing that the rows do not say, and are worked out again from the current rows whenever those change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.book import bulk
from supercargo.book.models import Channel, ChannelItem, Shipment, Supplier, Warehouse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.book.nouns import Noun

SETTLED_HOUSES = frozenset({"amazon", "ebay", "tiktok", "mercadolibre"})
"""Marketplaces whose settlement states the revenue line by line."""
ORDERED_HOUSES = frozenset({"shopify", "woocommerce", "shopee", "lazada", "aliexpress"})
"""Shops and marketplaces whose orders state it; their payment houses only pass it on."""
PAYMENT_HOUSES = frozenset({"stripe", "paypal", "shopify-payments"})
_TOUCHED = "book_touched"
_COUNTRY_LETTERS = 2


def channels(tables: Mapping[str, pl.DataFrame], document: int) -> dict[str, int]:
    """Give the id of every channel that the tables name; new ones are entered."""
    codes = {code for table in tables.values() if "channel" in table.columns for code in table.get_column("channel").unique() if code}
    known = dict(Channel.objects.filter(code__in=codes).values_list("code", "id"))
    fresh = [_channel(code, document) for code in sorted(codes - known.keys())]
    Channel.objects.bulk_create(fresh, ignore_conflicts=True)
    return dict(Channel.objects.filter(code__in=codes).values_list("code", "id")) if fresh else known


def channel_ids(known: Mapping[str, int]) -> pl.Expr:
    """Turn the codes of channels into their ids."""
    ids = pl.col("channel").replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.Int64)
    return (ids if known else pl.lit(None, dtype=pl.Int64)).alias("channel_id")


def house_of(code: str) -> tuple[str, str | None]:
    """Part a channel's code into its house and country.

    >>> house_of("amazon-de"), house_of("shopify-payments"), house_of("woocommerce-shop1")
    (('amazon', 'DE'), ('shopify-payments', None), ('woocommerce', None))
    """
    if code in PAYMENT_HOUSES:
        return code, None
    house, _, rest = code.partition("-")
    return house, rest.upper() if len(rest) == _COUNTRY_LETTERS and rest.isalpha() else None


def revenue_from(house: str) -> str | None:
    """Tell which files state a house's revenue: its settlements or its orders; a payment house has none."""
    if house in PAYMENT_HOUSES:
        return None
    return "settlement" if house in SETTLED_HOUSES else "orders"


def derive(noun: Noun, new: pl.DataFrame, document: int, known: Mapping[str, int]) -> None:
    """Bring the derived nouns up to date with new records of one noun."""
    if not new.height:
        return
    if "sku" in noun.schema and "channel" in noun.schema:
        _items(new, document, known)
    _named(new, document)
    if noun.name == "order_line":
        _orders(new, document, known)


def _channel(code: str, document: int) -> Channel:
    house, country = house_of(code)
    return Channel(code=code, house=house, country=country, revenue_from=revenue_from(house), first_document_id=document)


def _named(new: pl.DataFrame, document: int) -> None:
    if "supplier" in new.columns:
        Supplier.objects.bulk_create([Supplier(name=name) for name in _texts(new, "supplier")], ignore_conflicts=True)
    places = [code for column in ("warehouse", "to_warehouse") if column in new.columns for code in _texts(new, column)]
    Warehouse.objects.bulk_create([Warehouse(code=code) for code in sorted(set(places))], ignore_conflicts=True)
    if "shipment_ref" in new.columns:
        fresh = [Shipment(shipment_ref=ref, first_document_id=document) for ref in _texts(new, "shipment_ref")]
        Shipment.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)


def _texts(frame: pl.DataFrame, column: str) -> list[str]:
    return frame.get_column(column).drop_nulls().unique().sort().to_list()


def _items(new: pl.DataFrame, document: int, known: Mapping[str, int]) -> None:
    """Enter listings of articles; one that was entered without its listing's number gets it when a file names it."""
    said = _listings(new, known)
    ids = sorted(said.get_column("channel_id").unique())
    held = ChannelItem.objects.filter(channel_id__in=ids).values_list("id", "channel_id", "sku", "listing_ref")
    schema = {"id": pl.Int64, "channel_id": pl.Int64, "sku": pl.String, "listing_ref": pl.String}
    items = pl.DataFrame(list(held), schema=schema, orient="row")
    pair = ["channel_id", "sku"]
    named = said.filter(pl.col("listing_ref").is_not_null()).join(items, on=[*pair, "listing_ref"], how="anti")
    nameless = said.filter(pl.col("listing_ref").is_null()).join(items, on=pair, how="anti").join(named, on=pair, how="anti")
    waiting = items.filter(pl.col("listing_ref").is_null()).select("id", *pair)
    filled = named.unique(pair, keep="first", maintain_order=True).join(waiting, on=pair, how="inner")
    table = ChannelItem._meta.db_table  # noqa: SLF001 - Django's own way to ask
    bulk.update_each(table, "listing_ref", filled.select("listing_ref", "id").rows())
    fresh = pl.concat([named.join(filled, on=[*pair, "listing_ref"], how="anti"), nameless])
    bulk.insert(table, fresh.with_columns(pl.lit(document, dtype=pl.Int64).alias("first_document_id")))


def _listings(new: pl.DataFrame, known: Mapping[str, int]) -> pl.DataFrame:
    column = {name: pl.col(name) if name in new.columns else pl.lit(None, dtype=pl.String).alias(name) for name in ("listing_ref", "title")}
    ids = channel_ids(known)
    named = new.filter(pl.col("channel").is_not_null() & pl.col("sku").is_not_null()).select(ids, "sku", *column.values())
    return named.unique(["channel_id", "sku", "listing_ref"], keep="first", maintain_order=True)


_UPDATED = (
    "customer_id",
    "ordered_at",
    "ordered_on",
    "status",
    "ship_country",
    "currency",
    "lines",
    "quantity",
    "goods_minor",
    "is_business",
)
_ORDER = ["channel_id", "order_ref"]


def _orders(new: pl.DataFrame, document: int, known: Mapping[str, int]) -> None:
    """Work orders out from their current lines: those of the file alone where an order is new, else with those of the book."""
    lines = new.filter(pl.col("is_current")).with_columns(channel_ids(known)).filter(pl.col("channel_id").is_not_null())
    lines = lines.filter(pl.col("order_ref").is_not_null())
    if not lines.height:
        return
    bulk.temporary(_TOUCHED, lines.select(_ORDER).unique())
    held = _held_orders()
    if held.height:
        lines = pl.concat([lines.join(held, on=_ORDER, how="anti").select(*_LINE), _held_lines()])
    orders = _worked_out(lines).join(_buyers(lines), on="buyer_key", how="left").drop("buyer_key")
    _write_orders(orders.with_columns(pl.lit(document, dtype=pl.Int64).alias("first_document_id")), held)
    bulk.drop(_TOUCHED)


def _held_orders() -> pl.DataFrame:
    sql = "SELECT own.channel_id, own.order_ref FROM book_touched touched CROSS JOIN book_order own WHERE {}"
    return bulk.fetch(sql.format(_SAME.format("own")), {"channel_id": pl.Int64(), "order_ref": pl.String()})


def _held_lines() -> pl.DataFrame:
    """Fetch the current lines of orders that the book had before, those of the file among them."""
    columns = ", ".join(bulk.plain(name, kind, "line") for name, kind in _LINE.items())
    sql = (
        f"SELECT {columns} FROM book_touched touched CROSS JOIN book_order own CROSS JOIN book_order_line line "  # noqa: S608 - our own words only
        f"WHERE {_SAME.format('own')} AND {_SAME.format('line')} AND line.is_current ORDER BY line.id"
    )
    return bulk.fetch(sql, _LINE)


def _worked_out(lines: pl.DataFrame) -> pl.DataFrame:
    """Say of an order what all its lines say; where they differ or one is silent, it is unknown."""

    def agreed(name: str) -> pl.Expr:
        return pl.when(pl.col(name).min() == pl.col(name).max()).then(pl.col(name).min()).alias(name)

    def summed(name: str) -> pl.Expr:
        return pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name)

    one_currency = (pl.col("currency").min() == pl.col("currency").max()) & (pl.col("currency").null_count() == 0)
    mixed = pl.col("status").min() != pl.col("status").max()
    return lines.group_by(_ORDER, maintain_order=True).agg(
        pl.col("ordered_at").min(),
        pl.col("ordered_on").min(),
        pl.when(mixed).then(pl.lit("mixed")).otherwise(pl.col("status").min()).alias("status"),
        agreed("ship_country"),
        agreed("currency"),
        pl.len().cast(pl.Int64).alias("lines"),
        summed("quantity"),
        pl.when(one_currency).then(summed("goods_minor")).alias("goods_minor"),
        pl.col("is_business").max(),
        pl.col("buyer_key").min(),
    )


def _buyers(lines: pl.DataFrame) -> pl.DataFrame:
    """Enter buyers that are new, and give the id of every one."""
    keys = lines.select("buyer_key").drop_nulls().unique(maintain_order=True)
    schema: dict[str, pl.DataType] = {"buyer_key": pl.String(), "customer_id": pl.Int64()}
    if not keys.height:
        return pl.DataFrame(schema=schema)
    bulk.temporary("book_buyers", keys)
    bulk.execute(
        "INSERT INTO book_customer (buyer_key) SELECT asked.buyer_key FROM book_buyers asked "
        "WHERE NOT EXISTS (SELECT 1 FROM book_customer own WHERE own.buyer_key = asked.buyer_key) ON CONFLICT DO NOTHING"
    )
    sql = "SELECT own.buyer_key, own.id FROM book_buyers asked CROSS JOIN book_customer own WHERE own.buyer_key = asked.buyer_key"
    found = bulk.fetch(sql, schema)
    bulk.drop("book_buyers")
    return found


def _write_orders(orders: pl.DataFrame, held: pl.DataFrame) -> None:
    bulk.insert("book_order", orders.join(held, on=_ORDER, how="anti", maintain_order="left"))
    if not held.height:
        return
    bulk.temporary("book_again", orders.join(held, on=_ORDER, how="semi"))
    changed = ", ".join(f"{name} = excluded.{name}" for name in _UPDATED)
    columns = ", ".join((*_ORDER, *_UPDATED, "first_document_id"))
    bulk.execute(
        f"INSERT INTO book_order ({columns}) SELECT {columns} FROM book_again WHERE true "  # noqa: S608 - our own words only
        f"ON CONFLICT (order_ref, channel_id) DO UPDATE SET {changed}"
    )
    bulk.drop("book_again")


_SAME = "{0}.channel_id = touched.channel_id AND {0}.order_ref = touched.order_ref"
_LINE: dict[str, pl.DataType] = {
    "channel_id": pl.Int64(),
    "order_ref": pl.String(),
    "ordered_at": pl.Datetime("us", "UTC"),
    "ordered_on": pl.Date(),
    "status": pl.String(),
    "ship_country": pl.String(),
    "currency": pl.String(),
    "quantity": pl.Int64(),
    "goods_minor": pl.Int64(),
    "is_business": pl.Boolean(),
    "buyer_key": pl.String(),
}
