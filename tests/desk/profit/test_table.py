"""The profit table of a lake: cells, totals, what belongs to no product, and each cell down to its lines."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from supercargo.bench import profit as bench
from supercargo.bench.profit import cells_of, count_differences
from supercargo.bench.profit_lines import chunks
from supercargo.desk.lake import Lake
from supercargo.desk.lake.refresh import profit_lake, write
from supercargo.desk.profit.explained import Origin, explain
from supercargo.desk.profit.request import ProfitRequest, cell_of, currency_of, keys_of, month_of
from supercargo.desk.profit.sheet import write as write_sheet
from supercargo.desk.profit.table import profit_of
from supercargo.engines.accounting.profit.cells import STEPS, cells, together
from supercargo.kernel.finding import Refused
from supercargo.reference.law import Law

from .conftest import Memory

LAW = Law(date(2026, 7, 15))
PLANNING = {("EUR", "USD"): Decimal("1.25"), ("EUR", "CNY"): Decimal(8)}


@pytest.fixture
def lake(book, tmp_path):
    """One article sold in the US and in Germany, its commission and cost; storage and a subscription of the account."""
    book.add("product", sku="TEE", brand="Norte", currency="CNY", unit_cost_minor=1_600)
    book.money("sale_goods", 10_000, quantity=1, country="US", currency="USD")
    book.money("fee_referral", -1_500, country="US", currency="USD")
    book.money("sale_goods", 5_000, quantity=1, country="DE", order_ref="A-2", posted_on=date(2024, 4, 2))
    book.money("sale_tax", 950, country="DE", order_ref="A-2", posted_on=date(2024, 4, 2))
    book.order(order_ref="A-2", ordered_on=date(2024, 3, 30))
    book.money("fee_storage", -700, country=None, order_ref=None, sku=None)
    made = profit_lake(tmp_path)
    write(book, made, Law)
    return made


def ask(lake, by=("country",), currency="EUR", **other):
    return profit_of(lake, ProfitRequest(by, currency=currency, planning=PLANNING, **other))


def amounts(table, name="margin_3"):
    return {tuple(row[key] for key in table.keys): row[name] for row in table.frame.iter_rows(named=True)}


def test_profit_by_country_in_one_currency(lake):
    """US: 100.00 USD are 80.00, commission 12.00, goods 16.00 CNY are 2.00: 66.00. DE: 50.00 - 2.00 - storage 7.00 (the channel's country)."""
    assert amounts(ask(lake)) == {("US",): 6_600, ("DE",): 4_100}


def test_what_belongs_to_no_product_stands_in_a_row_of_its_own(lake):
    assert amounts(ask(lake, ("sku",))) == {("TEE",): 11_400, (None,): -700}


def test_currencies_that_stay_original_are_never_added(lake):
    table = ask(lake, currency=None)
    assert table.keys == ("country", "currency")
    assert amounts(table) == {("US", "USD"): 8_500, ("DE", "EUR"): 4_300, ("US", "CNY"): -1_600, ("DE", "CNY"): -1_600}
    assert dict(table.total.select("currency", "margin_3").iter_rows()) == {"USD": 8_500, "EUR": 4_300, "CNY": -3_200}


def test_the_order_view_and_the_settlement_view_see_another_month(lake):
    march = {"since": date(2024, 3, 1), "until": date(2024, 4, 1)}
    assert amounts(ask(lake, ("month",), **march), "net_revenue") == {("2024-03",): 13_000}
    assert amounts(ask(lake, ("month",), view="settlement", **march), "net_revenue") == {("2024-03",): 8_000}


def test_the_total_is_the_sum_of_the_cells(lake):
    table = ask(lake, ("sku", "month"))
    assert table.total.get_column("margin_3")[0] == table.frame.get_column("margin_3").sum() == 10_700


def test_only_some_lines_can_be_asked_for(lake):
    assert amounts(ask(lake, ("country",), where={"country": ("US",)})) == {("US",): 6_600}
    assert amounts(ask(lake, ("country",), where={"sku": (None,)})) == {("DE",): -700}
    assert amounts(ask(lake, ("country",), where={"channel": ("ebay-de",)})) == {}


def test_days_without_lines_give_an_empty_table_that_says_so(lake):
    table = ask(lake, since=date(2020, 1, 1), until=date(2020, 2, 1))
    assert table.frame.height == table.total.height == 0
    assert "PROF-002" in {finding.code for finding in table.findings}


def test_a_missing_rate_is_refused_with_its_currency_and_day(book, tmp_path):
    book.money("sale_goods", 100, quantity=1, country="TW", currency="TWD")
    made = profit_lake(tmp_path)
    write(book, made, Law)
    with pytest.raises(Refused) as refusal:
        ask(made)
    finding = refusal.value.findings[0]
    assert finding.code == "PROF-404"
    assert "TWD" in str(finding)
    assert "2024-03-12" in str(finding)


def test_a_cell_with_unknown_cost_says_so(book, tmp_path):
    book.money("sale_goods", 100, quantity=1, country="US")
    made = profit_lake(tmp_path)
    write(book, made, Law)
    table = ask(made)
    assert table.frame.get_column("unknown").to_list() == [1]
    assert {"PROF-003", "PROF-013"} <= {finding.code for finding in table.findings}


class Files:
    def origin(self, document_id, row):
        return Origin(f"settlement-{document_id}.txt", row, ("123-456", "Principal", "100,00"))


@pytest.mark.parametrize("named", ["1", "country=US"])
def test_a_cell_walks_down_to_file_row_and_raw_cells(lake, named):
    table = ask(lake)
    answer = explain(table, lake, named, LAW, Files())
    cell = table.frame.row(0, named=True)
    for step in STEPS.values():
        assert answer.amounts[step].amount == Decimal(cell[step]).scaleb(-2)
    sale = next(row for row in answer.rows["lines"] if row["kind"] == "sale_goods")
    assert (sale["amount"], sale["currency"], sale["rate"], sale["value"], sale["document"], sale["cells"]) == (
        "100.00", "USD", "0.8", "80.00", "settlement-1.txt", ["123-456", "Principal", "100,00"],
    )  # fmt: skip
    assert [row["key"] for row in answer.rows["kinds"]] == ["sale_goods", "cost_of_goods", "fee_referral"]
    assert json.dumps(answer.document("zh"))
    assert all(line.source != "given" or line.path for line in answer.lines())


def test_a_cell_of_many_lines_shows_the_largest_and_sums_the_rest(tmp_path):
    made = Lake(tmp_path / "profit_line")
    with made.write("x") as writing:
        for channel, table in chunks(20_000):
            writing.put(channel, table)
    table = profit_of(made, ProfitRequest(("channel", "month"), currency="JPY"))
    for number in (1, table.frame.height):
        answer = explain(table, made, str(number), LAW)
        cell = table.frame.row(number - 1, named=True)
        assert {step: int(answer.amounts[step].amount) for step in STEPS.values()} == {step: cell[step] for step in STEPS.values()}
        assert "PROF-004" in {finding.code for finding in answer.findings}


@pytest.mark.parametrize("named", ["0", "99", "country=ZZ", "month=2024-03", "country=US,country=DE", "US"])
def test_a_cell_that_is_not_there_is_refused(lake, named):
    with pytest.raises(Refused) as refusal:
        explain(ask(lake), lake, named, LAW)
    assert refusal.value.findings[0].code == "PROF-023"


def test_the_row_of_no_product_can_be_named_by_a_dash(lake):
    answer = explain(ask(lake, ("sku",)), lake, "product=-", LAW)
    assert answer.amounts["margin_3"].amount == Decimal("-7.00")


def test_original_currencies_are_explained_in_their_own(lake):
    answer = explain(ask(lake, currency=None), lake, "country=US,currency=USD", LAW)
    assert answer.amounts["margin_3"].shown() == "85.00 USD"


def test_the_document_has_amounts_as_text_and_its_question(lake):
    document = ask(lake, ("month", "sku")).document("zh")
    assert document["asked"]["by"] == "month,sku"
    assert document["cells"][0]["margin_3"] == "-7.00"
    assert document["total"][0]["margin_3"] == "107.00"
    assert json.dumps(document)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet"])
def test_the_table_is_written_as_a_sheet(lake, tmp_path, suffix):
    path = tmp_path / f"profit{suffix}"
    assert not write_sheet(ask(lake, ("sku", "month")), path, "zh")
    assert path.stat().st_size > 300
    if suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        assert "TEE" in text
        assert "107" not in text


def test_the_question_is_read_strictly():
    assert keys_of(("product", "month")) == ("sku", "month")
    assert month_of("2011-12") == (date(2011, 12, 1), date(2012, 1, 1))
    assert (currency_of("", "CNY"), currency_of("original", "CNY"), currency_of("eur", "CNY")) == ("CNY", None, "EUR")
    assert cell_of("country=DE, month=2011-11", ("country", "month")) == {"country": "DE", "month": "2011-11"}


@pytest.mark.parametrize(("code", "asked"), [
    ("PROF-020", lambda: keys_of(("colour",))), ("PROF-020", lambda: keys_of(("sku", "product"))), ("PROF-020", lambda: keys_of(())),
    ("PROF-021", lambda: currency_of("BTC", "EUR")), ("PROF-022", lambda: month_of("2011-13")), ("PROF-022", lambda: month_of("11-2011")),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused(code, asked):
    with pytest.raises(Refused) as refusal:
        asked()
    assert refusal.value.findings[0].code == code


def test_a_day_that_was_read_wrongly_is_refused_and_not_computed_for_ever(tmp_path):
    book = Memory()
    book.money("sale_goods", 100, quantity=1, country="US", posted_on=date(9, 3, 12))
    book.money("sale_goods", 100, quantity=1, country="US")
    made = profit_lake(tmp_path)
    write(book, made, Law)
    with pytest.raises(Refused) as refusal:
        ask(made)
    assert refusal.value.findings[0].code == "PROF-024"


def test_duckdb_gives_the_same_cells(tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB, the yardstick, is not installed")
    made = Lake(tmp_path / "profit_line")
    with made.write("x") as writing:
        for channel, table in chunks(20_000):
            writing.put(channel, table)
    state = made.manifest()
    prices = bench.prices_of(state.parts, bench.REQUEST)
    with duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as connection:
        connection.register("rates", prices.to_arrow())
        theirs = pl.DataFrame(connection.sql(bench.duckdb_query(made.files(state, state.parts))).to_arrow_table())
    ours = cells_of(made, bench.REQUEST)
    assert ours.height > 10_000
    assert count_differences(ours, theirs, bench.REQUEST.cut.by) == 0
    spoilt = theirs.with_columns(
        pl.when(pl.int_range(pl.len()) == 7).then(pl.col("sales_minor").fill_null(0) + 1).otherwise("sales_minor").alias("sales_minor")
    )
    assert count_differences(ours, spoilt, bench.REQUEST.cut.by) == 1


def test_cells_added_up_are_the_cells_of_fewer_keys(tmp_path):
    made = Lake(tmp_path / "profit_line")
    with made.write("x") as writing:
        for channel, table in chunks(5_000):
            writing.put(channel, table)
    fine, coarse = (ProfitRequest(by, currency="EUR") for by in (("sku", "month", "country"), ("country",)))
    added = together(cells_of(made, fine), ("country",))
    assert cells(added, coarse.cut, "EUR").sort("country").equals(cells(cells_of(made, coarse), coarse.cut, "EUR").sort("country"))
