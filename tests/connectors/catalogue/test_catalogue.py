"""A catalogue is read row by row: good rows are kept, every other row has a line that says why not."""

from decimal import Decimal
from pathlib import Path

import pytest

from supercargo.connectors.catalogue import Answers, parse, read, read_upload
from supercargo.kernel.finding import Refused

EXAMPLES = Path(__file__).parents[3] / "examples"
HEADER = (
    "sku",
    "title_en",
    "hs_code",
    "origin",
    "unit_cost",
    "currency",
    "weight_g",
    "length_cm",
    "width_cm",
    "height_cm",
    "category",
    "tax_class",
    "battery",
    "monthly_units",
)
GOOD = ("A-1", "T-shirt", "610910", "CN", "21.80", "CNY", "240", "30", "25", "2.5", "clothing", "standard", "none", "420")


def one(answers=Answers(), **changes):  # noqa: B008 - frozen
    """Read a catalogue of one row, which is the good one with some cells changed."""
    cells = {**dict(zip(HEADER, GOOD, strict=True)), **changes}
    return parse([tuple(cells), tuple(cells.values())], "x.csv", answers)


def codes(catalogue, severity="error"):
    return [(finding.code, finding.path) for finding in catalogue.findings if finding.severity == severity]


def test_the_example_catalogue_is_read_without_a_word():
    catalogue = read(EXAMPLES / "catalogue.csv")
    assert (len(catalogue.products), catalogue.rows_read, catalogue.findings) == (40, 40, ())
    first = catalogue.products[0]
    assert (first.sku, first.hs_code, first.unit_cost, first.volume_cm3, first.row) == (
        "HL-TEE-001",
        "610910",
        Decimal("21.80"),
        Decimal(1875),
        2,
    )
    assert (first.target_price, first.target_price_currency, first.carton_weight_kg) == (Decimal("19.90"), "EUR", Decimal("15.6"))
    assert catalogue.find("HL-BGM-012").target_price is None
    assert len(catalogue.sha256) == 64


def test_the_chinese_catalogue_holds_the_same_products():
    english = {product.sku: product for product in read(EXAMPLES / "catalogue.csv").products}
    chinese = read(EXAMPLES / "catalogue-zh.csv")
    assert (len(chinese.products), chinese.encoding) == (12, "gb18030")
    for product in chinese.products:
        same = english[product.sku]
        assert (product.title_zh, product.hs_code, product.unit_cost, product.weight_g) == (
            same.title_zh,
            same.hs_code,
            same.unit_cost,
            same.weight_g,
        )
        assert (product.carton_weight_kg, product.battery, product.tax_class) == (same.carton_weight_kg, same.battery, same.tax_class)


def test_every_fault_of_the_faulty_catalogue_is_reported_with_its_row_and_column():
    catalogue = read(EXAMPLES / "catalogue-faulty.csv")
    assert codes(catalogue) == [
        ("CAT-112", "rows[3].hs_code"),
        ("CAT-111", "rows[4].hs_code"),
        ("CAT-104", "rows[5].weight_g"),
        ("CAT-104", "rows[6].weight_g"),
        ("CAT-102", "rows[7].unit_cost"),
        ("CAT-101", "rows[8].unit_cost"),
        ("CAT-114", "rows[10].currency"),
        ("CAT-103", "rows[11].unit_cost"),
        ("CAT-110", "rows[12].sku"),
        ("CAT-105", "rows[13].length_cm"),
    ]
    assert [product.row for product in catalogue.products] == [2, 9, 14, 15, 16]
    assert catalogue.rejected == (3, 4, 5, 6, 7, 8, 10, 11, 12, 13)
    assert ("CAT-201", "rows[14].title_en") in codes(catalogue, "warning")
    assert ("CAT-202", "rows[15].title_zh") in codes(catalogue, "warning")
    assert catalogue.products[3].title_en == "<script>alert(1)</script>Picture book"
    assert all(finding.remedy for finding in catalogue.findings)


def test_several_faults_of_one_row_are_reported_at_once():
    catalogue = one(hs_code="6109", origin="Atlantis", unit_cost="0", currency="RMBX", weight_g="-1", battery="yes", monthly_units="1.5")
    assert {path for _, path in codes(catalogue)} == {
        f"rows[2].{name}" for name in ("hs_code", "origin", "unit_cost", "currency", "weight_g", "battery", "monthly_units")
    }
    assert (catalogue.products, catalogue.rejected) == ((), (2,))


