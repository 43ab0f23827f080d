"""What the marketplaces' exports share: no country guessed, nothing counted twice, nothing a formula, each file told from the others."""

import io
import zipfile

import polars as pl
import pytest

from supercargo.connectors.adverts.formats import FORMATS as ADVERTS
from supercargo.connectors.aliexpress.codes import HEADING as ALIEXPRESS_HEADING
from supercargo.connectors.aliexpress.formats import FORMATS as ALIEXPRESS
from supercargo.connectors.lazada.codes import HEADING as LAZADA_HEADING
from supercargo.connectors.lazada.formats import FORMATS as LAZADA
from supercargo.connectors.market.codes import ours, strange, turned
from supercargo.connectors.market.home import home
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.market.once import disagreeing, once
from supercargo.connectors.market.parts import DIFFERENCE, Part, lines, with_difference
from supercargo.connectors.market.writing import amount, delimited, workbook
from supercargo.connectors.mercadolibre.codes import HEADING as SALES_HEADING
from supercargo.connectors.mercadolibre.formats import FORMATS as MERCADO_LIBRE
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.shopee.codes import HEADING as SHOPEE_HEADING
from supercargo.connectors.shopee.formats import FORMATS as SHOPEE
from supercargo.connectors.temu.codes import HEADING as TEMU_HEADING
from supercargo.connectors.temu.formats import FORMATS as TEMU
from supercargo.connectors.tiktok.codes import ORDER_HEADING
from supercargo.connectors.tiktok.formats import FORMATS as TIKTOK
from supercargo.kernel.finding import Refused
from supercargo.kernel.words import catalogue

EVERY = (*TIKTOK, *SHOPEE, *LAZADA, *MERCADO_LIBRE, *ALIEXPRESS, *TEMU, *ADVERTS)


def asked(**told):
    with pytest.raises(Refused) as refused:
        home("shopee", "SHP", Context(channel=told.pop("channel", "")), **told)
    return [finding.code for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("channel", "countries", "currencies", "expected"),
    [
        ("shopee-th", (), (), ("shopee-th", "TH", "THB", "Asia/Bangkok")), ("tiktok-uk", (), (), ("tiktok-uk", "GB", "GBP", "Europe/London")),
        ("", ("MY",), (), ("shopee-my", "MY", "MYR", "Asia/Kuala_Lumpur")), ("", (), ("IDR",), ("shopee-id", "ID", "IDR", "Asia/Jakarta")),
        ("shop two", ("US",), ("USD",), ("shop two", "US", "USD", "")),
    ],
)  # fmt: skip
def test_the_country_is_told_or_seen(channel, countries, currencies, expected):
    here = home("shopee", "SHP", Context(channel=channel), countries=countries, currencies=currencies)
    assert (here.channel, here.country, here.currency, here.zone) == expected


def test_what_is_open_is_asked_and_what_contradicts_is_refused():
    assert asked() == ["SHP-001"]
    assert asked(countries=("MY", "SG")) == ["SHP-001"]
    assert asked(currencies=("EUR",)) == ["SHP-001"]
    assert asked(countries=("MY",), channel="shopee-sg") == ["SHP-002"]
    assert asked(currencies=("MYR", "SGD")) == ["SHP-003"]
    assert asked(channel="shopee-aq") == ["SHP-001"]


def test_an_amount_that_every_row_repeats_stays_on_the_line_with_the_least_key():
    rows = pl.DataFrame({"order": ["1", "1", "2", "2", "3"], "key": ["b", "a", "c", "d", "e"], "fee": [5, 5, 1, 2, None]})
    assert once(rows, ["fee"], "order")["fee"].to_list() == [0, 5, None, None, None]
    assert [(f.code, str(f.message)) for f in disagreeing(rows, ["fee"], "X-1", "order")] == [
        ("X-1", "fee differs between the rows of 1 orders, such as 2; it is left unknown there")
    ]


def test_the_parts_of_a_row_and_what_is_left_come_to_its_total():
    rows = pl.DataFrame({"__row": [2, 3], "key": ["a", "b"], "sale": [100, 50], "fee": [-10, None], "total": [85, 50]})
    parts = [Part("sale", "Sale", "sale_goods"), Part("fee", "Fee", "fee_referral")]
    made = lines(with_difference(rows, parts, "total"), parts)
    assert made.select("row", "key", "kind", "their_name", "amount_minor").rows() == [
        (2, "a|sale", "sale_goods", "Sale", 100), (2, "a|fee", "fee_referral", "Fee", -10),
        (2, f"a|{DIFFERENCE}", "unclassified", DIFFERENCE, -5), (3, "b|sale", "sale_goods", "Sale", 50),
    ]  # fmt: skip


