"""The same cube over Spark Connect, against a real server (Sail, a wheel without a JVM): equal in every column of every cell."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import polars as pl
import pytest

from supercargo.bench.profit_lines import chunks
from supercargo.connectors.countries import country_code
from supercargo.connectors.records.tables import table_of
from supercargo.desk.cluster import session
from supercargo.desk.lake import Lake
from supercargo.desk.lake.refresh import profit_lake, write
from supercargo.desk.profit.records import ChannelFact
from supercargo.desk.profit.request import ProfitRequest
from supercargo.desk.profit.running import Here, OnSpark
from supercargo.desk.profit.table import profit_of
from supercargo.reference.law import Law

from .conftest import Memory

sail = pytest.importorskip("pysail.spark", reason="the Spark Connect server of the tests (pysail) is not installed")
pytest.importorskip("pyspark", reason="the client for Spark (supercargo[cluster]) is not installed")
pytestmark = pytest.mark.slow

UCI = Path(__file__).parents[4] / "shared" / "data" / "online_retail_uci" / "online_retail.parquet"


@pytest.fixture(scope="module")
def spark():
    # Spark's client takes a process whose main module has no file, as a parallel test worker's, for its own doctests.
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        main.__file__ = __file__
    server = sail.SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = OnSpark(session(f"sc://127.0.0.1:{server.listening_address[1]}"))
        yield opened
        opened.spark.stop()
    server.stop()


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    made = Lake(tmp_path_factory.mktemp("lake") / "profit_line")
    with made.write("x") as writing:
        for channel, table in chunks(200_000):
            writing.put(channel, table)
    return made


REQUESTS = {
    "by product, market and month in euros": ProfitRequest(("sku", "country", "month"), currency="EUR"),
    "by channel and month of settlement in yen": ProfitRequest(("channel", "month"), currency="JPY", view="settlement"),
    "by country, currencies apart": ProfitRequest(("country",)),
    "by brand, of two countries": ProfitRequest(("brand",), currency="CNY", where={"country": ("DE", "JP")}),
    "by day": ProfitRequest(("day",), currency="USD"),
}


@pytest.mark.parametrize("asked", REQUESTS)
def test_a_cluster_gives_the_same_cents_as_one_machine(spark, generated, asked):
    request = REQUESTS[asked]
    here, there = (profit_of(generated, request, engine) for engine in (Here(), spark))
    assert here.frame.height > 1
    assert there.frame.equals(here.frame)
    assert there.total.equals(here.total)


def uci_orders() -> pl.DataFrame:
    """Bring the lines of Online Retail to the record table of orders: pounds, prices as stated, cancellations negative."""
    raw = pl.read_parquet(UCI)
    price_e6 = (pl.col("UnitPrice").cast(pl.Decimal(18, 6)) * 1_000_000).cast(pl.Int64)
    total_e6 = pl.col("Quantity").cast(pl.Int64) * pl.col("price_e6")
    goods = (total_e6.abs() + 5_000) // 10_000 * total_e6.sign()
    countries = {name: _code(name) for name in raw.get_column("Country").unique()}
    return table_of("order_line", raw.with_row_index("number").with_columns(price_e6.alias("price_e6")).select(
        (pl.col("number") + 2).cast(pl.Int64).alias("row"), pl.col("number").cast(pl.String).alias("key"), pl.lit("uci").alias("channel"),
        pl.col("InvoiceNo").cast(pl.String).alias("order_ref"), pl.col("StockCode").cast(pl.String).alias("sku"),
        pl.col("Quantity").cast(pl.Int64).alias("quantity"), pl.lit("GBP").alias("currency"), goods.alias("goods_minor"),
        pl.lit(value=False).alias("tax_included"), _day().alias("ordered_on"),
        pl.col("Country").replace_strict(countries, return_dtype=pl.String).alias("ship_country"),
    ))  # fmt: skip


def _day() -> pl.Expr:
    return pl.col("InvoiceDate").cast(pl.String).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=True)


def _code(name: str) -> str:
    try:
        return country_code(name) or name
    except (KeyError, ValueError):
        return name


class Online(Memory):
    def __init__(self, orders):
        super().__init__((ChannelFact("uci", "orders", None),))
        self.orders = orders.with_row_index("id").with_columns(
            pl.col("id").cast(pl.Int64) + 1, pl.lit(1, dtype=pl.Int64).alias("document_id")
        )

    def frame(self, noun, **filters):
        return self.orders if noun == "order_line" else super().frame(noun, **filters)


@pytest.mark.shared
@pytest.mark.skipif(not UCI.is_file(), reason="the third-party data (Online Retail) is not beside the repository")
def test_the_orders_of_a_real_shop_give_the_same_profit_on_both(spark, tmp_path):
    orders = uci_orders()
    lake = profit_lake(tmp_path)
    write(Online(orders), lake, Law)
    straight = dict(orders.group_by("ship_country").agg(pl.col("goods_minor").sum()).iter_rows())
    for by, currency in ((("country",), "GBP"), (("country", "month"), "EUR"), (("sku",), "CNY")):
        here, there = (profit_of(lake, ProfitRequest(by, currency=currency), engine) for engine in (Here(), spark))
        assert there.frame.equals(here.frame), by
        if currency == "GBP":
            assert {row["country"]: row["net_revenue"] for row in here.frame.iter_rows(named=True)} == straight
            assert (
                here.total.get_column("units")[0]
                == orders.filter((pl.col("quantity") > 0) & (pl.col("goods_minor") >= 0)).get_column("quantity").sum()
            )
            assert len(straight) == 38