FAULTS = [
    ("hs_code", "", "CAT-101"), ("hs_code", "61091", "CAT-111"), ("hs_code", "6109.1", "CAT-111"), ("hs_code", "9012100", "CAT-111"), ("hs_code", "6109AB", "CAT-111"),
    ("hs_code", "2026-03-12", "CAT-105"), ("hs_code", "619999", "CAT-112"), ("hs_code", "6.1E+09", "CAT-111"), ("hs_code", "61091000000", "CAT-111"),
    ("origin", "", "CAT-101"), ("origin", "XX", "CAT-113"), ("currency", "", "CAT-101"), ("currency", "EURO5", "CAT-114"),
    ("unit_cost", "-1", "CAT-104"), ("unit_cost", "0.00", "CAT-104"), ("unit_cost", "n/a", "CAT-101"), ("unit_cost", "无", "CAT-101"), ("unit_cost", "#REF!", "CAT-108"),
    ("unit_cost", "1.8E+02", "CAT-107"), ("unit_cost", "$5", "CAT-115"), ("unit_cost", "5 EUR", "CAT-115"), ("unit_cost", "9999999999", "CAT-121"), ("unit_cost", "0.0000001", "CAT-121"),
    ("unit_cost", "abc 5", "CAT-102"), ("weight_g", "heavy", "CAT-102"), ("length_cm", "3月12日", "CAT-105"), ("width_cm", "", "CAT-101"),
    ("tax_class", "luxury", "CAT-116"), ("battery", "是", "CAT-117"), ("monthly_units", "0", "CAT-104"), ("monthly_units", "many", "CAT-102"), ("sku", "", "CAT-101"), ("title_en", "", "CAT-101"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "code"), FAULTS)
def test_a_faulty_cell_refuses_its_row(column, text, code):
    catalogue = one(**{column: text})
    assert codes(catalogue) == [(code, f"rows[2].{column}")]
    assert catalogue.rejected == (2,)


READ = [
    ("hs_code", "6109.10", "hs_code", "610910"), ("hs_code", "6109.10.00", "hs_code", "61091000"), ("hs_code", "6109 1000 90", "hs_code", "6109100090"),
    ("hs_code", "６１０９１０", "hs_code", "610910"), ("hs_code", "2008.11.10", "hs_code", "20081110"), ("origin", "越南", "origin", "VN"), ("origin", "Viet Nam", "origin", "VN"),
    ("origin", "uk", "origin", "GB"), ("currency", "人民币", "currency", "CNY"), ("currency", "rmb", "currency", "CNY"), ("unit_cost", "¥21.80", "unit_cost", Decimal("21.80")),
    ("unit_cost", "1,234.50", "unit_cost", Decimal("1234.50")), ("unit_cost", "RMB 5.5", "unit_cost", Decimal("5.5")), ("weight_g", "0.24 kg", "weight_g", Decimal(240)),
    ("weight_g", "240克", "weight_g", Decimal(240)), ("length_cm", "300mm", "length_cm", Decimal(30)), ("length_cm", "10 in", "length_cm", Decimal("25.4")),
    ("battery", "内置", "battery", "contained"), ("battery", "无", "battery", "none"), ("tax_class", "童装", "tax_class", "children_clothing"),
    ("category", "服装及配饰", "category", "clothing"), ("category", "Home and kitchen", "category", "home_kitchen"), ("monthly_units", "420件", "monthly_units", 420),
    ("monthly_units", "", "monthly_units", None), ("monthly_units", "1,200", "monthly_units", 1200), ("sku", "'=A1", "sku", "=A1"), ("sku", "007", "sku", "007"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "name", "value"), READ)
def test_what_people_write_is_read(column, text, name, value):
    (product,) = one(**{column: text}).products
    assert getattr(product, name) == value


def test_a_code_that_lost_its_zeros_is_refused_with_the_likely_one():
    assert "090121" in str(one(hs_code="90121").findings[0].remedy)
    assert "610910" in str(one(hs_code="6109.1").findings[0].remedy)


def test_a_missing_optional_column_is_a_note_and_the_documented_default():
    catalogue = parse([HEADER[:10], GOOD[:10]])
    (product,) = catalogue.products
    assert (product.category, product.tax_class, product.battery, product.monthly_units) == ("everything_else", "standard", "none", None)
    notes = {(finding.path, finding.severity) for finding in catalogue.findings}
    assert notes == {
        ("header.category", "note"),
        ("header.tax_class", "note"),
        ("header.battery", "warning"),
        ("header.monthly_units", "note"),
    }
    assert (
        str(catalogue.findings[0])
        == "CAT-006 header.category: the column category is missing: everything_else assumed; add a column category"
    )


