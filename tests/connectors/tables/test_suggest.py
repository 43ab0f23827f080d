"""A table that nobody has seen, in seven languages: what is suggested, how sure, and what is asked."""

import pytest

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.tables import apply, load, save, suggest
from supercargo.kernel.finding import Refused

ORDERS = ["order_ref", "ordered_at", "sku", "quantity", "unit_price_e6", "currency", "ship_country"]
ROW = "A-1,2026-05-31,SKU-1,2,9.90,EUR,DE\nA-2,2026-06-01,SKU-2,1,19.90,EUR,FR\nA-3,2026-06-02,SKU-1,1,9.90,EUR,IT\n"
HEADERS = {
    "en": "Order ID,Order date,SKU,Quantity,Unit price,Currency,Country",
    "zh": "订单编号,下单时间,商品编码,数量,单价,币种,收货国家",
    "de": "Bestellnummer,Bestelldatum,Artikelnummer,Menge,Einzelpreis,Währung,Lieferland",
    "fr": "Numéro de commande,Date de commande,Référence article,Quantité,Prix unitaire,Devise,Pays de livraison",
    "es": "Número de pedido,Fecha de pedido,Código de artículo,Cantidad,Precio unitario,Moneda,País de envío",
    "it": "Numero ordine,Data ordine,Codice articolo,Quantità,Prezzo unitario,Valuta,Paese di spedizione",
    "ja": "注文番号,注文日,商品コード,個数,単価,通貨,配送先国",
    "de without umlauts": "Bestell-Nr,Bestelldatum,Artikel-Nr,Stueckzahl,Stueckpreis,Waehrung,Empfaengerland",
}


def suggested(text, **known):
    return suggest(read_content(text.encode(), "table.csv"), **known)


@pytest.mark.parametrize("language", HEADERS)
def test_an_order_list_is_understood_in_every_language(language):
    found = suggested(f"{HEADERS[language]}\n{ROW}")
    assert found.mapping.noun == "order_line"
    assert sorted(found.mapping.columns) == sorted(ORDERS)
    assert [found.mapping.columns[name] for name in ORDERS] == HEADERS[language].split(",")
    assert found.is_sure
    assert found.undecided == ()


@pytest.mark.parametrize(
    ("text", "noun", "columns"),
    [
        ("Buchungstag;Wertstellung;Auftraggeber;Verwendungszweck;Betrag (EUR)\n13.02.2026;13.02.2026;Amazon;Auszahlung;12,50\n", "bank_line", {"booked_on", "value_on", "counterparty", "text", "amount_minor"}),
        ("交易日期,摘要,收入金额,支出金额,币种\n2026-02-13,亚马逊回款,12.50,,USD\n", "bank_line", {"booked_on", "text", "amount_in", "amount_out", "currency"}),
        ("Fornitore,Numero fattura,Data fattura,Codice articolo,Quantità,Prezzo unitario,Valuta\nX,1,2026-01-02,A,1,2.5,EUR\n", "supplier_line", {"supplier", "invoice_ref", "invoiced_on", "sku", "quantity", "unit_price_e6", "currency"}),
        ("货代,账单编号,批次号,费用名称,金额,币种\nX,1,S1,海运费,250.00,CNY\n", "freight_line", {"forwarder", "bill_ref", "shipment_ref", "charge", "amount_minor", "currency"}),
        ("盘点日期,仓库,货号,可售数量,不可售数量\n2026-01-02,深圳,A,1,2\n", "stock_count", {"counted_on", "warehouse", "sku", "sellable", "unsellable"}),
        ("入荷日,倉庫,商品コード,個数\n2026-01-02,東京,A,1\n", "receipt_line", {"received_on", "warehouse", "sku", "quantity"}),
        ("MRN,Zollanmeldung am,Einfuhrland,Warennummer,Zollwert,Zollbetrag,EUSt,Währung\n26DE1,2026-01-02,DE,610910,100.00,12.00,21.28,EUR\n", "customs_line", {"entry_ref", "entered_on", "country", "hs_code", "customs_value_minor", "duty_minor", "import_tax_minor", "currency"}),
    ],
)  # fmt: skip
def test_other_tables_are_known_by_their_columns(text, noun, columns):
    found = suggested(text)
    assert found.mapping.noun == noun
    assert set(found.mapping.columns) == columns


def test_a_currency_in_a_header_is_taken_and_a_missing_one_is_asked_for():
    assert suggested("订单号,下单时间,数量,单价（元）\n1,2026-05-01,1,2.50\n").mapping.constants == {"currency": "CNY"}
    assert [question.code for question in suggested("订单号,下单时间,数量,单价\n1,2026-05-01,1,2.50\n").questions] == ["MAP-010"]


def test_cells_speak_against_a_header():
    """A column called price that holds words is no price; one called date without dates is no date."""
    found = suggested("Order ID,Order date,Quantity,Price,Currency\n1,soon,1,cheap,EUR\n2,later,1,dear,EUR\n", noun="order_line")
    assert "unit_price_e6" not in found.mapping.columns
    assert "ordered_at" not in found.mapping.columns
    assert found.undecided == ("Order date", "Price")


def test_known_articles_make_a_column_the_sku_whatever_its_header():
    text = "Order ID,Order date,Quantity,Thing\n1,2026-05-01,1,HL-1\n2,2026-05-01,1,HL-2\n3,2026-05-01,1,HL-1\n"
    assert suggested(text).undecided == ("Thing",)
    assert suggested(text, skus=frozenset({"HL-1", "HL-2"})).mapping.columns["sku"] == "Thing"


def test_two_headers_for_one_column_are_asked_about():
    found = suggested("Order ID,Order number,Order date,Quantity\n1,A,2026-05-01,1\n")
    assert [question.code for question in found.questions] == ["MAP-022"]
    assert found.undecided == ("Order number",)
    assert not found.is_sure


def test_words_for_the_status_are_suggested_with_it():
    found = suggested("订单号,下单时间,数量,订单状态\n1,2026-05-01,1,已发货\n2,2026-05-01,1,已取消\n3,2026-05-01,1,奇怪\n")
    assert found.mapping.words == {"status": {"已发货": "shipped", "已取消": "cancelled"}}


def test_a_suggestion_can_be_saved_and_used():
    text = f"Report of May,,,,,,\n{HEADERS['de']}\n{ROW}"
    mapping = load(save(suggested(text).mapping))
    result = apply(mapping, read_content(text.encode(), "t.csv"), Context(channel="shop"))
    assert result.tables["order_line"].get_column("goods_minor").to_list() == [1980, 1990, 990]


@pytest.mark.parametrize(("text", "code"), [("a,b\n1,2\n", "MAP-020"), ("Currency,Country\nEUR,DE\n", "MAP-021")])
def test_a_table_that_says_nothing_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        suggested(text)
    assert [finding.code for finding in refused.value.findings] == [code]