def test_words_are_compared_without_case_width_and_blanks():
    meanings = turned({"shipped": ["Telah Dikirim"]})
    column = pl.Series("status", ["telah  dikirim ", "ＴＥＬＡＨ DIKIRIM", "Baru", None, ""])
    assert ours(column, meanings).to_list() == ["shipped", "shipped", "unknown", "unknown", "unknown"]
    assert [str(f.message) for f in strange(column, meanings, "X-2")] == ["1 statuses are not known here: Baru; they are kept as unknown"]


def test_nothing_that_is_written_is_a_formula_and_the_same_rows_give_the_same_bytes():
    rows = [["=1+1", "@cmd", "+49", "-5", "http://x.example"], [1.5, 2, "", "0042", "x"]]
    content = workbook([("a", rows)])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert content == workbook([("a", rows)])
    assert read_content(content, "a.xlsx").grids[0].cells.row(0)[1:3] == ("=1+1", "@cmd")
    assert delimited([["a", 'b"c', "d,e"]]) == b'\xef\xbb\xbfa,"b""c","d,e"\r\n'


def test_amounts_are_written_with_all_their_digits():
    assert [amount(-5, "EUR"), amount(1, "KWD"), amount(7, "JPY"), amount(250, "EUR", sign=-1)] == ["-0.05", "0.001", "7", "-2.50"]


def test_columns_of_buyers_go_no_further_than_the_file():
    raw = read_content(delimited([["id", "Recipient"], ["1", "Anna"]]), "a.csv")
    assert narrow(locate(raw, {"id": ()}, ["id"]), {"id"}).rows.columns == ["__row", "id"]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        (ORDER_HEADING, "tiktok-orders"), (SHOPEE_HEADING, "shopee-orders"), (LAZADA_HEADING, "lazada-orders"), (ALIEXPRESS_HEADING, "aliexpress-orders"),
        ([name.format(currency="MXN") for name in SALES_HEADING], "mercadolibre-sales"), (TEMU_HEADING, "temu-orders"),
    ],
)  # fmt: skip
def test_a_file_is_of_one_kind_only(heading, key):
    raw = read_content(workbook([("a", [heading, ["1"] * len(heading)])]), "a.xlsx")
    assert {each.key: each.certainty(raw) for each in EVERY if each.certainty(raw)} == {key: 100}


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.key)
def test_every_format_is_named_in_both_languages_and_writes_itself(each):
    assert each.name in catalogue()
    assert each.proven == "" or each.proven in catalogue()
    assert each.render is not None


HEADINGS = {
    "tiktok-orders": ORDER_HEADING, "shopee-orders": SHOPEE_HEADING, "lazada-orders": LAZADA_HEADING, "aliexpress-orders": ALIEXPRESS_HEADING,
    "mercadolibre-sales": [name.format(currency="MXN") for name in SALES_HEADING], "temu-orders": TEMU_HEADING,
    "tiktok-settlement": ["Order/adjustment ID  ", "Type", "Order settled time", "Currency", "Total settlement amount", "Transaction fee"],
    "google-ads": ["Campaign", "Day", "Currency code", "Cost", "Clicks", "Impr."],
    "meta-ads": ["Reporting starts", "Reporting ends", "Campaign name", "Amount spent (USD)", "Impressions"],
    "tiktok-ads": ["Campaign name", "By Day", "Currency", "Cost", "Impressions"],
}  # fmt: skip
CHANNELS = {"tiktok": "tiktok-sg", "shopee": "shopee-sg", "lazada": "lazada-sg", "mercadolibre": "mercadolibre-mx"}


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.key)
def test_a_file_with_a_header_only_has_no_records(each):
    raw = read_content(workbook([("a", [HEADINGS[each.key]])]), "a.xlsx")
    mapped = each.map(raw, Context(channel=CHANNELS.get(each.source, ""), options={"currency": "USD"}))
    assert (sum(table.height for table in mapped.tables.values()), mapped.count("skip"), mapped.count("fault")) == (0, 1, 0)


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.key)
def test_a_row_of_nonsense_is_a_fault_or_a_skip_and_never_breaks_the_mapping(each):
    heading = HEADINGS[each.key]
    raw = read_content(workbook([("a", [heading, *([cell] * len(heading) for cell in ("=1+1", "\u202e💥", "9" * 400, "--"))])]), "a.xlsx")
    try:
        mapped = each.map(raw, Context(channel=CHANNELS.get(each.source, ""), options={"currency": "USD"}))
    except Refused:
        return
    assert mapped.outcome.height == 5
    assert mapped.count("record") == 0