def test_an_empty_or_unknown_category_is_everything_else_and_says_so():
    assert codes(one(category=""), "note") == [("CAT-206", "rows[2].category")]
    catalogue = one(category="家居用品")
    assert codes(catalogue, "warning") == [("CAT-204", "rows[2].category")]
    assert catalogue.products[0].category == "everything_else"


def test_an_unknown_header_is_named_and_the_header_that_was_taken_is_part_of_the_result():
    catalogue = one(colour="red")
    assert codes(catalogue, "note") == [("CAT-005", "header.colour")]
    assert {column.header: column.field for column in catalogue.columns}["colour"] == ""
    assert {column.header: column.unit for column in catalogue.columns}["weight_g"] == "g"


def test_missing_columns_are_reported_together_and_every_row_is_accounted_for():
    catalogue = parse([("sku", "title"), ("A", "x"), ("B", "y")])
    assert {path for _, path in codes(catalogue)} == {
        f"header.{name}" for name in ("hs_code", "origin", "unit_cost", "currency", "weight_g", "length_cm", "width_cm", "height_cm")
    }
    assert (catalogue.rows_read, catalogue.rejected) == (2, (2, 3))


def test_two_headers_for_one_column_are_refused_until_a_person_answers():
    header, row = (*HEADER, "采购价"), (*GOOD, "19.00")
    assert codes(parse([header, row])) == [("CAT-003", "header.unit_cost")]
    answered = parse([header, row], answers=Answers(columns=(("unit_cost", ""),)))
    assert answered.products[0].unit_cost == Decimal("19.00")


def test_a_header_with_two_meanings_is_refused_unless_the_other_one_is_taken():
    renamed = tuple("价格" if name == "unit_cost" else name for name in HEADER)
    assert ("CAT-004", "header.价格") in codes(parse([renamed, GOOD]))
    assert parse([renamed, GOOD], answers=Answers(columns=(("价格", "unit_cost"),))).products[0].unit_cost == Decimal("21.80")
    both = parse([(*HEADER, "价格 USD"), (*GOOD, "9.90")])
    assert (both.products[0].target_price, both.products[0].target_price_currency) == (Decimal("9.90"), "USD")
    assert codes(both, "warning") == [("CAT-004", "header.价格 USD")]


CHINESE = ("商品编码", "货号", "品名", "产地", "采购价(元)", "毛重(kg)", "长宽高", "带电", "月销量")


def test_a_chinese_factory_sheet_is_read_with_its_units_and_sizes():
    catalogue = parse([CHINESE, ("6109.10", "T-1", "男士T恤", "中国", "21.8", "0.24", "30×25×2.5", "否", "420")])
    (product,) = catalogue.products
    assert (product.hs_code, product.title_zh, product.title_en, product.origin, product.currency) == ("610910", "男士T恤", "", "CN", "CNY")
    assert (product.weight_g, product.length_cm, product.width_cm, product.height_cm) == (
        Decimal(240),
        Decimal(30),
        Decimal(25),
        Decimal("2.5"),
    )
    assert ("CAT-007", "header.长宽高") in codes(catalogue, "warning")


@pytest.mark.parametrize("size", ["30x25x2.5", "30*25*2.5", "30 × 25 × 2.5 cm", "300x250x25mm", "30X25X2.5厘米"])
def test_a_size_in_one_cell_is_read(size):
    (product,) = parse([CHINESE, ("610910", "T", "恤", "CN", "21.8", "0.24", size, "否", "4")]).products
    assert (product.length_cm, product.width_cm, product.height_cm) == (Decimal(30), Decimal(25), Decimal("2.5"))


@pytest.mark.parametrize("size", ["30x25", "large", "30x25x2.5x4", "2026-03-12", "axbxc"])
def test_a_cell_that_is_no_size_is_refused(size):
    assert parse([CHINESE, ("610910", "T", "恤", "CN", "21.8", "0.24", size, "否", "4")]).rejected == (2,)


def test_a_weight_without_a_unit_is_refused_and_not_guessed():
    renamed = tuple("重量" if name == "weight_g" else name for name in HEADER)
    assert codes(parse([renamed, GOOD])) == [("CAT-119", "rows[2].weight_g")]
    assert parse([renamed, GOOD], answers=Answers(weight_unit="kg")).products[0].weight_g == Decimal(240_000)


def test_a_german_catalogue_is_read_with_decimal_commas():
    header = (
        "Artikelnummer;Bezeichnung;Zolltarifnummer;Ursprungsland;Einkaufspreis;Währung;Bruttogewicht (kg);Länge (cm);Breite (cm);Höhe (cm)"
    )
    text = f"{header}\nA-1;Hemd;6109.10;Deutschland;1.021,80;EUR;0,240;30;25;2,5\nA-2;Hose;6109.10;DE;9,90;EUR;1,234;30;25;2,5\n"
    for encoding in ("utf-8", "cp1252", "utf-16"):
        first, second = read_upload(text.encode(encoding), "x.csv").products
        assert (first.unit_cost, first.weight_g, first.height_cm, second.weight_g) == (
            Decimal("1021.80"),
            Decimal(240),
            Decimal("2.5"),
            Decimal(1234),
        )


def test_a_number_that_can_be_read_in_two_ways_is_asked_about_and_an_answer_settles_it():
    whole = {"unit_cost": "1.234", "height_cm": "2"}
    assert codes(one(**whole)) == [("CAT-103", "rows[2].unit_cost")]
    assert one(Answers(decimal="comma"), **whole).products[0].unit_cost == Decimal(1234)
    assert one(Answers(decimal="point"), **whole).products[0].unit_cost == Decimal("1.234")
    assert one(unit_cost="1.234").products[0].unit_cost == Decimal("1.234"), "the height of 2.5 proves the point for the whole file"


def test_a_file_without_currency_or_origin_can_be_answered():
    header = tuple(name for name in HEADER if name not in ("currency", "origin"))
    row = tuple(cell for name, cell in zip(HEADER, GOOD, strict=True) if name in header)
    assert {path for _, path in codes(parse([header, row]))} == {"header.currency", "header.origin"}
    (product,) = parse([header, row], answers=Answers(currency="CNY", origin="CN")).products
    assert (product.currency, product.origin) == ("CNY", "CN")


def test_a_target_price_needs_a_currency_of_its_own():
    assert codes(one(target_price="19.90")) == [("CAT-120", "rows[2].target_price_currency")]
    assert one(target_price="€19.90").products[0].target_price_currency == "EUR"


def test_a_row_with_too_many_cells_is_refused():
    assert codes(parse([HEADER, (*GOOD, "", "stray")])) == [("CAT-109", "rows[2]")]
    assert parse([HEADER, (*GOOD, "", "")]).rejected == ()


def test_the_header_is_found_below_a_title_and_empty_rows_are_not_counted():
    catalogue = parse([("Catalogue 2026",), (), HEADER, (), GOOD, ("", " "), (*("B-2",), *GOOD[1:])])
    assert [product.row for product in catalogue.products] == [5, 7]
    assert catalogue.rows_read == 2


def test_a_merged_header_of_two_rows_is_joined():
    upper = ("货号", "品名", "海关编码", "产地", "成本(元)", "重量(g)", "包装尺寸(cm)", "", "", "外箱尺寸(cm)", "", "")
    lower = ("", "", "", "", "", "", "长", "宽", "高", "长", "宽", "高")
    row = ("A", "恤", "610910", "CN", "21.8", "240", "30", "25", "2.5", "61.5", "51.5", "39")
    (product,) = parse([upper, lower, row]).products
    assert (product.length_cm, product.height_cm, product.carton_l_cm, product.carton_h_cm) == (
        Decimal(30),
        Decimal("2.5"),
        Decimal("61.5"),
        Decimal(39),
    )


def test_signs_that_cannot_be_seen_are_taken_out_of_titles():
    catalogue = one(title_en="T-\u202eshirt\x07")
    assert catalogue.products[0].title_en == "T-shirt"
    assert codes(catalogue, "warning") == [("CAT-203", "rows[2].title_en")]


def test_a_code_that_looks_like_a_date_is_doubted():
    assert codes(one(sku="12-Mar"), "warning") == [("CAT-205", "rows[2].sku")]


def test_a_file_without_products_or_header_says_so():
    assert codes(parse([HEADER]), "warning") == [("CAT-009", "rows")]
    assert codes(parse([("a", "b"), ("1", "2")])) == [("CAT-001", "header")]
    with pytest.raises(Refused) as caught:
        read_upload(b"", "x.csv")
    assert caught.value.findings[0].code == "CAT-011"
